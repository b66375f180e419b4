import { omitUndefined } from '../../../adapter/omit-undefined.js';
import { type JsonObject, malformed, readDecimal, readId, readOptional } from '../../../adapter/read.js';
import { type Decimal, isZero } from '../../../model/decimal.js';
import type { Fill } from '../../../model/fill.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { clientIdOf, type RowContext } from '../account-rows.js';
import { readRole, readSide } from '../order-words.js';
import { readTime } from '../times.js';
import { readAmount } from './order-amounts.js';

/**
 * Reads one execution of one's own; `side` is one's own. REST sends ids as texts, the stream as numbers.
 * Source: Gate API v4 docs, list personal trading history; Gate spot WebSocket v4 docs, user trades channel.
 * @throws {MalformedResponseError} when a field that matters is missing or impossible.
 */
export function decodeFill(row: JsonObject, symbol: MarketSymbol, { drift }: RowContext): Fill {
  const { id, order_id, text, side, price, amount, role, create_time, create_time_ms } = row;
  const filledAt = readTime(create_time_ms, create_time, 'fill create_time');
  if (filledAt === undefined) throw malformed('fill create_time', 'a time', undefined);
  return {
    symbol,
    id: readId(id, 'fill id'),
    orderId: readId(order_id, 'fill order_id'),
    ...omitUndefined({ clientOrderId: clientIdOf(text) }),
    side: readSide(side, 'fill side'),
    price: readAmount(price, 'fill price'),
    quantity: readPositive(amount, 'fill amount'),
    ...readFee(row),
    ...omitUndefined({ liquidity: readRole(role, drift) }),
    filledAt,
  };
}

/**
 * The fee in the one asset that it was paid in. Points have no asset of their own, and a fee paid in parts is not one
 * amount: then it is absent rather than wrong.
 */
function readFee(row: JsonObject): Pick<Fill, 'fee' | 'feeAsset'> {
  const { fee, fee_currency, gt_fee, point_fee } = row;
  const own = readOptional(fee, 'fill fee', readDecimal);
  const gt = readOptional(gt_fee, 'fill gt_fee', readDecimal);
  const points = readOptional(point_fee, 'fill point_fee', readDecimal);
  if (isPaid(points) || (isPaid(gt) && isPaid(own))) return {};
  if (isPaid(gt)) return { fee: gt, feeAsset: 'GT' };
  return own === undefined || !isName(fee_currency) ? {} : { fee: own, feeAsset: fee_currency };
}

function isPaid(part: Decimal | undefined): part is Decimal {
  return part !== undefined && !isZero(part);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function readPositive(value: unknown, where: string): Decimal {
  const amount = readAmount(value, where);
  if (!isZero(amount)) return amount;
  throw malformed(where, 'an amount above zero', value);
}

import { omitUndefined } from '../../../adapter/omit-undefined.js';
import { type JsonObject, malformed, readId, readOptional } from '../../../adapter/read.js';
import { amountsOfContracts } from '../../../model/contracts.js';
import { isZero } from '../../../model/decimal.js';
import type { Fill } from '../../../model/fill.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { clientIdOf } from '../account-rows.js';
import { readRole } from '../order-words.js';
import { termsOf } from './contract-terms.js';
import { readMoment } from './moment.js';
import type { FuturesRowContext } from './order-decode.js';
import { magnitude, sideOfSize } from './order-size.js';
import { readMoney, readSize, readUnsigned } from './read-size.js';

/**
 * Reads one execution of one's own: the sign of the size is one's own side, a fee above zero was paid. The list by time
 * names the id `trade_id`. Source: Gate API v4 docs, futures personal trading history; Gate futures WebSocket v4 docs,
 * user trades.
 * @throws {MalformedResponseError} when a field that matters is missing or impossible.
 */
export function decodeFill(row: JsonObject, symbol: MarketSymbol, { drift, instrument }: FuturesRowContext): Fill {
  const { id, trade_id, order_id, text, size: sizeText, price: priceText, role, create_time, create_time_ms } = row;
  const market = instrument(symbol);
  const size = readSize(sizeText, 'fill size');
  const side = sideOfSize(size);
  const price = readUnsigned(priceText, 'fill price');
  if (side === undefined) throw malformed('fill size', 'contracts other than zero', sizeText);
  if (isZero(price) || price.startsWith('-')) throw malformed('fill price', 'a price above zero', priceText);
  const { quantity, quoteQuantity } = amountsOfContracts(magnitude(size), termsOf(market), price);
  if (quantity === undefined) throw malformed('fill size', 'contracts with a price', sizeText);
  return {
    symbol,
    id: readId(id ?? trade_id, 'fill id'),
    orderId: readId(order_id, 'fill order_id'),
    side,
    price,
    quantity,
    ...omitUndefined({ clientOrderId: clientIdOf(text), quoteQuantity, liquidity: readRole(role, drift) }),
    ...readFee(row, market.settle),
    filledAt: readMoment(create_time_ms ?? create_time, 'fill create_time'),
  };
}

/** A fee that was paid in points, or in part, is not one amount: then it is absent rather than wrong. */
function readFee({ fee, point_fee }: JsonObject, asset: string | undefined): Pick<Fill, 'fee' | 'feeAsset'> {
  const own = readOptional(fee, 'fill fee', readMoney);
  const points = readOptional(point_fee, 'fill point_fee', readMoney);
  if (own === undefined || asset === undefined || (points !== undefined && !isZero(points))) return {};
  return { fee: own, feeAsset: asset };
}

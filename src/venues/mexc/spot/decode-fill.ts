import type { DecodeContext } from '../../../adapter/endpoint.js';
import { omitUndefined } from '../../../adapter/omit-undefined.js';
import type { FillsParams } from '../../../adapter/order-endpoints.js';
import { malformed, readId, readObject, readOptional, readText } from '../../../adapter/read.js';
import type { Fill } from '../../../model/fill.js';
import { readMoney, readSize } from '../read-money.js';
import { checkEcho, checkSymbol } from './decode-order.js';
import { readMoment } from './read-wire.js';

/** Reads one own execution. Source: MEXC spot v3 docs, account trade list. @throws {MalformedResponseError} */
export function decodeFill(body: unknown, { symbol, orderId: asked }: FillsParams, context: DecodeContext): Fill {
  const row = readObject(body, 'fill');
  checkSymbol(row, symbol, context);
  const { id, price, qty, commission, commissionAsset, time, isBuyer, isMaker, clientOrderId } = row;
  const orderId = readId(row['orderId'], 'fill orderId');
  checkEcho('fill orderId', orderId, asked);
  return {
    symbol,
    id: readId(id, 'fill id'),
    orderId,
    side: readFlag(isBuyer, 'fill isBuyer') ? 'buy' : 'sell',
    price: readSize(price, 'fill price'),
    quantity: readSize(qty, 'fill qty'),
    ...omitUndefined({
      clientOrderId: readOptional(clientOrderId, 'fill clientOrderId', readId),
      fee: readOptional(commission, 'fill commission', readMoney),
      feeAsset: readOptional(commissionAsset, 'fill commissionAsset', readText),
      liquidity: readLiquidity(readOptional(isMaker, 'fill isMaker', readFlag)),
    }),
    filledAt: readMoment(time, 'fill time'),
  };
}

function readFlag(value: unknown, where: string): boolean {
  if (typeof value === 'boolean') return value;
  throw malformed(where, 'true or false', value);
}

function readLiquidity(isMaker: boolean | undefined): Fill['liquidity'] {
  return isMaker === undefined ? undefined : isMaker ? 'maker' : 'taker';
}

import type { DecodeContext } from '../../../adapter/endpoint.js';
import { omitUndefined } from '../../../adapter/omit-undefined.js';
import { type JsonObject, readId, readOptional, readText } from '../../../adapter/read.js';
import { amountsOfContracts } from '../../../model/contracts.js';
import type { Fill } from '../../../model/fill.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { checkEcho } from './decode-order.js';
import { readSides } from './order-words.js';
import { readMoney, readSize, readTime, termsOf } from './read-numbers.js';

/**
 * Reads one own execution; calls and stream send the same row, but for the name of the flag that tells a taker.
 * Source: MEXC contract API docs, order deals. @throws {MalformedResponseError}
 */
export function decodeFill(
  row: JsonObject,
  symbol: MarketSymbol,
  { instrument }: Pick<DecodeContext, 'instrument'>,
  asked?: string,
): Fill {
  const { fee, feeCurrency, profit, externalOid, taker, isTaker = taker } = row;
  const orderId = readId(row['orderId'], 'fill orderId');
  checkEcho('fill orderId', orderId, asked);
  const { side, positionSide } = readSides(row, 'fill');
  const price = readSize(row['price'], 'fill price');
  const { quantity = price, quoteQuantity } = amountsOfContracts(
    readSize(row['vol'], 'fill vol'),
    termsOf(instrument(symbol)),
    price,
  );
  return {
    symbol,
    id: readId(row['id'], 'fill id'),
    orderId,
    side,
    price,
    quantity,
    ...omitUndefined({
      quoteQuantity,
      positionSide,
      clientOrderId: readOptional(externalOid, 'fill externalOid', readId),
      realizedPnl: readOptional(profit, 'fill profit', readMoney),
      fee: readOptional(fee, 'fill fee', readMoney),
      feeAsset: readOptional(feeCurrency, 'fill feeCurrency', readText),
      liquidity: typeof isTaker === 'boolean' ? (isTaker ? ('taker' as const) : ('maker' as const)) : undefined,
    }),
    filledAt: readTime(row['timestamp'], 'fill timestamp'),
  };
}

import type { AccountChannelContext } from '../../../adapter/account-streams.js';
import { omitUndefined } from '../../../adapter/omit-undefined.js';
import type { OrderReport } from '../../../adapter/order-endpoints.js';
import { malformed, readObject, readOptional, readText } from '../../../adapter/read.js';
import type { Balance } from '../../../model/balance.js';
import type { Fill } from '../../../model/fill.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { readAmount, readMoney, readSize } from '../read-money.js';
import { orderTerms } from './order-terms.js';
import { readKindNumber, readSideNumber, readStateNumber } from './order-words.js';
import { updatedAt } from './push-context.js';
import { readInt64, readMoment } from './read-wire.js';

/** The payload of an account's push: its messages do not name their market, the wrapper does. */
export interface AccountPush {
  readonly symbol?: string | null | undefined;
  readonly message: unknown;
}

/**
 * Reads a `privateOrders` push. Amounts are totals of the order. `undefined` for a market that is not in the instrument
 * list, which is reported. Source: MEXC spot v3 docs, spot account orders.
 * @throws {MalformedResponseError}
 */
export function decodeOrderPush(payload: unknown, context: AccountChannelContext): OrderReport | undefined {
  const { symbol: name, message } = readPush(payload, 'order push');
  const { id, clientId, price, quantity, amount, orderType, tradeType, status, createTime, ...rest } = readObject(
    message,
    'order push',
  );
  const side = readSideNumber(tradeType, 'order tradeType');
  const kind = readKindNumber(orderType, context.drift);
  const terms = orderTerms(
    kind,
    side,
    readOptional(price, 'order price', readAmount),
    readOptional(quantity, 'order quantity', readAmount),
    readOptional(amount, 'order amount', readAmount),
  );
  const { cumulativeQuantity, cumulativeAmount } = rest;
  const createdAt = readInt64(createTime, 'order createTime');
  const report = {
    orderId: readText(id, 'order id'),
    side,
    ...terms,
    ...omitUndefined({
      clientOrderId: readOptional(clientId, 'order clientId', readText),
      ...kind,
      filledQuantity: readOptional(cumulativeQuantity, 'order cumulativeQuantity', readAmount),
      filledQuoteQuantity: readOptional(cumulativeAmount, 'order cumulativeAmount', readAmount),
      createdAt: createdAt > 0 ? createdAt : undefined,
    }),
    state: readStateNumber(status, 'order status'),
    ...updatedAt(context.venueTime),
  };
  const symbol = symbolOf(name, 'order push', context);
  return symbol === undefined ? undefined : { symbol, ...report };
}

/**
 * Reads a `privateDeals` push. `undefined` as {@link decodeOrderPush}. Source: MEXC spot v3 docs, spot account deals.
 * @throws {MalformedResponseError}
 */
export function decodeDealPush(payload: unknown, context: AccountChannelContext): Fill | undefined {
  const { symbol: name, message } = readPush(payload, 'deal push');
  const fields = readObject(message, 'deal push');
  const { tradeId, orderId, clientOrderId, tradeType, price, quantity, feeAmount, feeCurrency, isMaker, time } = fields;
  const fill = {
    id: readText(tradeId, 'deal tradeId'),
    orderId: readText(orderId, 'deal orderId'),
    side: readSideNumber(tradeType, 'deal tradeType'),
    price: readSize(price, 'deal price'),
    quantity: readSize(quantity, 'deal quantity'),
    ...omitUndefined({
      clientOrderId: readOptional(clientOrderId, 'deal clientOrderId', readText),
      fee: readOptional(feeAmount, 'deal feeAmount', readMoney),
      feeAsset: readOptional(feeCurrency, 'deal feeCurrency', readText),
    }),
    liquidity: isMaker === true ? ('maker' as const) : ('taker' as const),
    filledAt: readMoment(time, 'deal time'),
  };
  const symbol = symbolOf(name, 'deal push', context);
  return symbol === undefined ? undefined : { symbol, ...fill };
}

/**
 * Reads a `privateAccount` push: one asset as it stands after a change. Source: MEXC spot v3 docs, spot account update.
 * @throws {MalformedResponseError}
 */
export function decodeAccountPush(payload: unknown, { receivedAt }: AccountChannelContext): Balance {
  const { vcoinName, balanceAmount, frozenAmount, time } = readObject(
    readPush(payload, 'account push').message,
    'account push',
  );
  return {
    asset: readText(vcoinName, 'account vcoinName'),
    free: readMoney(balanceAmount, 'account balanceAmount'),
    locked: readMoney(frozenAmount, 'account frozenAmount'),
    updatedAt: readMoment(time, 'account time'),
    receivedAt,
  };
}

function readPush(payload: unknown, where: string): AccountPush {
  const { symbol, message } = readObject(payload, where);
  return { symbol: readOptional(symbol, `${where} symbol`, readText), message };
}

/** A push without one cannot be placed; the account has to be read again. */
function symbolOf(
  name: AccountPush['symbol'],
  where: string,
  { toCanonical, drift }: AccountChannelContext,
): MarketSymbol | undefined {
  if (!name) throw malformed(where, 'a symbol', name);
  const symbol = toCanonical(name);
  if (symbol === undefined) drift(`${where} of ${name.slice(0, 40)}, which is not in the instrument list`);
  return symbol;
}

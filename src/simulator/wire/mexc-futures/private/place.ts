import type { FuturesOrder } from '../../../positions/futures-order.js';
import type { FuturesOrderRequest } from '../../../positions/futures-request.js';
import type { Contract } from '../contracts.js';
import { findContract, Refusal, wrong } from '../rest/call.js';
import { atDesk, type PrivateCall, type PrivateHandler } from './call.js';
import { directionOf, kindOf, selfTradeOf } from './order-words.js';
import { asFields, type Fields, readFlag, readId, readInteger, readNumber, readText, required } from './read-body.js';

const MAX_CLIENT_ID = 32;

/** `POST order/create`. Source: MEXC contract docs, place order; an object since 2026-04-25. */
export const createOrder: PrivateHandler = (call) => {
  const { id, createdAt } = place(call, asFields(call.body));
  return { orderId: id, ts: createdAt };
};

/** `POST order/submit`, the older path: the id alone. Source: MEXC contract docs, 2025. */
export const submitOrder: PrivateHandler = (call) => place(call, asFields(call.body)).id;

/** `POST order/submit_batch`: for market makers only. Source: MEXC contract docs, bulk order. */
export const submitBatch: PrivateHandler = () => {
  throw new Refusal(511, 'The endpoint is not accessible');
};

function place(call: PrivateCall, fields: Fields): FuturesOrder {
  const { account, model, contracts } = call;
  const contract = findContract(contracts, required(readText(fields, 'symbol'), 'symbol'));
  if (account.assets().length === 0) throw new Refusal(1000, 'The account does not exist');
  const request = readOrder(call, contract, fields);
  const oid = request.clientOrderId;
  if (oid !== undefined && account.orders.some(({ clientOrderId }) => clientOrderId === oid)) {
    throw new Refusal(2042, 'Duplicate order id');
  }
  const tooFar = request.side === 'sell' ? { price_too_far: new Refusal(2004, 'The sell price is too low') } : {};
  return atDesk(() => model.desk.place(account, contract.perpetual, request), tooFar);
}

/** An order as `create` and plan orders describe it; its type is `type` or, there, `orderType`. @throws {Refusal} */
export function readOrder(
  { account }: PrivateCall,
  contract: Contract,
  fields: Fields,
  typeName: 'type' | 'orderType' = 'type',
): FuturesOrderRequest {
  const type = required(readInteger(fields, typeName), typeName);
  const side = required(readInteger(fields, 'side'), 'side');
  const kind = kindOf(type);
  if (kind === undefined) throw new Refusal(2029, 'Order type error');
  requireMode(fields, account.positionMode === 'hedge' ? 1 : 2);
  const direction = directionOf(side, readFlag(fields, 'reduceOnly') ?? false, account);
  if (direction === undefined) throw new Refusal(2001, 'Order direction error');
  refuseUnsimulated(fields);
  requirePosition(fields, account.position(contract.perpetual, direction.positionSide).number, direction.reduceOnly);
  return {
    ...direction,
    ...kind,
    ...(kind.type === 'limit' ? { price: required(readNumber(fields, 'price'), 'price') } : {}),
    contracts: required(readNumber(fields, 'vol'), 'vol'),
    ...readMargin(fields, direction.reduceOnly),
    clientOrderId: readClientId(fields),
    selfTradeRule: readSelfTrade(fields),
    extra: { side, type },
  };
}

/** An order that closes takes the position as it is. */
function readMargin(fields: Fields, closes: boolean): Pick<FuturesOrderRequest, 'leverage' | 'marginMode'> {
  const openType = required(readInteger(fields, 'openType'), 'openType');
  if (openType !== 1 && openType !== 2) throw new Refusal(2002, 'Open type error');
  const leverage = readInteger(fields, 'leverage');
  if (closes) return {};
  if (openType === 1 && leverage === undefined) throw wrong('leverage');
  return { marginMode: openType === 1 ? 'isolated' : 'cross', leverage };
}

function readClientId(fields: Fields): string | undefined {
  const text = readText(fields, 'externalOid');
  if (text !== undefined && text.length > MAX_CLIENT_ID) throw new Refusal(2030, 'The external id is too long');
  return text;
}

function readSelfTrade(fields: Fields): FuturesOrderRequest['selfTradeRule'] {
  const rule = selfTradeOf(readInteger(fields, 'stpMode') ?? 0);
  if (rule === undefined) throw wrong('stpMode');
  return rule === 'none' ? undefined : rule;
}

function requireMode(fields: Fields, mode: number): void {
  const asked = readInteger(fields, 'positionMode') ?? 0;
  if (asked !== 0 && asked !== mode) throw new Refusal(7002, 'The position mode does not match');
}

/** Only closing orders belong to a position; 0 names none. */
function requirePosition(fields: Fields, number: number, closes: boolean): void {
  const id = readId(fields['positionId'], 'positionId');
  if (!closes || id === undefined || id === '0' || id === String(number)) return;
  throw new Refusal(2043, 'The order and the position do not match');
}

/** What the simulator has not: rather refused than taken for something else. */
function refuseUnsimulated(fields: Fields): void {
  const asked = ['stopLossPrice', 'takeProfitPrice', 'bboTypeNum'].some(
    (name) => Number(readNumber(fields, name) ?? 0) > 0,
  );
  if (asked) throw new Refusal(604, 'The function is under maintenance');
}

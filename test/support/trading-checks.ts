import { type Fill, isFinal, type Order } from '../../src/index.js';
import type { Claim, TradingClient, TradingVenue, TrueFills, Truth } from './trading-client.js';

type TrueOrder = Truth[number];

/** How the venue is to be understood. */
export interface Reading {
  readonly venue: TradingVenue;
  readonly claims: readonly Claim[];
  /** Names that were given once more; who died heard no answer. */
  readonly again: readonly string[];
}

/** What the streams of one client told last is what the venue has, and nothing contradicted itself. */
export function checkClient(client: TradingClient, truth: Truth, fills: TrueFills, reading: Reading): string[] {
  const { name, before, conflicts, end, exchange } = client;
  const failures = [
    ...truth.flatMap((one) => checkOrder(client, one, reading)),
    ...[...client.byClientId].flatMap(([id, told]) => checkName(id, told, truth, reading)),
    ...checkFills(client.fills, fills, before.fills),
    ...conflicts.flatMap(({ message, conflict }) => {
      const byOther = reading.claims.some(
        (one) => one.kind === 'amend' && one.client !== client && one.orderId === conflict.orderId,
      );
      // Somebody else on the account changed the order: that is to be told.
      return byOther && (conflict.kind === 'terms' || conflict.kind === 'overfill') ? [] : [`conflict: ${message}`];
    }),
  ];
  const known = new Set(truth.map(({ id }) => id));
  for (const id of client.byOrderId.keys()) if (!known.has(id)) failures.push(`order ${id} is not there`);
  if (end !== undefined) failures.push(`the streams ended: ${end}`);
  if (exchange.status !== 'live') failures.push(`status ${exchange.status}`);
  return failures.map((failure) => `${name}: ${failure}`);
}

/** Each answer is true, and stays true. */
export function checkClaim(claim: Claim, truth: Truth, reading: Reading): string[] {
  const { kind, via, client, clientOrderId, orderId, order, error, symbol } = claim;
  const what = `${client.name}: ${kind} ${via} ${clientOrderId ?? orderId ?? symbol}`;
  const failures: string[] = [];
  if (clientOrderId !== undefined) {
    const named = truth.filter((one) => one.clientOrderId === clientOrderId);
    const [real] = named;
    if (named.length > 1) failures.push(`${named.length} orders: a duplicate`);
    if (order !== undefined && real?.id !== order.orderId) failures.push(`said to be ${order.orderId}, is ${real?.id}`);
    if (order?.state === 'unknown') failures.push('an order in state unknown');
    const isAbsent = error !== undefined && error.outcome !== 'unknown' && !isNamedAgain(claim, reading);
    if (isAbsent && real !== undefined && !isForgotten(real, reading))
      failures.push(`said to be ${error.outcome} (${error.code}), but it is there: lost`);
  }
  const real = truth.find(({ id }) => id === (order?.orderId ?? orderId));
  if (order !== undefined && real !== undefined && !isPossible(order, real, reading))
    failures.push(`told ${print(order)}, in truth ${printTrue(real)}`);
  if (claim.orders !== undefined && kind === 'cancelAll') {
    const left = truth.filter(({ id, status }) => status === 'open' && claim.openBefore?.includes(id));
    if (left.length > 0) failures.push(`${left.map(({ id }) => id)} still open after all were canceled`);
  }
  if (kind === 'amend' && real !== undefined) failures.push(...checkAmendment(claim, real, reading));
  return failures.map((failure) => `${what}: ${failure}`);
}

/** Whether another order of that name may be there: names of orders that were refused are given again. */
function isNamedAgain(claim: Claim, { claims, again }: Reading): boolean {
  const isName = (name: string | undefined): boolean => name === claim.clientOrderId;
  if (again.filter(isName).length >= claims.filter((one) => isName(one.clientOrderId)).length) return true;
  return claims.some(
    (one) =>
      one !== claim && one.clientOrderId === claim.clientOrderId && (one.error?.outcome ?? 'unknown') === 'unknown',
  );
}

/** Of the only amendment of an order: told to be done, it is done; told not to be, it is not. */
function checkAmendment(claim: Claim, real: TrueOrder, { claims }: Reading): string[] {
  const { change = {}, before, order, error, orderId } = claim;
  if (claims.some((one) => one !== claim && one.kind === 'amend' && one.orderId === orderId)) return [];
  const isSo = (one: TrueOrder | undefined): boolean =>
    isEqual(change.price, one?.price) && isEqual(change.quantity, one?.quantity);
  // An amendment to no more than is filled ends the order.
  if (order !== undefined && !isSo(real) && real.endReason !== 'user')
    return [`told done, in truth ${printTrue(real)}`];
  const isCertain = error !== undefined && error.outcome !== 'unknown';
  return isCertain && isSo(real) && !isSo(before) ? [`told ${error.outcome}, in truth it is done`] : [];
}

function checkOrder(client: TradingClient, one: TrueOrder, reading: Reading): string[] {
  const told = client.byOrderId.get(one.id);
  if (told === undefined) {
    const isIdle = one.status === 'canceled' && Number(one.filledQuantity) === 0;
    // Of orders that did nothing a venue may tell nothing any more, or nobody asked it.
    const isElsewhere = isIdle && !isOwn(client, one, reading) && !client.looksAtAll;
    const isExempt = isElsewhere || isForgotten(one, reading) || client.before.orders.has(one.id);
    return isExempt ? [] : [`order ${printTrue(one)} was never told`];
  }
  const isAmended = reading.claims.some(({ kind, orderId }) => kind === 'amend' && orderId === one.id);
  const hasTerms =
    (isAmended && isForgotten(one, reading)) ||
    (isEqual(told.price, one.price) && (one.type === 'market' || isEqual(told.quantity, one.quantity)));
  const isSame =
    (isState(told, one, reading) || (!isFinal(told.state) && one.status === 'open')) &&
    isEqual(told.filledQuantity, one.filledQuantity) &&
    isEqual(told.filledQuoteQuantity, one.filledQuote) &&
    hasTerms &&
    (told.clientOrderId === undefined || isNamed(told.clientOrderId, one, reading));
  return isSame ? [] : [`order ${one.id}: told ${print(told)}, in truth ${printTrue(one)}`];
}

/** MEXC's futures make up a name for an order that got none. */
function isNamed(told: string, { clientOrderId }: TrueOrder, { venue }: Reading): boolean {
  return told === clientOrderId || (venue === 'mexc_futures' && clientOrderId === undefined && told.startsWith('_m_'));
}

function isOwn(client: TradingClient, { clientOrderId }: TrueOrder, { claims }: Reading): boolean {
  return claims.some((one) => one.client === client && one.clientOrderId === clientOrderId);
}

/** The last word on what was sent under one name. */
function checkName(id: string, told: Order, truth: Truth, reading: Reading): string[] {
  if (told.orderId !== undefined) return [];
  const real = truth.find(({ clientOrderId }) => clientOrderId === id);
  if (!isFinal(told.state))
    return [`order ${id} is still ${told.state}, in truth ${real ? printTrue(real) : 'absent'}`];
  const isTrue = real === undefined || isForgotten(real, reading);
  return isTrue ? [] : [`order ${id}: told ${told.state} (${told.reason}), in truth ${printTrue(real)}`];
}

/** @param from fills before that one need not be told. */
function checkFills(told: readonly Fill[], truth: TrueFills, from: number): string[] {
  type Shown = Pick<Fill, 'orderId' | 'side' | 'quantity' | 'price' | 'liquidity'>;
  const show = ({ orderId, side, quantity, price, liquidity }: Shown): string =>
    `${orderId} ${side} ${Number(quantity)} at ${Number(price)} as ${liquidity}`;
  const left = told.map(show);
  const failures: string[] = [];
  for (const [i, fill] of truth.entries()) {
    const at = left.indexOf(show(fill));
    if (at >= 0) left.splice(at, 1);
    else if (i >= from) failures.push(`fill ${show(fill)} was never told`);
  }
  return [...failures, ...left.map((one) => `fill ${one} did not happen`)];
}

/** Whether the order may have been so at some moment before its end. */
function isPossible(told: Order, real: TrueOrder, reading: Reading): boolean {
  if (!isFinal(told.state)) return Number(told.filledQuantity) <= Number(real.filledQuantity);
  return isState(told, real, reading) && isEqual(told.filledQuantity, real.filledQuantity);
}

/** A market buy of MEXC that could not spend the last bit of its money ends as canceled in part. */
function isState({ state }: Order, { status, type }: TrueOrder, { venue }: Reading): boolean {
  return (
    state === status || (venue === 'mexc_spot' && type === 'market' && status === 'filled' && state === 'canceled')
  );
}

/** Gate.io forgets what was canceled without a fill: it can be reported as not placed. */
function isForgotten({ status, filledQuantity }: TrueOrder, { venue }: Reading): boolean {
  return venue.startsWith('gateio') && status === 'canceled' && Number(filledQuantity) === 0;
}

/** What is not said contradicts nothing. */
function isEqual(told: string | undefined, real: string | undefined): boolean {
  return told === undefined || Number(told) === Number(real);
}

function print({ state, filledQuantity, quantity, price }: Order): string {
  return `${state} ${filledQuantity}/${quantity} at ${price}`;
}

function printTrue({ id, status, filledQuantity, quantity, price }: TrueOrder): string {
  return `${id} ${status} ${filledQuantity}/${quantity} at ${price}`;
}

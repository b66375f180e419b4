import { describe, expect, it } from 'vitest';
import type { OrderReport } from '../../../src/adapter/order-endpoints.js';
import type { OrderConflict } from '../../../src/exchange/orders/order-conflict.js';
import { OrderTracker, type OrderTrackerOptions } from '../../../src/exchange/orders/order-tracker.js';
import { toDecimal } from '../../../src/model/decimal.js';
import type { Fill } from '../../../src/model/fill.js';
import type { Order, OrderState } from '../../../src/model/order.js';
import { makeRequest, refusalOf } from './order-fixtures.js';

const d = toDecimal;
const symbol = 'BTC/USDT';
const report = (changes: Partial<OrderReport>): OrderReport => ({ symbol, ...changes });
const fill = (id: string, quantity: string, changes: Partial<Fill> = {}): Fill => ({
  symbol,
  id,
  orderId: '7',
  side: 'buy',
  price: d('100'),
  quantity: d(quantity),
  filledAt: 1,
  ...changes,
});
const external = (orderId: string, changes: Partial<OrderReport> = {}): OrderReport =>
  report({ orderId, side: 'sell', type: 'limit', price: d('90'), quantity: d('2'), state: 'open', ...changes });

function makeTracker(options: Partial<OrderTrackerOptions> = {}) {
  const orders: Order[] = [];
  const fills: string[] = [];
  const conflicts: OrderConflict[] = [];
  let now = 0;
  const tracker = new OrderTracker({
    venue: 'test_spot',
    clock: { now: () => ++now, monotonic: () => 0 },
    conflict: ({ conflict }) => conflicts.push(conflict),
    ...options,
  });
  tracker.on('order', (order) => orders.push(order));
  tracker.on('fill', ({ id }) => fills.push(id));
  const states = () => orders.map(({ state, filledQuantity }) => `${state} ${filledQuantity}`);
  const kinds = () => conflicts.map(({ kind, known, told, source }) => `${kind}: ${known} / ${told} (${source})`);
  return { tracker, orders, fills, conflicts, states, kinds };
}

/** With an own order `a` that the venue has as `7`. */
function makeOpen(options: Partial<OrderTrackerOptions> = {}) {
  const made = makeTracker(options);
  made.tracker.begin(makeRequest('a'));
  made.tracker.apply(report({ orderId: '7', clientOrderId: 'a', state: 'open' }), 'answer');
  return made;
}

describe('the life of an order of ours', () => {
  it('is told at each change, once, with everything that is known', () => {
    const { tracker, orders, states, conflicts } = makeTracker();
    tracker.claim(makeRequest('a'));
    expect(orders).toEqual([]);
    tracker.announce('a');
    tracker.announce('a');
    tracker.apply(report({ orderId: '7', clientOrderId: 'a' }), 'answer');
    tracker.apply(report({ orderId: '7', state: 'open', createdAt: 5, updatedAt: 5 }), 'stream');
    tracker.apply(report({ orderId: '7', state: 'open', createdAt: 5, updatedAt: 6 }), 'query');
    tracker.applyFill(fill('t1', '0.4', { filledAt: 8 }));
    tracker.apply(report({ orderId: '7', state: 'canceled', filledQuantity: d('0.40'), reason: 'user' }), 'stream');
    expect(states()).toEqual(['pending 0', 'pending 0', 'open 0', 'partially_filled 0.4', 'canceled 0.40']);
    expect(orders.at(-1)).toEqual({
      venue: 'test_spot',
      symbol,
      orderId: '7',
      clientOrderId: 'a',
      side: 'buy',
      type: 'limit',
      timeInForce: 'GTC',
      postOnly: false,
      price: '100',
      quantity: '1',
      filledQuantity: '0.40',
      filledQuoteQuantity: '40',
      state: 'canceled',
      origin: 'own',
      reason: 'user',
      createdAt: 5,
      updatedAt: 8,
      receivedAt: expect.any(Number),
    });
    expect(conflicts).toEqual([]);
  });

  it('stays unknown until the venue shows it', () => {
    const { tracker, states } = makeTracker();
    tracker.begin(makeRequest('a'));
    tracker.mark('a', 'unknown');
    tracker.apply(report({ orderId: '7', clientOrderId: 'a', state: 'open' }), 'query');
    tracker.mark('a', 'unknown');
    expect(states()).toEqual(['pending 0', 'unknown 0', 'open 0']);
  });

  it('ends when it was refused, with the reason, and when it never left', () => {
    const { tracker } = makeTracker();
    tracker.begin(makeRequest('a'));
    tracker.begin(makeRequest('b'));
    tracker.mark('a', 'rejected', 'too small');
    tracker.mark('b', 'not_sent');
    tracker.mark('never begun', 'rejected');
    expect(tracker.get({ symbol, clientOrderId: 'a' })).toMatchObject({ state: 'rejected', reason: 'too small' });
    expect(tracker.get({ symbol, clientOrderId: 'b' })).toMatchObject({ state: 'rejected', reason: 'not_sent' });
    expect(tracker.open()).toEqual([]);
  });

  it('is filled when its fills are all of it, and when the venue says so without a number', () => {
    const first = makeOpen();
    first.tracker.applyFill(fill('t1', '0.1'));
    first.tracker.applyFill(fill('t2', '0.9'));
    expect(first.states().at(-1)).toBe('filled 1');
    const second = makeOpen();
    second.tracker.apply(report({ orderId: '7', state: 'filled' }), 'stream');
    expect(second.states().at(-1)).toBe('filled 1');
    expect(second.conflicts).toEqual([]);
  });

  it('by an amount in quote asset is filled when the venue says so, not when some quantity is reached', () => {
    const { tracker, states } = makeTracker();
    const { price, quantity, ...request } = makeRequest('a', { type: 'market', quoteQuantity: d('50') });
    tracker.begin(request);
    tracker.apply(report({ orderId: '7', clientOrderId: 'a', quantity: d('0.2'), filledQuantity: d('0.2') }), 'stream');
    expect(states().at(-1)).toBe('partially_filled 0.2');
    tracker.apply(report({ orderId: '7', state: 'filled', filledQuantity: d('0.5') }), 'stream');
    expect(states().at(-1)).toBe('filled 0.5');
    expect(tracker.get({ symbol, orderId: '7' })).not.toHaveProperty('quantity');
  });

  it('takes a fill that comes before the answer, by either id', () => {
    const { tracker, states, fills } = makeTracker();
    tracker.begin(makeRequest('a'));
    tracker.applyFill(fill('t1', '0.1'));
    expect(tracker.get({ symbol, orderId: '7' })).toBe(undefined);
    tracker.applyFill(fill('t2', '0.2', { clientOrderId: 'a' }));
    expect(states()).toEqual(['pending 0', 'partially_filled 0.3']);
    expect(fills).toEqual(['t1', 't2']);
  });

  it('counts a fill once, and both sides of a trade with oneself', () => {
    const { tracker, fills } = makeOpen();
    tracker.apply(external('8', { quantity: d('1') }), 'stream');
    const answers = [fill('t1', '0.4'), fill('t1', '0.40'), fill('t1', '0.4', { orderId: '8', side: 'sell' })];
    expect(answers.map((one) => tracker.applyFill(one))).toEqual([true, false, true]);
    expect(fills).toEqual(['t1', 't1']);
    expect(tracker.open().map(({ filledQuantity }) => filledQuantity)).toEqual(['0.4', '0.4']);
  });

  it('may change its price and quantity when it is amended, in the order of the venue', () => {
    const { tracker, conflicts } = makeOpen();
    tracker.allowAmend({ symbol, orderId: '7' });
    tracker.apply(report({ orderId: '7', price: d('101'), quantity: d('3'), updatedAt: 20 }), 'answer');
    tracker.apply(report({ orderId: '7', price: d('100'), quantity: d('1'), updatedAt: 10 }), 'stream');
    expect(tracker.get({ symbol, orderId: '7' })).toMatchObject({ price: '101', quantity: '3' });
    expect(conflicts).toEqual([]);
  });

  it('has the terms of a row that was asked for after the known ones were heard, whatever time it names', () => {
    let time = 100;
    const { tracker, conflicts } = makeOpen({ clock: { now: () => time, monotonic: () => time } });
    const changed = (price: string, updatedAt: number): OrderReport =>
      report({ orderId: '7', state: 'open', price: d(price), quantity: d('3'), updatedAt });
    const price = (): string | undefined => tracker.get({ symbol, orderId: '7' })?.price;
    tracker.allowAmend({ symbol, orderId: '7' });
    tracker.apply(changed('101', 20), 'answer');
    time = 200;
    tracker.apply(changed('102', 10), 'stream');
    tracker.apply(changed('102', 10), 'query', 99);
    expect(price()).toBe('101');
    tracker.apply(changed('102', 10), 'query', 100);
    expect(price()).toBe('102');
    // By the clock as it runs now.
    tracker.apply(changed('103', 11), 'stream');
    expect(price()).toBe('103');
    expect(conflicts).toEqual([]);
  });

  it('may be cut by the venue where it only reduces a position, which may be smaller by now', () => {
    const { tracker, kinds } = makeTracker();
    const position = { mode: 'one_way', marginMode: 'cross', leverage: d('10'), side: 'long' } as const;
    tracker.begin({ ...makeRequest('a'), side: 'sell', reduceOnly: true, quantity: d('3'), position });
    tracker.apply(report({ orderId: '7', clientOrderId: 'a', state: 'open', updatedAt: 5 }), 'answer');
    const cut = report({
      orderId: '7',
      state: 'partially_filled',
      quantity: d('2'),
      filledQuantity: d('1'),
      updatedAt: 6,
    });
    tracker.apply(cut, 'stream');
    expect(tracker.get({ symbol, orderId: '7' })).toMatchObject({ quantity: '2', state: 'partially_filled' });
    tracker.apply({ ...cut, filledQuantity: d('2'), updatedAt: 7 }, 'stream');
    expect([tracker.get({ symbol, orderId: '7' })?.state, kinds()]).toEqual(['filled', []]);
    tracker.apply({ ...cut, quantity: d('4'), updatedAt: 8 }, 'stream');
    expect(kinds()).toEqual(['terms: quantity 2 / 4 (stream)']);
  });

  it('has the terms that it ended with, whatever time they name and whatever comes after', () => {
    const { tracker, conflicts } = makeOpen();
    const changed = (price: string, updatedAt: number, state: OrderState): OrderReport =>
      report({ orderId: '7', state, price: d(price), updatedAt, filledQuantity: d('0') });
    tracker.allowAmend({ symbol, orderId: '7' });
    tracker.apply(changed('101', 20, 'open'), 'answer');
    tracker.apply(changed('102', 10, 'canceled'), 'stream');
    tracker.apply(changed('101', 20, 'open'), 'stream');
    tracker.apply(changed('103', 30, 'open'), 'query', 1_000);
    expect(tracker.get({ symbol, orderId: '7' })).toMatchObject({ price: '102', state: 'canceled' });
    expect(conflicts).toEqual([]);
  });

  it('is not full while an amendment may have made it larger: fills are told before the change', () => {
    const { tracker, states, conflicts } = makeOpen();
    const change = { symbol, orderId: '7', quantity: d('3') } as const;
    tracker.allowAmend(change);
    tracker.applyFill(fill('t1', '1.5'));
    tracker.apply(report({ orderId: '7', state: 'partially_filled', quantity: d('3'), updatedAt: 9 }), 'stream');
    tracker.applyFill(fill('t2', '1.5'));
    expect(states()).toEqual(['pending 0', 'open 0', 'partially_filled 1.5', 'partially_filled 1.5', 'filled 3']);
    expect(conflicts).toEqual([]);
  });

  it('is not full while the larger one of two amendments may have been carried out', () => {
    const { tracker, states, conflicts } = makeOpen();
    for (const quantity of [d('3'), d('2')]) tracker.allowAmend({ symbol, orderId: '7', quantity });
    tracker.applyFill(fill('t1', '2.5'));
    tracker.apply(report({ orderId: '7', state: 'partially_filled', quantity: d('3'), updatedAt: 9 }), 'stream');
    expect(states()).toEqual(['pending 0', 'open 0', 'partially_filled 2.5', 'partially_filled 2.5']);
    expect(conflicts).toEqual([]);
  });

  it('is full again once the amendment that would have made it larger was refused', () => {
    const { tracker, states, conflicts } = makeOpen();
    const change = { symbol, orderId: '7', quantity: d('3') } as const;
    tracker.allowAmend(change);
    tracker.applyFill(fill('t1', '1'));
    tracker.refuseAmend(change);
    expect(states()).toEqual(['pending 0', 'open 0', 'partially_filled 1', 'filled 1']);
    expect(conflicts).toEqual([]);
  });

  it.each(['filled', 'canceled'] as const)('by quote asset is not told %s before it is known how much', (state) => {
    const { tracker, states, conflicts } = makeTracker();
    const { price, quantity, ...rest } = makeRequest('a', { type: 'market', quoteQuantity: d('100') });
    tracker.begin(rest);
    const end = report({ orderId: '7', clientOrderId: 'a', state, quoteQuantity: d('100') });
    tracker.apply({ ...end, filledQuoteQuantity: d('99.99'), updatedAt: 5 }, 'stream');
    tracker.applyFill(fill('t1', '0.5'));
    tracker.applyFill(fill('t2', '0.4999'));
    expect(states()).toEqual(['pending 0', 'pending 0', 'partially_filled 0.5', `${state} 0.9999`]);
    const read = makeTracker();
    read.tracker.begin(rest);
    read.tracker.apply({ ...end, filledQuoteQuantity: d('99.99') }, 'stream');
    read.tracker.apply({ ...end, filledQuoteQuantity: d('99.99'), filledQuantity: d('0.9999') }, 'query');
    expect(read.states()).toEqual(['pending 0', 'pending 0', `${state} 0.9999`]);
    expect([...conflicts, ...read.conflicts]).toEqual([]);
  });

  it('by quote asset that filled nothing is canceled at once', () => {
    const { tracker, states } = makeTracker();
    const { price, quantity, ...rest } = makeRequest('a', { type: 'market', quoteQuantity: d('100') });
    tracker.begin(rest);
    tracker.apply(report({ orderId: '7', clientOrderId: 'a', state: 'canceled', filledQuantity: d('0') }), 'stream');
    expect(states()).toEqual(['pending 0', 'canceled 0']);
  });
});

describe('orders of somebody else', () => {
  it('are shown as such, and never as ours', () => {
    const { tracker } = makeOpen();
    tracker.apply(external('8', { clientOrderId: 'theirs' }), 'stream');
    expect(tracker.open().map(({ orderId, origin }) => [orderId, origin])).toEqual([
      ['7', 'own'],
      ['8', 'external'],
    ]);
    expect([tracker.hasOrder('7'), tracker.hasOrder('8'), tracker.hasOrder('9')]).toEqual([true, false, false]);
  });

  it('wait for their terms before they are shown', () => {
    const { tracker, states } = makeTracker();
    tracker.apply(report({ orderId: '8', state: 'open' }), 'stream');
    tracker.applyFill(fill('t1', '0.5', { orderId: '8', side: 'sell' }));
    expect([states(), tracker.open()]).toEqual([[], []]);
    tracker.apply(external('8'), 'query');
    expect(states()).toEqual(['partially_filled 0.5']);
  });

  it('turn out to be ours when the evidence ties the ids together', () => {
    const { tracker, states, conflicts } = makeTracker();
    tracker.begin(makeRequest('a'));
    tracker.mark('a', 'unknown');
    tracker.apply(report({ orderId: '7', side: 'buy', type: 'limit', state: 'open' }), 'stream');
    tracker.applyFill(fill('t1', '0.5'));
    tracker.apply(report({ orderId: '7', clientOrderId: 'a' }), 'query');
    expect(states()).toEqual(['pending 0', 'unknown 0', 'open 0', 'partially_filled 0.5', 'partially_filled 0.5']);
    expect(tracker.open()).toEqual([expect.objectContaining({ orderId: '7', clientOrderId: 'a', origin: 'own' })]);
    expect(conflicts).toEqual([]);
  });

  it('that ended long ago are described when a list shows them, without being told as news', () => {
    const { tracker, orders } = makeTracker();
    const past = external('8', { state: 'filled', filledQuantity: d('2') });
    expect(tracker.look(past)).toMatchObject({ orderId: '8', state: 'filled', origin: 'external' });
    expect([orders, tracker.get({ symbol, orderId: '8' })]).toEqual([[], undefined]);
    expect(tracker.look(external('9'))).toMatchObject({ state: 'open' });
    expect(orders.length).toBe(1);
  });

  it('without any id are left alone', () => {
    const { tracker, orders } = makeTracker();
    expect(tracker.apply(external('8', { orderId: undefined } as object), 'stream')).toBe(undefined);
    expect(orders).toEqual([]);
  });
});

describe('a contradiction is told, and what was known stays', () => {
  const order7 = { symbol, orderId: '7' } as const;

  it('when an order ends twice', () => {
    const { tracker, kinds } = makeOpen();
    tracker.apply(report({ orderId: '7', state: 'canceled' }), 'stream');
    tracker.apply(report({ orderId: '7', state: 'open' }), 'stream');
    tracker.apply(report({ orderId: '7', state: 'expired' }), 'query');
    expect(tracker.get(order7)?.state).toBe('canceled');
    expect(kinds()).toEqual(['final_state: canceled / expired (query)']);
  });

  it('when more is filled than at its end: the fills are true', () => {
    const { tracker, kinds } = makeOpen();
    tracker.apply(report({ orderId: '7', state: 'canceled', filledQuantity: d('0.2') }), 'stream');
    tracker.applyFill(fill('t1', '0.2'));
    tracker.applyFill(fill('t2', '0.3'));
    expect(tracker.get(order7)).toMatchObject({ state: 'canceled', filledQuantity: '0.5', filledQuoteQuantity: '50' });
    expect(kinds()).toEqual(['late_fill: 0.2 / 0.5 (fill)']);
  });

  it('when it was canceled and yet all of it is filled', () => {
    const { tracker, kinds } = makeOpen();
    tracker.apply(report({ orderId: '7', state: 'canceled' }), 'stream');
    tracker.applyFill(fill('t1', '1'));
    tracker.applyFill(fill('t1', '1'));
    expect(tracker.get(order7)).toMatchObject({ state: 'filled', filledQuantity: '1' });
    expect(kinds()).toEqual(['final_state: canceled / filled (fill)']);
  });

  it('when more is filled than was ordered', () => {
    const { tracker, kinds } = makeOpen();
    tracker.applyFill(fill('t1', '1.5'));
    tracker.apply(report({ orderId: '7', filledQuantity: d('1.5') }), 'query');
    expect(tracker.get(order7)).toMatchObject({ state: 'filled', filledQuantity: '1.5' });
    expect(kinds()).toEqual(['overfill: 1 / 1.5 (fill)']);
  });

  it('when a trade comes again with another amount', () => {
    const { tracker, kinds } = makeOpen();
    tracker.applyFill(fill('t1', '0.5'));
    tracker.applyFill(fill('t1', '0.6'));
    expect(tracker.get(order7)?.filledQuantity).toBe('0.5');
    expect(kinds()).toEqual(['fill: 0.5 at 100 / 0.6 at 100 (fill)']);
  });

  it('when its terms are others than those that were sent', () => {
    const { tracker, kinds } = makeOpen();
    tracker.apply(report({ orderId: '7', side: 'sell', price: d('99'), quantity: d('1.0'), updatedAt: 3 }), 'stream');
    tracker.apply(report({ orderId: '7', price: d('99'), updatedAt: 4 }), 'stream');
    expect(kinds()).toEqual(['terms: side buy / sell (stream)', 'terms: price 100 / 99 (stream)']);
    expect(tracker.get(order7)).toMatchObject({ side: 'buy', price: '99', quantity: '1' });
  });

  it('when it became smaller than what is filled', () => {
    const { tracker, kinds } = makeOpen();
    tracker.allowAmend(order7);
    tracker.applyFill(fill('t1', '0.5'));
    tracker.apply(report({ orderId: '7', quantity: d('0.4'), updatedAt: 9 }), 'stream');
    expect(tracker.get(order7)).toMatchObject({ quantity: '1', state: 'partially_filled' });
    expect(kinds()).toEqual(['terms: quantity 1 / 0.4 (stream)']);
  });

  it('when an order that was refused or absent is there after all: it must show', () => {
    for (const news of ['rejected', 'not_sent'] as const) {
      const { tracker, states, kinds } = makeTracker();
      tracker.begin(makeRequest('a'));
      tracker.mark('a', news);
      tracker.apply(report({ orderId: '7', clientOrderId: 'a', state: 'open' }), 'stream');
      expect(states()).toEqual(['pending 0', 'rejected 0', 'open 0']);
      expect(kinds()).toEqual([`verdict: ${news} / open (stream)`]);
      expect(tracker.open().length).toBe(1);
    }
  });

  it('when an order is called refused that the venue has shown', () => {
    const { tracker, kinds } = makeOpen();
    tracker.mark('a', 'rejected');
    expect(tracker.get(order7)?.state).toBe('open');
    expect(kinds()).toEqual(['verdict: open / rejected (local)']);
  });

  it('when two orders have one id of ours: both show', () => {
    const { tracker, kinds } = makeOpen();
    for (let i = 0; i < 2; i++) tracker.apply(external('8', { clientOrderId: 'a' }), 'stream');
    expect(tracker.open().map(({ orderId, origin }) => [orderId, origin])).toEqual([
      ['7', 'own'],
      ['8', 'external'],
    ]);
    expect(kinds()).toEqual(['order_id: 7 / 8 (stream)']);
  });

  it('when one order has two ids of ours', () => {
    const { tracker, kinds } = makeOpen();
    tracker.apply(report({ orderId: '7', clientOrderId: 'b', state: 'open' }), 'stream');
    expect(tracker.get(order7)?.clientOrderId).toBe('a');
    expect(kinds()).toEqual(['client_order_id: a / b (stream)']);
  });
});

describe('bounds', () => {
  const duplicate = { code: 'duplicate_order', outcome: 'not_sent' };

  it('an id comes once, unless it was refused at once or never sent', () => {
    const { tracker } = makeOpen({ keepEnded: 0 });
    expect(refusalOf(() => tracker.begin(makeRequest('a')))).toEqual(duplicate);
    tracker.apply(report({ orderId: '7', state: 'filled' }), 'stream');
    expect(tracker.get({ symbol, orderId: '7' })).toBe(undefined);
    expect(refusalOf(() => tracker.begin(makeRequest('a')))).toEqual(duplicate);
    const kept = makeTracker().tracker;
    kept.begin(makeRequest('a'));
    kept.mark('a', 'not_sent');
    expect(kept.begin(makeRequest('a'))).toMatchObject({ state: 'pending' });
    kept.mark('a', 'unknown');
    kept.mark('a', 'rejected', 'absent');
    expect(refusalOf(() => kept.begin(makeRequest('a')))).toEqual(duplicate);
  });

  it('ended orders are dropped, and what comes late for them changes nothing but a new fill, which is told', () => {
    const { tracker, orders, fills, kinds } = makeOpen({ keepEnded: 1 });
    tracker.applyFill(fill('t1', '1'));
    tracker.apply(external('8', { state: 'canceled' }), 'stream');
    const told = orders.length;
    expect(tracker.get({ symbol, orderId: '7' })).toBe(undefined);
    expect(tracker.apply(report({ orderId: '7', clientOrderId: 'a', state: 'open' }), 'stream')).toBe(undefined);
    expect(tracker.applyFill(fill('t1', '1'))).toBe(false);
    expect(tracker.applyFill(fill('t2', '0.1'))).toBe(true);
    expect(tracker.applyFill(fill('t2', '0.1'))).toBe(false);
    expect([orders.length, tracker.open(), tracker.hasOrder('7')]).toEqual([told, [], true]);
    expect([fills, kinds()]).toEqual([['t1', 't2'], ['late_fill: an order that ended long ago / 0.1 (fill)']]);
  });

  it('too many live orders of ours are refused, of others the oldest is dropped loudly', () => {
    const { tracker, kinds, fills } = makeOpen({ maxLive: 1 });
    expect(refusalOf(() => tracker.begin(makeRequest('b')))).toEqual({ code: 'overflow', outcome: 'not_sent' });
    tracker.applyFill(fill('t1', '1', { orderId: '8' }));
    tracker.apply(external('9'), 'stream');
    tracker.apply(external('10'), 'stream');
    expect(tracker.applyFill(fill('t1', '1', { orderId: '8' }))).toBe(false);
    expect(tracker.open().map(({ orderId }) => orderId)).toEqual(['7', '10']);
    expect([fills, kinds()]).toEqual([['t1'], ['overflow: an order of somebody else / more than 1 (local)']]);
  });
});

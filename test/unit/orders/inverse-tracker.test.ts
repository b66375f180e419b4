import { describe, expect, it } from 'vitest';
import type { OrderReport } from '../../../src/adapter/order-endpoints.js';
import { OrderTracker } from '../../../src/exchange/orders/order-tracker.js';
import { baseOfQuote } from '../../../src/model/contracts.js';
import { toDecimal as d } from '../../../src/model/decimal.js';
import type { Fill } from '../../../src/model/fill.js';
import type { Order } from '../../../src/model/order.js';
import { makeRequest } from './order-fixtures.js';

const symbol = 'BTC/USD:BTC';
const names = { symbol, orderId: '7', clientOrderId: 'a' } as const;
const report = (changes: Partial<OrderReport>): OrderReport => ({ ...names, ...changes });
const fill = (id: string, quote: string, price: string): Fill => ({
  symbol,
  orderId: '7',
  id,
  side: 'buy',
  price: d(price),
  quantity: baseOfQuote(d(quote), d(price)),
  quoteQuantity: d(quote),
  filledAt: 1,
});

function makeTracker() {
  const orders: Order[] = [];
  const conflicts: string[] = [];
  const tracker = new OrderTracker({
    venue: 'test',
    clock: { now: () => 1, monotonic: () => 1 },
    conflict: ({ conflict: { kind, known, told } }) => conflicts.push(`${kind}: ${known} / ${told}`),
  });
  tracker.on('order', (order) => orders.push(order));
  const { quantity, ...request } = makeRequest('a', { symbol, price: d('60000'), quoteQuantity: d('300') });
  tracker.begin({ ...request, position: { mode: 'hedge', side: 'long' } });
  tracker.apply(names, 'answer');
  const filled = () => {
    const { filledQuantity, filledQuoteQuantity, state } = tracker.get(names) as Order;
    return [state, filledQuoteQuantity, filledQuantity];
  };
  return { tracker, orders, conflicts, filled };
}

describe('an order of inverse contracts', () => {
  it('is filled by its exact amount of quote asset, however base asset is rounded on the way', () => {
    const { tracker, conflicts, filled } = makeTracker();
    tracker.applyFill(fill('t1', '100', '59999.3'));
    tracker.applyFill(fill('t2', '100', '59991.7'));
    expect(filled()).toEqual(['partially_filled', '200', '0.0033335833654581189']);
    // A base that was reckoned by an average of four digits: more than the fills say, and no contradiction.
    tracker.apply(
      report({ state: 'filled', filledQuoteQuantity: d('300'), filledQuantity: d('0.00500071') }),
      'stream',
    );
    expect(filled()).toEqual(['filled', '300', '0.00500071']);
    tracker.applyFill(fill('t3', '100', '59990'));
    expect([filled(), conflicts]).toEqual([['filled', '300', '0.00500071'], []]);
  });

  it('that is full by its fills has ended, and more of them is told as a contradiction', () => {
    const { tracker, conflicts, filled } = makeTracker();
    for (const id of ['t1', 't2', 't3']) tracker.applyFill(fill(id, '100', '59999'));
    expect([filled()[0], conflicts]).toEqual(['filled', []]);
    tracker.applyFill(fill('t4', '10', '59999'));
    expect(conflicts).toEqual(['overfill: 300 / 310']);
  });

  it('that was canceled half way is held to the exact amount at its end', () => {
    const { tracker, conflicts } = makeTracker();
    const end = report({ state: 'canceled', filledQuoteQuantity: d('100'), filledQuantity: d('0.0016') });
    tracker.apply(end, 'stream');
    tracker.applyFill(fill('t1', '100', '59999'));
    expect(conflicts).toEqual([]);
    tracker.applyFill(fill('t2', '10', '59999'));
    expect(conflicts).toEqual(['late_fill: 100 / 110']);
  });

  it('is all filled when the venue says no more than that', () => {
    const { tracker, filled, conflicts } = makeTracker();
    tracker.apply(report({ state: 'filled' }), 'query');
    expect([filled(), conflicts]).toEqual([['filled', '300', '0'], []]);
  });

  it('has another size only when it may be amended, never one below what is filled', () => {
    const { tracker, conflicts } = makeTracker();
    tracker.applyFill(fill('t1', '100', '59999'));
    tracker.allowAmend(names);
    tracker.apply(report({ quoteQuantity: d('200'), updatedAt: 5 }), 'stream');
    expect([tracker.get(names)?.quoteQuantity, conflicts]).toEqual(['200', []]);
    tracker.apply(report({ quoteQuantity: d('50'), updatedAt: 6 }), 'stream');
    expect([tracker.get(names)?.quoteQuantity, conflicts]).toEqual(['200', ['terms: quoteQuantity 200 / 50']]);
  });

  it('counts one trade once, though its base asset comes rounded in two ways; another amount is a contradiction', () => {
    const { tracker, conflicts, filled } = makeTracker();
    const first = fill('t1', '100', '59999');
    tracker.applyFill(first);
    tracker.applyFill({ ...first, quantity: d('0.00166669') });
    expect([filled()[1], conflicts]).toEqual(['100', []]);
    tracker.applyFill({ ...first, quoteQuantity: d('110') });
    expect([filled()[1], conflicts.length]).toEqual(['100', 1]);
  });

  it('of somebody else is sized in quote asset as well', () => {
    const { tracker, conflicts } = makeTracker();
    const other = { symbol, orderId: '8', side: 'sell', type: 'limit', price: d('60000') } as const;
    tracker.apply({ ...other, quoteQuantity: d('50'), state: 'open' }, 'stream');
    tracker.applyFill({ ...fill('t9', '50', '60000'), orderId: '8', side: 'sell' });
    expect(tracker.get({ symbol, orderId: '8' })).toMatchObject({ state: 'filled', filledQuoteQuantity: '50' });
    expect(conflicts).toEqual([]);
  });
});

describe('an order of a perpetual', () => {
  it('says whether it only reduces and whose position it is meant for, from the start and of others once it is told', () => {
    const { tracker, orders } = makeTracker();
    expect(orders[0]).toMatchObject({ reduceOnly: false, positionSide: 'long' });
    const other = { symbol, orderId: '8', side: 'sell', type: 'limit', state: 'open' } as const;
    tracker.apply(other, 'stream');
    tracker.apply({ ...other, reduceOnly: true, positionSide: 'short' }, 'query');
    expect(orders.slice(2)).toMatchObject([{ orderId: '8' }, { reduceOnly: true, positionSide: 'short' }]);
    // What we asked for stays, whatever a venue prints that has no such word in this mode.
    tracker.apply(report({ state: 'open', reduceOnly: true, positionSide: 'short' }), 'stream');
    expect(tracker.get(names)).toMatchObject({ reduceOnly: false, positionSide: 'long' });
  });

  it('in one-way mode names no side', () => {
    const { tracker } = makeTracker();
    const request = makeRequest('b', { symbol: 'BTC/USDT:USDT', reduceOnly: true });
    const order = tracker.begin({ ...request, position: { mode: 'one_way', side: 'long' } });
    expect([order.reduceOnly, 'positionSide' in order]).toEqual([true, false]);
  });
});

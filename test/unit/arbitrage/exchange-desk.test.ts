import { expect, it } from 'vitest';
import { ExchangeDesk } from '../../../src/arbitrage/engine/exchange-desk.js';
import { VenueClocks } from '../../../src/arbitrage/engine/venue-clocks.js';
import { VenueBreaker } from '../../../src/arbitrage/risk/venue-breaker.js';
import { firstState } from '../../../src/arbitrage/strategy/first-state.js';
import type { LegOrder } from '../../../src/arbitrage/strategy/strategy-state.js';
import type { PrivateExchange } from '../../../src/index.js';
import { toDecimal } from '../../../src/model/decimal.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';
import { TERMS } from './machine.js';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;
const MARKET = TERMS.markets[0] as (typeof TERMS.markets)[0];
const ONE_MARKET = { ...TERMS, markets: [MARKET] };
const ID = 't-aabcdefgh000004';

/** A venue whose clock is ahead by so much and that has one own order, filled at a time by its clock. */
function deskAt(aheadMs: number, filledAt: number) {
  const order = { orderId: '7', clientOrderId: ID, side: 'buy', price: '100', quantity: '1', state: 'filled' };
  const row = { ...order, filledQuantity: '1', filledQuoteQuantity: '100', createdAt: filledAt, receivedAt: filledAt };
  const since = <T>(rows: readonly T[], at = 0): T[] => (filledAt >= at ? [...rows] : []);
  const watch = () => ({ close: async () => undefined });
  const exchange = {
    venue: MARKET.venue,
    watchOrders: watch,
    watchBalances: watch,
    getBalances: async () => new Map(),
    getOpenOrders: async () => [],
    getOrderHistory: async (_: string, request: { since?: number }) => since([row], request.since),
    getFills: async (_: string, request: { since?: number }) =>
      since([{ orderId: '7', clientOrderId: ID, side: 'buy', price: '100', quantity: '1' }], request.since),
    getOrder: async () => row,
  } as unknown as PrivateExchange;
  const clock = createVirtualClock({ startAt: NOW });
  return new ExchangeDesk({
    exchanges: new Map([[MARKET.venue, exchange]]),
    clock,
    breaker: new VenueBreaker(clock, 5, 1_000),
    clocks: new VenueClocks(
      () => NOW,
      async () => NOW + aheadMs,
    ),
    provenAbsentAfterMs: 0,
    report: (error) => {
      throw error;
    },
  });
}

it('a forgotten order is found however long ago it was filled, since the accounts were last as remembered', async () => {
  const state = { ...firstState(1, NOW - 5 * HOUR), since: NOW, nextOrder: 4 };
  const { strays } = await deskAt(0, NOW - 4 * HOUR).sync(ONE_MARKET, state);
  expect(strays).toMatchObject([{ id: ID, market: 0, side: 'buy', status: 'ended', filled: '1' }]);
});

it.each([-HOUR, HOUR])('fills are asked for by the clock of the venue, which is off by %d ms', async (aheadMs) => {
  const order = {
    id: ID,
    market: 0,
    side: 'buy',
    purpose: 'entry',
    price: toDecimal('100'),
    quantity: toDecimal('1'),
    reduceOnly: false,
    decidedAt: NOW,
    status: 'ended',
    filled: toDecimal('1'),
    filledQuote: toDecimal('100'),
    orderId: '7',
  } satisfies LegOrder;
  const state = { ...firstState(1, NOW), orders: [order] };
  const { fills } = await deskAt(aheadMs, NOW + aheadMs).settle(ONE_MARKET, state);
  expect(fills).toMatchObject([{ id: ID, quantity: '1', quote: '100' }]);
});

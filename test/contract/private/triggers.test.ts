import { describe, expect, it } from 'vitest';
import type { PlaceTrigger, TriggerOrder } from '../../../src/index.js';
import { words } from '../../support/private-world.js';
import {
  START,
  STILL_MARKETS_BY_MODE,
  type StillMarket,
  type StillPerpetual,
  stillPerpetual,
} from '../../support/still-perpetual.js';

/** Part of the call that places, and that cancels. */
const CALLS = {
  mexc_futures: { place: 'planorder/place', cancel: 'planorder/cancel', list: 'planorder/list' },
  gateio_futures: {
    place: 'POST /api/v4/futures/usdt/price_orders',
    cancel: 'DELETE /api/v4/futures/usdt/price_orders',
    list: 'GET /api/v4/futures/usdt/price_orders',
  },
  gateio_futures_btc: {
    place: 'POST /api/v4/futures/btc/price_orders',
    cancel: 'DELETE /api/v4/futures/btc/price_orders',
    list: 'GET /api/v4/futures/btc/price_orders',
  },
} as const;

/** Buys when the price has risen by 1,000. */
const entry = (
  { symbol, amount, mode }: StillMarket & { readonly mode: string },
  more: Partial<PlaceTrigger> = {},
): PlaceTrigger => ({
  symbol,
  side: 'buy',
  type: 'market',
  ...amount,
  triggerPrice: String(START + 1_000),
  triggerBy: 'mark',
  direction: 'rises_to',
  ...(mode === 'hedge' ? { positionSide: 'long' } : {}),
  ...more,
});

const lines = (triggers: readonly TriggerOrder[]): string[] => triggers.map(({ id, state }) => `${id} ${state}`).sort();

/** The last trade is at the price from now on, whatever rests on the way. */
function tradeAt({ sim }: StillPerpetual, { venue, symbol }: StillMarket, price: number): void {
  const [taker, maker] = price > START ? (['buy', 'sell'] as const) : (['sell', 'buy'] as const);
  sim.injectOrder(venue, { symbol, side: taker, price, contracts: '10000000', timeInForce: 'ioc' });
  sim.injectOrder(venue, { symbol, side: maker, price, contracts: '1000' });
  sim.injectOrder(venue, { symbol, side: taker, price, contracts: '1', timeInForce: 'ioc' });
}

describe.each(STILL_MARKETS_BY_MODE)('triggers on $venue in $symbol, $mode', (market) => {
  const { symbol, mode, venue, contracts } = market;
  const calls = CALLS[venue];
  /** Of canceling what is canceled: one venue does not tell when that was. */
  const ofCanceled = venue === 'mexc_futures' ? { unexpected: undefined } : 'order_not_found rejected';
  const side = mode === 'hedge' ? { positionSide: 'long' as const } : {};

  it('wait as they were asked for, listed by market and all together, and nothing is placed', async () => {
    await using it = await stillPerpetual(market, { mode });
    const { run, triggers, truth, sim } = it;
    const asked = [
      entry(market),
      entry(market, { triggerBy: 'last', triggerPrice: String(START + 2_000) }),
      entry(market, { triggerBy: 'index', triggerPrice: String(START + 30_000) }),
      entry(market, {
        type: 'limit',
        price: String(START - 5_000),
        direction: 'falls_to',
        triggerPrice: String(START - 4_000.5),
      }),
    ];
    const placed: TriggerOrder[] = [];
    for (const one of asked) {
      placed.push(await run(triggers.placeTriggerOrder(one)));
      await sim.clock.advance(1_000);
    }
    const shape = ({ positionSide, ...one }: PlaceTrigger) => ({
      ...one,
      state: 'waiting',
      closesPosition: false,
      reduceOnly: false,
    });
    expect(placed).toMatchObject(asked.map(shape));
    for (const list of [await run(triggers.getTriggerOrders({ symbol })), await run(triggers.getTriggerOrders())])
      expect(list).toMatchObject(asked.map((one, i) => ({ ...shape(one), id: placed[i]?.id })));
    expect(await run(triggers.getTriggerOrders({ symbol, limit: 1 }))).toMatchObject([{ id: placed.at(-1)?.id }]);
    expect(await run(triggers.getTriggerOrders({ state: 'ended' }))).toEqual([]);
    expect([truth.orders(), it.errors]).toEqual([[], []]);
  });

  it.each(['last', 'mark'] as const)('fire when the %s price gets there, not before, and once', async (triggerBy) => {
    await using it = await stillPerpetual(market, { mode });
    const { run, positions, triggers, truth, sim, perpetual, exchange } = it;
    await run(positions.setLeverage({ symbol, leverage: 5, marginMode: 'isolated' }));
    const { id } = await run(triggers.placeTriggerOrder(entry(market, { triggerBy })));
    // Another price gets there, which is none of its business.
    if (triggerBy === 'last') perpetual.forceMarkPrice(START + 1_000);
    else tradeAt(it, market, START + 1_000);
    await sim.clock.advance(2_000);
    expect([lines(await run(triggers.getTriggerOrders())), truth.positions()]).toEqual([[`${id} waiting`], []]);
    if (triggerBy === 'mark') perpetual.forceMarkPrice(START + 1_000);
    else tradeAt(it, market, START + 1_000);
    await sim.clock.advance(10_000);
    expect(await run(triggers.getTriggerOrders())).toEqual([]);
    const [fired] = await run(triggers.getTriggerOrders({ symbol, state: 'ended' }));
    expect(fired).toMatchObject({ id, state: 'triggered', triggerBy });
    expect(truth.positions()).toMatchObject([{ side: 'long', contracts }]);
    expect(truth.orders().map((order) => order.id)).toEqual([fired?.orderId]);
    const order = await run(exchange.getOrder({ symbol, orderId: fired?.orderId as string }));
    expect(order).toMatchObject({ state: 'filled', side: 'buy', origin: 'external' });
    const late = await it.failure(triggers.cancelTriggerOrder({ symbol, id }));
    expect(words(late)).toBe('order_not_found rejected');
    if (venue === 'mexc_futures') expect(String(late)).toContain(`it ended as triggered, with order ${fired?.orderId}`);
    expect(await run(triggers.getTriggerOrders({ state: 'ended' }))).toMatchObject([{ id, state: 'triggered' }]);
  });

  it('look at the index price alone when they are told to; one that is there already fires, or is refused', async () => {
    await using it = await stillPerpetual(market, { mode });
    const { run, positions, triggers, truth, sim, perpetual } = it;
    await run(positions.setLeverage({ symbol, leverage: 5, marginMode: 'isolated' }));
    const index = perpetual.indexPrice;
    const by = (away: number) => entry(market, { triggerBy: 'index', triggerPrice: String(Math.floor(index) + away) });
    const { id } = await run(triggers.placeTriggerOrder(by(500)));
    perpetual.forceMarkPrice(START + 1_000);
    tradeAt(it, market, START + 1_000);
    await sim.clock.advance(1_000);
    expect([lines(await run(triggers.getTriggerOrders())), truth.positions()]).toEqual([[`${id} waiting`], []]);
    const reached = await it.failure(triggers.placeTriggerOrder(by(-500)));
    await sim.clock.advance(1_000);
    if (venue === 'mexc_futures') expect(truth.positions()).toMatchObject([{ side: 'long', contracts }]);
    else expect([words(reached), truth.positions()]).toEqual(['invalid_order rejected', []]);
    expect(lines(await run(triggers.getTriggerOrders()))).toEqual([`${id} waiting`]);
  });

  it('are canceled one by one, and all of a market or of all', async () => {
    await using it = await stillPerpetual(market, { mode });
    const { run, triggers, truth, sim } = it;
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      ids.push((await run(triggers.placeTriggerOrder(entry(market)))).id);
      await sim.clock.advance(1_000);
    }
    const [first = ''] = ids;
    await run(triggers.cancelTriggerOrder({ symbol, id: first }));
    expect(words(await it.failure(triggers.cancelTriggerOrder({ symbol, id: first })))).toEqual(ofCanceled);
    expect((await run(triggers.getTriggerOrders({ symbol }))).map(({ id }) => id)).toEqual(ids.slice(1));
    await run(triggers.cancelAllTriggerOrders(symbol));
    expect(await run(triggers.getTriggerOrders())).toEqual([]);
    ids.push((await run(triggers.placeTriggerOrder(entry(market)))).id);
    await run(triggers.cancelAllTriggerOrders());
    // None is left: no error.
    await run(triggers.cancelAllTriggerOrders());
    expect(lines(await run(triggers.getTriggerOrders({ state: 'ended' })))).toEqual(
      ids.map((id) => `${id} canceled`).sort(),
    );
    it.perpetual.forceMarkPrice(START + 2_000);
    await sim.clock.advance(2_000);
    expect([truth.orders(), truth.positions()]).toEqual([[], []]);
  });

  it.each([
    ['timeoutHttp', 'timeout', 1],
    ['loseRequest', 'timeout', 0],
    // Comes at once: there would be time to try again.
    ['respond', 'server', 1],
  ] as const)('whose answer is lost by %s stay unknown and are never sent again', async (fault, code, there) => {
    await using it = await stillPerpetual(market, { mode, exchange: { timeoutMs: 5_000 } });
    const { run, triggers, sim, tap } = it;
    await run(triggers.getTriggerOrders());
    if (fault === 'respond') sim.faults.respond(venue, calls.place, { status: 502, body: '{}', processed: true });
    else sim.faults[fault](venue, calls.place);
    const error = await it.failure(triggers.placeTriggerOrder(entry(market)));
    expect(error).toMatchObject({ code, outcome: 'unknown' });
    await sim.clock.advance(30_000);
    const sent = tap.calls(calls.place.replace('POST ', '')).filter((call) => call.startsWith('POST'));
    expect(sent).toHaveLength(1);
    // The list says what became of it.
    expect(await run(triggers.getTriggerOrders({ symbol }))).toHaveLength(there);
  });

  it('that are placed and cannot be listed are told as they were asked for', async () => {
    await using it = await stillPerpetual(market, { mode, exchange: { retry: { maxAttempts: 1 } } });
    const { run, triggers, sim } = it;
    await run(triggers.getTriggerOrders());
    sim.faults.respond(venue, calls.list, { status: 503, body: '{}', processed: false });
    const told = await run(triggers.placeTriggerOrder(entry(market)));
    const [listed] = await run(triggers.getTriggerOrders({ symbol }));
    expect(listed?.id).toBe(told.id);
    const { positionSide, ...asked } = entry(market);
    expect(told).toMatchObject({ ...asked, ...side, state: 'waiting' });
    expect(it.errors.map(words)).toEqual(['server unknown']);
  });

  it('are canceled with a lost answer: it may be sent again, and says what is so', async () => {
    await using it = await stillPerpetual(market, { mode, exchange: { timeoutMs: 2_000 } });
    const { run, triggers, sim } = it;
    const { id } = await run(triggers.placeTriggerOrder(entry(market)));
    sim.faults.timeoutHttp(venue, calls.cancel);
    const end = await it.failure(triggers.cancelTriggerOrder({ symbol, id }));
    expect(words(end)).not.toMatch(/not_sent$/);
    expect(await run(triggers.getTriggerOrders())).toEqual([]);
  });

  it('that fire at one price place an order each, also while the first one trades', async () => {
    await using it = await stillPerpetual(market, { mode });
    const { run, triggers, truth, perpetual, sim } = it;
    for (let i = 0; i < 3; i++) {
      await run(triggers.placeTriggerOrder(entry(market)));
      await sim.clock.advance(1_000);
    }
    perpetual.forceMarkPrice(START + 1_000);
    await sim.clock.advance(2_000);
    const fired = await run(triggers.getTriggerOrders({ symbol, state: 'ended' }));
    expect(truth.orders().map(({ id }) => id)).toEqual(fired.map(({ orderId }) => orderId));
    expect(new Set(fired.map(({ orderId }) => orderId)).size).toBe(3);
  });

  it('that fire for more than the account can pay end as failed, with the reason', async () => {
    await using it = await stillPerpetual(market, { mode });
    const { run, positions, triggers, sim, perpetual, truth } = it;
    await run(positions.setLeverage({ symbol, leverage: 1, marginMode: 'isolated' }));
    const large = market.quote === undefined ? { quantity: '4' } : { quoteQuantity: '990000' };
    const { quantity, quoteQuantity, ...rest } = entry(market);
    const { id } = await run(triggers.placeTriggerOrder({ ...rest, ...large }));
    perpetual.forceMarkPrice(START + 1_000);
    await sim.clock.advance(2_000);
    const [ended] = await run(triggers.getTriggerOrders({ state: 'ended' }));
    expect(ended).toMatchObject({ id, state: 'failed' });
    expect(ended?.orderId).toBeUndefined();
    expect(truth.positions()).toEqual([]);
  });

  const wrong = (value: unknown): never => value as never;
  it.each<[string, string, Partial<PlaceTrigger>]>([
    ['a price off the tick', 'triggerPrice', { triggerPrice: '91000.123' }],
    ['no trigger price', 'triggerPrice', { triggerPrice: wrong(undefined) }],
    ['a trigger price of zero', 'triggerPrice', { triggerPrice: '0' }],
    ['an unknown price', 'triggerBy', { triggerBy: wrong('best') }],
    ['no direction', 'direction', { direction: wrong(undefined) }],
    ['an unknown direction', 'direction', { direction: wrong('up') }],
    ['no side', 'side', { side: wrong(undefined) }],
    ['an unknown type', 'type', { type: wrong('stop') }],
    ['a limit order without a price', 'price', { type: 'limit' }],
    ['a market order with a price', 'price', { price: '90000' }],
    ['no life', 'lifeMs', { lifeMs: 0 }],
    ['half a millisecond', 'lifeMs', { lifeMs: 0.5 }],
    ['a flag as text', 'reduceOnly', { reduceOnly: wrong('yes') }],
    ['a field that is not there', 'stopPrice', wrong({ stopPrice: '1' })],
    ['a malformed symbol', 'symbol', { symbol: wrong('BTC') }],
    ['the other mode of the account', 'positionSide', { positionSide: mode === 'hedge' ? wrong(undefined) : 'long' }],
  ])('wrong input: %s is refused by name (%s), and nothing is placed', async (_what, field, change) => {
    await using it = await stillPerpetual(market, { mode });
    const { positions, ...rest } = it;
    const error = await it.failure(rest.triggers.placeTriggerOrder(entry(market, change)));
    expect(error).toMatchObject({ code: 'validation', outcome: 'not_sent', field });
    expect(it.commands()).toBe(0);
  });

  it('wrong input: an id that is none, or a market that is not listed, is refused before anything is sent', async () => {
    await using it = await stillPerpetual(market, { mode });
    const { triggers } = it;
    for (const id of ['', '../orders', 7, undefined])
      expect(await it.failure(triggers.cancelTriggerOrder({ symbol, id: wrong(id) }))).toMatchObject({
        field: 'id',
        outcome: 'not_sent',
      });
    for (const state of ['open', 7])
      expect(await it.failure(triggers.getTriggerOrders({ state: wrong(state) }))).toMatchObject({ field: 'state' });
    expect(words(await it.failure(triggers.cancelAllTriggerOrders('NO/SUCH:NO')))).toBe('invalid_symbol not_sent');
    expect(it.commands()).toBe(0);
  });
});

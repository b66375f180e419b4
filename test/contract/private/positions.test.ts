import { describe, expect, it } from 'vitest';
import { isExchangeError, type Order, type Position } from '../../../src/index.js';
import { words } from '../../support/private-world.js';
import {
  START,
  STILL_MARKETS,
  STILL_MARKETS_BY_MODE,
  type StillMarket,
  type StillPerpetual,
  stillPerpetual,
} from '../../support/still-perpetual.js';

type Mode = 'one_way' | 'hedge';

const PLACE = {
  mexc_futures: 'POST /api/v1/private/order/create',
  gateio_futures: 'POST /api/v4/futures/usdt/orders',
  gateio_futures_btc: 'POST /api/v4/futures/btc/orders',
} as const;
const REFUSAL = {
  mexc_futures: { status: 200, body: '{"success":false,"code":2005,"message":"no"}', processed: false },
  gateio_futures: { status: 400, body: '{"label":"INSUFFICIENT_AVAILABLE","message":"no"}', processed: false },
  gateio_futures_btc: { status: 400, body: '{"label":"INSUFFICIENT_AVAILABLE","message":"no"}', processed: false },
} as const;
/** Part of the call that changes a margin. */
const MARGIN = { mexc_futures: 'change_margin', gateio_futures: '/margin', gateio_futures_btc: '/margin' } as const;

const lever = (symbol: StillMarket['symbol']) => ({ symbol, leverage: 5, marginMode: 'isolated' }) as const;

/** Opens the amount on a side, in the mode of the account. */
function open({ exchange, run }: StillPerpetual, market: StillMarket, mode: Mode, side: 'long' | 'short') {
  return run(
    exchange.placeMarketOrder({
      symbol: market.symbol,
      side: side === 'long' ? 'buy' : 'sell',
      ...market.amount,
      ...(mode === 'hedge' ? { positionSide: side } : {}),
    }),
  );
}

/** Of a text with at most ten decimals. */
function tenBillionths(text = ''): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.slice(0, 10).padEnd(10, '0'));
}

const key = ({ side, contracts }: Pick<Position, 'side' | 'contracts'>): string => `${side} ${contracts}`;
const sorted = (positions: readonly Pick<Position, 'side' | 'contracts'>[]): string[] => positions.map(key).sort();

describe.each(STILL_MARKETS_BY_MODE)('positions of $venue in $symbol, $mode', (market) => {
  const { symbol, mode, venue, contracts, quote } = market;
  const sides = mode === 'hedge' ? (['long', 'short'] as const) : (['short'] as const);

  it('are listed, all or by market, and had one by one, as the venue has them', async () => {
    await using it = await stillPerpetual(market, { mode });
    const { run, positions, perpetual, truth } = it;
    expect(await run(positions.getPositions())).toEqual([]);
    await run(positions.setLeverage(lever(symbol)));
    for (const side of sides) await open(it, market, mode, side);
    perpetual.forceMarkPrice(START + 1_500);
    const all = await run(positions.getPositions());
    expect(all.map(({ receivedAt, ...rest }) => rest)).toEqual(
      (await run(positions.getPositions([symbol]))).map(({ receivedAt, ...rest }) => rest),
    );
    expect(sorted(all)).toEqual(sorted(truth.positions()));
    for (const real of truth.positions()) {
      const told = all.find(({ side }) => side === real.side) as Position;
      expect(told).toMatchObject({ symbol, mode, marginMode: 'isolated', leverage: '5', contracts });
      expect(told.settle).toBe(symbol.split(':')[1]);
      expect(Number(told.markPrice)).toBe(START + 1_500);
      for (const [ours, theirs] of [
        [told.entryPrice, real.entryPrice],
        [told.liquidationPrice, real.liquidationPrice],
        [told.margin, real.margin],
      ])
        expect(Number(ours) / Number(theirs)).toBeCloseTo(1, 6);
      const ref = mode === 'hedge' ? { symbol, side: real.side } : symbol;
      expect(await run(positions.getPosition(ref))).toMatchObject({ side: real.side, contracts });
    }
    if (mode === 'hedge') return;
    expect(await it.failure(positions.getPosition({ symbol, side: 'long' }))).toMatchObject({ field: 'side' });
    expect(await run(positions.getPosition({ symbol, side: 'short' }))).toMatchObject({ side: 'short' });
  });

  it('have the profit that they would bring, to the last digit', async () => {
    await using it = await stillPerpetual(market, { mode });
    const { run, positions, perpetual, truth } = it;
    await run(positions.setLeverage(lever(symbol)));
    for (const side of sides) await open(it, market, mode, side);
    for (const mark of ['91234.5', '88765.4']) {
      perpetual.forceMarkPrice(mark);
      for (const told of await run(positions.getPositions())) {
        const real = truth.positions().find(({ side }) => side === told.side);
        const sign = told.side === 'long' ? 1n : -1n;
        const [from, to] = [tenBillionths(told.entryPrice), tenBillionths(mark)];
        // Linear: 200 contracts of 0.0001. Inverse: what 600 buys at the one price, less what it buys at the other.
        const exact =
          quote === undefined
            ? Number(sign * (to - from) * 2n) / 1e12
            : Number((sign * 600n * (to - from) * 10n ** 30n) / (from * to)) / 1e20;
        expect(Number(told.unrealizedPnl)).toBeCloseTo(exact, quote === undefined ? 9 : 11);
        expect(Number(told.unrealizedPnl)).toBeCloseTo(Number(real?.unrealisedPnl), 11);
      }
    }
  });

  it('are closed in part and whole, and none is left to close', async () => {
    await using it = await stillPerpetual(market, { mode });
    const { run, positions, truth } = it;
    await run(positions.setLeverage(lever(symbol)));
    for (const side of sides) await open(it, market, mode, side);
    const [side = 'short'] = sides;
    const named = mode === 'hedge' ? { symbol, side } : { symbol };
    const held = (await run(positions.getPosition(named))) as Position;
    // A little more than half, which is cut to whole contracts.
    const half = quote === undefined ? '0.01' : (quote / 2 / Number(held.entryPrice) + 1e-6).toFixed(9);
    const part = await run(positions.closePosition({ ...named, quantity: half, clientOrderId: idAt(venue, 'part') }));
    expect(part).toMatchObject({ clientOrderId: idAt(venue, 'part'), reduceOnly: true });
    const left = String(Number(contracts) / 2);
    expect(sorted(truth.positions())).toEqual(
      [...sides.slice(1).map((one) => `${one} ${contracts}`), `${side} ${left}`].sort(),
    );
    await run(positions.closePosition(named));
    await it.sim.clock.advance(2_000);
    const sent = it.commands();
    expect(await it.failure(positions.closePosition(named))).toMatchObject({ code: 'position', outcome: 'not_sent' });
    expect(it.commands()).toBe(sent);
    expect(sorted(truth.positions())).toEqual(sides.slice(1).map((one) => `${one} ${contracts}`));
    expect((await run(positions.closeAllPositions())).map((one) => isExchangeError(one))).toEqual(
      sides.slice(1).map(() => false),
    );
    expect([truth.positions(), await run(positions.closeAllPositions())]).toEqual([[], []]);
  });

  it('are closed once when the answer gets lost', async () => {
    await using it = await stillPerpetual(market, { mode, exchange: { timeoutMs: 2_000 } });
    const { run, positions, truth, sim } = it;
    await run(positions.setLeverage(lever(symbol)));
    for (const side of sides) await open(it, market, mode, side);
    const before = truth.orders().length;
    sim.faults.timeoutHttp(venue, PLACE[venue]);
    const answers = (await run(positions.closeAllPositions())) as Order[];
    expect(answers.map(({ orderId }) => orderId).sort()).toEqual(
      truth
        .orders()
        .slice(before)
        .map(({ id }) => id)
        .sort(),
    );
    expect([answers.length, truth.positions()]).toEqual([sides.length, []]);
  });

  it('are each told apart where closing one of them is refused', async () => {
    await using it = await stillPerpetual(market, { mode });
    const { run, positions, truth, sim } = it;
    await run(positions.setLeverage(lever(symbol)));
    for (const side of sides) await open(it, market, mode, side);
    await sim.clock.advance(2_000);
    sim.faults.respond(venue, PLACE[venue], { ...REFUSAL[venue], times: 1 });
    const answers = await run(positions.closeAllPositions());
    expect(answers.map((one) => (isExchangeError(one) ? words(one) : 'placed')).sort()).toEqual(
      ['insufficient_balance rejected', ...sides.slice(1).map(() => 'placed')].sort(),
    );
    expect(truth.positions()).toHaveLength(1);
  });

  it('keep the mode of the account while anything is open', async () => {
    await using it = await stillPerpetual(market, { mode });
    const { run, positions, exchange, truth } = it;
    const other = mode === 'hedge' ? 'one_way' : 'hedge';
    await run(positions.setLeverage(lever(symbol)));
    const side = mode === 'hedge' ? { positionSide: 'long' as const } : {};
    const resting = { symbol, side: 'buy', type: 'limit', price: '85000', ...market.amount, ...side } as const;
    const { orderId = '' } = await run(exchange.placeOrder(resting));
    expect(words(await it.failure(positions.setPositionMode(other)))).toBe('position rejected');
    await run(exchange.cancelOrder({ symbol, orderId }));
    await open(it, market, mode, 'long');
    expect(words(await it.failure(positions.setPositionMode(other)))).toBe('position rejected');
    expect(await run(positions.getPositionMode())).toBe(mode);
    // As it is already.
    await run(positions.setPositionMode(mode));
    await it.sim.clock.advance(2_000);
    await run(positions.closeAllPositions());
    await run(positions.setPositionMode(other));
    expect([await run(positions.getPositionMode()), truth.positions()]).toEqual([other, []]);
    await open(it, market, other, 'short');
    expect(sorted(truth.positions())).toEqual([`short ${contracts}`]);
    expect(it.errors).toEqual([]);
  });

  it('take a margin mode before they are opened, and are then held so', async () => {
    await using it = await stillPerpetual(market, { mode });
    const { run, positions, exchange } = it;
    for (const marginMode of ['cross', 'isolated'] as const) {
      await run(
        positions.setLeverage({ symbol, leverage: 5, marginMode: marginMode === 'cross' ? 'isolated' : 'cross' }),
      );
      await run(positions.setMarginMode({ symbol, marginMode }));
      for (const side of sides) await open(it, market, mode, side);
      expect((await run(positions.getPositions())).map((one) => [one.marginMode, one.leverage])).toEqual(
        sides.map(() => [marginMode, '5']),
      );
      await it.sim.clock.advance(2_000);
      await run(positions.closeAllPositions());
      await it.sim.clock.advance(2_000);
    }
    expect(await it.failure(positions.setMarginMode({ symbol, marginMode: 'both' as never }))).toMatchObject({
      field: 'marginMode',
      outcome: 'not_sent',
    });
    await run(exchange.getBalances());
  });

  it('take margin and give it back, and never more than is safe', async () => {
    await using it = await stillPerpetual(market, { mode });
    const { run, positions, truth } = it;
    await run(positions.setLeverage(lever(symbol)));
    const [side = 'short'] = sides;
    await open(it, market, mode, side);
    const ref = mode === 'hedge' ? { symbol, side } : { symbol };
    const margin = () => Number(truth.positions()[0]?.margin);
    const before = margin();
    const [more, less] = quote === undefined ? ['12.5', '-2.5'] : ['0.00125', '-0.00025'];
    await run(positions.changeMargin({ ...ref, amount: more as string }));
    expect(margin() - before).toBeCloseTo(Number(more), 9);
    await run(positions.changeMargin({ ...ref, amount: less as string }));
    expect(margin() - before).toBeCloseTo(Number(more) + Number(less), 9);
    const told = (await run(positions.getPosition(ref))) as Position;
    expect(Number(told.margin) / margin()).toBeCloseTo(1, 6);
    const held = margin();
    expect(await it.failure(positions.changeMargin({ ...ref, amount: `-${held}` }))).toMatchObject({
      outcome: 'rejected',
    });
    const sent = it.commands();
    for (const amount of ['0', 'much', Number.NaN])
      expect(await it.failure(positions.changeMargin({ ...ref, amount }))).toMatchObject({
        field: 'amount',
        outcome: 'not_sent',
      });
    expect([margin(), it.commands()]).toEqual([held, sent]);
  });

  it.each(['timeoutHttp', 'respond'] as const)(
    'have their margin changed once: an answer lost by %s is unknown, and nothing is sent again',
    async (fault) => {
      await using it = await stillPerpetual(market, { mode, exchange: { timeoutMs: 5_000 } });
      const { run, positions, truth, sim, tap } = it;
      await run(positions.setLeverage(lever(symbol)));
      const [side = 'short'] = sides;
      await open(it, market, mode, side);
      const ref = mode === 'hedge' ? { symbol, side } : { symbol };
      const before = Number(truth.positions()[0]?.margin);
      const amount = quote === undefined ? '10' : '0.001';
      if (fault === 'timeoutHttp') sim.faults.timeoutHttp(venue, MARGIN[venue]);
      else sim.faults.respond(venue, MARGIN[venue], { status: 502, body: '{}', processed: true });
      expect(await it.failure(positions.changeMargin({ ...ref, amount }))).toMatchObject({ outcome: 'unknown' });
      await sim.clock.advance(30_000);
      expect(Number(truth.positions()[0]?.margin) - before).toBeCloseTo(Number(amount), 9);
      expect(tap.calls(MARGIN[venue]).length).toBe(1);
    },
  );

  it('pay or get funding each time, by side and sign of the rate', async () => {
    await using it = await stillPerpetual(market, { mode });
    const { run, positions, perpetual, sim, truth } = it;
    await run(positions.setLeverage(lever(symbol)));
    for (const side of sides) await open(it, market, mode, side);
    const startedAt = sim.clock.now();
    const times: number[] = [];
    for (const rate of ['0.0002', '-0.0001', '0.0003']) {
      perpetual.forceFundingRate(rate);
      perpetual.settleFunding();
      times.push(sim.clock.now());
      await sim.clock.advance(120_000);
    }
    const rows = await run(positions.getFundingPayments(symbol, { since: startedAt - 1_000 }));
    const worth = quote === undefined ? 0.02 * START : quote / START;
    const amountsOf = (side: 'long' | 'short') =>
      [0.0002, -0.0001, 0.0003].map((rate) => (side === 'long' ? -1 : 1) * rate * worth);
    const expected = sides.flatMap((side) => amountsOf(side));
    const told = rows.map(({ amount }) => Number(amount));
    expect(told.length).toBe(expected.length);
    const ascending = (list: readonly number[]) => [...list].sort((a, b) => a - b);
    for (const [i, amount] of ascending(told).entries())
      expect(amount).toBeCloseTo(ascending(expected)[i] as number, 9);
    expect(rows.map(({ paidAt }) => paidAt)).toEqual(rows.map(({ paidAt }) => paidAt).sort((a, b) => a - b));
    for (const row of rows) expect(row).toMatchObject({ symbol, asset: symbol.split(':')[1] });
    const paid = truth.positions().reduce((sum, { funding }) => sum + Number(funding), 0);
    expect(told.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(paid, 9);
    const [newest] = await run(positions.getFundingPayments(symbol, { limit: 1 }));
    expect(newest).toEqual(rows.at(-1));
    const middle = await run(
      positions.getFundingPayments(symbol, {
        since: (times[1] as number) - 5_000,
        until: (times[1] as number) + 5_000,
      }),
    );
    expect(middle).toEqual(rows.slice(sides.length, 2 * sides.length));
  });

  it('are watched through a broken connection: what closed comes with zero, nothing stale is left', async () => {
    await using it = await stillPerpetual(market, { mode });
    const { run, positions, exchange, sim, truth } = it;
    await run(positions.setLeverage(lever(symbol)));
    const seen: Position[] = [];
    await run(positions.watchPositions((position) => void seen.push(position)).ready);
    for (const side of sides) await open(it, market, mode, side);
    await sim.clock.advance(2_000);
    const newest = () => [...new Map(seen.map((one) => [one.side, one])).values()];
    expect(sorted(newest())).toEqual(sorted(truth.positions()));
    const another = it.connect();
    const [side = 'short'] = sides;
    const close = () => another.positions?.closePosition(mode === 'hedge' ? { symbol, side } : { symbol });
    await run(another.getBalances());
    sim.faults.refuseConnections(venue, 2);
    sim.faults.cut(venue);
    await run(close() ?? Promise.reject(new Error('no positions')));
    expect(exchange.status).toBe('degraded');
    expect(sorted(newest()).length).toBe(sides.length);
    for (let ms = 0; exchange.status !== 'live' && ms < 120_000; ms += 100) await sim.clock.advance(100);
    await sim.clock.advance(2_000);
    expect(newest().find((one) => one.side === side)).toMatchObject({ symbol, mode, contracts: '0', quantity: '0' });
    expect(sorted(newest().filter((one) => one.contracts !== '0'))).toEqual(sorted(truth.positions()));
    const late: Position[] = [];
    await run(positions.watchPositions((position) => void late.push(position)).ready);
    expect(sorted(late)).toEqual(sorted(truth.positions()));
    expect(it.errors.filter((error) => !/connection|socket|cut|refused/i.test(String(error)))).toEqual([]);
  });
});

const idAt = (venue: string, name: string): string => (venue.startsWith('gateio') ? `t-${name}` : name);

describe.each(STILL_MARKETS)('the risk limits of $venue in $symbol', ({ symbol, ...market }) => {
  it('rise in size, and fall in leverage', async () => {
    await using it = await stillPerpetual({ symbol, ...market });
    const tiers = await it.run(it.positions.getRiskLimits(symbol));
    const numbers = tiers.map((one) => [one.tier, Number(one.limit), Number(one.maxLeverage)] as const);
    expect(tiers.length).toBeGreaterThan(1);
    expect(numbers.map(([tier]) => tier)).toEqual(tiers.map((_, i) => i + 1));
    for (const [i, [, limit, leverage]] of numbers.entries()) {
      const [, before, more] = numbers[i - 1] ?? [0, 0, Number.POSITIVE_INFINITY];
      expect([limit > before, leverage <= more]).toEqual([true, true]);
    }
    for (const { symbol: of, unit, maintenanceMarginRate } of tiers)
      expect([of, unit, Number(maintenanceMarginRate) > 0]).toEqual([
        symbol,
        market.venue === 'mexc_futures' ? 'contracts' : 'settle',
        true,
      ]);
    const instrument = await it.run(it.watch().getInstrument(symbol));
    expect(numbers[0]?.[2]).toBe(Number(instrument.maxLeverage));
  });
});

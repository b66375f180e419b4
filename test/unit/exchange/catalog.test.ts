import { describe, expect, it } from 'vitest';
import { InvalidSymbolError, NetworkError } from '../../../src/errors/kinds.js';
import { createCatalog } from '../../../src/exchange/catalog.js';
import type { Decimal } from '../../../src/model/decimal.js';
import type { Instrument } from '../../../src/model/instrument.js';
import type { MarketSymbol } from '../../../src/model/symbol.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';

function instrument(symbol: MarketSymbol): Instrument {
  const [base = '', quote = ''] = symbol.split('/');
  const one = '1' as Decimal;
  return {
    symbol,
    venueSymbol: base + quote,
    kind: 'spot',
    base,
    quote,
    status: 'trading',
    tickSize: one,
    lotSize: one,
    minQuantity: one,
    raw: {},
  };
}

const BTC = instrument('BTC/USDT');
const NEW = instrument('NEW/USDT');
const down = new NetworkError({ message: 'planted', outcome: 'unknown' });

function world() {
  const clock = createVirtualClock();
  const state = { listed: [BTC], fails: false, loads: 0, reported: [] as unknown[] };
  const catalog = createCatalog({
    venue: { id: 'test', name: 'Test' },
    clock,
    load: async () => {
      state.loads++;
      if (state.fails) throw down;
      return state.listed;
    },
    report: (error) => state.reported.push(error),
  });
  return { clock, state, catalog };
}

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(() => 'no failure').catch((error) => error);

describe('the instrument list', () => {
  it('is loaded once for all who ask, and again after five minutes', async () => {
    const { clock, state, catalog } = world();
    const [list, one] = await Promise.all([catalog.instruments(), catalog.instrument('BTC/USDT'), catalog.mapper()]);
    expect([list, one, state.loads]).toEqual([new Map([['BTC/USDT', BTC]]), BTC, 1]);
    await clock.advance(299_999);
    await catalog.instruments();
    expect(state.loads).toBe(1);
    await clock.advance(1);
    await catalog.instruments();
    expect(state.loads).toBe(2);
  });

  it('that is old is used where no new one can be had: for ourselves, for a day, and it is told', async () => {
    const { clock, state, catalog } = world();
    await catalog.instruments();
    state.fails = true;
    await clock.advance(300_000);
    expect(await catalog.instrument('BTC/USDT')).toBe(BTC);
    // For half a minute it is not asked for again.
    expect([catalog.current('BTC/USDT'), (await catalog.usable()).size, state.loads]).toEqual([BTC, 1, 2]);
    await clock.advance(30_000);
    expect([catalog.current('BTC/USDT'), (await catalog.usable()).size, state.loads]).toEqual([undefined, 1, 3]);
    expect(state.reported).toEqual([down, down]);
    for (const users of [catalog.instruments(), catalog.instrument('BTC/USDT', 'user')])
      expect(await failure(users)).toBe(down);
    await clock.advance(86_400_000);
    expect([await failure(catalog.instrument('BTC/USDT')), await failure(catalog.usable())]).toEqual([down, down]);
    expect(await failure(catalog.check('BTC/USDT'))).toBe('no failure');
    state.fails = false;
    expect([...(await catalog.usable()).keys(), state.reported.length]).toEqual(['BTC/USDT', 2]);
  });

  it('that does not come is waited for a second, by one; what comes late is taken all the same', async () => {
    const clock = createVirtualClock();
    const answers: ((list: Instrument[]) => void)[] = [];
    const catalog = createCatalog({
      venue: { id: 'test', name: 'Test' },
      clock,
      load: () => new Promise((resolve) => answers.push(resolve)),
      report: () => expect.unreachable(),
    });
    const first = catalog.instruments();
    answers[0]?.([BTC]);
    await first;
    await clock.advance(300_000);
    const waits: unknown[] = [];
    const ask = () => catalog.usable().then(({ size }) => waits.push([clock.monotonic() - 300_000, size]));
    void ask();
    void ask();
    await clock.advance(1_000);
    expect(waits).toEqual([
      [0, 1],
      [1_000, 1],
    ]);
    answers[1]?.([BTC, NEW]);
    await clock.advance(0);
    expect([(await catalog.usable()).size, answers.length, clock.pendingTimers]).toEqual([2, 2, 0]);
  });

  it('is loaded anew when asked so, and by a wall clock that jumps not at all', async () => {
    const { clock, state, catalog } = world();
    await catalog.instruments();
    clock.jumpWallClock(86_400_000);
    await catalog.instruments();
    expect(state.loads).toBe(1);
    state.listed = [BTC, NEW];
    expect([...(await catalog.instruments(true)).keys()]).toEqual(['BTC/USDT', 'NEW/USDT']);
    expect(state.loads).toBe(2);
  });

  it('is read again for a symbol that it lacks, once a minute at most', async () => {
    const { clock, state, catalog } = world();
    await catalog.instruments();
    await clock.advance(59_999);
    expect(await failure(catalog.instrument('NEW/USDT'))).toBeInstanceOf(InvalidSymbolError);
    expect(state.loads).toBe(1);
    await clock.advance(1);
    state.listed = [BTC, NEW];
    expect(await catalog.instrument('NEW/USDT')).toBe(NEW);
    expect(state.loads).toBe(2);
  });

  it('names the venue, the symbol and what would be right for one that is not listed', async () => {
    const { catalog } = world();
    expect(await failure(catalog.instrument('NO/USDT'))).toEqual(
      new InvalidSymbolError({
        message: 'symbol: expected one of the 1 instruments of Test, received "NO/USDT"',
        outcome: 'not_sent',
        venue: 'test',
      }),
    );
  });

  it.each([['BTCUSDT'], ['BTC_USDT'], ['BTC/'], ['/USDT'], ['BTC/USDT:'], ['BTC /USDT'], [''], [7], [null], [{}]])(
    'refuses %j without loading anything',
    async (symbol) => {
      const { state, catalog } = world();
      expect(await failure(catalog.instrument(symbol as MarketSymbol))).toMatchObject({
        code: 'validation',
        field: 'symbol',
        outcome: 'not_sent',
      });
      expect(state.loads).toBe(0);
    },
  );

  it('maps names by the newest list, however old, and knows nothing before the first', async () => {
    const { clock, state, catalog } = world();
    expect(catalog.known('BTCUSDT')).toBeUndefined();
    const mapper = await catalog.mapper();
    await clock.advance(86_400_000);
    expect([await catalog.mapper(), state.loads]).toEqual([mapper, 1]);
    expect([mapper.toVenue('BTC/USDT'), mapper.toCanonical('BTCUSDT'), mapper.toCanonical('NEWUSDT')]).toEqual([
      'BTCUSDT',
      'BTC/USDT',
      undefined,
    ]);
    expect(catalog.known('BTCUSDT')).toBe('BTC/USDT');
    expect(() => mapper.toVenue('NEW/USDT')).toThrow(InvalidSymbolError);
  });

  it('fails with what loading fails with, for all who wait, and tries again for the next', async () => {
    const { state, catalog } = world();
    state.fails = true;
    const failures = await Promise.all([failure(catalog.instruments()), failure(catalog.mapper())]);
    expect([failures, state.loads]).toEqual([[down, down], 1]);
    state.fails = false;
    expect((await catalog.instruments()).size).toBe(1);
  });
});

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
  const state: { listed: Instrument[]; fails: boolean; loads: number } = { listed: [BTC], fails: false, loads: 0 };
  const catalog = createCatalog({
    venue: { id: 'test', name: 'Test' },
    clock,
    load: async () => {
      state.loads++;
      if (state.fails) throw down;
      return state.listed;
    },
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

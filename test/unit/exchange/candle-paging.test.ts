import { describe, expect, it } from 'vitest';
import type { CandlesParams } from '../../../src/adapter/venue.js';
import {
  type CandlesRequest,
  collectCandles,
  requireCount,
  validateCandles,
} from '../../../src/exchange/candle-paging.js';
import type { Candle } from '../../../src/model/candle.js';

const MINUTE = 60_000;
const PAGE = 10;
/** Half a minute into minute 1,000. */
const NOW = 1_000 * MINUTE + 30_000;

function candle(minute: number): Candle {
  const fields = { open: 1, high: 1, low: 1, close: 1, baseVolume: 1, quoteVolume: 1 };
  return { symbol: 'BTC/USDT', interval: '1m', openedAt: minute * MINUTE, ...fields };
}

/** A venue with a candle for every minute up to now, but for `gaps`; newest `limit` without a range. */
function venue(gaps: readonly number[] = []) {
  const asked: CandlesParams[] = [];
  const fetchPage = async (params: CandlesParams): Promise<Candle[]> => {
    asked.push(params);
    const { from, to = NOW, limit } = params;
    const first = from === undefined ? 1_000 - limit + 1 : Math.ceil(from / MINUTE);
    const all: Candle[] = [];
    for (let minute = first; minute * MINUTE <= to; minute++) if (!gaps.includes(minute)) all.push(candle(minute));
    return from === undefined ? all : all.slice(0, limit);
  };
  const get = async (request: CandlesRequest): Promise<number[]> => {
    const found = await collectCandles(fetchPage, 'BTC/USDT', '1m', request, NOW, PAGE);
    return found.map(({ openedAt }) => openedAt / MINUTE);
  };
  return { asked, fetchPage, get };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('candles over several pages', () => {
  it('are asked for in one call where one is enough', async () => {
    const { get, asked } = venue();
    expect(await get({ limit: 5 })).toEqual(range(996, 1_000));
    expect(asked).toEqual([{ symbol: 'BTC/USDT', interval: '1m', limit: 5 }]);
  });

  it('come with a hundred newest ones by default, oldest first, each once, in pages of the venue', async () => {
    const { get, asked } = venue();
    expect(await get({})).toEqual(range(901, 1_000));
    expect(asked.every(({ limit, from = 0, to = 0 }) => limit === PAGE && to - from < PAGE * MINUTE)).toBe(true);
    expect(asked.length).toBeLessThanOrEqual(11);
  });

  it.each<[string, CandlesRequest, number[]]>([
    ['since alone: the first hundred', { since: 500 * MINUTE }, range(500, 599)],
    ['since and limit: the first ones', { since: 500 * MINUTE, limit: 25 }, range(500, 524)],
    ['until and limit: the newest before it', { until: 500 * MINUTE, limit: 25 }, range(476, 500)],
    [
      'since and until: all of the range, both ends included',
      { since: 500 * MINUTE, until: 620 * MINUTE },
      range(500, 620),
    ],
    [
      'since, until and limit: the first ones',
      { since: 500 * MINUTE, until: 620 * MINUTE, limit: 15 },
      range(500, 514),
    ],
    ['a moment inside a candle: it is not the one before', { since: 500 * MINUTE + 1, limit: 2 }, [501, 502]],
    [
      'an end inside a candle: it is the last of as many as asked for',
      { until: 500 * MINUTE + 1, limit: 12 },
      range(489, 500),
    ],
    ['one moment', { since: 500 * MINUTE, until: 500 * MINUTE }, [500]],
    ['an end in the future: up to now', { since: 998 * MINUTE, until: 2_000 * MINUTE }, [998, 999, 1_000]],
    ['a start in the future: none', { since: 1_001 * MINUTE, limit: 5 }, []],
    ['an end before the first candle there can be', { until: 0, limit: 3 }, [0]],
  ])('%s', async (_name, request, expected) => {
    expect(await venue().get(request)).toEqual(expected);
  });

  it('stop asking when there are enough', async () => {
    const { get, asked } = venue();
    await get({ since: 100 * MINUTE, limit: 15 });
    expect(asked).toHaveLength(2);
  });

  it('go on over gaps, however long, and invent nothing', async () => {
    const gaps = range(505, 560);
    expect(await venue(gaps).get({ since: 500 * MINUTE, limit: 8 })).toEqual([...range(500, 504), ...range(561, 563)]);
  });

  it('are sorted and cleaned of repetitions and of what nobody asked for', async () => {
    const messy = async ({ from = 0 }: CandlesParams): Promise<Candle[]> => {
      const first = from / MINUTE;
      return [
        candle(first + 2),
        candle(first - 1),
        candle(first),
        candle(first + 1),
        candle(first),
        candle(first + 99),
      ];
    };
    const request = { since: 500 * MINUTE, until: 502 * MINUTE };
    const found = await collectCandles(messy, 'BTC/USDT', '1m', request, NOW, PAGE);
    expect(found).toEqual([500, 501, 502].map((minute) => ({ ...candle(minute), closed: true })));
  });

  it('keep the later version of a candle that came twice', async () => {
    const twice = async (): Promise<Candle[]> => [candle(500), { ...candle(500), close: 2 }];
    const request = { since: 500 * MINUTE, until: 500 * MINUTE };
    const found = await collectCandles(twice, 'BTC/USDT', '1m', request, NOW, PAGE);
    expect(found).toEqual([{ ...candle(500), close: 2, closed: true }]);
  });

  it('are closed where the venue does not say so: all but the last, and the last when its time is well over', async () => {
    const { fetchPage } = venue();
    const closedOf = async (request: CandlesRequest, now: number): Promise<unknown[]> =>
      (await collectCandles(fetchPage, 'BTC/USDT', '1m', request, now, PAGE)).map(({ closed }) => closed);
    expect(await closedOf({ limit: 3 }, NOW)).toEqual([true, true, undefined]);
    expect(await closedOf({ since: 997 * MINUTE, until: 998 * MINUTE }, NOW)).toEqual([true, true]);
    expect(await closedOf({ limit: 1 }, 1_001 * MINUTE + 1_999)).toEqual([undefined]);
    expect(await closedOf({ limit: 1 }, 1_001 * MINUTE + 2_000)).toEqual([true]);
  });

  it('stay as the venue says where it does', async () => {
    const said = async (): Promise<Candle[]> => [
      { ...candle(500), closed: false },
      { ...candle(501), closed: true },
    ];
    const found = await collectCandles(said, 'BTC/USDT', '1m', { limit: 2 }, NOW, PAGE);
    expect(found.map(({ closed }) => closed)).toEqual([false, true]);
  });

  it('fail with the failure of a page', async () => {
    const failing = async (): Promise<Candle[]> => {
      throw new Error('planted');
    };
    await expect(collectCandles(failing, 'BTC/USDT', '1m', { since: 0 }, NOW, PAGE)).rejects.toThrow('planted');
  });
});

describe('what is asked of candles', () => {
  const refusal = (interval: unknown, request: unknown): unknown => {
    try {
      validateCandles(interval, ['1m', '1h'], request as CandlesRequest);
    } catch (error) {
      return (error as { field?: string }).field;
    }
    return 'taken';
  };

  it.each<[unknown, unknown, string]>([
    ['1h', {}, 'taken'],
    ['1m', { since: 0, until: 0, limit: 1 }, 'taken'],
    ['1m', { limit: 50_000 }, 'taken'],
    ['2h', {}, 'interval'],
    ['', {}, 'interval'],
    [60, {}, 'interval'],
    [undefined, {}, 'interval'],
    ['1m', { since: -1 }, 'since'],
    ['1m', { since: 1.5 }, 'since'],
    ['1m', { since: Number.NaN }, 'since'],
    ['1m', { since: '2025-01-01' }, 'since'],
    ['1m', { since: new Date(0) }, 'since'],
    ['1m', { until: Number.POSITIVE_INFINITY }, 'until'],
    ['1m', { since: 2, until: 1 }, 'since'],
    ['1m', { limit: 0 }, 'limit'],
    ['1m', { limit: -1 }, 'limit'],
    ['1m', { limit: 1.5 }, 'limit'],
    ['1m', { limit: 50_001 }, 'limit'],
    ['1m', { limit: '5' }, 'limit'],
    ['1m', { limit: null }, 'limit'],
  ])('is checked: %j %j: %s', (interval, request, expected) => {
    expect(refusal(interval, request)).toBe(expected);
  });

  it('names the legal values', () => {
    expect(() => validateCandles('2h', ['1m', '1h'], {})).toThrow('interval: expected one of 1m, 1h, received "2h"');
    expect(() => requireCount('depth', 0, 5)).toThrow('depth: expected a whole number from 1 to 5, received 0');
  });
});

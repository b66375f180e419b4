import { describe, expect, it } from 'vitest';
import type { CandlesParams } from '../../../src/adapter/venue.js';
import type { CandleInterval } from '../../../src/model/candle.js';
import { gateioSpot } from '../../../src/venues/gateio/index.js';
import { BAD_NUMBERS, codeThrownBy, createDecodeContext, encodeContext } from '../../support/gateio-contexts.js';

const { candles, candleIntervals, maxCandles, candleReach } = gateioSpot.market;
const MINUTE = 60_000;
const START = 1_767_225_600_000;
const newest: CandlesParams = { symbol: 'BTC/USDT', interval: '1m', limit: 3 };

const rowAt = (openedAt: number, closed: unknown = 'true') => [
  String(openedAt / 1_000),
  '1000.5',
  '12',
  '13',
  '9',
  '10',
  '100.25',
  closed,
];
const read = (rows: unknown, params = newest) => candles.decode(rows, params, createDecodeContext());
const openings = (rows: unknown, params = newest) => read(rows, params).map(({ openedAt }) => openedAt);
const encode = (params: Partial<CandlesParams>) => candles.encode({ ...newest, ...params }, encodeContext).query;

describe('Gate.io candles', () => {
  it('reads the row in its own order: time, quote volume, close, high, low, open, base volume, closed', () => {
    expect(read([rowAt(START, 'false')])).toEqual([
      {
        symbol: 'BTC/USDT',
        interval: '1m',
        openedAt: START,
        open: 10,
        high: 13,
        low: 9,
        close: 12,
        baseVolume: 100.25,
        quoteVolume: 1000.5,
        closed: false,
      },
    ]);
  });

  it('does not claim that a window is closed or open where the row does not say', () => {
    expect(read([rowAt(START).slice(0, 7)])[0]).not.toHaveProperty('closed');
  });

  it('asks for a number without a range', () => {
    expect(encode({ limit: 500 })).toEqual({ currency_pair: 'BTC_USDT', interval: '1m', limit: 500 });
  });

  it('asks for a range without a number, because the venue refuses both together', () => {
    expect(encode({ from: START, to: START + 5 * MINUTE, limit: 1_000 })).toEqual({
      currency_pair: 'BTC_USDT',
      interval: '1m',
      from: START / 1_000,
      to: START / 1_000 + 300,
    });
  });

  it('cuts a range to the first candles from its start', () => {
    const upTo = START / 1_000 + 120;
    expect(encode({ from: START, limit: 3 })).toMatchObject({ from: START / 1_000, to: upTo });
    expect(encode({ from: START, to: START + 900 * MINUTE, limit: 3 })).toMatchObject({ to: upTo });
  });

  it('rounds the range inwards to whole seconds', () => {
    expect(encode({ from: START + 1, to: START + MINUTE - 1 })).toMatchObject({
      from: START / 1_000 + 1,
      to: START / 1_000 + 59,
    });
  });

  it('calls a week 7d and a month 30d', () => {
    expect(encode({ interval: '1w' })).toMatchObject({ interval: '7d' });
    expect(encode({ interval: '1M' })).toMatchObject({ interval: '30d' });
  });

  it('takes every interval that it lists and refuses the others with the list', () => {
    for (const interval of candleIntervals) expect(codeThrownBy(() => encode({ interval }))).toBe('nothing');
    for (const interval of ['1s', '3m', '2h', '7d', 'constructor', ''] as CandleInterval[]) {
      expect(() => encode({ interval })).toThrow(
        'interval: expected one of 10s, 1m, 5m, 15m, 30m, 1h, 4h, 8h, 1d, 1w, 1M',
      );
    }
    expect({ maxCandles, candleReach }).toEqual({ maxCandles: 1_000, candleReach: 10_000 });
  });

  it('gives them oldest first whatever the order of the wire, and no more than asked for', () => {
    const rows = [3, 1, 0, 2].map((minute) => rowAt(START + minute * MINUTE));
    expect(openings(rows)).toEqual([1, 2, 3].map((minute) => START + minute * MINUTE));
    expect(openings(rows, { ...newest, from: START })).toEqual([0, 1, 2].map((minute) => START + minute * MINUTE));
  });

  it('leaves out candles outside the range asked for', () => {
    const rows = [-1, 0, 1, 2].map((minute) => rowAt(START + minute * MINUTE));
    expect(openings(rows, { ...newest, limit: 100, from: START, to: START + MINUTE })).toEqual([START, START + MINUTE]);
  });

  it('refuses a list with one row that cannot be read', () => {
    for (let index = 0; index < 7; index++) {
      for (const bad of BAD_NUMBERS) {
        const row: unknown[] = rowAt(START);
        row[index] = bad;
        expect(codeThrownBy(() => read([rowAt(START), row]))).toBe('malformed_response');
      }
    }
    for (const closed of ['yes', 1, null, {}])
      expect(codeThrownBy(() => read([rowAt(START, closed)]))).toBe('malformed_response');
    for (const body of [null, {}, 'x', [{}], [null], [[]]])
      expect(codeThrownBy(() => read(body))).toBe('malformed_response');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DecodeContext } from '../../../src/adapter/endpoint.js';
import { isExchangeError } from '../../../src/errors/exchange-error.js';
import type { MarketSymbol } from '../../../src/model/symbol.js';
import { mexcSpot } from '../../../src/venues/mexc/index.js';
import { noInstrument } from '../../support/no-instrument.js';

const { market } = mexcSpot;
const RECEIVED_AT = 1_782_900_000_500;
const symbol = 'BTC/USDT';

function contextWith(drifts: string[] = []): DecodeContext {
  const names = new Map<string, MarketSymbol>([
    ['BTCUSDT', 'BTC/USDT'],
    ['MXUSDT', 'MX/USDT'],
  ]);
  return {
    toCanonical: (name) => names.get(name),
    instrument: noInstrument,
    receivedAt: RECEIVED_AT,
    drift: (what) => drifts.push(what),
  };
}

describe('any answer', () => {
  const { ping, serverTime, instruments, orderBook, bookTicker, ticker, tickers, recentTrades, candles } = market;
  const decoders: ((body: unknown) => unknown)[] = [
    (body) => ping.decode(body, undefined, contextWith()),
    (body) => serverTime.decode(body, undefined, contextWith()),
    (body) => instruments.decode(body, undefined, contextWith()),
    (body) => instruments.decode({ symbols: [body] }, undefined, contextWith()),
    (body) => orderBook.decode(body, { symbol, depth: 1 }, contextWith()),
    (body) => bookTicker.decode(body, { symbol }, contextWith()),
    (body) => ticker.decode(body, { symbol }, contextWith()),
    (body) => tickers.decode([body], undefined, contextWith()),
    (body) => recentTrades.decode([body], { symbol, limit: 1 }, contextWith()),
    (body) => candles.decode([body], { symbol, interval: '1m', limit: 1 }, contextWith()),
  ];
  const names = [
    'symbol',
    'status',
    'baseAsset',
    'quoteAsset',
    'quotePrecision',
    'bids',
    'asks',
    'lastUpdateId',
    'price',
  ];
  const key = fc.oneof(fc.constantFrom(...names, 'code', 'msg', 'lastPrice', 'toString', '__proto__'), fc.string());
  const json = fc
    .oneof(fc.object({ key }), fc.jsonValue())
    .map((value) => JSON.parse(JSON.stringify(value)) as unknown);

  it('is decoded or refused with an error of ours, never with a crash', () => {
    fc.assert(
      fc.property(json, (body) => {
        for (const decode of decoders) {
          try {
            decode(body);
          } catch (error) {
            expect(error).toSatisfy(isExchangeError);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('is classified, whatever its status and headers', () => {
    const headers = fc.dictionary(fc.constantFrom('retry-after', 'content-type'), fc.string());
    fc.assert(
      fc.property(json, fc.integer({ min: 100, max: 599 }), headers, (body, status, sent) => {
        const refusal = mexcSpot.classify({
          status,
          headers: sent,
          text: JSON.stringify(body),
          json: body,
          now: RECEIVED_AT,
        });
        if (status < 200 || status > 299) expect(refusal).toBeDefined();
        expect(refusal?.retryAfterMs ?? 500).toSatisfy((ms: number) => ms >= 500 && ms <= 259_200_000);
      }),
      { numRuns: 2_000 },
    );
  });
});

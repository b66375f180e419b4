import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FundingVenue } from '../../../src/adapter/funding-venue.js';
import { isExchangeError } from '../../../src/errors/exchange-error.js';
import { BookUpdate } from '../../../src/model/book-update.js';
import { mexcFutures } from '../../../src/venues/mexc/index.js';
import { createRecorder } from '../../support/frame-recorder.js';
import {
  accountContext,
  channelContext,
  contractRow,
  decodeContext,
  orderRequest,
  orderRow,
  positionRow,
  privateHalf,
  triggerRow,
} from '../../unit/mexc-futures/support.js';

const { streams, market, classify } = mexcFutures;
const funding = mexcFutures.funding as FundingVenue;
const { orders, account, positions, triggers, streams: accountStreams } = privateHalf();
const codec = await streams.loadCodec();
const accountCodec = await accountStreams.loadCodec({ apiKey: 'k', secretKey: 's' });
const SYMBOLS = ['BTC/USDT:USDT', 'BTC/USD:BTC'] as const;

const FRAMES: readonly object[] = [
  {
    channel: 'push.depth',
    symbol: 'BTC_USDT',
    ts: 1_782_900_000_323,
    data: { asks: [[65_000.2, 0, 0]], bids: [[65_000, 1_400, 4]], begin: 2, end: 8, version: 8 },
  },
  {
    symbol: 'BTC_USDT',
    data: [{ p: 65_000.1, v: 49, T: 2, O: 3, M: 2, t: 1_782_900_000_047 }],
    channel: 'push.deal',
    ts: '1782900000049',
  },
  {
    channel: 'push.ticker',
    symbol: 'BTC_USDT',
    data: {
      symbol: 'BTC_USDT',
      lastPrice: 1,
      bid1: 1,
      ask1: 2,
      volume24: 3,
      holdVol: 4,
      fairPrice: 5,
      fundingRate: -1e-7,
    },
  },
  {
    channel: 'push.kline',
    symbol: 'BTC_USDT',
    data: { interval: 'Min1', t: 1_782_899_880, o: 1, c: 2, h: 3, l: 0.5, a: 4, q: 5 },
  },
  { channel: 'push.funding.rate', symbol: 'BTC_USDT', data: { rate: 1, nextSettleTime: 2 } },
  { channel: 'push.personal.order', data: orderRow() },
  { channel: 'push.personal.position', data: positionRow() },
  { channel: 'push.personal.plan.order', data: triggerRow() },
  { channel: 'rs.error', data: "Contract doesn't exist!" },
  { channel: 'rs.sub.depth', data: 'success', ts: 1 },
  { channel: 'pong', data: 1 },
  { success: true, data: [contractRow()] },
  {
    success: true,
    data: { time: [1], open: [1], close: [1], high: [1], low: [1], vol: [1], amount: [1], resultList: [] },
  },
];

/** Reads one frame and hands a push to every decoder; any failure must be one of ours. */
function swallow(frame: string | Uint8Array): number {
  const recorder = createRecorder();
  codec.read(frame, recorder);
  const reported = recorder.calls.length;
  accountCodec.read(frame, recorder);
  expect(recorder.calls.length).toBe(2 * reported);
  for (const [kind, , , payload] of recorder.calls) if (kind === 'data') decodeEverywhere(payload);
  return reported;
}

function decodeEverywhere(body: unknown): void {
  const ignore = (): void => undefined;
  const context = decodeContext();
  for (const symbol of SYMBOLS) {
    const one = { symbol };
    const candle = { symbol, interval: '1m', limit: 5 } as const;
    const readers = [
      () => streams.bookTicker.decode(body, channelContext(one), ignore),
      () => streams.trades.decode(body, channelContext(one), ignore),
      () => streams.ticker.decode(body, channelContext(one), ignore),
      () => streams.candles.decode(body, channelContext(candle), ignore),
      () => funding.streams.rate.decode(body, channelContext(one), ignore),
      () => funding.streams.markPrice.decode(body, channelContext(one), ignore),
      () => funding.streams.indexPrice.decode(body, channelContext(one), ignore),
      () => streams.chooseBook({}).decode(body, new BookUpdate()),
      () => streams.chooseBook({ feed: 'depth.full' }).decode(body, new BookUpdate()),
      () => market.serverTime.decode(body, undefined, context),
      () => market.instruments.decode(body, undefined, context),
      () => market.instruments.decode([body], undefined, context),
      () => market.orderBook.decode(body, { symbol, depth: 5 }, context),
      () => market.ticker.decode(body, one, context),
      () => market.tickers.decode([body], undefined, context),
      () => market.recentTrades.decode([body], { symbol, limit: 5 }, context),
      () => market.candles.decode(body, candle, context),
      () => funding.rate.decode(body, one, context),
      () => funding.rates?.decode([body], undefined, context),
      () => funding.history.decode([body], { symbol, page: 1, limit: 5 }, context),
      () => funding.openInterest.decode(body, one, context),
      () => funding.markCandles.decode(body, candle, context),
      () => accountStreams.orders.decode(body, accountContext(), ignore),
      () => accountStreams.fills.decode(body, accountContext(), ignore),
      () => accountStreams.balances.decode(body, accountContext(), ignore),
      () => accountStreams.positions?.decode(body, accountContext(), ignore),
      () => orders.place.decode(body, orderRequest(), context),
      () => orders.open.decode([body], { symbol, page: 1, limit: 5 }, context),
      () => orders.history.decode([body], { symbol, page: 1, limit: 5 }, context),
      () => orders.fills.decode([body], { symbol, page: 1, limit: 5 }, context),
      () => account.balances.decode([body], undefined, context),
      () => account.tradingFees.decode(body, one, context),
      () => positions.list.decode([body], {}, context),
      () => positions.mode.decode(body, undefined, context),
      () => positions.settings?.decode([body], one, context),
      () => positions.riskLimits.decode([body], one, context),
      () => positions.fundingPayments.decode([body], { symbol, page: 1, limit: 5 }, context),
      () => triggers.list.decode([body], { state: 'ended', page: 1, limit: 5 }, context),
      () => classify({ status: 200, headers: {}, text: '', json: body, now: 0 }),
      () => classify({ status: 400, headers: {}, text: '', json: body, now: 0 }),
    ];
    for (const read of readers) {
      try {
        read();
      } catch (error) {
        if (!isExchangeError(error, 'malformed_response')) throw error;
      }
    }
  }
}

describe('any frame of MEXC futures', () => {
  it('that is well known passes, so that the tests below try what they mean to', () => {
    for (const frame of FRAMES) expect(swallow(JSON.stringify(frame))).toBe(1);
  });

  it('of bytes that were changed on the way is reported once, and throws nothing', () => {
    const edits = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0x20, max: 0x7e })), { minLength: 1, maxLength: 6 });
    const packed = fc.boolean();
    fc.assert(
      fc.property(fc.constantFrom(...FRAMES), edits, packed, (frame, changes, isPacked) => {
        const text = Buffer.from(JSON.stringify(frame));
        const bytes = isPacked ? gzipSync(text) : text;
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        expect(swallow(new Uint8Array(bytes))).toBe(1);
      }),
      { numRuns: 1_000 },
    );
  });

  it('of values nobody expects is reported once, and throws nothing but refusals', () => {
    const names = [
      'channel',
      'symbol',
      'data',
      'ts',
      'asks',
      'bids',
      'version',
      'begin',
      'end',
      'p',
      'v',
      'T',
      't',
      'interval',
      'success',
      'code',
      'resultList',
      '__proto__',
      'toString',
    ];
    const key = fc.oneof(fc.constantFrom(...names), fc.string());
    const json = fc
      .oneof(fc.object({ key }), fc.jsonValue())
      .map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    const channel = fc.constantFrom(
      'push.depth',
      'push.depth.full',
      'push.deal',
      'push.ticker',
      'push.kline',
      'push.fair.price',
      'rs.sub.deal',
      'rs.error',
    );
    fc.assert(
      fc.property(json, channel, (data, name) => {
        decodeEverywhere(data);
        expect(swallow(JSON.stringify({ channel: name, symbol: 'BTC_USDT', data }))).toBe(1);
      }),
      { numRuns: 500 },
    );
  });

  it('of random bytes is reported once', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(swallow(bytes)).toBe(1);
        expect(swallow(new Uint8Array([0x1f, 0x8b, ...bytes]))).toBe(1);
      }),
      { numRuns: 500 },
    );
  });
});

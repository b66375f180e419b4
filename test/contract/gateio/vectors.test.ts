import { describe, expect, it } from 'vitest';
import type { BookFeed } from '../../../src/adapter/book-feed.js';
import { BookUpdate } from '../../../src/model/book-update.js';
import { GATEIO_SPOT_ERRORS, gateioSpot } from '../../../src/venues/gateio/index.js';
import { decodeInstrument } from '../../../src/venues/gateio/spot/symbols.js';
import books from '../../fixtures/gateio/books.json' with { type: 'json' };
import errors from '../../fixtures/gateio/errors.json' with { type: 'json' };
import messages from '../../fixtures/gateio/messages.json' with { type: 'json' };
import pairs from '../../fixtures/gateio/pairs.json' with { type: 'json' };
import { createRecorder } from '../../support/frame-recorder.js';
import { channelContext, createDecodeContext, NOW } from '../../support/gateio-contexts.js';

const { streams, market } = gateioSpot;
const codec = await streams.loadCodec();

/** Classes of the published table, in the words of this library. */
const CODE_OF: Readonly<Record<string, string>> = {
  RateLimit: 'rate_limit',
  InsufficientBalance: 'insufficient_balance',
  InvalidOrder: 'invalid_order',
  OrderNotFound: 'order_not_found',
  Duplicate: 'duplicate_order',
  Authentication: 'authentication',
  PermissionDenied: 'permission_denied',
  InvalidSymbol: 'invalid_symbol',
  TradingDisabled: 'trading_disabled',
  Timestamp: 'timestamp',
  Maintenance: 'maintenance',
  AccountNotReady: 'account_not_ready',
  BadRequest: 'bad_request',
  ServerError: 'server',
  Ambiguous: 'timeout',
};

describe('Published pairs', () => {
  it.each(pairs.cases.map((example) => [example.name, example] as const))(
    '%s gives the published rules',
    (_name, { input, expected }) => {
      const instrument = decodeInstrument(input.pair, createDecodeContext());
      const status = expected.canBuy
        ? expected.canSell
          ? 'trading'
          : 'buy_only'
        : expected.canSell
          ? 'sell_only'
          : 'halted';
      expect({ ...instrument, maxNotional: instrument.maxNotional ?? null }).toMatchObject({
        venueSymbol: expected.symbol,
        tickSize: expected.tickSize,
        lotSize: expected.lotStep,
        minQuantity: expected.minBase,
        minNotional: expected.minNotional,
        maxNotional: expected.maxNotional,
        status,
      });
    },
  );
});

describe('Published messages', () => {
  function read(name: string): { calls: unknown[][]; message: unknown } {
    const example = messages.cases.find((candidate) => candidate.name === name);
    if (example === undefined) throw new Error(`no fixture ${name}`);
    const recorder = createRecorder();
    const { message = undefined, row = undefined } = example.input as { message?: unknown; row?: unknown };
    if (message !== undefined) codec.read(JSON.stringify(message), recorder);
    return { calls: recorder.calls, message: message ?? row };
  }
  const payloadOf = (name: string): unknown => read(name).calls[0]?.[3];
  function only<E>(run: (emit: (event: E) => void) => void): E[] {
    const events: E[] = [];
    run((event) => events.push(event));
    return events;
  }

  it('trade', () => {
    const symbol = 'GT/USDT' as const;
    expect(read('ws-trade').calls[0]?.slice(0, 3)).toEqual(['data', 'spot.trades', 'GT_USDT']);
    expect(only((emit) => streams.trades.decode(payloadOf('ws-trade'), channelContext({ symbol }), emit))).toEqual([
      { symbol, id: '309143071', price: 0.4705, quantity: 16.47, takerSide: 'sell', matchedAt: 1_767_225_640_213 },
    ]);
  });

  it('candle', () => {
    const params = { symbol: 'BTC/USDT', interval: '1m' } as const;
    expect(read('ws-candle').calls[0]?.slice(0, 3)).toEqual(['data', 'spot.candlesticks', '1m_BTC_USDT']);
    expect(only((emit) => streams.candles.decode(payloadOf('ws-candle'), channelContext(params), emit))).toEqual([
      {
        ...params,
        openedAt: 1_767_225_600_000,
        open: 19121,
        high: 19130,
        low: 19120.5,
        close: 19128.1,
        baseVolume: 0.1235,
        quoteVolume: 2362.32035,
        closed: true,
      },
    ]);
  });

  it('book ticker', () => {
    const symbol = 'BTC/USDT' as const;
    expect(read('ws-book-ticker').calls[0]?.slice(0, 3)).toEqual(['data', 'spot.book_ticker', 'BTC_USDT']);
    expect(
      only((emit) => streams.bookTicker.decode(payloadOf('ws-book-ticker'), channelContext({ symbol }), emit)),
    ).toEqual([
      {
        symbol,
        bidPrice: 91234.5,
        bidQuantity: 0.334,
        askPrice: 91234.6,
        askQuantity: 0.09,
        sequence: 48_733_182,
        updatedAt: 1_767_225_641_720,
        receivedAt: NOW,
      },
    ]);
  });

  it('acknowledgement, refusal and pong', () => {
    expect(read('ws-sub-ack-ok').calls).toEqual([['ack', { id: 7, refused: 'none' }]]);
    expect(read('ws-sub-ack-error').calls).toEqual([
      [
        'ack',
        { id: 8, refused: 'all', code: 'invalid_symbol', venueCode: '2', message: 'unknown currency pair NOPE_USDT' },
      ],
    ]);
    expect(read('ws-pong').calls).toEqual([['pong']]);
  });

  it('candle row of the endpoint', () => {
    const params = { symbol: 'BTC/USDT', interval: '1m', limit: 1 } as const;
    const row = ['1767225600', '1834211.55012', '91250.1', '91300', '91110.4', '91180.2', '20.104512', 'false'];
    expect(market.candles.decode([row], params, createDecodeContext())).toEqual([
      {
        symbol: 'BTC/USDT',
        interval: '1m',
        openedAt: 1_767_225_600_000,
        open: 91180.2,
        high: 91300,
        low: 91110.4,
        close: 91250.1,
        baseVolume: 20.104512,
        quoteVolume: 1834211.55012,
        closed: false,
      },
    ]);
  });
});

describe('Published book sequences', () => {
  /** A book as the documents describe it, on plain maps: not the book of this library. */
  function createReferenceBook() {
    const sides = { bids: new Map<number, number>(), asks: new Map<number, number>() };
    let last = -1;
    const put = (side: Map<number, number>, prices: Float64Array, quantities: Float64Array, count: number) => {
      for (let at = 0; at < count; at++) {
        if (quantities[at] === 0) side.delete(prices[at] as number);
        else side.set(prices[at] as number, quantities[at] as number);
      }
    };
    const sorted = (side: Map<number, number>, sign: 1 | -1) => [...side].sort(([a], [b]) => sign * (a - b));
    return {
      take(feed: BookFeed, payload: unknown): string {
        const update = new BookUpdate();
        feed.decode(payload, update);
        const verdict = feed.continues(last, update);
        if (verdict !== 'apply') return verdict;
        if (update.full) for (const side of Object.values(sides)) side.clear();
        put(sides.bids, update.bidPrices, update.bidQuantities, update.bidCount);
        put(sides.asks, update.askPrices, update.askQuantities, update.askCount);
        last = update.lastSequence;
        return update.full ? 'replace' : 'apply';
      },
      load(snapshot: { id: number; bids: string[][]; asks: string[][] }): void {
        last = snapshot.id;
        for (const [price, quantity] of snapshot.bids) sides.bids.set(Number(price), Number(quantity));
        for (const [price, quantity] of snapshot.asks) sides.asks.set(Number(price), Number(quantity));
      },
      state: () => ({ lastId: last, bids: sorted(sides.bids, -1), asks: sorted(sides.asks, 1) }),
    };
  }

  const WORDS: Readonly<Record<string, string>> = {
    drop: 'skip',
    'refetch-snapshot': 'gap',
    'gap-rebuild': 'gap',
    'gap-resubscribe': 'gap',
  };
  const verdicts = (actions: readonly string[]) => actions.map((action) => WORDS[action] ?? action);
  const numbers = (levels: readonly string[][] | undefined) => levels?.map((level) => level.map(Number));

  function expectEnd(
    state: { lastId: number; bids: number[][]; asks: number[][] },
    expected: { lastId?: number; bids?: string[][]; asks?: string[][] },
  ): void {
    if (expected.lastId === undefined) return;
    expect(state).toEqual({ lastId: expected.lastId, bids: numbers(expected.bids), asks: numbers(expected.asks) });
  }

  it.each(books.updates.map((example) => [example.name, example] as const))('%s', (_name, { input, expected }) => {
    const book = createReferenceBook();
    book.load(input.snapshot);
    const feed = streams.chooseBook({ feed: 'order_book_update' });
    expect(input.bufferedThenLive.map((push) => book.take(feed, push))).toEqual(verdicts(expected.actions));
    expectEnd(book.state(), expected);
  });

  it.each(books.obu.map((example) => [example.name, example] as const))('%s', (_name, { input, expected }) => {
    const book = createReferenceBook();
    const feed = streams.chooseBook({ feed: 'obu' });
    expect(input.messages.map((push) => book.take(feed, push))).toEqual(verdicts(expected.actions));
    expectEnd(book.state(), expected);
  });
});

describe('Published errors', () => {
  it('gives every label its class, and lists no other', () => {
    const codes = Object.entries(GATEIO_SPOT_ERRORS).map(([label, { code }]) => [label, code]);
    const published = Object.entries(errors.labels).map(([label, name]) => [label, CODE_OF[name]]);
    expect(Object.fromEntries(codes)).toEqual(Object.fromEntries(published));
  });

  it.each(errors.cases.map((example) => [example.name, example] as const))('%s', (_name, { input, expected }) => {
    const codes = input.map(
      ({ label, httpStatus, message = '' }: { label: string; httpStatus: number; message?: string }) => {
        const json = { label, message };
        return gateioSpot.classify({ status: httpStatus, headers: {}, text: JSON.stringify(json), json, now: NOW })
          ?.code;
      },
    );
    expect(codes).toEqual(expected.map(({ errorClass }) => CODE_OF[errorClass]));
  });
});

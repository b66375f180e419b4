import { type Simulator, startSimulator, type TapeTrade } from '@cex/sdk/simulator';
import * as ccxt from 'ccxt';
import { RestClient, WebsocketClient } from 'gateio-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Clients that other people wrote for the real venue; only their base addresses are changed.

const VENUE = 'gateio_spot';
const BTC = 'BTC/USDT';
const TOP = 10;

let lively: Simulator;
let quiet: Simulator;
/** The tape of the lively market, oldest first. */
const tape: TapeTrade[] = [];

beforeAll(async () => {
  const options = {
    seed: 'witness',
    venues: [VENUE],
    markets: [{ symbol: BTC, priceDecimals: 1, quantityDecimals: 6 }, 'ETH/USDT'],
  } as const;
  // Without the jumps of the price that carry half a book away at once: the client keeps no track of how deep its book is true.
  lively = await startSimulator({ ...options, flow: { dislocationsPerMinute: 0 } });
  lively.on('trade', (_venue, symbol, trade) => {
    if (symbol === BTC) tape.push(trade);
  });
  quiet = await startSimulator({ ...options, flow: 'off' });
  for (const [side, quantity] of [
    ['buy', '0.5'],
    ['sell', '0.25'],
    ['buy', '0.125'],
  ] as const) {
    quiet.injectOrder(VENUE, { symbol: BTC, side, quantity });
  }
});
afterAll(async () => {
  await Promise.all([lively.close(), quiet.close()]);
});

function redirect<T extends ccxt.Exchange>(exchange: T, sim: Simulator): T {
  const { rest, ws } = sim.endpoints(VENUE);
  const api = exchange.urls['api'] as unknown as Record<string, Record<string, string> | string>;
  const addresses = api['public'] as Record<string, string>;
  for (const name of Object.keys(addresses)) addresses[name] = rest;
  api['spot'] = ws;
  exchange.options['fetchMarkets'] = { types: ['spot'] };
  return exchange;
}

/** The best levels at a sequence number. */
function truth(sim: Simulator, sequence: unknown, depth = TOP) {
  expect(sequence).toEqual(expect.any(Number));
  const { bids, asks } = sim.book(VENUE, BTC, { sequence: sequence as number, depth })!;
  return { bids, asks };
}

function top({ bids, asks }: { bids: unknown[][]; asks: unknown[][] }) {
  const plain = (side: unknown[][]) => side.slice(0, TOP).map(([price, amount]) => [price, amount]);
  return { bids: plain(bids), asks: plain(asks) };
}

describe('ccxt over REST', () => {
  let exchange: ccxt.gate;
  beforeAll(async () => {
    exchange = redirect(new ccxt.gate(), quiet);
    await exchange.loadMarkets();
  });

  it('loads the markets with their rules', () => {
    expect(Object.keys(exchange.markets!)).toEqual([BTC, 'ETH/USDT']);
    expect(exchange.markets![BTC]).toMatchObject({
      id: 'BTC_USDT',
      active: true,
      spot: true,
      margin: false,
      taker: 0.002,
      precision: { price: 0.1, amount: 0.000001 },
    });
    expect(exchange.currencies['USDT']).toMatchObject({
      active: true,
      networks: { ERC20: { id: 'ETH' }, TRC20: { id: 'TRX' } },
    });
  });

  it('reads the time', async () => {
    expect(Math.abs((await exchange.fetchTime())! - quiet.clock.now())).toBeLessThan(1_000);
  });

  it('reads the order book as it is', async () => {
    const book = await exchange.fetchOrderBook(BTC, 100);
    expect([book.bids.length, book.asks.length]).toEqual([100, 100]);
    expect({ bids: book.bids, asks: book.asks }).toEqual(truth(quiet, book.nonce, 100));
  });

  it('reads the ticker in agreement with the book and the tape', async () => {
    const ticker = await exchange.fetchTicker(BTC);
    const { bids, asks } = quiet.book(VENUE, BTC, { depth: 1 })!;
    const [last] = await exchange.fetchTrades(BTC, undefined, 1);
    expect([ticker.bid, ticker.ask]).toEqual([bids[0]![0], asks[0]![0]]);
    expect([ticker.last, ticker.high! >= ticker.low!, ticker.baseVolume! > 0]).toEqual([last!.price, true, true]);
    expect(Object.keys(await exchange.fetchTickers())).toEqual([BTC, 'ETH/USDT']);
  });

  it('reads the trades, every one that was made', async () => {
    const trades = await exchange.fetchTrades(BTC);
    const traded = (side: string) =>
      trades.filter((trade) => trade.side === side).reduce((sum, { amount }) => sum + Math.round(amount! * 1e6), 0);
    expect([traded('buy'), traded('sell')]).toEqual([625_000, 250_000]);
  });

  it('reads candles without gaps, the prices in order', async () => {
    const candles = (await exchange.fetchOHLCV(BTC, '1m', undefined, 50)) as number[][];
    expect(candles).toHaveLength(50);
    for (const [i, [at, open, high, low, close]] of candles.entries()) {
      expect(at! - candles[0]![0]!).toBe(i * 60_000);
      expect(low! <= Math.min(open!, close!) && high! >= Math.max(open!, close!)).toBe(true);
    }
    const since = candles[10]![0]!;
    const [first] = (await exchange.fetchOHLCV(BTC, '1m', since, 5)) as number[][];
    expect(first).toEqual(candles[10]);
  });

  it('raises its own error for a refusal', async () => {
    await expect(exchange.fetchOHLCV(BTC, '1m', 1_000_000_000_000)).rejects.toBeInstanceOf(ccxt.BadRequest);
    const request = { currency_pair: 'NOPE_USDT' };
    const answer = (exchange as unknown as Record<string, (request: object) => Promise<unknown>>)[
      'publicSpotGetOrderBook'
    ]!(request);
    await expect(answer).rejects.toBeInstanceOf(ccxt.BadSymbol);
  });
});

describe('ccxt over WebSocket', () => {
  let exchange: InstanceType<typeof ccxt.pro.gate>;
  beforeAll(async () => {
    exchange = redirect(new ccxt.pro.gate(), lively);
    // The client asks for this before it opens a socket without TLS.
    await exchange.loadHttpProxyAgent();
    await exchange.loadMarkets();
  });
  afterAll(() => exchange.close());

  it('keeps a book that equals the truth at its own sequence number', async () => {
    const seen = new Set<number>();
    while (seen.size < 25) {
      const book = await exchange.watchOrderBook(BTC);
      seen.add(book.nonce!);
      expect(top(book)).toEqual(truth(lively, book.nonce));
    }
  });

  it('watches trades as they are on the tape', async () => {
    const trades = await exchange.watchTrades(BTC);
    const ids = new Map(tape.map((trade) => [String(8_812_000_000 + trade.id), trade]));
    for (const { id, side, price, amount } of trades) {
      const real = ids.get(id!)!;
      expect([side, price, amount]).toEqual([real.takerSide, real.priceTicks / 10, real.lots / 1e6]);
    }
    expect(trades.length).toBeGreaterThan(0);
  });

  it('watches the ticker and the best prices', async () => {
    const ticker = await exchange.watchTicker(BTC);
    expect([ticker.symbol, ticker.last! > 0, ticker.bid! < ticker.ask!]).toEqual([BTC, true, true]);
    const { [BTC]: best } = await exchange.watchBidsAsks([BTC]);
    const { bids, asks } = truth(lively, (best!.info as { u: number }).u, 1);
    expect([best!.bid, best!.bidVolume, best!.ask, best!.askVolume]).toEqual([...bids[0]!, ...asks[0]!]);
  });

  it('watches candles', async () => {
    const candles = await exchange.watchOHLCV(BTC, '1m');
    expect(candles.at(-1)![0]! % 60_000).toBe(0);
  });
});

describe('gateio-api over REST', () => {
  const request = { currency_pair: 'BTC_USDT' };
  let client: RestClient;
  beforeAll(() => {
    client = new RestClient({ baseUrl: quiet.endpoints(VENUE).rest });
  });

  it('reads ticker, book, trades and candles in agreement with the simulator', async () => {
    const book = await client.getSpotOrderBook({ ...request, limit: 10, with_id: true });
    const numbers = (side: string[][]) => side.map(([price, amount]) => [Number(price), Number(amount)]);
    expect({
      bids: numbers(book.bids as unknown as string[][]),
      asks: numbers(book.asks as unknown as string[][]),
    }).toEqual(truth(quiet, book.id));
    const [ticker] = await client.getSpotTicker(request);
    expect([ticker!.highest_bid, ticker!.lowest_ask]).toEqual([book.bids[0]![0], book.asks[0]![0]]);
    const trades = await client.getSpotTrades({ ...request, limit: 2 });
    expect([trades.length, trades[0]!.side, ticker!.last]).toEqual([2, 'buy', trades[0]!.price]);
    const candles = await client.getSpotCandles({ ...request, interval: '1h', limit: 3 });
    expect(candles.map(({ length }) => length)).toEqual([8, 8, 8]);
  });

  it('gets the label of a refusal', async () => {
    await expect(client.getSpotOrderBook({ currency_pair: 'NOPE_USDT' })).rejects.toMatchObject({
      code: 400,
      body: { label: 'INVALID_CURRENCY_PAIR' },
    });
  });
});

describe('gateio-api over WebSocket', () => {
  interface Push {
    readonly channel: string;
    readonly result: Record<string, unknown>;
  }

  it('subscribes to best prices, book changes and trades, and each push is true', async () => {
    const silent = { trace() {}, info() {}, error() {} };
    const client = new WebsocketClient({ wsUrl: lively.endpoints(VENUE).ws }, silent);
    const pushes: Push[] = [];
    const enough = new Promise<void>((resolve) => {
      client.on('update', (push: Push) => {
        pushes.push(push);
        const count = (channel: string) => pushes.filter((one) => one.channel === channel).length;
        const [best, changes, trades] = ['spot.book_ticker', 'spot.order_book_update', 'spot.trades'].map(count);
        if (best! > 5 && changes! > 5 && trades! > 2) resolve();
      });
    });
    client.subscribe({ topic: 'spot.book_ticker', payload: ['BTC_USDT'] }, 'spotV4');
    client.subscribe({ topic: 'spot.order_book_update', payload: ['BTC_USDT', '100ms'] }, 'spotV4');
    client.subscribe({ topic: 'spot.trades', payload: ['BTC_USDT'] }, 'spotV4');
    await enough;
    client.closeAll(true);
    const of = (channel: string) => pushes.filter((push) => push.channel === channel).map(({ result }) => result);
    for (const { u, b, B, a, A } of of('spot.book_ticker')) {
      const { bids, asks } = truth(lively, u, 1);
      expect([
        [Number(b), Number(B)],
        [Number(a), Number(A)],
      ]).toEqual([bids[0], asks[0]]);
    }
    let last: unknown;
    for (const { U, u, full, b, a } of of('spot.order_book_update')) {
      if (last !== undefined && full !== true) expect(U).toBe((last as number) + 1);
      last = u;
      const book = lively.book(VENUE, BTC, { sequence: u as number })!;
      for (const [side, levels] of [
        [book.bids, b],
        [book.asks, a],
      ] as const) {
        const held = new Map(side);
        for (const [price, amount] of levels as [string, string][])
          expect(Number(amount)).toBe(held.get(Number(price)) ?? 0);
      }
    }
    const trades = of('spot.trades').map(({ id_market }) => id_market);
    expect(trades).toEqual(trades.map((_, i) => (trades[0] as number) + i));
  });
});

import ccxt from 'ccxt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/index.js';
import type { Timer } from '../../src/transport/clock.js';

// A client that other people wrote for the real venue; only its base addresses are changed.

const SYMBOL = 'BTC/USDT:USDT';
const VENUE = 'mexc_futures';
const KEYS = { apiKey: 'mx0witness', secretKey: 'the secret of the witness' };
/** One contract, BTC. */
const SIZE = 0.0001;

let sim: Simulator;
/** The best prices of a book that stands still. */
let bid: number;
let ask: number;

beforeEach(async () => {
  sim = await startSimulator({
    seed: 'witness',
    // The client always asks the spot host for its markets as well.
    venues: ['mexc_spot', VENUE],
    accounts: [{ ...KEYS, balances: { USDT: '10000' } }],
    flow: 'off',
  });
  const { bids, asks } = sim.book(VENUE, SYMBOL, { depth: 1 })!;
  [bid, ask] = [bids[0]![0], asks[0]![0]];
});
afterEach(async () => {
  expect(sim.audit()).toEqual([]);
  await sim.close();
});

function redirect<T extends InstanceType<typeof ccxt.mexc>>(client: T): T {
  const { rest, ws } = sim.endpoints(VENUE);
  const api = client.urls['api'] as Record<string, Record<string, string>>;
  for (const half of ['public', 'private']) api['spot']![half] = sim.endpoints('mexc_spot').rest;
  api['contract']!['public'] = `${rest}/api/v1/contract`;
  api['contract']!['private'] = `${rest}/api/v1/private`;
  if (api['ws'] !== undefined) api['ws']['swap'] = ws;
  // Its own pacing would only make the test wait.
  client.enableRateLimit = false;
  return client;
}

/** The position as it really is. */
function truePosition() {
  return sim.account(KEYS.apiKey, VENUE).positions()[0]!;
}

/** Resolves once it holds; each look waits for what is on its way. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

/** Somebody who acts every 20 ms until he is stopped. */
async function during<T>(act: (turn: number) => void, run: () => Promise<T>): Promise<T> {
  let timer: Timer | undefined;
  let turn = 0;
  const next = (): void => {
    act(turn++);
    timer = sim.clock.setTimer(20, next);
  };
  next();
  try {
    return await run();
  } finally {
    timer?.cancel();
  }
}

/** One step of the book behind the best prices. */
function placeOrder(turn: number): void {
  const side = turn % 2 === 0 ? 'buy' : 'sell';
  const away = 0.1 * (1 + (turn % 7));
  const price = (side === 'buy' ? bid - away : ask + away).toFixed(1);
  sim.injectOrder(VENUE, { symbol: SYMBOL, side, price, quantity: '0.001' });
}

describe('ccxt over REST', () => {
  let exchange: InstanceType<typeof ccxt.mexc>;
  beforeEach(async () => {
    exchange = redirect(new ccxt.mexc({ apiKey: KEYS.apiKey, secret: KEYS.secretKey }));
    await exchange.loadMarkets();
  });

  it("loads the perpetuals with the simulator's rules", () => {
    const { id, base, quote, settle, swap, linear, active, contractSize, precision, taker, maker, limits } =
      exchange.market(SYMBOL);
    expect({ id, base, quote, settle, swap, linear, active, contractSize, precision, taker, maker }).toEqual({
      id: 'BTC_USDT',
      base: 'BTC',
      quote: 'USDT',
      settle: 'USDT',
      swap: true,
      linear: true,
      active: true,
      contractSize: SIZE,
      precision: { amount: 1, price: 0.1 },
      taker: 0.0004,
      maker: 0.0001,
    });
    expect(limits).toMatchObject({ leverage: { min: 1, max: 500 }, amount: { min: 1, max: 1_500_000 } });
  });

  it('reads the true book in contracts, the ticker, the trades, the candles and the time', async () => {
    sim.injectOrder(VENUE, { symbol: SYMBOL, side: 'buy', quantity: '0.001' });
    const book = await exchange.fetchOrderBook(SYMBOL, 1_500);
    const truth = sim.book(VENUE, SYMBOL)!;
    const contracts = ([price, quantity]: readonly number[]) => [price, Math.round(quantity! / SIZE)];
    expect(book.nonce).toBe(truth.sequence);
    expect(book.bids.map(([price, amount]) => [price, amount])).toEqual(truth.bids.map(contracts));
    expect(book.asks.map(([price, amount]) => [price, amount])).toEqual(truth.asks.map(contracts));
    expect(book.bids.length).toBeGreaterThan(50);
    const ticker = await exchange.fetchTicker(SYMBOL);
    expect([ticker.bid, ticker.ask, ticker.last]).toEqual([truth.bids[0]![0], truth.asks[0]![0], ask]);
    expect(await exchange.fetchTrades(SYMBOL, undefined, 1)).toMatchObject([{ side: 'buy', price: ask, amount: 10 }]);
    const candles = await exchange.fetchOHLCV(SYMBOL, '1m', undefined, 50);
    expect(candles.at(-1)![4]).toBe(ask);
    const time = await exchange.fetchTime();
    expect(Math.abs(time! - sim.clock.now())).toBeLessThan(5_000);
  });

  it('reads the funding rate and its history', async () => {
    const rate = await exchange.fetchFundingRate(SYMBOL);
    expect(rate).toMatchObject({ symbol: SYMBOL, fundingRate: expect.any(Number), interval: '8h' });
    expect(rate.fundingTimestamp! % (8 * 3_600_000)).toBe(0);
    const history = await exchange.fetchFundingRateHistory(SYMBOL, undefined, 3);
    expect(history.map(({ timestamp }) => rate.fundingTimestamp! - timestamp!)).toEqual(
      [3, 2, 1].map((ago) => ago * 8 * 3_600_000),
    );
  });

  it('places a limit order, finds it open and cancels it, though it reads neither its external id nor its type', async () => {
    const price = Math.floor(bid * 0.95);
    const placed = await exchange.createOrder(SYMBOL, 'limit', 'buy', 100, price, {
      openType: 1,
      leverage: 20,
      clientOrderId: 'c-ccxt',
    });
    const facts = { id: placed.id, symbol: SYMBOL, status: 'open', side: 'buy', amount: 100, price, filled: 0 };
    const open = await exchange.fetchOpenOrders(SYMBOL);
    const fetched = await exchange.fetchOrder(placed.id!, SYMBOL);
    expect([open[0], fetched]).toMatchObject([facts, facts]);
    expect([fetched.clientOrderId, fetched.type]).toEqual([undefined, undefined]);
    expect((fetched.info as { externalOid: string }).externalOid).toBe('c-ccxt');
    const [truth] = sim.account(KEYS.apiKey, VENUE).orders();
    expect(truth).toMatchObject({ id: placed.id, clientOrderId: 'c-ccxt', contracts: '100', quantity: '0.01' });
    const { free, used } = (await exchange.fetchBalance({ type: 'swap' }))['USDT']!;
    const balance = sim.account(KEYS.apiKey, VENUE).balances()['USDT']!;
    expect([free, used]).toEqual([Number(balance.free), Number(balance.locked)]);
    expect(used).toBeGreaterThan(0);
    await exchange.cancelOrder(placed.id!, SYMBOL);
    expect(await exchange.fetchOpenOrders(SYMBOL)).toEqual([]);
    expect(await exchange.fetchOrder(placed.id!, SYMBOL)).toMatchObject({ status: 'canceled', remaining: 100 });
  });

  it('sets the leverage, opens at the market with its older order type, and reads the position, whose margin mode it always takes for cross', async () => {
    await exchange.setLeverage(33, SYMBOL, { openType: 1, positionType: 1 });
    const placed = await exchange.createOrder(SYMBOL, 'market', 'buy', 50, undefined, { openType: 1, leverage: 33 });
    const order = await exchange.fetchOrder(placed.id!, SYMBOL);
    const [bought] = sim.account(KEYS.apiKey, VENUE).orders();
    expect(order).toMatchObject({ status: 'closed', filled: 50, amount: 50 });
    expect(order.average).toBeCloseTo(Number(bought!.filledQuote) / Number(bought!.filledQuantity), 9);
    const [position] = await exchange.fetchPositions([SYMBOL]);
    const truth = truePosition();
    expect(position).toMatchObject({
      symbol: SYMBOL,
      side: 'long',
      contracts: 50,
      entryPrice: Number(truth.entryPrice),
      leverage: 33,
      initialMargin: Number(truth.margin),
      liquidationPrice: Number(truth.liquidationPrice),
      marginMode: 'cross',
    });
    expect(truth.marginMode).toBe('isolated');
  });

  it('adds margin, closes with a reducing order, and reads its trades, though it does not translate the closing sides', async () => {
    await exchange.createOrder(SYMBOL, 'market', 'buy', 50, undefined, { openType: 1, leverage: 20 });
    const [held] = await exchange.fetchPositions([SYMBOL]);
    const positionId = (held!.info as { positionId: number }).positionId;
    const before = Number(truePosition().margin);
    await exchange.addMargin(SYMBOL, 5, { positionId });
    expect(Number(truePosition().margin)).toBeCloseTo(before + 5, 9);
    await exchange.createOrder(SYMBOL, 'market', 'sell', 50, undefined, {
      openType: 1,
      leverage: 20,
      reduceOnly: true,
    });
    expect(await exchange.fetchPositions([SYMBOL])).toEqual([]);
    expect(sim.account(KEYS.apiKey, VENUE).positions()).toEqual([]);
    const read = (await exchange.fetchMyTrades(SYMBOL)).map(({ order, price, amount, fee }) => [
      order,
      price,
      amount,
      fee?.cost,
    ]);
    const real = sim
      .account(KEYS.apiKey, VENUE)
      .fills()
      .map((fill) => [fill.orderId, Number(fill.price), Number(fill.contracts), Number(fill.fee)]);
    expect(read.sort()).toEqual(real.sort());
    expect((await exchange.fetchMyTrades(SYMBOL)).map(({ side }) => side)).toContain('4');
  });

  it('changes the position mode, cancels everything and closes everything', async () => {
    await exchange.setPositionMode(false, SYMBOL);
    expect(await exchange.fetchPositionMode(SYMBOL)).toMatchObject({ hedged: false });
    await exchange.createOrder(SYMBOL, 'market', 'sell', 30, undefined, { openType: 2 });
    await exchange.createOrder(SYMBOL, 'limit', 'sell', 10, Math.ceil(ask * 1.05), { openType: 2 });
    expect(await exchange.fetchPositions([SYMBOL])).toMatchObject([{ side: 'short', contracts: 30 }]);
    await exchange.cancelAllOrders(SYMBOL);
    expect(await exchange.fetchOpenOrders(SYMBOL)).toEqual([]);
    await exchange.closeAllPositions();
    expect(await exchange.fetchPositions([SYMBOL])).toEqual([]);
  });

  it('raises its own errors for what the venue refuses', async () => {
    const huge = exchange.createOrder(SYMBOL, 'limit', 'buy', 1_000_000, Math.floor(bid), { openType: 1, leverage: 1 });
    await expect(huge).rejects.toBeInstanceOf(ccxt.InsufficientFunds);
    await expect(exchange.fetchOrder('1', SYMBOL)).rejects.toBeInstanceOf(ccxt.ExchangeError);
    const stranger = redirect(new ccxt.mexc({ apiKey: KEYS.apiKey, secret: 'nothing' }));
    await expect(stranger.fetchPositions()).rejects.toBeInstanceOf(ccxt.AuthenticationError);
  });
});

describe('ccxt over WebSocket', () => {
  let exchange: InstanceType<typeof ccxt.pro.mexc>;
  beforeEach(async () => {
    exchange = redirect(new ccxt.pro.mexc({ apiKey: KEYS.apiKey, secret: KEYS.secretKey }));
    // What the client itself asks for before it opens a ws:// address.
    await exchange.loadHttpProxyAgent();
    await exchange.loadMarkets();
  });
  afterEach(() => exchange.close());

  it('keeps a live book that equals the true one at its sequence number', async () => {
    await during(placeOrder, async () => {
      for (let update = 0; update < 5; update++) {
        const book = await exchange.watchOrderBook(SYMBOL);
        const rows = (levels: typeof book.bids) => levels.slice(0, 20).map(([price, amount]) => [price, amount]);
        const truth = sim.book(VENUE, SYMBOL, { sequence: book.nonce!, depth: 20 })!;
        const contracts = (levels: readonly (readonly [number, number])[]) =>
          levels.map(([price, quantity]) => [price, Math.round(quantity / SIZE)]);
        expect(rows(book.bids)).toEqual(contracts(truth.bids));
        expect(rows(book.asks)).toEqual(contracts(truth.asks));
      }
    });
  });

  it('watches trades, the ticker and the funding rate', async () => {
    const take = (): void => void sim.injectOrder(VENUE, { symbol: SYMBOL, side: 'buy', quantity: '0.0001' });
    const trades = await during(take, () => exchange.watchTrades(SYMBOL));
    expect(trades.at(-1)).toMatchObject({ side: 'buy', price: ask, amount: 1 });
    expect(await exchange.watchTicker(SYMBOL)).toMatchObject({ symbol: SYMBOL, ask });
    expect(await exchange.watchFundingRate(SYMBOL)).toMatchObject({ symbol: SYMBOL, fundingRate: expect.any(Number) });
  });

  it('watches its orders, trades and balance after one login; positions it cannot watch', async () => {
    const type = { type: 'swap' };
    const orders = exchange.watchOrders(SYMBOL, undefined, undefined, type);
    await until(() => sim.stats().frames >= 1);
    const price = Math.floor(bid * 0.95);
    const placed = await exchange.createOrder(SYMBOL, 'limit', 'buy', 100, price, { openType: 1, leverage: 20 });
    expect(await orders).toMatchObject([{ id: placed.id, status: 'open', side: 'buy', amount: 100, price, filled: 0 }]);
    const trades = exchange.watchMyTrades(SYMBOL, undefined, undefined, type);
    const balance = exchange.watchBalance(type);
    const bought = await exchange.createOrder(SYMBOL, 'market', 'buy', 7, undefined, { openType: 1, leverage: 20 });
    expect(await trades).toMatchObject([{ order: bought.id, side: 'buy', price: ask, amount: 7 }]);
    expect((await balance)['USDT']).toMatchObject({ free: expect.any(Number) });
    expect(exchange.has['watchPositions']).not.toBe(true);
  });
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import ccxt from 'ccxt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/index.js';

// A client that other people wrote for the real venue; only its base addresses are changed.

const SYMBOL = 'BTC/USDT';
const VENUE = 'mexc_spot';
const KEYS = { apiKey: 'mx0witness', secretKey: 'the secret of the witness' };

let sim: Simulator;
let futures: Server;
/** Far below and above the best prices of a book that stands still. */
let low: number;
let high: number;

/** The client always asks the futures host for its contracts as well; here it has none. */
async function startFuturesHost(): Promise<Server> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"success":true,"code":0,"data":[]}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

beforeEach(async () => {
  sim = await startSimulator({
    seed: 'witness',
    venues: [VENUE],
    accounts: [{ ...KEYS, balances: { USDT: '100000', BTC: '1' } }],
    flow: 'off',
  });
  futures = await startFuturesHost();
  const { bids, asks } = sim.book(VENUE, SYMBOL, { depth: 1 })!;
  low = Math.floor(bids[0]![0] * 0.9);
  high = Math.ceil(asks[0]![0] * 1.1);
});
afterEach(async () => {
  expect(sim.audit()).toEqual([]);
  await sim.close();
  await new Promise((resolve) => futures.close(resolve));
});

function redirect<T extends InstanceType<typeof ccxt.mexc>>(client: T): T {
  const { rest, ws } = sim.endpoints(VENUE);
  const api = client.urls['api'] as Record<string, Record<string, string>>;
  for (const half of ['public', 'private']) {
    api['spot']![half] = rest;
    api['contract']![half] = `http://127.0.0.1:${(futures.address() as AddressInfo).port}`;
  }
  if (api['ws'] !== undefined) api['ws']['spot'] = ws;
  // Its own pacing would only make the test wait.
  client.enableRateLimit = false;
  return client;
}

/** The truth, as the client prints it. */
function balanceOf(asset: string): { free: number; used: number } {
  const { free, locked } = sim.account(KEYS.apiKey, VENUE).balances()[asset]!;
  return { free: Number(free), used: Number(locked) };
}

/** Resolves once it holds; each look waits for what is on its way. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

describe('ccxt over REST', () => {
  let exchange: InstanceType<typeof ccxt.mexc>;
  beforeEach(async () => {
    exchange = redirect(new ccxt.mexc({ apiKey: KEYS.apiKey, secret: KEYS.secretKey }));
    await exchange.loadMarkets();
  });

  it('places a limit order, finds it open, and cancels it', async () => {
    const placed = await exchange.createOrder(SYMBOL, 'limit', 'buy', 0.5, low, { clientOrderId: 'c-ccxt' });
    const open = await exchange.fetchOpenOrders(SYMBOL);
    const fetched = await exchange.fetchOrder(placed.id!, SYMBOL);
    const facts = { id: placed.id, status: 'open', side: 'buy', amount: 0.5, price: low, filled: 0 };
    expect([open[0], fetched]).toMatchObject([
      { ...facts, clientOrderId: 'c-ccxt' },
      { ...facts, clientOrderId: 'c-ccxt' },
    ]);
    expect((await exchange.fetchBalance())['USDT']).toMatchObject(balanceOf('USDT'));
    expect(balanceOf('USDT').used).toBeCloseTo(0.5 * low, 6);
    expect((await exchange.cancelOrder(placed.id!, SYMBOL)).id).toBe(placed.id);
    expect(await exchange.fetchOpenOrders(SYMBOL)).toEqual([]);
    expect(await exchange.fetchOrder(placed.id!, SYMBOL)).toMatchObject({ status: 'canceled', remaining: 0.5 });
  });

  it('buys and sells at the market, and reads its trades and balances', async () => {
    await exchange.createMarketBuyOrderWithCost(SYMBOL, 1_000);
    const sold = await exchange.createOrder(SYMBOL, 'market', 'sell', 0.01);
    expect(await exchange.fetchOrder(sold.id!, SYMBOL)).toMatchObject({ side: 'sell', status: 'closed', filled: 0.01 });
    const trades = await exchange.fetchMyTrades(SYMBOL);
    const truth = sim.account(KEYS.apiKey, VENUE).fills();
    const read = trades.map(({ order, side, price, amount, fee }) => [order, side, price, amount, fee?.cost]);
    const real = truth.map((fill) => [
      fill.orderId,
      fill.side,
      Number(fill.price),
      Number(fill.quantity),
      Number(fill.fee),
    ]);
    expect(read.sort()).toEqual(real.sort());
    const balance = await exchange.fetchBalance();
    for (const asset of ['USDT', 'BTC']) expect(balance[asset]).toMatchObject(balanceOf(asset));
  });

  it('raises its own errors for what the venue refuses, though it takes an unknown order for a bad request', async () => {
    const placing = exchange.createOrder(SYMBOL, 'limit', 'sell', 5, high);
    await expect(placing).rejects.toBeInstanceOf(ccxt.InsufficientFunds);
    await expect(exchange.cancelOrder('C02__1', SYMBOL)).rejects.toBeInstanceOf(ccxt.BadRequest);
    const stranger = redirect(new ccxt.mexc({ apiKey: KEYS.apiKey, secret: 'nothing' }));
    await expect(stranger.fetchOpenOrders(SYMBOL)).rejects.toBeInstanceOf(ccxt.ExchangeError);
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

  it('watches its orders, trades and balances with a listen key of its own', async () => {
    const orders = exchange.watchOrders(SYMBOL);
    const trades = exchange.watchMyTrades(SYMBOL);
    const balance = exchange.watchBalance();
    await until(() => sim.stats().frames >= 3);
    const placed = await exchange.createOrder(SYMBOL, 'limit', 'buy', 0.5, low, { clientOrderId: 'c-ccxt' });
    expect(await orders).toMatchObject([
      { id: placed.id, clientOrderId: 'c-ccxt', status: 'open', side: 'buy', amount: 0.5, price: low, filled: 0 },
    ]);
    expect((await balance)['USDT']).toMatchObject(balanceOf('USDT'));
    const ended = exchange.watchOrders(SYMBOL);
    await exchange.cancelOrder(placed.id!, SYMBOL);
    expect(await ended).toMatchObject([{ id: placed.id, status: 'canceled', filled: 0, remaining: 0.5 }]);
    const sold = await exchange.createOrder(SYMBOL, 'market', 'sell', 0.001);
    const [fill] = sim.account(KEYS.apiKey, VENUE).fills();
    expect(await trades).toMatchObject([
      { order: sold.id, side: 'sell', price: Number(fill!.price), amount: 0.001, takerOrMaker: 'taker' },
    ]);
  });
});

import { type Simulator, startSimulator } from '@cex/sdk/simulator';
import * as ccxt from 'ccxt';
import { RestClient, WebsocketAPIClient, WebsocketClient } from 'gateio-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

// Clients that other people wrote for the real venue; only their base addresses are changed.

const VENUE = 'gateio_futures';
const BTC = 'BTC/USDT:USDT';
const KEYS = { apiKey: 'witness', secretKey: 'the secret of the witness' };
const SILENT = { trace() {}, info() {}, error() {} };
/** One contract. */
const SIZE = 0.0001;

let sim: Simulator;
/** Far below and above the best prices of a book that stands still. */
let low: number;
let high: number;

beforeEach(async () => {
  sim = await startSimulator({
    seed: 'witness',
    venues: ['gateio_spot', VENUE],
    markets: [{ symbol: 'BTC/USDT', priceDecimals: 1 }],
    accounts: [{ ...KEYS, balances: { USDT: '10000', BTC: '1' } }],
    flow: 'off',
  });
  const { bids, asks } = sim.book(VENUE, BTC, { depth: 1 })!;
  low = Math.floor(bids[0]![0] * 0.9);
  high = Math.ceil(asks[0]![0] * 1.1);
});
afterEach(async () => {
  expect(sim.audit()).toEqual([]);
  await sim.close();
});

function redirect<T extends ccxt.Exchange>(exchange: T): T {
  const [spot, futures] = [sim.endpoints('gateio_spot'), sim.endpoints(VENUE)];
  const api = exchange.urls['api'] as unknown as Record<string, Record<string, string> | string>;
  for (const half of ['public', 'private']) {
    const addresses = api[half] as Record<string, string>;
    for (const name of Object.keys(addresses)) addresses[name] = name === 'futures' ? futures.rest : spot.rest;
  }
  api['spot'] = spot.ws;
  (api['futures'] as Record<string, string> | undefined) = { usdt: futures.ws };
  (api['swap'] as Record<string, string> | undefined) = { usdt: futures.ws, btc: futures.ws };
  exchange.options['fetchMarkets'] = { types: ['swap'] };
  exchange.options['swap'] = { fetchMarkets: { settlementCurrencies: ['usdt'] } };
  exchange.options['defaultType'] = 'swap';
  // Its own pacing would only make the test wait.
  exchange.enableRateLimit = false;
  return exchange;
}

const account = () => sim.account(KEYS.apiKey, VENUE);
const position = () => account().positions()[0]!;

describe('ccxt over REST', () => {
  let exchange: ccxt.gate;
  beforeEach(async () => {
    exchange = redirect(new ccxt.gate({ apiKey: KEYS.apiKey, secret: KEYS.secretKey }));
    await exchange.loadMarkets();
  });

  it('reads the contract, book, ticker, candles and funding', async () => {
    const market = exchange.market(BTC);
    expect(market).toMatchObject({ id: 'BTC_USDT', swap: true, linear: true, contractSize: SIZE, settle: 'USDT' });
    const book = await exchange.fetchOrderBook(BTC, 10);
    const truth = sim.book(VENUE, BTC, { depth: 1 })!;
    expect(book.bids[0]![0]).toBe(truth.bids[0]![0]);
    expect(book.bids[0]![1]! * SIZE).toBeCloseTo(truth.bids[0]![1], 9);
    const ticker = await exchange.fetchTicker(BTC);
    const { markPrice, indexPrice, fundingRate, nextFundingAt } = sim.perpetual(VENUE, BTC);
    expect(ticker).toMatchObject({ bid: truth.bids[0]![0], ask: truth.asks[0]![0] });
    const funding = await exchange.fetchFundingRate(BTC);
    expect(funding).toMatchObject({ symbol: BTC, markPrice, indexPrice, fundingRate, fundingTimestamp: nextFundingAt });
    const history = await exchange.fetchFundingRateHistory(BTC, undefined, 5);
    expect(history.map(({ timestamp }) => Math.floor(timestamp! / 28_800_000))).toHaveLength(5);
    const candles = await exchange.fetchOHLCV(BTC, '1m', undefined, 5);
    expect(candles).toHaveLength(5);
    const trades = await exchange.fetchTrades(BTC);
    expect(trades).toEqual([]);
  });

  it('places a limit order, finds it open, and cancels it', async () => {
    const placed = await exchange.createOrder(BTC, 'limit', 'buy', 5, low, { text: 't-ccxt' });
    const open = await exchange.fetchOpenOrders(BTC);
    const fetched = await exchange.fetchOrder(placed.id!, BTC);
    const facts = {
      id: placed.id,
      clientOrderId: 't-ccxt',
      status: 'open',
      side: 'buy',
      amount: 5,
      price: low,
      filled: 0,
    };
    expect([placed, open[0], fetched]).toMatchObject([facts, facts, facts]);
    const balance = await exchange.fetchBalance({ type: 'swap' });
    const { free, locked } = account().balances()['USDT']!;
    expect(balance['USDT']).toMatchObject({ free: Number(free), total: 10_000 });
    // A tenth of the value at the leverage that accounts begin with, and the taker's fee.
    expect(Number(locked)).toBeCloseTo(5 * SIZE * low * (0.1 + 0.0005), 9);
    const canceled = await exchange.cancelOrder(placed.id!, BTC);
    expect(canceled).toMatchObject({ id: placed.id, status: 'canceled', remaining: 5 });
    expect(await exchange.fetchOpenOrders(BTC)).toEqual([]);
  });

  it('sets the leverage, opens a position, reads it, and closes it with an order that only reduces', async () => {
    await exchange.setLeverage(20, BTC, { marginMode: 'isolated' });
    await exchange.createOrder(BTC, 'market', 'buy', 100);
    const [held] = await exchange.fetchPositions([BTC]);
    expect(held).toMatchObject({
      symbol: BTC,
      side: 'long',
      contracts: 100,
      contractSize: SIZE,
      leverage: 20,
      marginMode: 'isolated',
      markPrice: Number(position().markPrice),
    });
    expect(held!.entryPrice).toBeCloseTo(Number(position().entryPrice), 6);
    expect(held!.liquidationPrice).toBeCloseTo(Number(position().liquidationPrice), 6);
    expect(held!.unrealizedPnl).toBeCloseTo(Number(position().unrealisedPnl), 6);
    await exchange.createOrder(BTC, 'market', 'sell', 100, undefined, { reduceOnly: true });
    expect(account().positions()).toEqual([]);
    const trades = await exchange.fetchMyTrades(BTC);
    const truth = account().fills();
    expect(trades.map(({ order, side, price, fee }) => [order, side, price, fee?.cost])).toEqual(
      truth.map((fill) => [fill.orderId, fill.side, Number(fill.price), Number(fill.fee)]),
    );
    const ledger = await exchange.fetchLedger('USDT', undefined, undefined, { type: 'swap' });
    expect(ledger.map(({ type }) => type)).toContain('fee');
  });

  it('adds margin, switches to cross and to two positions, and is told when that is not possible', async () => {
    await exchange.setLeverage(10, BTC, { marginMode: 'isolated' });
    await exchange.createOrder(BTC, 'market', 'sell', 50);
    const before = Number(position().margin);
    await exchange.addMargin(BTC, 7);
    expect(Number(position().margin)).toBeCloseTo(before + 7, 9);
    await expect(exchange.setPositionMode(true)).rejects.toBeInstanceOf(ccxt.ExchangeError);
    await exchange.closePosition(BTC);
    expect(account().positions()).toEqual([]);
    await exchange.setPositionMode(true);
    await exchange.createOrder(BTC, 'market', 'buy', 10);
    await exchange.createOrder(BTC, 'market', 'sell', 20);
    expect(
      account()
        .positions()
        .map(({ positionSide, contracts }) => [positionSide, contracts]),
    ).toEqual([
      ['long', '10'],
      ['short', '20'],
    ]);
  });

  it('places, lists and cancels a trigger order, whose id no JavaScript number holds', async () => {
    await exchange.createOrder(BTC, 'market', 'buy', 10);
    const stop = await exchange.createOrder(BTC, 'market', 'sell', 10, undefined, {
      stopLossPrice: low,
      reduceOnly: true,
    });
    const open = await exchange.fetchOpenOrders(BTC, undefined, undefined, { trigger: true });
    expect(open).toHaveLength(1);
    await exchange.cancelAllOrders(BTC, { trigger: true });
    expect(await exchange.fetchOpenOrders(BTC, undefined, undefined, { trigger: true })).toEqual([]);
    expect(stop.id).toBeDefined();
  });

  it('moves money between spot and futures', async () => {
    await exchange.transfer('USDT', 100, 'spot', 'swap');
    expect([account().balances()['USDT'], sim.account(KEYS.apiKey, 'gateio_spot').balances()['USDT']]).toMatchObject([
      { free: '10100' },
      { free: '9900' },
    ]);
  });

  it('raises its own errors for what the venue refuses', async () => {
    await expect(exchange.createOrder(BTC, 'limit', 'sell', 500_000, high)).rejects.toBeInstanceOf(ccxt.ExchangeError);
    await expect(exchange.fetchOrder('1', BTC)).rejects.toBeInstanceOf(ccxt.OrderNotFound);
    const stranger = redirect(new ccxt.gate({ apiKey: 'nobody', secret: 'nothing' }));
    await expect(stranger.fetchPositions([BTC])).rejects.toBeInstanceOf(ccxt.AuthenticationError);
  });
});

describe('ccxt over WebSocket', () => {
  let exchange: InstanceType<typeof ccxt.pro.gate>;
  beforeEach(async () => {
    exchange = redirect(new ccxt.pro.gate({ apiKey: KEYS.apiKey, secret: KEYS.secretKey, uid: account().userId }));
    // The client asks for this before it opens a socket without TLS.
    await exchange.loadHttpProxyAgent();
    await exchange.loadMarkets();
  });
  afterEach(() => exchange.close());

  it('keeps a book', async () => {
    const first = exchange.watchOrderBook(BTC);
    await subscribed(1);
    await exchange.createOrder(BTC, 'limit', 'buy', 7, low + 0.1);
    const book = await first;
    expect(book.bids[0]![0]).toBe(sim.book(VENUE, BTC, { depth: 1 })!.bids[0]![0]);
  });

  it('watches its orders, trades and positions', async () => {
    const orders = exchange.watchOrders(BTC);
    const trades = exchange.watchMyTrades(BTC);
    await subscribed(2);
    const bought = await exchange.createOrder(BTC, 'market', 'buy', 3);
    expect((await orders).at(-1)).toMatchObject({ id: bought.id, symbol: BTC });
    const [fill] = account().fills();
    expect(await trades).toMatchObject([
      { order: bought.id, side: 'buy', price: Number(fill!.price), amount: 3, takerOrMaker: 'taker' },
    ]);
    const positions = exchange.watchPositions([BTC]);
    await subscribed(4);
    await exchange.createOrder(BTC, 'market', 'buy', 2);
    expect((await positions).at(-1)).toMatchObject({ symbol: BTC, side: 'long', contracts: 5 });
  });

  it('logs in and trades by command', async () => {
    const placed = await exchange.createOrderWs(BTC, 'limit', 'buy', 5, low);
    const edited = await exchange.editOrderWs(placed.id!, BTC, 'limit', 'buy', 4, low);
    const open = await exchange.fetchOpenOrdersWs(BTC);
    const canceled = await exchange.cancelOrderWs(placed.id!, BTC);
    expect([placed, edited, open[0], canceled]).toMatchObject([
      { id: placed.id, amount: 5, status: 'open' },
      { id: placed.id, amount: 4, status: 'open' },
      { id: placed.id, amount: 4, status: 'open' },
      { id: placed.id, amount: 4, status: 'canceled' },
    ]);
  });
});

describe('gateio-api', () => {
  const keys = { apiKey: KEYS.apiKey, apiSecret: KEYS.secretKey };
  const order = () => ({ contract: 'BTC_USDT', size: 5, price: String(low), tif: 'gtc', text: 't-api' }) as const;

  it('places, reads and cancels over REST, and reads account and positions', async () => {
    const client = new RestClient({ ...keys, baseUrl: sim.endpoints(VENUE).rest });
    const placed = await client.submitFuturesOrder({ settle: 'usdt', ...order() });
    expect(placed).toMatchObject({ text: 't-api', status: 'open', size: 5, left: 5 });
    const canceled = await client.cancelFuturesOrder({ settle: 'usdt', order_id: String(placed.id) });
    expect(canceled).toMatchObject({ id: placed.id, status: 'finished', finish_as: 'cancelled' });
    await client.submitFuturesOrder({ settle: 'usdt', contract: 'BTC_USDT', size: -9, price: '0', tif: 'ioc' });
    const read = await client.getFuturesPosition({ settle: 'usdt', contract: 'BTC_USDT' });
    expect(read).toMatchObject({ size: -9, mode: 'single', pos_margin_mode: 'cross' });
    const money = await client.getFuturesAccount({ settle: 'usdt' });
    const { free, locked } = account().balances()['USDT']!;
    expect(Number(money.total)).toBeCloseTo(Number(free) + Number(locked), 9);
  });

  it('gets its orders and positions pushed, and trades by command', async () => {
    const { ws } = sim.endpoints(VENUE);
    const client = new WebsocketClient({ ...keys, wsUrl: ws }, SILENT);
    const rows: Record<string, unknown>[] = [];
    client.on('update', (push: { channel: string; result: Record<string, unknown>[] }) => {
      for (const row of push.result) rows.push({ channel: push.channel, ...row });
    });
    const user = account().userId;
    client.subscribe({ topic: 'futures.orders', payload: [user, '!all'] }, 'perpFuturesUSDTV4');
    client.subscribe({ topic: 'futures.positions', payload: [user, 'BTC_USDT'] }, 'perpFuturesUSDTV4');
    await subscribed(2);
    const api = new WebsocketAPIClient({ ...keys, wsUrl: ws, attachEventListeners: false }, SILENT);
    await api.submitNewFuturesOrder({ contract: 'BTC_USDT', size: 4, price: '0', tif: 'ioc' }, 'perpFuturesUSDTV4');
    await until(() => rows.some(({ channel }) => channel === 'futures.positions'));
    const { orderId } = account().fills()[0]!;
    await until(() => rows.some(({ channel, status }) => channel === 'futures.orders' && status === 'finished'));
    client.closeAll(true);
    api.getWSClient().closeAll(true);
    expect(rows.findLast(({ channel }) => channel === 'futures.orders')).toMatchObject({
      id_string: orderId,
      status: 'finished',
      finish_as: 'filled',
      size: 4,
    });
    expect(rows.findLast(({ channel }) => channel === 'futures.positions')).toMatchObject({ size: 4, mode: 'single' });
  });
});

/** Resolves once it holds; each look waits for what is on its way. */
async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}

/** Resolves once the venue has acknowledged so many subscriptions; nothing else is sent before. */
function subscribed(count: number): Promise<void> {
  return until(() => sim.stats().frames >= count);
}

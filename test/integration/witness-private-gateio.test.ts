import { type Simulator, startSimulator } from '@cex/sdk/simulator';
import * as ccxt from 'ccxt';
import { RestClient, WebsocketAPIClient, WebsocketClient } from 'gateio-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

// Clients that other people wrote for the real venue; only their base addresses are changed.

const VENUE = 'gateio_spot';
const BTC = 'BTC/USDT';
const KEYS = { apiKey: 'witness', secretKey: 'the secret of the witness' };
const SILENT = { trace() {}, info() {}, error() {} };

let sim: Simulator;
/** Far below and above the best prices of a book that stands still. */
let low: number;
let high: number;

beforeEach(async () => {
  sim = await startSimulator({
    seed: 'witness',
    venues: [VENUE],
    markets: [{ symbol: BTC, priceDecimals: 1, quantityDecimals: 6 }],
    accounts: [{ ...KEYS, balances: { USDT: '100000', BTC: '1' } }],
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
  const { rest, ws } = sim.endpoints(VENUE);
  const api = exchange.urls['api'] as unknown as Record<string, Record<string, string> | string>;
  for (const half of ['public', 'private']) {
    const addresses = api[half] as Record<string, string>;
    for (const name of Object.keys(addresses)) addresses[name] = rest;
  }
  api['spot'] = ws;
  exchange.options['fetchMarkets'] = { types: ['spot'] };
  // Its own pacing would only make the test wait.
  exchange.enableRateLimit = false;
  return exchange;
}

/** The truth, as clients print it. */
function balanceOf(asset: string): { free: number; used: number } {
  const { free, locked } = sim.account(KEYS.apiKey, VENUE).balances()[asset]!;
  return { free: Number(free), used: Number(locked) };
}

describe('ccxt over REST', () => {
  let exchange: ccxt.gate;
  beforeEach(async () => {
    exchange = redirect(new ccxt.gate({ apiKey: KEYS.apiKey, secret: KEYS.secretKey }));
    await exchange.loadMarkets();
  });

  it('places a limit order, finds it open, and cancels it', async () => {
    const placed = await exchange.createOrder(BTC, 'limit', 'buy', 0.5, low, { text: 't-ccxt' });
    const open = await exchange.fetchOpenOrders(BTC);
    const fetched = await exchange.fetchOrder(placed.id!, BTC);
    const facts = {
      id: placed.id,
      clientOrderId: 't-ccxt',
      status: 'open',
      side: 'buy',
      amount: 0.5,
      price: low,
      filled: 0,
    };
    expect([placed, open[0], fetched]).toMatchObject([facts, facts, facts]);
    const balance = await exchange.fetchBalance();
    expect(balance['USDT']).toMatchObject(balanceOf('USDT'));
    expect(balanceOf('USDT').used).toBeCloseTo(0.5 * low, 6);
    const canceled = await exchange.cancelOrder(placed.id!, BTC);
    expect(canceled).toMatchObject({ id: placed.id, status: 'canceled', remaining: 0.5 });
    expect(await exchange.fetchOpenOrders(BTC)).toEqual([]);
  });

  it('buys and sells at the market, and reads its trades and balances', async () => {
    const bought = await exchange.createOrder(BTC, 'market', 'buy', 1_000, undefined, {
      createMarketBuyOrderRequiresPrice: false,
    });
    const sold = await exchange.createOrder(BTC, 'market', 'sell', 0.001);
    expect([bought.side, bought.status, sold.side, sold.status, sold.filled]).toEqual([
      'buy',
      'closed',
      'sell',
      'closed',
      0.001,
    ]);
    const trades = await exchange.fetchMyTrades(BTC);
    const truth = sim.account(KEYS.apiKey, VENUE).fills();
    expect(
      trades.map(({ order, side, price, amount, fee }) => [order, side, price, amount, fee?.cost, fee?.currency]),
    ).toEqual(
      truth.map((fill) => [
        fill.orderId,
        fill.side,
        Number(fill.price),
        Number(fill.quantity),
        Number(fill.fee),
        fill.feeAsset,
      ]),
    );
    const balance = await exchange.fetchBalance();
    for (const asset of ['USDT', 'BTC']) expect(balance[asset]).toMatchObject(balanceOf(asset));
  });

  it('raises its own errors for what the venue refuses', async () => {
    await expect(exchange.createOrder(BTC, 'limit', 'sell', 5, high)).rejects.toBeInstanceOf(ccxt.InsufficientFunds);
    await expect(exchange.fetchOrder('1', BTC)).rejects.toBeInstanceOf(ccxt.OrderNotFound);
    const stranger = redirect(new ccxt.gate({ apiKey: 'nobody', secret: 'nothing' }));
    await expect(stranger.fetchOpenOrders(BTC)).rejects.toBeInstanceOf(ccxt.AuthenticationError);
  });
});

describe('ccxt over WebSocket', () => {
  let exchange: InstanceType<typeof ccxt.pro.gate>;
  beforeEach(async () => {
    exchange = redirect(new ccxt.pro.gate({ apiKey: KEYS.apiKey, secret: KEYS.secretKey }));
    // The client asks for this before it opens a socket without TLS.
    await exchange.loadHttpProxyAgent();
    await exchange.loadMarkets();
  });
  afterEach(() => exchange.close());

  it('watches its orders, trades and balances', async () => {
    const orders = exchange.watchOrders(BTC);
    const trades = exchange.watchMyTrades(BTC);
    const balance = exchange.watchBalance();
    await subscribed(3);
    const placed = await exchange.createOrder(BTC, 'limit', 'buy', 0.5, low);
    expect(await orders).toMatchObject([{ id: placed.id, status: 'open', filled: 0, amount: 0.5 }]);
    expect((await balance)['USDT']).toMatchObject(balanceOf('USDT'));
    const ended = exchange.watchOrders(BTC);
    await exchange.cancelOrder(placed.id!, BTC);
    expect(await ended).toMatchObject([{ id: placed.id, status: 'canceled', filled: 0, remaining: 0.5 }]);
    const sold = await exchange.createOrder(BTC, 'market', 'sell', 0.001);
    const [fill] = sim.account(KEYS.apiKey, VENUE).fills();
    expect(await trades).toMatchObject([
      { order: sold.id, side: 'sell', price: Number(fill!.price), amount: 0.001, takerOrMaker: 'taker' },
    ]);
    // Pushes of a balance come one by one; the last of them is the truth.
    await until(() => exchange.balance['USDT']!.free === balanceOf('USDT').free);
    await until(() => exchange.balance['BTC']?.free === balanceOf('BTC').free);
    expect([exchange.balance['USDT'], exchange.balance['BTC']]).toMatchObject([balanceOf('USDT'), balanceOf('BTC')]);
  });

  it('logs in and trades by command, but lists orders by REST only: it refuses to list spot orders by command', async () => {
    const placed = await exchange.createOrderWs(BTC, 'limit', 'buy', 0.5, low);
    const fetched = await exchange.fetchOrderWs(placed.id!, BTC);
    const edited = await exchange.editOrderWs(placed.id!, BTC, 'limit', 'buy', 0.4, low);
    await expect(exchange.fetchOpenOrdersWs(BTC)).rejects.toBeInstanceOf(ccxt.NotSupported);
    const open = await exchange.fetchOpenOrders(BTC);
    const canceled = await exchange.cancelOrderWs(placed.id!, BTC);
    expect([placed, fetched, edited, open[0], canceled]).toMatchObject([
      { id: placed.id, status: 'open', amount: 0.5 },
      { id: placed.id, status: 'open', amount: 0.5 },
      { id: placed.id, status: 'open', amount: 0.4 },
      { id: placed.id, status: 'open', amount: 0.4 },
      { id: placed.id, status: 'canceled', amount: 0.4 },
    ]);
    await expect(exchange.createOrderWs(BTC, 'limit', 'sell', 5, high)).rejects.toBeInstanceOf(ccxt.InsufficientFunds);
  });
});

describe('gateio-api', () => {
  const keys = { apiKey: KEYS.apiKey, apiSecret: KEYS.secretKey };
  const order = () =>
    ({
      text: 't-api',
      currency_pair: 'BTC_USDT',
      type: 'limit',
      account: 'spot',
      side: 'buy',
      amount: '0.5',
      price: String(low),
      time_in_force: 'gtc',
    }) as const;

  it('places, reads and cancels over REST, and reads balances and trades', async () => {
    const client = new RestClient({ ...keys, baseUrl: sim.endpoints(VENUE).rest });
    const placed = await client.submitSpotOrder(order());
    const pair = { currency_pair: 'BTC_USDT' };
    const read = await client.getSpotOrder({ ...pair, order_id: placed.id! });
    expect(read).toEqual(placed);
    expect(placed).toMatchObject({ text: 't-api', status: 'open', amount: '0.5', left: '0.5' });
    const open = await client.getSpotOpenOrders();
    expect(open).toMatchObject([{ ...pair, total: 1, orders: [{ id: placed.id }] }]);
    const canceled = await client.cancelSpotOrder({ ...pair, order_id: placed.id! });
    expect(canceled).toMatchObject({ id: placed.id, status: 'cancelled' });
    await client.submitSpotOrder({
      ...pair,
      type: 'market',
      side: 'sell',
      amount: '0.001',
      time_in_force: 'ioc',
      account: 'spot',
    });
    const trades = await client.getSpotTradingHistory(pair);
    const [fill] = sim.account(KEYS.apiKey, VENUE).fills();
    expect(trades).toMatchObject([{ order_id: fill!.orderId, price: fill!.price, amount: '0.001', fee: fill!.fee }]);
    const accounts = await client.getSpotAccounts();
    const truth = sim.account(KEYS.apiKey, VENUE).balances();
    for (const { currency, available, locked } of accounts) {
      expect({ free: available, locked }).toEqual(truth[currency]);
    }
  });

  it('gets its orders, trades and balances pushed', async () => {
    const client = new WebsocketClient({ ...keys, wsUrl: sim.endpoints(VENUE).ws }, SILENT);
    const rows: Record<string, unknown>[] = [];
    client.on('update', (push: { channel: string; result: Record<string, unknown>[] }) => {
      for (const row of push.result) rows.push({ channel: push.channel, ...row });
    });
    client.subscribe({ topic: 'spot.orders', payload: ['BTC_USDT'] }, 'spotV4');
    client.subscribe({ topic: 'spot.usertrades', payload: ['!all'] }, 'spotV4');
    client.subscribe('spot.balances', 'spotV4');
    await subscribed(3);
    const rest = new RestClient({ ...keys, baseUrl: sim.endpoints(VENUE).rest });
    const sold = await rest.submitSpotOrder({ ...order(), side: 'sell', amount: '0.001' });
    const of = (channel: string) => rows.filter((row) => row['channel'] === channel);
    await until(
      async () => of('spot.orders').some((row) => row['event'] === 'finish') && of('spot.balances').length >= 4,
    );
    client.closeAll(true);
    const [fill] = sim.account(KEYS.apiKey, VENUE).fills();
    expect(of('spot.orders').at(-1)).toMatchObject({ id: sold.id, event: 'finish', finish_as: 'filled', left: '0' });
    expect(of('spot.usertrades')).toMatchObject([
      { order_id: sold.id, price: fill!.price, fee: fill!.fee, role: 'taker' },
    ]);
    const truth = sim.account(KEYS.apiKey, VENUE).balances();
    for (const currency of ['USDT', 'BTC']) {
      const { available, freeze } = of('spot.balances').findLast((row) => row['currency'] === currency)!;
      expect({ free: available, locked: freeze }).toEqual(truth[currency]);
    }
  });

  it('logs in and trades by command, though it takes the echo of an order for its answer', async () => {
    const options = { ...keys, wsUrl: sim.endpoints(VENUE).ws, attachEventListeners: false };
    const client = new WebsocketAPIClient(options, SILENT);
    const answers: { ack?: boolean; header: { channel: string }; data: unknown }[] = [];
    for (const event of ['response', 'exception'] as const) {
      client.getWSClient().on(event, (answer) => void answers.push(answer));
    }
    const placings = () => answers.filter(({ ack, header }) => !ack && header?.channel === 'spot.order_place');
    expect(await client.submitNewSpotOrder(order())).toMatchObject({ ack: true });
    await until(() => placings().length === 1);
    const id = resultOf(placings()[0])['id'] as string;
    const named = { order_id: id, currency_pair: 'BTC_USDT' };
    const amended = await client.updateSpotOrder({ ...named, price: String(low + 1) });
    const read = await client.getSpotOrderStatus(named);
    const canceled = await client.cancelSpotOrder(named);
    expect([placings()[0], amended, read, canceled].map(resultOf)).toMatchObject([
      { id, status: 'open', text: 't-api', price: String(low) },
      { id, status: 'open', price: String(low + 1) },
      { id, status: 'open', price: String(low + 1) },
      { id, status: 'cancelled' },
    ]);
    await client.submitNewSpotOrder({ ...order(), amount: '2' });
    await until(() => placings().length === 2);
    expect(placings()[1]).toMatchObject({ data: { errs: { label: 'BALANCE_NOT_ENOUGH' } } });
    client.getWSClient().closeAll(true);
  });
});

function resultOf(answer: unknown): Record<string, unknown> {
  return (answer as { data: { result: Record<string, unknown> } }).data.result;
}

/** Resolves once it holds; each look waits for what is on its way. */
async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}

/** Resolves once the venue has acknowledged so many subscriptions; nothing else is sent before. */
function subscribed(count: number): Promise<void> {
  return until(() => sim.stats().frames >= count);
}

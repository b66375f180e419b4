import { fork } from 'node:child_process';
import { RestClient } from 'gateio-api';
import type { Venue } from '../../src/adapter/venue.js';
import { createPrivateExchange } from '../../src/exchange/account/create-private-exchange.js';
import { gateioSpot } from '../../src/venues/gateio/spot/venue.js';
import { mexcSpot } from '../../src/venues/mexc/spot/venue.js';
import { CCXT, createCcxt } from '../contenders/ccxt.js';
import { inFlight } from '../contenders/in-flight.js';
import { directEnvironment, nextMessage } from '../measure/processes.js';
import { atLeast, judge, type Result } from '../measure/result.js';
import { compare, describe, processorTime, samplesOf } from '../measure/rounds.js';
import { ratios } from '../measure/samples.js';
import type { Effort, Suite } from '../measure/suite.js';

const ORDERS = 1_000;
const PASSES_OF_ONE_CLIENT = 8;
const KEYS = { apiKey: 'key-of-the-bench', secretKey: 'secret-of-the-bench' };
const MARKET = { id: 'BTCUSDT', symbol: 'BTC/USDT', base: 'BTC', quote: 'USDT' } as const;

/**
 * Signed limit orders over loopback, 16 in flight: from the call to the order that the venue has taken. Counted is the
 * processor time of the client process, so the ratio is that of orders per second of one core.
 */
export const orders: Suite = {
  ids: ['rest.orders'],
  async run(effort) {
    const server = fork('node_modules/.cache/cex-bench/order-server.mjs', { env: directEnvironment() });
    const { port } = await nextMessage<{ port: number }>(server);
    const origin = `http://127.0.0.1:${port}`;
    const results = [...(await raceMexc(origin, effort)), ...(await raceGate(origin, effort))];
    server.disconnect();
    return results;
  },
};

type PlaceOne = () => Promise<{ readonly id: unknown }>;

async function raceMexc(origin: string, effort: Effort): Promise<Result[]> {
  const ccxt = await createTrader('mexc', MARKET.id);
  ccxt.urls.api = { ...ccxt.urls.api, spot: { public: origin, private: origin } };
  const ours = openOurs(mexcSpot, origin);
  const results = await race('mexc', ours, { ccxt: () => placeByCcxt(ccxt) }, effort);
  await Promise.all([ours.close(), ccxt.close()]);
  return results;
}

async function raceGate(origin: string, effort: Effort): Promise<Result[]> {
  const ccxt = await createTrader('gate', 'BTC_USDT');
  ccxt.options['unifiedAccount'] = false;
  ccxt.urls.api = { ...ccxt.urls.api, private: { spot: `${origin}/api/v4` } };
  const ours = openOurs(gateioSpot, `${origin}/api/v4`);
  const { apiKey, secretKey: apiSecret } = KEYS;
  const client = new RestClient({ apiKey, apiSecret, baseUrl: origin });
  const byGateioApi: PlaceOne = () =>
    client.submitSpotOrder({
      currency_pair: 'BTC_USDT',
      type: 'limit',
      side: 'buy',
      amount: '0.001',
      price: '20000',
      time_in_force: 'gtc',
    }) as Promise<{ id: unknown }>;
  const peers = { ccxt: () => placeByCcxt(ccxt), 'gateio-api': byGateioApi };
  const results = await race('gate', ours, peers, effort);
  await Promise.all([ours.close(), ccxt.close()]);
  return results;
}

async function race(
  venue: string,
  ours: OwnTrader,
  peers: Readonly<Record<string, PlaceOne>>,
  effort: Effort,
): Promise<Result[]> {
  const calls = { ours: ours.place, ...peers };
  for (const [name, call] of Object.entries(calls)) {
    const { id } = await call();
    if (!/^\d+$/.test(String(id))) throw new Error(`${name} at ${venue}: no order but ${String(id)}`);
  }
  const contenders = [
    { ...inFlight('ours', ORDERS, ours.place), prepare: ours.prepare },
    ...Object.entries(peers).map(([name, call]) => inFlight(name, ORDERS, call)),
  ];
  const timings = await compare(contenders, {
    rounds: effort.quick ? 7 : 25,
    units: ORDERS,
    passes: 1,
    warmUpMs: 3_000,
    meter: processorTime,
  });
  const own = samplesOf(timings, 'ours');
  const line = (peer: string, goal: number, baseline: string): Result =>
    judge({
      id: `rest.orders/${venue}/${peer}`,
      samples: ratios(samplesOf(timings, peer), own),
      unit: '×',
      goal: atLeast(goal),
      baseline,
      detail: describe(timings),
    });
  const results = [line('ccxt', 4.5, `${CCXT}: createOrder without its rate limiter; it keeps no record of orders`)];
  if (timings.has('gateio-api')) results.push(line('gateio-api', 5.5, 'gateio-api: submitSpotOrder'));
  return results;
}

interface OwnTrader {
  readonly place: PlaceOne;
  /** Begins anew before there are more live orders than a client takes. */
  prepare(): Promise<void>;
  close(): Promise<void>;
}

/** With everything that belongs to an order here: rules, record of the intent, tracker. */
function openOurs(venue: Venue, rest: string): OwnTrader {
  const limits = Object.fromEntries(
    Object.entries(venue.limits).map(([name, bucket]) => [name, { ...bucket, capacity: 1e9, cancelReserve: 0 }]),
  );
  const order = { symbol: MARKET.symbol, side: 'buy', quantity: '0.001', price: '20000' } as const;
  const open = () => createPrivateExchange({ ...venue, limits }, { credentials: KEYS, endpoints: { rest } });
  let exchange = open();
  let passes = 0;
  const place: PlaceOne = async () => ({ id: (await exchange.placeLimitOrder(order)).orderId });
  return {
    place,
    async prepare() {
      if (++passes % PASSES_OF_ONE_CLIENT !== 0) return;
      await exchange.close();
      exchange = open();
      // Its connections are opened here, as those of the others were long ago.
      await Promise.all(Array.from({ length: 16 }, place));
    },
    close: () => exchange.close(),
  };
}

interface Trader extends Awaited<ReturnType<typeof createCcxt>> {
  apiKey: string;
  secret: string;
  markets: Record<string, Record<string, unknown>>;
  createOrder(symbol: string, type: string, side: string, amount: number, price: number): Promise<{ id: string }>;
}

async function createTrader(name: 'mexc' | 'gate', id: string): Promise<Trader> {
  const ccxt = (await createCcxt(name, [{ ...MARKET, id }])) as Trader;
  Object.assign(ccxt.markets[MARKET.symbol] ?? {}, { precision: { amount: 0.000001, price: 0.01 } });
  return Object.assign(ccxt, { apiKey: KEYS.apiKey, secret: KEYS.secretKey });
}

const placeByCcxt = (ccxt: Trader): Promise<{ id: string }> =>
  ccxt.createOrder(MARKET.symbol, 'limit', 'buy', 0.001, 20_000);

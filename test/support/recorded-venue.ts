import type { DecodeContext, Endpoint } from '../../src/adapter/endpoint.js';
import type { Venue } from '../../src/adapter/venue.js';
import {
  createPrivateExchange,
  createPublicExchange,
  isExchangeError,
  type MarketSymbol,
  type PrivateExchange,
  type PublicExchange,
  venues,
} from '../../src/index.js';
import type { SimulatedVenueId } from '../../src/simulator/profiles.js';
import { startSimulator } from '../../src/simulator/start-simulator.js';
import type { Runtime } from '../../src/transport/runtime.js';
import { damageAnswers } from './damage-answers.js';
import { runOn } from './run-on.js';
import { VENUES, type VenueUnderTest } from './venues-under-test.js';

const KEYS = { apiKey: 'mx0recorded', secretKey: 'a-secret-of-the-recorded' };
/** So many of one endpoint: they differ by what was asked. */
const EACH = 4;
/** So many of one socket; one of each kind is among them. */
const FRAMES = 400;
/** Besides the one that is chosen where nothing is asked for. */
const OTHER_FEEDS = ['obu', 'order_book', 'depth.full'];
const STREAMS_MS = 8_000;

/** What a venue answered to one call, and how it is read. */
export interface Reply {
  readonly venue: Venue;
  /** `POST /api/v3/order`. */
  readonly name: string;
  readonly endpoint: Endpoint<unknown, unknown>;
  readonly params: unknown;
  readonly context: DecodeContext;
  readonly body: string;
}

/** All that a simulated venue said to a public and a private client that asked for everything. */
export interface RecordedVenue {
  readonly id: SimulatedVenueId;
  readonly symbol: MarketSymbol;
  readonly replies: readonly Reply[];
  /** By socket: market data, the account, orders. */
  readonly frames: Readonly<Record<'market' | 'account' | 'orders', readonly Uint8Array[]>>;
}

export const RECORDED: readonly SimulatedVenueId[] = VENUES.map(({ id }) => id);

/** The same on every run. */
export async function recordVenue(id: SimulatedVenueId): Promise<RecordedVenue> {
  const market = VENUES.find((one) => one.id === id) as VenueUnderTest;
  await venues[id].streams.loadCodec();
  await venues[id].private?.streams.loadCodec(KEYS);
  const sim = await startSimulator({
    clock: 'virtual',
    seed: 20_261_128,
    venues: [id],
    markets: market.markets,
    flow: { eventsPerSecond: 20, levels: 12, dislocationsPerMinute: 0 },
    accounts: [{ ...KEYS, balances: { USDT: '1000000', BTC: '1000', ETH: '1000' } }],
  });
  const recorder = new Recorder(venues[id]);
  const runtime = recorder.listen(sim.runtime());
  const run = runOn(sim.clock);
  const attempt: Attempt = async (promise) => {
    try {
      return promise === undefined ? undefined : await run(promise);
    } catch (error) {
      // What this venue has not got, or does not allow here, is not recorded.
      if (!isExchangeError(error)) throw error;
      return undefined;
    }
  };
  const price = () => sim.book(id, market.symbol)?.bids[0]?.[0] ?? 1;
  const open = createPublicExchange(recorder.venue, { runtime });
  const own = createPrivateExchange(recorder.venue, { runtime, credentials: KEYS });
  await askForMarket(open, market.symbol, attempt);
  await askForAccount(own, market, attempt, price);
  const more = OTHER_FEEDS.map((feed) => ({ feed, exchange: createPublicExchange(recorder.venue, { runtime }) }));
  const watched = [...watchMarket(open, market.symbol), ...watchAccount(own)];
  // A feed that this venue has not got is refused at once.
  for (const { feed, exchange } of more)
    await attempt((async () => exchange.watchOrderBook(market.symbol, { feed }).ready)());
  for (const ready of watched) await attempt(ready);
  await askForAccount(own, market, attempt, price);
  await sim.clock.advance(STREAMS_MS);
  await run(Promise.all([open, own, ...more.map(({ exchange }) => exchange)].map((one) => one.close())));
  await sim.close();
  return { id, symbol: market.symbol, replies: recorder.replies, frames: recorder.frames };
}

type Attempt = <T>(promise: Promise<T> | undefined) => Promise<T | undefined>;

async function askForMarket(open: PublicExchange, symbol: MarketSymbol, attempt: Attempt): Promise<void> {
  const { funding } = open;
  await attempt(open.getServerTime());
  await attempt(open.getInstruments());
  await attempt(open.getOrderBook(symbol, { depth: 10 }));
  await attempt(open.getBookTicker(symbol));
  await attempt(open.getTicker(symbol));
  await attempt(open.getTickers());
  await attempt(open.getRecentTrades(symbol, { limit: 5 }));
  await attempt(open.getCandles(symbol, '1m', { limit: 5 }));
  await attempt(funding?.getFundingRate(symbol));
  await attempt(funding?.getFundingRateHistory(symbol, { limit: 3 }));
  await attempt(funding?.getMarkPrice(symbol));
  await attempt(funding?.getIndexPrice(symbol));
  await attempt(funding?.getOpenInterest(symbol));
}

async function askForAccount(
  own: PrivateExchange,
  { symbol, isPerpetual }: VenueUnderTest,
  attempt: Attempt,
  price: () => number,
): Promise<void> {
  const isInverse = symbol.endsWith(':BTC');
  const size = (times: number) =>
    isInverse ? { quoteQuantity: String(100 * times) } : { quantity: (times / 100).toFixed(2) };
  const limit = (side: 'buy' | 'sell', factor: number, times: number) =>
    ({ symbol, side, price: price() * factor, rounding: 'down', ...size(times) }) as const;
  const { positions, triggers, wallet, amend, deadManSwitch } = own;
  await attempt(positions?.setPositionMode('one_way'));
  await attempt(positions?.setLeverage({ symbol, leverage: 5, marginMode: 'isolated' }));
  const resting = await attempt(own.placeLimitOrder(limit('buy', 0.9, 3)));
  await attempt(own.getOpenOrders(symbol));
  await attempt(own.getOpenOrders());
  const named = await attempt(own.placeLimitOrder({ ...limit('sell', 1.1, 2), postOnly: true }));
  await attempt(own.placeLimitOrder(limit('buy', 1.01, 1)));
  await attempt(
    own.placeMarketOrder({
      symbol,
      side: 'buy',
      ...(isPerpetual ? size(1) : { quoteQuantity: '100' }),
    }),
  );
  await attempt(own.getOrderHistory(symbol));
  await attempt(own.getFills(symbol));
  const many = [limit('buy', 0.8, 1), limit('sell', 1.2, 1)];
  await attempt(own.placeOrders(many.map((one) => ({ ...one, type: 'limit' }))));
  await attempt(own.placeLimitOrder({ ...limit('buy', 0.75, 2), via: 'ws' }));
  await attempt(own.getOpenOrders(symbol));
  await attempt(own.getOpenOrders());
  if (resting?.orderId !== undefined) {
    const ref = { symbol, orderId: resting.orderId };
    await attempt(own.getOrder(ref));
    await attempt(amend?.amendOrder({ ...ref, price: Math.floor(price() * 0.85) }));
    await attempt(own.cancelOrder(ref));
  }
  if (named?.clientOrderId !== undefined) {
    const ref = { symbol, clientOrderId: named.clientOrderId };
    await attempt(own.getOrder(ref));
    await attempt(own.cancelOrder(ref));
  }
  await attempt(own.getBalances());
  await attempt(own.getTradingFees(symbol));
  await attempt(positions?.getPositions());
  await attempt(positions?.getRiskLimits(symbol));
  await attempt(positions?.getFundingPayments(symbol));
  await attempt(
    triggers?.placeTriggerOrder({
      symbol,
      side: 'sell',
      triggerPrice: Math.floor(price() * 0.8),
      triggerBy: 'last',
      reduceOnly: true,
      ...size(1),
    } as never),
  );
  await attempt(triggers?.getTriggerOrders({ symbol } as never));
  await attempt(wallet?.getCurrencies());
  await attempt(wallet?.getDepositAddress('USDT'));
  await attempt(wallet?.getDeposits());
  await attempt(wallet?.getWithdrawals());
  await attempt(deadManSwitch?.arm(60_000));
  await attempt(deadManSwitch?.disarm());
  await attempt(own.cancelAllOrders(symbol));
}

function watchMarket(open: PublicExchange, symbol: MarketSymbol): Promise<void>[] {
  const { funding } = open;
  const ignore = (): void => undefined;
  return [
    open.watchOrderBook(symbol),
    open.watchBookTicker(symbol, ignore),
    open.watchTrades(symbol, ignore),
    open.watchTicker(symbol, ignore),
    open.watchCandles(symbol, '1m', ignore),
    ...(funding === undefined
      ? []
      : [funding.watchFundingRate(symbol, ignore), funding.watchMarkPrice(symbol, ignore)]),
  ].map(({ ready }) => ready);
}

function watchAccount(own: PrivateExchange): Promise<void>[] {
  const ignore = (): void => undefined;
  const { positions } = own;
  return [
    own.watchOrders(ignore),
    own.watchFills(ignore),
    own.watchBalances(ignore),
    ...(positions === undefined ? [] : [positions.watchPositions(ignore)]),
  ].map(({ ready }) => ready);
}

/** Notes what comes in at a venue's edge. */
class Recorder {
  readonly venue: Venue;
  readonly replies: Reply[] = [];
  readonly frames: Record<'market' | 'account' | 'orders', Uint8Array[]> = { market: [], account: [], orders: [] };
  readonly #counts = new Map<string, number>();
  #last = '';

  constructor(venue: Venue) {
    this.venue = this.#tap(venue, venue) as Venue;
  }

  listen(runtime: Runtime): Runtime {
    const kept = damageAnswers(runtime, (body) => {
      this.#last = body;
      return undefined;
    });
    return {
      ...kept,
      openSocket: (request, handler, signal) => {
        const message: typeof handler.message = (data, at) => {
          this.#keep(typeof data === 'string' ? Buffer.from(data) : Uint8Array.from(data));
          handler.message(data, at);
        };
        return runtime.openSocket(request, { ...handler, message }, signal);
      },
    };
  }

  /** What is of the account says so. */
  #keep(frame: Uint8Array): void {
    const text = Buffer.from(frame).toString('latin1');
    const isOrders = text.includes('request_id');
    const isAccount = /private|personal|\b(?:spot|futures)\.(?:orders|usertrades|balances|positions)"/.test(text);
    const list = this.frames[isOrders ? 'orders' : isAccount ? 'account' : 'market'];
    if (list.length < FRAMES) list.push(frame);
  }

  /** The same value, its endpoints watched. */
  #tap(value: unknown, venue: Venue): unknown {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Map) return value;
    if (isEndpoint(value)) return this.#tapEndpoint(value, venue);
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.#tap(inner, venue)]));
  }

  #tapEndpoint(endpoint: Endpoint<unknown, unknown>, venue: Venue): Endpoint<unknown, unknown> {
    const name = `${endpoint.method} ${endpoint.path}`;
    return {
      ...endpoint,
      decode: (json, params, context) => {
        const count = this.#counts.get(name) ?? 0;
        const isEmpty = this.#last.length < 3;
        if (!isEmpty) this.#counts.set(name, count + 1);
        if (!isEmpty && count < EACH) this.replies.push({ venue, name, endpoint, params, context, body: this.#last });
        return endpoint.decode(json, params, context);
      },
    };
  }
}

function isEndpoint(value: object): value is Endpoint<unknown, unknown> {
  return 'decode' in value && 'encode' in value && 'path' in value && 'cost' in value;
}

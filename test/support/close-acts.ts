import type { LiveOrderBook, MarketSymbol, PrivateExchange, PublicExchange, Subscription } from '../../src/index.js';
import type { Simulator } from '../../src/simulator/index.js';
import type { SimulatedVenueId } from '../../src/simulator/profiles.js';
import type { SeededRandom } from '../../src/transport/seeded-random.js';

/** What one client has under way. */
export interface Underway {
  readonly books: LiveOrderBook[];
  readonly subscriptions: Subscription<unknown>[];
  /** Everything that is awaited, by what it is. */
  readonly calls: Call[];
  /** Calls of handlers so far. */
  heard: number;
}

/** Something that is awaited. */
export interface Call {
  readonly what: string;
  /** Of an order that is placed. */
  readonly clientOrderId: string | undefined;
  /** Monotonic ms. */
  readonly begunAt: number;
  isOver: boolean;
  error?: unknown;
}

export interface Scene {
  readonly sim: Simulator;
  readonly venue: SimulatedVenueId;
  readonly symbols: readonly MarketSymbol[];
  readonly random: SeededRandom;
  readonly underway: Underway;
  name(): string;
}

/** One thing that a consumer of market data does. */
export function actInPublic(exchange: PublicExchange, scene: Scene): void {
  const { random, underway, venue } = scene;
  const symbol = random.pick(scene.symbols);
  const count = (): void => void underway.heard++;
  const acts: readonly (() => void)[] = [
    () => watchBook(exchange, symbol, scene),
    () => watchBook(exchange, symbol, scene),
    () => watch(exchange.watchTrades(symbol, count), scene),
    () => iterate(exchange.watchTrades(symbol), scene),
    () => watch(exchange.watchBookTicker(symbol, count), scene),
    () => watch(exchange.watchTicker(symbol, count), scene),
    () => watch(exchange.watchCandles(symbol, '1m', count), scene),
    () => call('reading', exchange.getOrderBook(symbol), scene),
    () => call('reading', exchange.getCandles(symbol, '1m', { limit: 1_200 }), scene),
    () => call('reading', exchange.ping(), scene),
    () => call('instruments', exchange.getInstruments({ refresh: random.chance(0.5) }), scene),
    () => call('warming', exchange.warm(), scene),
    () => call('health', exchange.health(), scene),
    () => {
      if (exchange.funding !== undefined) watch(exchange.funding.watchMarkPrice(symbol, count), scene);
    },
    () => void (venue.startsWith('gateio') && call('reading', exchange.getTickers(), scene)),
  ];
  random.pick(acts)();
}

/** One thing that a trader does. */
export function actInPrivate(exchange: PrivateExchange, scene: Scene): void {
  const { random, underway } = scene;
  const symbol = random.pick(scene.symbols);
  const count = (): void => void underway.heard++;
  const acts: readonly (() => void)[] = [
    () => place(exchange, symbol, scene),
    () => place(exchange, symbol, scene),
    () => place(exchange, symbol, scene),
    () => watch(exchange.watchOrders(count), scene),
    () => watch(exchange.watchBalances(count), scene),
    () => iterate(exchange.watchFills(), scene),
    () => call('canceling', exchange.cancelAllOrders(symbol), scene),
    () => call('reading', exchange.getOpenOrders(symbol), scene),
    () => call('reading', exchange.getFills(symbol), scene),
    () => call('reading', exchange.getBalances(), scene),
    () => call('warming', exchange.warm(), scene),
    () => {
      const { positions } = exchange;
      if (positions === undefined) return;
      watch(positions.watchPositions(count), scene);
      call('reading', positions.getPositions(), scene);
    },
    () => {
      const { deadManSwitch } = exchange;
      if (deadManSwitch !== undefined) call('arming', deadManSwitch.arm(60_000), scene);
    },
  ];
  random.pick(acts)();
}

/** Something goes wrong at the venue or on the way. */
export function strike({ sim: { faults }, venue, random }: Scene): void {
  const forMs = random.int(20_000);
  const strikes: readonly (() => void)[] = [
    () => faults.cut(venue),
    () => faults.cut(venue),
    () => faults.halfOpen(venue),
    () => faults.refuseConnections(venue, 1 + random.int(20)),
    () => faults.loseRequest(venue, random.pick(['', 'GET ', 'POST ', 'DELETE ', 'WS ']), { forMs }),
    () => faults.timeoutHttp(venue, random.pick(['', 'POST ', 'WS ']), { times: 1 + random.int(3) }),
    () => faults.delayHttp(venue, random.pick(['', 'GET ', 'POST ']), { delayMs: random.int(8_000), times: 3 }),
    () => faults.respond(venue, random.pick(['', 'POST ']), { status: 503, times: 1 + random.int(5) }),
    () => faults.limitRequests(venue, { forMs: forMs / 4 }),
    () => faults.maintenance(venue, { forMs: forMs / 4 }),
    () => faults.ban(venue, { forMs: forMs / 10 }),
    () => faults.mute(venue, '', { forMs }),
    () => faults.corrupt(venue, { times: 1 + random.int(5) }),
    () => faults.drop(venue, { times: 1 + random.int(20) }),
    () => faults.expireListenKeys(venue),
    () => faults.skewClock(venue, random.pick([-90_000, 90_000])),
  ];
  random.pick(strikes)();
}

function watchBook(exchange: PublicExchange, symbol: MarketSymbol, scene: Scene): void {
  const { underway, random, venue } = scene;
  const feeds = venue.startsWith('gateio') ? [{ feed: 'order_book_update' }, { feed: 'obu' }] : [{}];
  const book = exchange.watchOrderBook(symbol, random.pick(feeds));
  book.on('update', () => void underway.heard++);
  underway.books.push(book);
  call('book', book.ready, scene);
}

function watch(subscription: Subscription<unknown>, scene: Scene): void {
  scene.underway.subscriptions.push(subscription);
  call('subscription', subscription.ready, scene);
}

function iterate(subscription: Subscription<unknown>, scene: Scene): void {
  watch(subscription, scene);
  const read = async (): Promise<void> => {
    for await (const _ of subscription) scene.underway.heard++;
  };
  call('iterating', read(), scene);
}

function place(exchange: PrivateExchange, symbol: MarketSymbol, scene: Scene): void {
  const { sim, venue, random, name } = scene;
  const price = sim.book(venue, symbol)?.bids[0]?.[0] ?? 1;
  const clientOrderId = venue.startsWith('gateio') ? `t-${name()}` : name();
  const via = venue.startsWith('gateio') && random.chance(0.4) ? 'ws' : 'rest';
  const result = exchange.placeLimitOrder({
    symbol,
    side: 'buy',
    // Contracts of BTC/USD:BTC are worth one of quote asset.
    ...(symbol === 'BTC/USD:BTC' ? { quoteQuantity: '100' } : { quantity: '100' }),
    price: price * random.pick([0.95, 1.01]),
    rounding: 'down',
    clientOrderId,
    via,
    // Accounts there begin in hedge mode.
    ...(venue === 'mexc_futures' ? { positionSide: 'long' as const } : {}),
  });
  call(`placing ${via}`, result, scene, clientOrderId);
}

function call(what: string, result: Promise<unknown>, { sim, underway }: Scene, clientOrderId?: string): void {
  const one: Call = { what, clientOrderId, begunAt: sim.clock.monotonic(), isOver: false };
  underway.calls.push(one);
  const end = (error?: unknown): void => {
    one.isOver = true;
    one.error = error;
  };
  result.then(() => end(), end);
}

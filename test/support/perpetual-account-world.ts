import type { Venue } from '../../src/adapter/venue.js';
import {
  createPrivateExchange,
  type ExchangeError,
  type Fill,
  isExchangeError,
  type MarketSymbol,
  type Order,
  type PlaceOrderInput,
  type Position,
  type PrivateExchange,
  venues,
} from '../../src/index.js';
import { type Simulator, startSimulator } from '../../src/simulator/index.js';
import { createSeededRandom, type SeededRandom } from '../../src/transport/seeded-random.js';
import type { VirtualClock } from '../../src/transport/virtual-clock.js';
import type { WorldResult } from './many-worlds.js';

/** Whose perpetuals, linear or inverse, are traded in how large orders; frames and calls that faults act on. */
const VENUES = {
  mexc_futures: {
    symbols: ['BTC/USDT:USDT', 'BTC/USD:BTC'],
    frames: 'personal',
    place: 'POST /api/v1/private/order/create',
  },
  gateio_futures: { symbols: ['BTC/USDT:USDT'], frames: 'futures.', place: 'POST /api/v4/futures/usdt/orders' },
  gateio_futures_btc: { symbols: ['BTC/USD:BTC'], frames: 'futures.', place: 'POST /api/v4/futures/btc/orders' },
} as const;
type AccountVenue = keyof typeof VENUES;
export const ACCOUNT_VENUES = Object.keys(VENUES) as readonly AccountVenue[];
const KEYS = { apiKey: 'mx0perpetuals', secretKey: 'a-secret-of-the-perpetuals' };
const ROUNDS = 15;
const FRAME_KINDS = ['drop', 'duplicate', 'reorder', 'delay', 'corrupt'] as const;
/** Whatever is under way ends before this, ms. */
const PATIENCE_MS = 300_000;
/** Streams come back, and lists are compared, within this, ms. */
const SETTLING_MS = 120_000;

/** Mistakes that the worlds must find. */
export const ACCOUNT_SABOTAGES = ['missed positions are never read', 'every push of a fill counts'] as const;
type AccountSabotage = (typeof ACCOUNT_SABOTAGES)[number];

export interface AccountWorldOptions {
  /** Default: drawn. */
  readonly venue?: AccountVenue;
  readonly mistake?: AccountSabotage;
}

/** Loads what the codecs import: the virtual clock does not wait for it. Call once before the first world. */
export async function prepareWorlds(): Promise<void> {
  for (const venue of ACCOUNT_VENUES) await venues[venue].private?.streams.loadCodec(KEYS);
}

/**
 * An account in perpetuals, linear or inverse, in either position mode, that opens, reduces and closes while private frames
 * and answers get lost. In the end what the streams told of fills, orders and positions is what the venue has.
 */
export async function runWorld(seed: string, options: AccountWorldOptions = {}): Promise<WorldResult> {
  const random = createSeededRandom(seed).fork('account');
  const { mistake, venue = createSeededRandom(seed).fork('venue').pick(ACCOUNT_VENUES) } = options;
  const [first, second = first] = VENUES[venue].symbols;
  const symbol: MarketSymbol = random.chance(0.4) ? second : first;
  const isInverse = symbol.endsWith(':BTC');
  const isHedge = random.chance(0.5);
  const sim = await startSimulator({
    clock: 'virtual',
    seed,
    venues: [venue],
    markets: [{ symbol: isInverse ? symbol : 'BTC/USDT', startPrice: 90_000 }],
    flow: { eventsPerSecond: 20 },
    accounts: [{ ...KEYS, balances: { USDT: '1000000', BTC: '100' } }],
  });
  const run = <T>(promise: Promise<T>): Promise<T> => settle(sim.clock, promise);
  const exchange = createPrivateExchange(sabotaged(venues[venue], mistake), {
    credentials: KEYS,
    runtime: sim.runtime(),
    timeoutMs: 3_000,
    recvWindowMs: 2_000,
    resolveWithinMs: 60_000,
  });
  const told = listen(exchange);
  await run(told.ready);
  await run(facet(exchange).setPositionMode(isHedge ? 'hedge' : 'one_way'));
  for (let round = 0; round < ROUNDS; round++) {
    disturb(sim, venue, random);
    await run(act(exchange, symbol, isHedge, random)).catch(mustBeOurs);
    await sim.clock.advance(random.int(1_500));
  }
  sim.faults.clear();
  await sim.clock.advance(SETTLING_MS);
  const truth = sim.account(KEYS.apiKey, venue);
  const failures = [
    ...compareFills(told.fills, truth.fills()),
    ...compareOrders(told.orders, truth.orders()),
    ...compareText('positions', show([...told.positions.values()]), show(truth.positions())),
  ];
  const [count, orders, faults] = [truth.fills().length, truth.orders().length, sim.faults.counts()];
  await run(exchange.close());
  failures.push(...sim.audit().map((found) => `the ledger: ${JSON.stringify(found)}`));
  await sim.close();
  return { seed, sort: venue, count, checks: count + orders, faults, trace: sim.trace(), failures };
}

function listen(exchange: PrivateExchange) {
  const fills: Fill[] = [];
  const orders = new Map<string, Order>();
  const positions = new Map<string, Position>();
  const subscriptions = [
    exchange.watchFills((fill) => void fills.push(fill)),
    exchange.watchOrders((order) => void (order.orderId && orders.set(order.orderId, order))),
    facet(exchange).watchPositions((position) => {
      positions.set(position.mode === 'hedge' ? position.side : 'only', position);
    }),
  ];
  return { fills, orders, positions, ready: Promise.all(subscriptions.map(({ ready }) => ready)) };
}

function disturb({ faults }: Simulator, venue: AccountVenue, random: SeededRandom): void {
  const { frames, place } = VENUES[venue];
  if (random.chance(0.4)) faults[random.pick(FRAME_KINDS)](venue, { topic: frames, times: 1 + random.int(3) });
  if (random.chance(0.1)) faults.cut(venue);
  if (random.chance(0.05)) faults.halfOpen(venue);
  if (random.chance(0.1)) faults.timeoutHttp(venue, place);
}

/** One thing that a trader does; what the venue refuses is refused. */
async function act(
  exchange: PrivateExchange,
  symbol: MarketSymbol,
  isHedge: boolean,
  random: SeededRandom,
): Promise<void> {
  const contracts = 1 + random.int(20);
  const size = symbol.endsWith(':BTC') ? { quoteQuantity: `${contracts}00` } : { quantity: `${contracts / 1_000}` };
  const side = random.pick(['buy', 'sell'] as const);
  const positionSide = random.pick(['long', 'short'] as const);
  const order: PlaceOrderInput = {
    symbol,
    type: 'market',
    side,
    ...size,
    ...(isHedge ? { positionSide } : {}),
    reduceOnly: isHedge ? (side === 'sell') === (positionSide === 'long') : random.chance(0.3),
  };
  const what = random.int(6);
  if (what < 4) return void (await exchange.placeOrder(order));
  if (what === 4) return void (await facet(exchange).closeAllPositions());
  const resting: PlaceOrderInput = { ...order, type: 'limit', price: '85000', side: 'buy', reduceOnly: false };
  const { orderId } = await exchange.placeOrder(isHedge ? { ...resting, positionSide: 'long' } : resting);
  if (orderId !== undefined && random.chance(0.7)) await exchange.cancelOrder({ symbol, orderId });
}

type Truth = ReturnType<Simulator['account']>;

function compareFills(told: readonly Fill[], truth: ReturnType<Truth['fills']>): string[] {
  const print = ({ orderId, price }: Pick<Fill, 'orderId' | 'price'>) => `${orderId} ${price}`;
  return compareText('fills', told.map(print).sort().join('; '), truth.map(print).sort().join('; '));
}

function compareOrders(told: ReadonlyMap<string, Order>, truth: ReturnType<Truth['orders']>): string[] {
  return truth.flatMap(({ id, status, filledQuantity, symbol }) => {
    const order = told.get(id);
    const isOpen = order?.state === 'open' || order?.state === 'partially_filled';
    const state = isOpen ? 'open' : order?.state;
    // Base asset of inverse contracts is rounded in its own way by each of the two.
    const filled = symbol.endsWith(':BTC') ? filledQuantity : order?.filledQuantity;
    return compareText(`order ${id}`, `${state}, ${filled}`, `${status}, ${filledQuantity}`);
  });
}

function compareText(what: string, told: string, truth: string): string[] {
  return told === truth ? [] : [`${what}: told "${told.slice(0, 200)}", in truth "${truth.slice(0, 200)}"`];
}

function show(positions: readonly { readonly side: string; readonly contracts: unknown }[]): string {
  const open = positions.filter(({ contracts }) => String(contracts) !== '0');
  return open
    .map(({ side, contracts }) => `${side} ${contracts}`)
    .sort()
    .join(', ');
}

function sabotaged(venue: Venue, mistake: AccountSabotage | undefined): Venue {
  const account = venue.private;
  if (account?.positions === undefined || mistake === undefined) return venue;
  const { positions, orders, streams } = account;
  if (mistake === 'missed positions are never read') {
    let known: ReturnType<typeof positions.list.decode> = [];
    const decode: typeof positions.list.decode = (body, params, context) => {
      const rows = positions.list.decode(body, params, context);
      known = params.symbol === undefined ? known : rows;
      return known;
    };
    return { ...venue, private: { ...account, positions: { ...positions, list: { ...positions.list, decode } } } };
  }
  let pushes = 0;
  const fills: typeof streams.fills = {
    ...streams.fills,
    decode: (payload, context, emit) =>
      streams.fills.decode(payload, context, (fill) => emit({ ...fill, id: `${fill.id}-${pushes++}` })),
  };
  return { ...venue, private: { ...account, orders, streams: { ...streams, fills } } };
}

function facet({ positions }: PrivateExchange): NonNullable<PrivateExchange['positions']> {
  if (positions === undefined) throw new Error('no positions');
  return positions;
}

function mustBeOurs(error: unknown): ExchangeError {
  if (isExchangeError(error)) return error;
  throw error;
}

/** Lets time pass until it is settled. */
async function settle<T>(clock: VirtualClock, promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const mark = (): void => {
    isSettled = true;
  };
  promise.then(mark, mark);
  for (let ms = 0; !isSettled && ms < PATIENCE_MS; ms += 20) await clock.advance(20);
  if (!isSettled) throw new Error(`nothing came of it in ${PATIENCE_MS} ms`);
  return promise;
}

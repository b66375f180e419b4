import type { Venue } from '../../src/adapter/venue.js';
import type { ExchangeError, MarketSymbol, Order, PrivateExchange } from '../../src/index.js';
import { createPrivateExchange, isExchangeError, isFinal, venues } from '../../src/index.js';
import { startSimulator } from '../../src/simulator/start-simulator.js';
import type { Runtime } from '../../src/transport/runtime.js';
import { createSeededRandom, type SeededRandom } from '../../src/transport/seeded-random.js';
import { sortOf, type WorldResult } from './many-worlds.js';
import { type OrderSabotage, sabotageOrders } from './order-sabotage.js';

type OrderVenue = 'mexc_spot' | 'gateio_spot' | 'mexc_futures' | 'gateio_futures';

const KEYS = { apiKey: 'mx0world', secretKey: 'a-secret-of-the-world' };
const PLACING: Readonly<Record<OrderVenue, string>> = {
  mexc_spot: 'POST /api/v3/order',
  gateio_spot: 'POST /api/v4/spot/orders',
  mexc_futures: 'POST /api/v1/private/order/create',
  gateio_futures: 'POST /api/v4/futures/usdt/orders',
};
/** Each venue as often as its part of all worlds says. */
const DRAWN: readonly OrderVenue[] = [
  ...Array<OrderVenue>(5).fill('mexc_spot'),
  ...Array<OrderVenue>(5).fill('gateio_spot'),
  ...Array<OrderVenue>(2).fill('mexc_futures'),
  ...Array<OrderVenue>(2).fill('gateio_futures'),
];
export const VENUES: readonly OrderVenue[] = [...new Set(DRAWN)];
/** More orders at once than the venue takes before a call's time is over would not meet what may happen to them. */
const MOST_AT_ONCE: Readonly<Record<OrderVenue, number>> = {
  mexc_spot: 10,
  gateio_spot: 10,
  mexc_futures: 4,
  gateio_futures: 10,
};
/** Everything that is still under way ends before this, ms. */
const PATIENCE_MS = 600_000;
const STEP_MS = 250;

/** So far the venue's clock may step off for a round, and back after it: a little, or so that it refuses what was signed. */
const SKEWS_MS = [-90_000, -3_000, -400, 400, 3_000, 90_000] as const;

/** The venue's clock may be set again within this while the answers are awaited, ms. */
const SECOND_STEP_WITHIN_MS = 5_000;

/** What may happen to one placing. */
const FATES = [
  'nothing',
  'lost before',
  'lost after',
  'late',
  'server error before',
  'server error after',
  'html after',
  'cut after',
  'hidden',
  'forgotten',
] as const;

export interface OrderWorldOptions {
  readonly rounds?: number;
  /** Orders under way at the same time. */
  readonly orders?: number;
  readonly venue?: OrderVenue;
  readonly mistake?: OrderSabotage;
  /** The process whose client it is; called at every step of time while orders are on their way. */
  readonly process?: (world: Runtime) => { readonly runtime: Runtime; disturb(): void };
}

/** Loads what the codecs import: the virtual clock does not wait for a dynamic import. Call once before the first world. */
export async function prepareWorlds(): Promise<void> {
  for (const { streams, private: account } of Object.values(venues)) {
    await streams.loadCodec();
    await account?.streams.loadCodec(KEYS);
  }
}

/** Orders whose answers get lost in every way there is, against the exchange's own books; all of it decided by the seed. */
export async function runWorld(seed: string, options: OrderWorldOptions = {}): Promise<WorldResult> {
  const { mistake } = options;
  const random = createSeededRandom(seed).fork('orders');
  const clocks = createSeededRandom(seed).fork('clocks');
  const venue = options.venue ?? sortOf(seed, DRAWN, random);
  const { orders = MOST_AT_ONCE[venue], rounds = 80 / orders } = options;
  const pairs = Array.from({ length: orders }, (_, i): MarketSymbol => `COIN${String.fromCharCode(65 + i)}/USDT`);
  const symbols = venues[venue].kind === 'spot' ? pairs : pairs.map((pair): MarketSymbol => `${pair}:USDT`);
  const sim = await startSimulator({
    clock: 'virtual',
    seed,
    venues: [venue],
    markets: pairs,
    flow: { eventsPerSecond: 0.5, levels: 20, dislocationsPerMinute: 0 },
    accounts: [{ ...KEYS, balances: { USDT: '1000000' } }],
  });
  const process = options.process?.(sim.runtime());
  const real: { venue: Venue; runtime: Runtime } = {
    venue: venues[venue],
    runtime: process?.runtime ?? sim.runtime(),
  };
  const used = mistake === undefined ? real : sabotageOrders(real.venue, real.runtime, mistake);
  const exchange = createPrivateExchange(used.venue, {
    credentials: KEYS,
    runtime: used.runtime,
    timeoutMs: 3_000,
    recvWindowMs: 2_000,
    resolveWithinMs: 60_000,
  });
  const outcomes: Record<string, number> = {};
  const failures: string[] = [];
  const ended: Ended[] = [];
  let ambiguous = 0;
  for (let round = 0; round < rounds; round++) {
    const fates = symbols.map(() => drawFate(random));
    const isSkewed = clocks.chance(0.05);
    if (isSkewed) sim.faults.skewClock(venue, clocks.pick(SKEWS_MS));
    else for (const fate of fates) decree(sim.faults, venue, fate, random);
    // Nobody can tell how many of them meet an order in a skewed round: none is counted.
    if (!isSkewed) ambiguous += fates.filter((fate) => fate !== 'nothing').length;
    const placing = symbols.map((symbol, i) => place(exchange, sim, venue, symbol, `w${round}x${i}`));
    let left = placing.length;
    if (isSkewed) {
      // What was refused for its time stamp is signed again: it is the answer to that which gets lost.
      await sim.clock.advance(clocks.int(100));
      for (const fate of fates) decree(sim.faults, venue, fate, random);
    }
    for (const one of placing) void one.then(() => left--);
    // Set once more while commands are on their way.
    const secondStepAt = isSkewed && clocks.chance(0.5) ? clocks.int(SECOND_STEP_WITHIN_MS) : Number.POSITIVE_INFINITY;
    let isSteppedAgain = false;
    for (let ms = 0; left > 0 && ms < PATIENCE_MS; ms += STEP_MS) {
      if (!isSteppedAgain && ms >= secondStepAt) {
        isSteppedAgain = true;
        sim.faults.skewClock(venue, clocks.pick(SKEWS_MS));
      }
      process?.disturb();
      await sim.clock.advance(STEP_MS);
    }
    if (left > 0) {
      failures.push(`${left} placings never ended`);
      break;
    }
    sim.faults.clear();
    ended.push(...(await Promise.all(placing)));
  }
  // What may still come late comes now.
  await sim.clock.advance(30_000);
  const truth = sim.account(KEYS.apiKey, venue).orders();
  for (const one of ended) {
    outcomes[one.word] = (outcomes[one.word] ?? 0) + 1;
    const found = check(one, truth);
    if (found !== undefined) failures.push(found);
  }
  const strange = truth.length - new Set(ended.map(({ id }) => id)).size;
  if (strange > 0 && failures.length === 0) failures.push(`${strange} orders more at the venue than were asked for`);
  for (const found of sim.audit()) failures.push(`the ledger: ${JSON.stringify(found)}`);
  const closed = exchange.close();
  await sim.clock.advance(5_000);
  await closed;
  const faults = sim.faults.counts();
  await sim.close();
  return { seed, sort: venue, count: ambiguous, checks: ended.length, outcomes, faults, trace: sim.trace(), failures };
}

type Fate = (typeof FATES)[number];
type World = Awaited<ReturnType<typeof startSimulator>>;

function drawFate(random: SeededRandom): Fate {
  return FATES[random.int(FATES.length)] as Fate;
}

/** Lets it happen to one of the next placings. */
function decree(faults: World['faults'], venue: OrderVenue, fate: Fate, random: SeededRandom): void {
  const path = PLACING[venue];
  if (fate === 'lost before') faults.loseRequest(venue, path);
  else if (fate === 'lost after') faults.timeoutHttp(venue, path);
  else if (fate === 'late') faults.acceptLate(venue, path, { delayMs: random.int(4_000) });
  else if (fate === 'server error before') faults.respond(venue, path, { status: 502, body: '{}', processed: false });
  else if (fate === 'server error after') faults.respond(venue, path, { status: 500, body: '', processed: true });
  else if (fate === 'html after') faults.respond(venue, path, { status: 200, body: '<html>', processed: true });
  else if (fate === 'cut after') faults.truncateBody(venue, path);
  else if (fate === 'hidden') {
    faults.hideOrders(venue, { lagMs: 500 + random.int(2_500) });
    if (random.chance(0.5)) faults.timeoutHttp(venue, path);
    else faults.respond(venue, path, { status: 500, body: '{}', processed: true });
  } else if (fate === 'forgotten') {
    faults.forgetClientIds(venue);
    faults.timeoutHttp(venue, path);
  }
}

interface Ended {
  readonly symbol: MarketSymbol;
  readonly id: string;
  readonly word: string;
  readonly order?: Order;
  readonly error?: ExchangeError;
}

async function place(
  exchange: PrivateExchange,
  sim: World,
  venue: OrderVenue,
  symbol: MarketSymbol,
  name: string,
): Promise<Ended> {
  const price = sim.book(venue, symbol)?.bids[0]?.[0] ?? 1;
  const id = venue.startsWith('gateio') ? `t-${name}` : name;
  try {
    const order = await exchange.placeLimitOrder({
      symbol,
      side: 'buy',
      quantity: '100',
      price: price * 0.95,
      rounding: 'down',
      clientOrderId: id,
      // Accounts there begin in hedge mode.
      ...(venue === 'mexc_futures' ? { positionSide: 'long' as const } : {}),
    });
    return { symbol, id, word: order.state, order };
  } catch (error) {
    if (!isExchangeError(error)) throw error;
    return { symbol, id, word: `${error.code} ${error.outcome}`, error };
  }
}

/** Every intent has exactly one order where it says that there is one, and none where it says that there is none. */
function check(
  { symbol, id, order, error }: Ended,
  truth: ReturnType<ReturnType<World['account']>['orders']>,
): string | undefined {
  const named = truth.filter((one) => one.clientOrderId === id && one.symbol === symbol);
  if (named.length > 1) return `${id}: ${named.length} orders at the venue: a duplicate`;
  if (order !== undefined) {
    if (order.orderId === undefined) return `${id}: an order without an id`;
    if (named[0]?.id !== order.orderId)
      return `${id}: said to be ${order.orderId}, at the venue ${named[0]?.id}: a phantom`;
    if (order.state === 'unknown' || (isFinal(order.state) && order.state === 'rejected'))
      return `${id}: an order in state ${order.state}`;
    return undefined;
  }
  if (error?.code === 'validation') return `${id}: not sent at all, so it proves nothing: ${error.message}`;
  if (error?.outcome !== 'unknown' && named.length > 0)
    return `${id}: said to be ${error?.outcome} (${error?.code}), but it is at the venue: lost`;
  return undefined;
}

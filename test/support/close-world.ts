import { getEventListeners } from 'node:events';
import {
  createExchangePair,
  createPrivateExchange,
  createPublicExchange,
  isExchangeError,
  type MarketSymbol,
  type PrivateExchange,
  type PublicExchange,
  venues,
} from '../../src/index.js';
import { startSimulator } from '../../src/simulator/index.js';
import type { SimulatedVenueId } from '../../src/simulator/profiles.js';
import type { Runtime } from '../../src/transport/runtime.js';
import { createSeededRandom, type SeededRandom } from '../../src/transport/seeded-random.js';
import { sleep } from '../../src/transport/sleep.js';
import { actInPrivate, actInPublic, type Scene, strike, type Underway } from './close-acts.js';
import { type CloseSabotage, sabotageClosing, sabotageSignal } from './close-sabotage.js';
import type { WorldResult } from './many-worlds.js';
import { type Tap, tapRuntime } from './tap-runtime.js';
import type { World as Sim } from './trading-client.js';

const VENUES = Object.keys(venues) as readonly SimulatedVenueId[];
const SUBJECTS = ['public', 'private', 'pair', 'views', 'simulator'] as const;
const KEYS = { apiKey: 'mx0closed', secretKey: 'a-secret-of-the-closed' };
const PAIRS: readonly MarketSymbol[] = ['COINA/USDT', 'COINB/USDT'];
/** Clients of one world, one after the other. */
const LIVES = 6;
const STEP_MS = 5;
/** Closing takes no longer, ms. */
const LIMIT_MS = 2_000;
/** Mostly the beginning, where one state follows the other; ms. */
const LENGTHS_MS = [0, 10, 60, 300, 2_000, 8_000, 30_000] as const;
/** Whatever was left would do something within this, ms. */
const SILENCE_MS = 40_000;
/** After so long an order is no longer on its way but looked for, ms. */
const ANSWER_MS = 3_000;

export interface CloseWorldOptions {
  readonly mistake?: CloseSabotage;
}

/** Loads what the codecs import: the virtual clock does not wait for it. Call once before the first world. */
export async function prepareWorlds(): Promise<void> {
  for (const { streams, private: account } of Object.values(venues)) {
    await streams.loadCodec();
    await account?.streams.loadCodec(KEYS);
  }
}

/**
 * Clients that are closed at any instant of whatever they are doing, while everything goes wrong: it takes two seconds at
 * most, nothing is left then, everything that was awaited has ended truthfully, and nothing happens any more.
 */
export async function runWorld(seed: string, { mistake }: CloseWorldOptions = {}): Promise<WorldResult> {
  const random = createSeededRandom(seed).fork('closing');
  const venue = random.pick(VENUES);
  const subject = random.pick(SUBJECTS);
  const symbols = symbolsOf(venue);
  const sim = await startSimulator({
    clock: 'virtual',
    seed,
    venues: [venue],
    markets: symbols,
    flow: { eventsPerSecond: 4, levels: 10, dislocationsPerMinute: 0 },
    accounts: [{ ...KEYS, balances: { USDT: '1000000', BTC: '100' } }],
  });
  const world: World = {
    sim,
    venue,
    subject,
    symbols,
    random,
    mistake,
    names: 0,
    isOver: false,
    outcomes: {},
    failures: [],
  };
  let checks = 0;
  for (let life = 0; life < LIVES && !world.isOver && world.failures.length === 0; life++) {
    checks += await liveAndClose(world);
    sim.faults.clear();
  }
  const faults = sim.faults.counts();
  await sim.close();
  if (sim.clock.pendingTimers > 0) world.failures.push(`the simulator leaves ${sim.clock.pendingTimers} timers`);
  const { outcomes, failures } = world;
  const count = Object.entries(outcomes).reduce(
    (sum, [name, times]) => (name.startsWith('by ') ? sum + times : sum),
    0,
  );
  return { seed, sort: `${venue} ${subject}`, count, checks, outcomes, faults, trace: sim.trace(), failures };
}

function symbolsOf(venue: SimulatedVenueId): readonly MarketSymbol[] {
  if (venue === 'gateio_futures_btc') return ['BTC/USD:BTC'];
  return venues[venue].kind === 'spot' ? PAIRS : PAIRS.map((pair): MarketSymbol => `${pair}:USDT`);
}

interface World {
  readonly sim: Sim;
  readonly venue: SimulatedVenueId;
  readonly subject: (typeof SUBJECTS)[number];
  readonly symbols: readonly MarketSymbol[];
  readonly random: SeededRandom;
  readonly mistake: CloseSabotage | undefined;
  names: number;
  /** The simulator is closed. */
  isOver: boolean;
  /** How each was closed, and in which states; a closing counts in several. */
  readonly outcomes: Record<string, number>;
  readonly failures: string[];
}

interface Client extends AsyncDisposable {
  readonly public: PublicExchange | undefined;
  readonly private: PrivateExchange | undefined;
  close(): Promise<void>;
}

async function liveAndClose(world: World): Promise<number> {
  const { sim, random, subject, mistake } = world;
  const { runtime, tap } = tapRuntime(sabotageClosing(slowToConnect(sim.runtime(), random), mistake));
  const controller = new AbortController();
  const client = open(world, runtime, sabotageSignal(controller.signal, mistake));
  const underway: Underway = { books: [], subscriptions: [], calls: [], heard: 0 };
  const lengthMs = random.next() * random.pick(LENGTHS_MS);
  plan(world, client, underway, lengthMs);
  await sim.clock.advance(lengthMs);
  noteStates(world, client, underway, tap);
  if (subject === 'views')
    await within(world, 'closing every view', Promise.all(views(underway).map((one) => one.close())));
  if (subject === 'views') requireIdle(world, client);
  // Its servers are gone first; what the client still hears is the end of its sockets.
  world.isOver = subject === 'simulator' && random.chance(0.2);
  if (world.isOver) await sim.close();
  const way = random.pick(['close', 'dispose', 'signal', 'twice'] as const);
  world.outcomes[`by ${way}`] = (world.outcomes[`by ${way}`] ?? 0) + 1;
  if (way === 'signal') controller.abort();
  if (way === 'twice') void client.close();
  const closing = way === 'dispose' ? client[Symbol.asyncDispose]() : client.close();
  await within(world, `closing by ${way}`, Promise.resolve(closing));
  const heard = underway.heard;
  requireNothingLeft(world, tap, controller.signal);
  await sim.clock.advance(0);
  requireEnded(world, underway);
  const did = [tap.requests.length, tap.dials.length, tap.frames.length];
  await sim.clock.advance(SILENCE_MS);
  requireNothingLeft(world, tap, controller.signal);
  const since = [tap.requests.length, tap.dials.length, tap.frames.length];
  if (String(since) !== String(did)) world.failures.push(`requests, dials, frames were ${did}, and are ${since} later`);
  if (underway.heard !== heard)
    world.failures.push(`handlers were called ${underway.heard - heard} times after the end`);
  requireTruth(world, underway);
  return underway.calls.length + underway.books.length;
}

function open({ subject, venue }: World, runtime: Runtime, signal: AbortSignal): Client {
  const options = { runtime, signal, timeoutMs: 10_000 };
  const trading = { ...options, credentials: KEYS, recvWindowMs: 2_000, resolveWithinMs: 60_000 };
  if (subject === 'private') {
    const exchange = createPrivateExchange(venue, trading);
    return { ...closable(exchange), public: undefined, private: exchange };
  }
  if (subject === 'public') {
    const exchange = createPublicExchange(venue, options);
    return { ...closable(exchange), public: exchange, private: undefined };
  }
  return createExchangePair(venues[venue], trading);
}

function closable(exchange: PublicExchange | PrivateExchange) {
  return { close: () => exchange.close(), [Symbol.asyncDispose]: () => exchange[Symbol.asyncDispose]() };
}

/** Some handshakes take long, or as long as anyone waits. */
function slowToConnect(runtime: Runtime, random: SeededRandom): Runtime {
  const openSocket: Runtime['openSocket'] = async (request, handler, signal) => {
    if (random.chance(0.3)) await sleep(runtime.clock, random.int(request.handshakeTimeoutMs), signal);
    return runtime.openSocket(request, handler, signal);
  };
  return { ...runtime, openSocket };
}

/** What the client and the world do till it is closed, at instants drawn anew. */
function plan(world: World, client: Client, underway: Underway, lengthMs: number): void {
  const { sim, random } = world;
  const scene: Scene = { ...world, underway, name: () => `w${world.names++}` };
  for (let acts = 1 + random.int(8); acts > 0; acts--) {
    const isPublic = client.private === undefined || (client.public !== undefined && random.chance(0.5));
    const act = (): void => {
      if (isPublic && client.public !== undefined) actInPublic(client.public, scene);
      else if (client.private !== undefined) actInPrivate(client.private, scene);
    };
    // Some have had all the time, others begin just before the end.
    sim.clock.setTimer(random.chance(0.5) ? 0 : random.next() * lengthMs * 0.999, act);
  }
  for (let strikes = random.int(4); strikes > 0; strikes--)
    sim.clock.setTimer(random.next() * lengthMs * 0.999, () => strike(scene));
}

const ASKED: readonly (readonly [state: string, label: RegExp])[] = [
  ['instruments', /exchangeInfo|currency_pairs|contract\/detail|contracts$/],
  ['a book', /depth|order_book/],
  ['the clock', /time|ping/],
  ['a listen key', /userDataStream/],
  ['an order to be placed', /^POST .*order/],
  ['an order to be canceled', /^DELETE .*order|cancel/],
];

/** In which states it is closed. */
function noteStates({ sim, outcomes }: World, client: Client, underway: Underway, tap: Tap): void {
  const states = new Set<string>();
  if (client.public !== undefined) states.add(`public ${client.public.status}`);
  if (client.private !== undefined) states.add(`private ${client.private.status}`);
  if (tap.dialing > 0) states.add('dialing');
  if (tap.openSockets > 0) states.add('connected');
  if (underway.subscriptions.length + underway.books.length > 0 && tap.dialing + tap.openSockets === 0)
    states.add('waiting to connect');
  for (const label of tap.inFlight)
    states.add(`asking for ${ASKED.find(([, text]) => text.test(label))?.[0] ?? 'more'}`);
  for (const { state } of underway.books) states.add(`book ${state}`);
  for (const { what, isOver, begunAt } of underway.calls) {
    if (isOver) continue;
    const isLookedFor = what.startsWith('placing') && sim.clock.monotonic() - begunAt > ANSWER_MS;
    states.add(isLookedFor ? 'an order looked for' : `awaiting ${what}`);
  }
  for (const state of states) outcomes[state] = (outcomes[state] ?? 0) + 1;
}

function views({ books, subscriptions }: Underway): readonly { close(): Promise<void> }[] {
  return [...books, ...subscriptions];
}

async function within({ sim, failures }: World, what: string, work: Promise<unknown>): Promise<void> {
  let isOver = false;
  const end = (): void => {
    isOver = true;
  };
  void work.then(end, (error: unknown) => {
    failures.push(`${what} failed: ${String(error)}`);
    end();
  });
  let ms = 0;
  for (; !isOver && ms < LIMIT_MS; ms += STEP_MS) await sim.clock.advance(STEP_MS);
  await sim.clock.advance(0);
  if (!isOver) failures.push(`${what} takes more than ${LIMIT_MS} ms`);
}

function requireIdle({ failures }: World, { public: exchange }: Client): void {
  const gauges = exchange?.metrics().gauges ?? {};
  for (const name of ['stream.topics', 'stream.sockets'])
    if ((gauges[name] ?? 0) !== 0) failures.push(`${name} is ${gauges[name]} when every view is closed`);
}

function requireNothingLeft({ failures }: World, tap: Tap, signal: AbortSignal): void {
  const left = {
    sockets: tap.openSockets,
    dialing: tap.dialing,
    timers: tap.timers,
    requests: tap.inFlight.length,
    transports: tap.transports,
    listeners: getEventListeners(signal, 'abort').length,
  };
  for (const [what, count] of Object.entries(left)) if (count !== 0) failures.push(`${what} left: ${count}`);
}

/** Nobody waits any more, and what came of it was said in the library's own words. */
function requireEnded({ failures }: World, { calls, books }: Underway): void {
  for (const { what, isOver, error } of calls) {
    if (!isOver) failures.push(`${what} has not ended`);
    else if (error !== undefined && !isExchangeError(error)) failures.push(`${what} ended with ${String(error)}`);
  }
  for (const { symbol, state } of books) if (state !== 'closed') failures.push(`the book of ${symbol} is ${state}`);
}

/** No order that the venue has was said not to be there. */
function requireTruth({ sim, venue, failures }: World, { calls }: Underway): void {
  const placed = new Set(
    sim
      .account(KEYS.apiKey, venue)
      .orders()
      .map(({ clientOrderId }) => clientOrderId),
  );
  for (const { clientOrderId, error } of calls) {
    if (clientOrderId === undefined || !isExchangeError(error) || error.outcome === 'unknown') continue;
    if (placed.has(clientOrderId))
      failures.push(`${clientOrderId} was said to be ${error.outcome}, and is at the venue`);
  }
}

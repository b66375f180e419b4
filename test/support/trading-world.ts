import type { Venue } from '../../src/adapter/venue.js';
import { createMemoryIntentLog } from '../../src/exchange/orders/memory-intent-log.js';
import { createPrivateExchange, type MarketSymbol, venues } from '../../src/index.js';
import { startSimulator } from '../../src/simulator/start-simulator.js';
import { createSeededRandom } from '../../src/transport/seeded-random.js';
import type { WorldResult } from './many-worlds.js';
import { sabotageOrders } from './order-sabotage.js';
import { act, meet, type TradingPlace } from './trading-acts.js';
import { checkClaim, checkClient } from './trading-checks.js';
import { type Claim, TradingClient, type TradingVenue, type Truth, type World } from './trading-client.js';
import { disturb } from './trading-faults.js';

const KEYS = { apiKey: 'mx0trader', secretKey: 'a-secret-of-the-trader' };
export const TRADING_VENUES: readonly TradingVenue[] = ['mexc_spot', 'gateio_spot', 'mexc_futures', 'gateio_futures'];
const PAIRS: readonly MarketSymbol[] = ['COINA/USDT', 'COINB/USDT', 'COINC/USDT'];
const ROUNDS = 12;
const STEP_MS = 50;
/** Whatever is under way ends before this, ms. */
const PATIENCE_MS = 600_000;
/** What was told wrongly or not at all is mended within this, also after a ban, ms. */
const SETTLING_MS = 250_000;
/** Longer than Gate.io remembers what was canceled without a fill, ms. */
const LONGEST_OUTAGE_MS = 180_000;
/** Pushes have arrived after so long, ms. */
const QUIET_MS = 500;
/** The venue's clock is set a little, ms. */
const STEPS_MS = [-3_000, -400, 400, 3_000] as const;
/** The client's machine was asleep for so long, ms: to it the venue's clock has jumped. */
const SLEEPS_MS = [5_000, 40_000, 90_000, 3_600_000] as const;
/** Orders are hidden for less than this, ms. While one sleeps the venue shows what it hid; here it would not. */
const HIDDEN_MS = 8_000;

/** Mistakes that the worlds must find. */
export const TRADING_SABOTAGES = [
  'blind retry',
  'what was missed is never read',
  'every push of a fill counts',
] as const;
type TradingSabotage = (typeof TRADING_SABOTAGES)[number];

/** Loads what the codecs import: the virtual clock does not wait for it. Call once before the first world. */
export async function prepareWorlds(): Promise<void> {
  for (const venue of TRADING_VENUES) await venues[venue].private?.streams.loadCodec(KEYS);
}

/**
 * One account that is traded by a client or two, by every call there is, over REST and sockets, while answers, frames,
 * sockets, keys and clocks fail, machines sleep and programs start again. Every answer is true, and in the end the streams
 * have told what the venue has: each order as it ended, each fill once.
 */
export async function runWorld(
  seed: string,
  options: { readonly mistake?: TradingSabotage } = {},
): Promise<WorldResult> {
  const root = createSeededRandom(seed);
  const [random, chaos, clocks, clients] = ['trading', 'chaos', 'clocks', 'clients'].map((name) => root.fork(name)) as [
    typeof root,
    typeof root,
    typeof root,
    typeof root,
  ];
  const venue = random.pick(TRADING_VENUES);
  const isSpot = venues[venue].kind === 'spot';
  const symbols = isSpot ? PAIRS : PAIRS.map((pair): MarketSymbol => `${pair}:USDT`);
  const coins = isSpot ? { COINA: '1000000', COINB: '1000000', COINC: '1000000' } : {};
  const sim = await startSimulator({
    clock: 'virtual',
    seed,
    venues: [venue],
    markets: PAIRS,
    flow: { eventsPerSecond: 2, levels: 20, dislocationsPerMinute: 0 },
    accounts: [{ ...KEYS, balances: { USDT: '1000000', ...coins } }],
  });
  const account = sim.account(KEYS.apiKey, venue);
  const claims: Claim[] = [];
  const place: TradingPlace = { sim, account, venue, symbols, claims, names: 0 };
  const intentLog = createMemoryIntentLog();
  const open = (name: string, isFirst: boolean): TradingClient => {
    const used = sabotaged(venues[venue], sim.runtime(), options.mistake);
    const looksAtAll = clients.chance(0.6);
    const exchange = createPrivateExchange(used.venue, {
      credentials: KEYS,
      runtime: used.runtime,
      symbols: looksAtAll ? symbols : [],
      timeoutMs: 3_000,
      recvWindowMs: 2_000,
      resolveWithinMs: clients.chance(0.3) ? 3_000 : 60_000,
      placeWhileReconciling: clients.chance(0.5),
      ...(isFirst ? { intentLog } : {}),
    });
    return new TradingClient(name, exchange, account, looksAtAll);
  };
  const happened = { restarts: 0, sleeps: 0, steps: 0, outages: 0 };
  const failures: string[] = [];
  let first = open('first', true);
  const second = clients.chance(0.3) ? open('second', false) : undefined;
  const restartIn = clients.chance(0.25) ? 2 + clients.int(ROUNDS - 2) : undefined;
  const hasClocks = clocks.chance(0.3);
  let sleptMs = 0;
  let [hidden, hiddenAt] = [0, Number.NEGATIVE_INFINITY];

  const setClock = (): void => {
    const count = sim.faults.counts()['hideOrders'] ?? 0;
    if (count > hidden) [hidden, hiddenAt] = [count, sim.clock.monotonic()];
    if (!hasClocks || !clocks.chance(0.25)) return;
    const isAsleep = clocks.chance(0.5);
    if (!isAsleep) {
      happened.steps++;
      sim.faults.skewClock(venue, sleptMs + clocks.pick(STEPS_MS));
    } else if (sim.clock.monotonic() - hiddenAt > HIDDEN_MS) {
      happened.sleeps++;
      sleptMs += clocks.pick(SLEEPS_MS);
      sim.faults.skewClock(venue, sleptMs);
      if (clocks.chance(0.5)) sim.faults.cut(venue);
    }
  };
  /** Nothing gets through, while the market goes on. */
  const breakOff = async (): Promise<void> => {
    happened.outages++;
    const forMs = chaos.int(LONGEST_OUTAGE_MS);
    sim.faults.loseRequest(venue, '', { forMs });
    sim.faults.refuseConnections(venue, Number.POSITIVE_INFINITY);
    sim.faults.cut(venue);
    for (let i = chaos.int(5); i > 0; i--) sim.clock.setTimer(chaos.int(forMs), () => meet(place, chaos));
    await sim.clock.advance(forMs);
  };
  const mend = (): void => {
    sim.faults.clear();
    if (sleptMs > 0) sim.faults.skewClock(venue, sleptMs);
  };

  await sim.clock.advance(1_000);
  for (let round = 0; round < ROUNDS && failures.length === 0; round++) {
    setClock();
    disturb(sim, venue, chaos);
    const work: Promise<void>[] = [];
    for (let i = 1 + random.int(5); i > 0; i--) {
      await sim.clock.advance(random.int(random.pick([5, 40, 800])));
      const client = second !== undefined && random.chance(0.25) ? second : first;
      work.push(act(place, client, random));
      if (random.chance(0.7)) sim.clock.setTimer(random.int(random.pick([40, 1_500])), () => meet(place, random));
      if (chaos.chance(0.03)) sim.clock.setTimer(chaos.int(1_500), () => sim.faults.cut(venue));
    }
    if (chaos.chance(0.04)) await breakOff();
    if (round === restartIn) {
      await sim.clock.advance(clients.int(clients.pick([20, 2_000])));
      happened.restarts++;
      work.push(first.exchange.close());
      first = open('first again', true);
    }
    if (!(await haveEnded(sim, work))) failures.push('a call does not end');
    mend();
    await sim.clock.advance(random.int(3_000));
  }
  mend();
  await sim.clock.advance(SETTLING_MS);
  const lasting = second === undefined ? [first] : [first, second];
  const listed = await listAtRest(place, lasting);
  const [truth, fills, balances] = [account.orders(), account.fills(), account.balances()];
  const reading = { venue, claims };
  for (const [i, client] of lasting.entries()) {
    failures.push(...checkClient(client, truth, fills, reading), ...checkOpen(client, listed[i] ?? [], truth));
    if (isSpot) failures.push(...checkBalances(client, balances));
  }
  failures.push(...claims.flatMap((claim) => checkClaim(claim, truth, reading)));
  const asked = new Set(claims.map(({ clientOrderId }) => clientOrderId));
  for (const { id, clientOrderId } of truth) if (!asked.has(clientOrderId)) failures.push(`nobody asked for ${id}`);
  failures.push(...sim.audit().map((found) => `the ledger: ${JSON.stringify(found)}`));
  await haveEnded(sim, [first.exchange.close(), second?.exchange.close()]);
  const faults = sim.faults.counts();
  await sim.close();
  const outcomes: Record<string, number> = { ...happened };
  for (const { kind, via, error } of claims) {
    const word = `${kind} ${via} ${error?.outcome ?? 'done'}`;
    outcomes[word] = (outcomes[word] ?? 0) + 1;
  }
  const checks = truth.length + fills.length;
  return { seed, sort: venue, count: claims.length, checks, outcomes, faults, trace: sim.trace(), failures };
}

async function haveEnded({ clock }: World, work: readonly (Promise<unknown> | undefined)[]): Promise<boolean> {
  let isOver = false;
  const all = Promise.all(work).finally(() => {
    isOver = true;
  });
  for (let ms = 0; !isOver && ms < PATIENCE_MS; ms += STEP_MS) await clock.advance(STEP_MS);
  if (isOver) await all;
  return isOver;
}

/** What each client lists as open, while nothing happens that may not be told yet. */
async function listAtRest({ sim, account }: TradingPlace, clients: readonly TradingClient[]): Promise<string[][]> {
  for (;;) {
    const before = account.fills().length;
    const asking = clients.map(({ exchange }) => exchange.getOpenOrders());
    await haveEnded(sim, asking);
    await sim.clock.advance(QUIET_MS);
    if (account.fills().length > before) continue;
    return (await Promise.all(asking)).map((orders) => orders.map(({ orderId = '' }) => orderId));
  }
}

function checkOpen({ name }: TradingClient, told: readonly string[], truth: Truth): string[] {
  const real = truth.flatMap(({ id, status }) => (status === 'open' ? [id] : []));
  const isSame = [...told].sort().join() === [...real].sort().join();
  return isSame ? [] : [`${name}: open are told ${told}, in truth ${real}`];
}

function checkBalances(
  { name, balances }: TradingClient,
  truth: Readonly<Record<string, { readonly free: string; readonly locked: string }>>,
): string[] {
  return Object.entries(truth).flatMap(([asset, { free, locked }]) => {
    const told = balances.get(asset);
    const isTrue = Number(told?.free) === Number(free) && Number(told?.locked) === Number(locked);
    return isTrue ? [] : [`${name}: ${asset} is told ${told?.free} + ${told?.locked}, in truth ${free} + ${locked}`];
  });
}

function sabotaged(venue: Venue, runtime: ReturnType<World['runtime']>, mistake: TradingSabotage | undefined) {
  const account = venue.private;
  if (mistake === undefined || account === undefined) return { venue, runtime };
  if (mistake === 'blind retry') return sabotageOrders(venue, runtime, mistake);
  const { orders, streams } = account;
  if (mistake === 'what was missed is never read') {
    const fills = { ...orders.fills, decode: () => [] };
    return { venue: { ...venue, private: { ...account, orders: { ...orders, fills } } }, runtime };
  }
  let pushes = 0;
  const fills: typeof streams.fills = {
    ...streams.fills,
    decode: (payload, context, emit) =>
      streams.fills.decode(payload, context, (fill) => emit({ ...fill, id: `${fill.id}-${pushes++}` })),
  };
  return { venue: { ...venue, private: { ...account, streams: { ...streams, fills } } }, runtime };
}

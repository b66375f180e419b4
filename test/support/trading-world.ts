import { createMemoryIntentLog } from '../../src/exchange/orders/memory-intent-log.js';
import {
  createPrivateExchange,
  type MarketSymbol,
  type PrivateExchange,
  type TriggerOrder,
  venues,
} from '../../src/index.js';
import { startSimulator } from '../../src/simulator/start-simulator.js';
import { createSeededRandom } from '../../src/transport/seeded-random.js';
import type { WorldResult } from './many-worlds.js';
import { mortalRuntime } from './mortal-runtime.js';
import { act, meet } from './trading-acts.js';
import { checkClaim, checkClient } from './trading-checks.js';
import { claim, type TradingPlace } from './trading-claim.js';
import { type Claim, TradingClient, type TradingVenue, type Truth, type World } from './trading-client.js';
import { disturb } from './trading-faults.js';
import { createTradingLog } from './trading-log.js';
import { sabotageTrading, type TradingSabotage } from './trading-sabotage.js';
import { checkTriggers } from './trading-trigger-checks.js';

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

/** Of the dead-man switch, ms. */
const SLOWEST_SWITCH_MS = 30_000;
const SWITCHES_MS = [5_000, 10_000, SLOWEST_SWITCH_MS] as const;
/** What was sent has arrived after so long, ms. */
const ON_THE_WIRE_MS = 5_000;

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
  const place: TradingPlace = {
    sim,
    account,
    venue,
    symbols,
    claims,
    names: new Map(),
    again: [],
    triggers: [],
    triggerCalls: 0,
  };
  // A mistake that only crashes show is looked for in crashes.
  const isOfDisk = options.mistake === 'orders leave before their records are durable';
  const file = clients.chance(isOfDisk ? 1 : 0.5) ? createTradingLog(sim.clock, clients, !isOfDisk) : undefined;
  const memory = createMemoryIntentLog();
  const open = async (name: string, isFirst: boolean): Promise<TradingClient> => {
    const process = mortalRuntime(sim.runtime());
    const used = sabotageTrading(venues[venue], process.runtime, options.mistake);
    const intentLog = isFirst && file !== undefined ? await file.open(process.isAlive) : memory;
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
    return new TradingClient(name, exchange, account, looksAtAll, process.die, intentLog);
  };
  const happened = { restarts: 0, crashes: 0, sleeps: 0, steps: 0, outages: 0, lapses: 0, fired: 0, torn: 0 };
  const failures: string[] = [];
  let first = await open('first', true);
  const second = clients.chance(0.3) ? await open('second', false) : undefined;
  /** Names of orders of which a crash left no record. */
  const unrecorded: string[] = [];
  const restartIn = clients.chance(isOfDisk ? 1 : 0.25) ? 2 + clients.int(ROUNDS - 2) : undefined;
  const switchMs = venue.startsWith('gateio') && clients.chance(0.3) ? clients.pick(SWITCHES_MS) : undefined;
  let isArmed = false;
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
    const wereOpen = account.orders().filter(({ status }) => status === 'open');
    const isSafe = isArmed && forMs > (switchMs ?? 0) + ON_THE_WIRE_MS;
    sim.faults.loseRequest(venue, '', { forMs });
    sim.faults.refuseConnections(venue, Number.POSITIVE_INFINITY);
    sim.faults.cut(venue);
    for (let i = chaos.int(5); i > 0; i--) sim.clock.setTimer(chaos.int(forMs), () => meet(place, chaos));
    await sim.clock.advance(forMs);
    const left = new Set(account.orders().flatMap(({ id, status }) => (status === 'open' ? [id] : [])));
    for (const { id } of isSafe ? wereOpen : [])
      if (left.has(id)) failures.push(`order ${id} is still open, ${switchMs} ms after its client was cut off`);
  };
  const arm = async (client: TradingClient): Promise<void> => {
    if (switchMs === undefined || client.exchange.deadManSwitch === undefined) return;
    const asked = { kind: 'arm', via: 'rest', client, symbol: 'none/none' } as const;
    const armed = client.exchange.deadManSwitch.arm(switchMs).then(() => {
      isArmed = client === first;
      return undefined;
    });
    await claim(place, asked, armed);
  };
  const restart = async (): Promise<void> => {
    happened.restarts++;
    isArmed = false;
    const before = first;
    if (file !== undefined && clients.chance(0.7)) {
      happened.crashes++;
      before.die();
      await file.crash();
      for (const [name, client] of place.names) {
        const isAnswered = claims.some((one) => one.client === before && one.clientOrderId === name);
        if (client === before && !isAnswered && !file.has(name)) unrecorded.push(name);
      }
    } else if (file === undefined) work.push(before.exchange.close());
    else {
      await haveEnded(sim, [before.exchange.close()]);
      await haveEnded(sim, [before.log.close()]);
    }
    first = await open('first again', true);
    if (clients.chance(0.5)) work.push(untilGone(first, arm(first)));
  };
  const mend = (): void => {
    sim.faults.clear();
    if (sleptMs > 0) sim.faults.skewClock(venue, sleptMs);
  };

  await sim.clock.advance(1_000);
  let work: Promise<void>[] = [untilGone(first, arm(first))];
  for (let round = 0; round < ROUNDS && failures.length === 0; round++) {
    setClock();
    disturb(sim, venue, chaos);
    for (let i = 1 + random.int(5); i > 0; i--) {
      await sim.clock.advance(random.int(random.pick([5, 40, 800])));
      const client = second !== undefined && random.chance(0.25) ? second : first;
      work.push(untilGone(client, act(place, client, random)));
      if (random.chance(0.7)) sim.clock.setTimer(random.int(random.pick([40, 1_500])), () => meet(place, random));
      if (chaos.chance(0.03)) sim.clock.setTimer(chaos.int(1_500), () => sim.faults.cut(venue));
    }
    if (chaos.chance(0.04)) await breakOff();
    if (round === restartIn) {
      await sim.clock.advance(clients.int(clients.pick([20, 2_000])));
      await restart();
    }
    if (!(await haveEnded(sim, work))) failures.push('a call does not end');
    work = [];
    mend();
    await sim.clock.advance(random.int(3_000));
  }
  mend();
  await sim.clock.advance(SETTLING_MS);
  const lasting = second === undefined ? [first] : [first, second];
  const witness = createPrivateExchange(venues[venue], { credentials: KEYS, runtime: sim.runtime() });
  const { listed, triggers } = await listAtRest(place, lasting, witness);
  const [truth, fills, balances] = [account.orders(), account.fills(), account.balances()];
  const reading = { venue, claims, again: place.again };
  for (const [i, client] of lasting.entries()) {
    failures.push(...checkClient(client, truth, fills, reading), ...checkOpen(client, listed[i] ?? [], truth));
    if (isSpot) failures.push(...checkBalances(client, balances));
  }
  failures.push(...claims.flatMap((claim) => checkClaim(claim, truth, reading)));
  failures.push(...checkTriggers(place, triggers));
  const fired = new Set(triggers.flatMap(({ orderId }) => orderId ?? []));
  const names = new Set<string>();
  for (const { id, clientOrderId, endReason } of truth) {
    const isNamed = clientOrderId !== undefined && place.names.has(clientOrderId);
    if (!isNamed && !fired.has(id)) failures.push(`nobody asked for ${id}`);
    if (isNamed && names.has(clientOrderId)) failures.push(`${clientOrderId} is there twice`);
    if (isNamed) names.add(clientOrderId);
    if (fired.has(id)) happened.fired++;
    if (endReason === 'countdown') happened.lapses++;
  }
  for (const name of unrecorded) if (names.has(name)) failures.push(`${name} was sent before it was recorded`);
  for (const { request } of first.log.open()) failures.push(`the record of ${request.clientOrderId} is still open`);
  const armings = claims.filter(({ kind }) => kind === 'arm');
  const isSteady = happened.outages + happened.restarts === 0 && armings.every(({ error }) => error === undefined);
  if (switchMs === SLOWEST_SWITCH_MS && isSteady && happened.lapses > 0)
    failures.push('the dead-man switch has fired, and nothing was cut off');
  happened.torn = file?.torn ?? 0;
  failures.push(...sim.audit().map((found) => `the ledger: ${JSON.stringify(found)}`));
  await haveEnded(sim, [first.exchange.close(), second?.exchange.close(), witness.close()]);
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

/** The same, or nothing any more once the process has died. */
function untilGone({ gone }: TradingClient, work: Promise<void>): Promise<void> {
  return Promise.race([work, gone]);
}

/** What each client lists as open, and all triggers, while nothing happens that may not be told yet. */
async function listAtRest(
  { sim, account }: TradingPlace,
  clients: readonly TradingClient[],
  witness: PrivateExchange,
): Promise<{ readonly listed: string[][]; readonly triggers: readonly TriggerOrder[] }> {
  for (;;) {
    const [before, ordersBefore] = [account.fills().length, account.orders().length];
    const states = witness.triggers === undefined ? [] : (['ended', 'waiting'] as const);
    const listing = states.map((state) => witness.triggers?.getTriggerOrders({ state, limit: 10_000 }));
    await haveEnded(sim, listing);
    const triggers = (await Promise.all(listing)).flatMap((rows) => rows ?? []);
    const asking = clients.map(({ exchange }) => exchange.getOpenOrders());
    await haveEnded(sim, asking);
    await sim.clock.advance(QUIET_MS);
    if (account.fills().length > before || account.orders().length > ordersBefore) continue;
    const listed = (await Promise.all(asking)).map((orders) => orders.map(({ orderId = '' }) => orderId));
    return { listed, triggers };
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

import { describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../../src/simulator/index.js';
import type { MarketOption } from '../../../src/simulator/market-spec.js';
import { createSeededRandom } from '../../../src/transport/seeded-random.js';
import type { VirtualClock } from '../../../src/transport/virtual-clock.js';
import {
  drawGateio,
  drawMexc,
  fire,
  placeByCommand,
  signMexc,
  watchGateio,
} from '../../integration/simulator/private-client.js';
import { ACCOUNT, DEALS, ORDERS, readPush } from './mexc-pushes.js';

const ALICE = { apiKey: 'alice', secretKey: 's', balances: { USDT: '10000', BTC: '100' } };
const MARKET: MarketOption = { symbol: 'BTC/USDT', startPrice: 100, priceDecimals: 2, quantityDecimals: 3 };
/** Those of an order that is not over. A market buy with dust ends in either of two ways, so ends are not told apart. */
const MEXC_OPEN: readonly unknown[] = [1, 3];

type Sim = Simulator<VirtualClock>;
interface World {
  readonly sim: Sim;
  readonly clock: VirtualClock;
  readonly frames: Record<'mexc' | 'gateio', (string | Uint8Array)[]>;
}

/** A trader who watches his accounts at both venues for a while. */
async function live(seed: string, faults?: { meanIntervalMs: number; untilMs: number }): Promise<World> {
  const sim = await startSimulator({
    seed,
    clock: 'virtual',
    venues: ['mexc_spot', 'gateio_spot'],
    markets: [MARKET],
    accounts: [ALICE],
    ...(faults === undefined ? {} : { faults }),
  });
  const { clock } = sim;
  const random = createSeededRandom(seed).fork('trader');
  const runtime = sim.runtime();
  const frames: World['frames'] = { mexc: [], gateio: [] };
  const http = runtime.createHttp({ origin: 'https://api.mexc.com', maxBodyBytes: 1e7, timeoutMs: 2_000 });
  const open = async (venue: 'mexc' | 'gateio', url: string, messages: readonly unknown[]) => {
    const options = { url, handshakeTimeoutMs: 1_000, maxPayloadBytes: 1e7 };
    const socket = await runtime.openSocket(options, { message: (data) => void frames[venue].push(data), close() {} });
    for (const message of messages) socket.send(JSON.stringify(message));
    return socket;
  };
  const key = await listenKey(http, clock);
  const messages = watchGateio(ALICE, seconds(clock)).map((text): unknown => JSON.parse(text));
  const [, gateio] = await settled(clock, [
    open('mexc', `wss://wbs-api.mexc.com/ws?listenKey=${key}`, [
      { method: 'SUBSCRIPTION', params: [ORDERS, DEALS, ACCOUNT], id: 1 },
    ]),
    open('gateio', 'wss://api.gateio.ws/ws/v4/', messages),
  ]);
  await clock.advance(50);
  for (let turn = 0; turn < 60; turn++) {
    const now = clock.now();
    fire(http, drawMexc(random, ALICE, now));
    fire(http, drawGateio(random, ALICE, now));
    gateio?.send(placeByCommand(random, seconds(clock)));
    await clock.advance(100 + random.int(200));
  }
  await clock.advance(30_000);
  return { sim, clock, frames };
}

function seconds(clock: VirtualClock): number {
  return Math.floor(clock.now() / 1_000);
}

async function settled<T>(clock: VirtualClock, openings: readonly Promise<T>[]): Promise<(T | undefined)[]> {
  const all = Promise.allSettled(openings);
  await clock.advance(2_000);
  return (await all).map((one) => (one.status === 'fulfilled' ? one.value : undefined));
}

async function listenKey(http: ReturnType<ReturnType<Sim['runtime']>['createHttp']>, clock: VirtualClock) {
  const call = signMexc(ALICE, 'https://api.mexc.com', 'POST', '/userDataStream', {}, clock.now());
  const answer = http({ ...call, label: 'a key', idempotent: false }).catch(() => undefined);
  await clock.advance(2_500);
  const body = (await answer)?.body;
  return /"listenKey":"(\w+)"/.exec(String(body))?.[1] ?? 'none';
}

/** What a client knows after its pushes: orders by id (whether open, and what was filled), the number of fills, balances. */
interface Knowledge {
  readonly orders: Record<string, unknown>;
  readonly fills: number;
  readonly balances: Record<string, unknown>;
}

function truthOf(sim: Sim, venue: 'mexc_spot' | 'gateio_spot'): Knowledge {
  const account = sim.account(ALICE.apiKey, venue);
  const orders = account
    .orders()
    .map(({ id, status, filledQuantity }) => [id, [status === 'open', Number(filledQuantity).toFixed(3)]]);
  return { orders: Object.fromEntries(orders), fills: account.fills().length, balances: account.balances() };
}

function learnMexc(frames: World['frames']['mexc']): Knowledge {
  const knowledge = { orders: {} as Record<string, unknown>, fills: 0, balances: {} as Record<string, unknown> };
  for (const frame of frames) {
    if (typeof frame === 'string') continue;
    const { channel, body } = readPush(frame);
    if (channel === DEALS) knowledge.fills++;
    if (channel === ACCOUNT) knowledge.balances[String(body['asset'])] = { free: body['free'], locked: body['locked'] };
    const filled = Number(body['cumulativeQuantity']).toFixed(3);
    if (channel === ORDERS) knowledge.orders[String(body['id'])] = [MEXC_OPEN.includes(body['status']), filled];
  }
  return knowledge;
}

function learnGateio(frames: World['frames']['gateio']): Knowledge {
  const knowledge = { orders: {} as Record<string, unknown>, fills: 0, balances: {} as Record<string, unknown> };
  for (const frame of frames) {
    const { channel, event, result } = JSON.parse(String(frame)) as { channel?: string; event?: string; result: never };
    if (event !== 'update') continue;
    for (const row of result as Record<string, string>[]) {
      if (channel === 'spot.usertrades') knowledge.fills++;
      if (channel === 'spot.balances') {
        knowledge.balances[row['currency']!] = { free: row['available'], locked: row['freeze'] };
      }
      if (channel !== 'spot.orders') continue;
      const filled = (Number(row['amount']) - Number(row['left'])).toFixed(3);
      knowledge.orders[row['id']!] = [row['event'] !== 'finish', filled];
    }
  }
  return knowledge;
}

describe('whoever listens to everything', () => {
  it.each(['1', '2', '3'])('knows the whole account, seed %s', async (seed) => {
    const { sim, frames } = await live(seed);
    const [mexc, gateio] = [truthOf(sim, 'mexc_spot'), truthOf(sim, 'gateio_spot')];
    expect([mexc.fills, gateio.fills].every((count) => count > 5)).toBe(true);
    expect(learnMexc(frames.mexc)).toEqual(mexc);
    expect(learnGateio(frames.gateio)).toEqual(gateio);
    expect(sim.audit()).toEqual([]);
    await sim.close();
  });
});

describe('with faults of every kind', () => {
  it.each(['1', '2', '3'])('the same seed makes the same world, and the books add up, seed %s', async (seed) => {
    const plan = { meanIntervalMs: 150, untilMs: 20_000 };
    const [first, again] = [await live(seed, plan), await live(seed, plan)];
    expect(again.sim.trace()).toEqual(first.sim.trace());
    expect(again.sim.stats()).toEqual(first.sim.stats());
    expect(Object.keys(first.sim.faults.counts()).length).toBeGreaterThan(8);
    expect([first.sim.audit(), again.sim.audit()]).toEqual([[], []]);
    await Promise.all([first.sim.close(), again.sim.close()]);
  });
});

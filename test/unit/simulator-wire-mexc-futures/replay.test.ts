import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../../src/simulator/index.js';
import type { HttpTransport } from '../../../src/transport/http/http.js';
import { createSeededRandom, type SeededRandom } from '../../../src/transport/seeded-random.js';
import type { VirtualClock } from '../../../src/transport/virtual-clock.js';
import { readMessage } from '../../support/mexc-futures-private-world.js';

const ALICE = { apiKey: 'alice', secretKey: 's', balances: { USDT: '100000' } };
const SYMBOL = 'BTC/USDT:USDT';
const ORIGIN = 'https://api.mexc.com';

type Sim = Simulator<VirtualClock>;
type Row = Record<string, unknown>;

interface Life {
  readonly sim: Sim;
  readonly messages: readonly Row[];
  ask(path: string): Promise<Row>;
  close(): Promise<void>;
}

/** Signs as the venue documents it. */
function request(method: 'GET' | 'POST', path: string, body: string, now: number) {
  const time = String(Math.floor(now));
  const signature = createHmac('sha256', ALICE.secretKey)
    .update(ALICE.apiKey + time + body)
    .digest('hex');
  const headers = { ApiKey: ALICE.apiKey, 'Request-Time': time, Signature: signature };
  const url = `${ORIGIN}/api/v1/private/${path}`;
  return { method, url, headers, label: path, idempotent: false, ...(body === '' ? {} : { body }) };
}

/** Some order near the market, or the end of all of them. */
function drawOrder(random: SeededRandom, mid: number): [path: string, body: unknown] {
  if (random.chance(0.15)) return ['order/cancel_all', {}];
  const price = Number((mid * (0.999 + 0.002 * random.next())).toFixed(1));
  const order = { symbol: 'BTC_USDT', price, vol: 1 + random.int(300), leverage: 20, openType: 1 };
  return ['order/create', { ...order, side: 1 + random.int(4), type: random.pick([1, 1, 1, 2, 3, 4, 5]) }];
}

/** A trader who watches the book and his account for a minute, in a lively market. */
async function live(seed: string): Promise<Life> {
  const sim = (await startSimulator({
    seed,
    clock: 'virtual',
    venues: ['mexc_futures'],
    markets: [SYMBOL],
    accounts: [ALICE],
  })) as Sim;
  const { clock } = sim;
  const random = createSeededRandom(seed).fork('trader');
  const runtime = sim.runtime();
  const http: HttpTransport = runtime.createHttp({ origin: ORIGIN, maxBodyBytes: 1e7, timeoutMs: 2_000 });
  const messages: Row[] = [];
  const opening = runtime.openSocket(
    { url: 'wss://contract.mexc.com/edge', handshakeTimeoutMs: 1_000, maxPayloadBytes: 1e7 },
    { message: (data) => void messages.push(readMessage(String(data))), close() {} },
  );
  await clock.advance(100);
  const socket = await opening;
  const reqTime = String(Math.floor(clock.now()));
  const signature = createHmac('sha256', ALICE.secretKey)
    .update(ALICE.apiKey + reqTime)
    .digest('hex');
  socket.send(JSON.stringify({ method: 'login', param: { apiKey: ALICE.apiKey, reqTime, signature } }));
  socket.send(JSON.stringify({ method: 'sub.depth', param: { symbol: 'BTC_USDT' } }));
  const settled = async <T>(promise: Promise<T>): Promise<T> => {
    await clock.advance(100);
    return promise;
  };
  const ask = async (path: string): Promise<Row> => {
    const answer = await settled(http(request('GET', path, '', clock.now())));
    return (JSON.parse(answer.body) as { data: Row }).data;
  };
  for (let turn = 0; turn < 100; turn++) {
    const { bids } = sim.book('mexc_futures', SYMBOL, { depth: 1 })!;
    const [path, body] = drawOrder(random, bids[0]![0]);
    void http(request('POST', path, JSON.stringify(body), clock.now()));
    if (turn % 20 === 0) socket.send('{"method":"ping"}');
    await clock.advance(500 + random.int(200));
  }
  await clock.advance(1_000);
  return { sim, messages, ask, close: () => sim.close() };
}

/** Keeps the book as the venue's measured rule has it; throws on a gap. */
function applyDepth(
  book: Row,
  pushes: readonly Row[],
): { version: number; asks: Map<number, number>; bids: Map<number, number> } {
  const sideOf = (name: string) => new Map((book[name] as [number, number][]).map(([price, vol]) => [price, vol]));
  const [asks, bids] = [sideOf('asks'), sideOf('bids')];
  let version = book['version'] as number;
  for (const push of pushes) {
    const { begin, end } = push as { begin: number; end: number };
    if (end <= version) continue;
    if (begin > version + 1) throw new Error(`gap: ${version} then ${begin}`);
    for (const [side, name] of [
      [asks, 'asks'],
      [bids, 'bids'],
    ] as const) {
      for (const [price, vol] of push[name] as [number, number][]) {
        if (vol === 0) side.delete(price);
        else side.set(price, vol);
      }
    }
    version = end;
  }
  return { version, asks, bids };
}

const dataOf = (messages: readonly Row[], channel: string): Row[] =>
  messages.filter((message) => message['channel'] === channel).map(({ data }) => data as Row);

describe('a minute of trading', () => {
  it.each(['a', 'b'])('is the same event for event with the same seed (%s)', async (seed) => {
    const [first, second] = [await live(seed), await live(seed)];
    expect(second.sim.trace()).toBe(first.sim.trace());
    expect(second.messages).toEqual(first.messages);
    const other = await live(`${seed} other`);
    expect(other.sim.trace()).not.toBe(first.sim.trace());
    await Promise.all([first.close(), second.close(), other.close()]);
  });

  it.each(['c', 'd', 'e'])('can be rebuilt from what is pushed (seed %s)', async (seed) => {
    const { sim, messages, ask, close } = await live(seed);
    const fills = dataOf(messages, 'push.personal.order.deal');
    const real = sim.account(ALICE.apiKey).fills();
    expect(fills.map(({ orderId, price }) => [orderId, price])).toEqual(
      real.map((fill) => [fill.orderId, Number(fill.price)]),
    );
    expect(fills.length).toBeGreaterThan(10);
    const last = new Map(dataOf(messages, 'push.personal.order').map((order) => [order['orderId'] as string, order]));
    for (const { id } of sim.account(ALICE.apiKey).orders().slice(-15)) {
      expect(last.get(id)).toMatchObject(await ask(`order/get/${id}`));
    }
    const held = new Map(dataOf(messages, 'push.personal.position').map((one) => [one['positionId'], one['holdVol']]));
    for (const { positionId, holdVol } of (await ask('position/open_positions')) as unknown as Row[]) {
      expect(held.get(positionId)).toBe(holdVol);
    }
    expect(sim.audit()).toEqual([]);
    await close();
  });

  it.each(['f', 'g', 'h'])(
    'has a book that can be kept from any snapshot on, and a gap shows (seed %s)',
    async (seed) => {
      const { sim, messages, close } = await live(seed);
      const pushes = dataOf(messages, 'push.depth');
      expect(pushes.length).toBeGreaterThan(200);
      const versions = (sequence: number) => {
        const { bids, asks } = sim.book('mexc_futures', SYMBOL, { sequence })!;
        const rows = (levels: readonly [number, number][]) =>
          levels.map(([price, base]) => [price, Math.round(base / 0.0001)]);
        return { version: sequence, asks: rows(asks), bids: rows(bids) };
      };
      const first = pushes[50] as { begin: number; end: number };
      const straddled = first.begin + Math.floor((first.end - first.begin) / 2);
      const kept = applyDepth(versions(straddled), pushes);
      const truth = versions(kept.version);
      const sorted = (side: ReadonlyMap<number, number>, sign: number) => [...side].sort(([a], [b]) => sign * (a - b));
      expect([sorted(kept.asks, 1), sorted(kept.bids, -1)]).toEqual([truth.asks, truth.bids]);
      expect(() => applyDepth(versions(straddled), pushes.toSpliced(60, 1))).toThrow('gap');
      await close();
    },
  );
});

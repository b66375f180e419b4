import { Agent, get as httpGet } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { startSimulator } from '../../../src/simulator/index.js';
import type { SimulatorOptions } from '../../../src/simulator/options.js';
import { createSimulator, type Simulator } from '../../../src/simulator/simulator.js';
import { ECHO_PROFILES } from '../../unit/simulator/echo-wire.js';

type EchoId = keyof typeof ECHO_PROFILES;

const open: Array<{ close(): Promise<void> }> = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((sim) => sim.close()));
});

async function startEcho(options: SimulatorOptions<EchoId> = {}): Promise<Simulator<EchoId>> {
  const sim = await createSimulator<EchoId>({ seed: 5, markets: ['BTC/USDT'], flow: 'off', ...options }, ECHO_PROFILES);
  open.push(sim);
  return sim;
}

/** A client and what it has heard; `next` resolves with the next thing. */
async function connect(url: string) {
  const socket = new WebSocket(url);
  const log: unknown[] = [];
  let wake = (): void => {};
  const hear = (what: unknown): void => {
    log.push(what);
    wake();
  };
  socket.on('message', (data, isBinary) => hear(isBinary ? data : String(data)));
  socket.on('pong', () => hear('pong'));
  socket.on('close', (code, reason) => hear({ code, reason: String(reason) }));
  socket.on('error', () => {});
  let read = 0;
  const next = async (): Promise<unknown> => {
    while (log.length <= read) await new Promise<void>((resolve) => (wake = resolve));
    return log[read++];
  };
  await new Promise<void>((resolve) => {
    socket.once('open', resolve);
    socket.once('close', () => resolve());
  });
  return { socket, log, next };
}

describe('the loopback door', () => {
  it('gives each venue a port of its own and keeps the paths of the real bases', async () => {
    const sim = await startEcho();
    const { rest, ws } = sim.endpoints('echo');
    expect(rest).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v9$/);
    expect(ws).toBe(`${rest.replace('http', 'ws').replace('/api/v9', '')}/ws/`);
    expect(sim.endpoints('other').rest).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(new URL(sim.endpoints('other').rest).port).not.toBe(new URL(rest).port);
  });

  it('serves requests byte for byte as the in-memory door does', async () => {
    const sim = await startEcho();
    const { rest } = sim.endpoints('echo');
    const real = await fetch(`${rest}/book?a=1&b=%20`, { method: 'POST', body: 'hello', headers: { Accept: 'x' } });
    const http = sim.runtime().createHttp({ origin: 'https://echo.test', maxBodyBytes: 1_000, timeoutMs: 1_000 });
    const inMemory = await http({
      method: 'POST',
      url: 'https://echo.test/api/v9/book?a=1&b=%20',
      headers: { Accept: 'x' },
      body: 'hello',
      label: 'POST /book',
      idempotent: false,
    });
    expect(await real.text()).toBe(inMemory.body.replace('10.0.0.1', '127.0.0.1'));
    expect(real.headers.get('content-type')).toBe('application/json');
    expect(await (await fetch(new URL('/beside?', rest))).json()).toMatchObject({ path: '/beside', query: '' });
  });

  it('keeps connections alive between requests', async () => {
    const sim = await startEcho();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number>();
    for (let i = 0; i < 3; i++) {
      await new Promise<void>((resolve, reject) => {
        httpGet(`${sim.endpoints('echo').rest}/`, { agent }, (response) => {
          ports.add(response.socket.localPort!);
          response.resume().on('end', resolve);
        }).on('error', reject);
      });
    }
    agent.destroy();
    expect(ports.size).toBe(1);
  });

  it('carries frames, answers protocol pings and closes by either side', async () => {
    const sim = await startEcho();
    const { ws } = sim.endpoints('echo');
    const { socket, next } = await connect(`${ws}?listenKey=k`);
    socket.send('url');
    expect([await next(), await next()]).toEqual(['ack url', '/ws/?listenKey=k 127.0.0.1']);
    socket.ping();
    expect(await next()).toBe('pong');
    socket.send('bytes');
    expect([await next(), await next()]).toEqual(['ack bytes', Buffer.alloc(40, 7)]);
    socket.send('start 2 t');
    expect([await next(), await next(), await next()]).toEqual(['ack start 2 t', '{"t":1}', '{"t":2}']);
    socket.close(4_000, 'enough');
    expect(await next()).toEqual({ code: 4_000, reason: 'enough' });
    const theirs = await connect(ws);
    theirs.socket.send('bye 1012');
    expect([await theirs.next(), await theirs.next()]).toEqual(['ack bye 1012', { code: 1012, reason: 'so long' }]);
    const uncoded = await connect(ws);
    uncoded.socket.send('bye 1005');
    expect([await uncoded.next(), await uncoded.next()]).toEqual(['ack bye 1005', { code: 1005, reason: '' }]);
  });

  it('cuts, refuses and half-opens real sockets', async () => {
    const sim = await startEcho();
    const { ws } = sim.endpoints('echo');
    const cut = await connect(ws);
    sim.faults.cut('echo');
    expect(await cut.next()).toEqual({ code: 1006, reason: '' });
    sim.faults.refuseConnections('echo');
    const refused = await connect(ws);
    expect(refused.log).toEqual([{ code: 1006, reason: '' }]);
    const half = await connect(ws);
    sim.faults.halfOpen('echo');
    half.socket.send('hello');
    half.socket.ping();
    const fresh = await connect(ws);
    fresh.socket.send('hello');
    expect(await fresh.next()).toBe('ack hello');
    expect(half.log).toEqual([]);
    expect(half.socket.readyState).toBe(WebSocket.OPEN);
    expect(sim.faults.counts()).toEqual({ cut: 1, refuseConnections: 1, halfOpen: 1 });
    half.socket.terminate();
  });

  it('answers as the faults of requests say', async () => {
    const sim = await startEcho();
    const { rest } = sim.endpoints('echo');
    sim.faults.respond('echo', '/book', { status: 429, headers: { 'retry-after': '7' }, body: 'slow down' });
    const limited = await fetch(`${rest}/book`);
    expect([limited.status, limited.headers.get('retry-after'), await limited.text()]).toEqual([429, '7', 'slow down']);
    sim.faults.truncateBody('echo', '');
    await expect((await fetch(`${rest}/book`)).json()).rejects.toThrow(SyntaxError);
    sim.faults.timeoutHttp('echo', '');
    await expect(fetch(`${rest}/book`, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });

  it('tells its clients when it closes, and leaves no handle even with a half-open socket', async () => {
    const servers = async () => {
      // A closed handle is listed until the event loop has come round once more.
      for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
      return process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;
    };
    const before = await servers();
    const sim = await startEcho();
    expect(await servers()).toBe(before + 2);
    const half = await connect(sim.endpoints('other').ws);
    sim.faults.halfOpen('other');
    const client = await connect(sim.endpoints('echo').ws);
    await fetch(`${sim.endpoints('echo').rest}/`);
    await sim.close();
    expect(await client.next()).toEqual({ code: 1001, reason: 'going away' });
    expect(await half.next()).toEqual({ code: 1006, reason: '' });
    await expect(fetch(`${sim.endpoints('echo').rest}/`)).rejects.toThrow('fetch failed');
    expect(await servers()).toBe(before);
  });

  it('opens the ports that it is told, and names one that is taken', async () => {
    const first = await startEcho({ venues: ['echo'] });
    const port = Number(new URL(first.endpoints('echo').rest).port);
    await expect(startEcho({ ports: { other: port } })).rejects.toMatchObject({
      code: 'configuration',
      field: 'ports.other',
    });
    await first.close();
    const second = await startEcho({ venues: ['other'], ports: { other: port } });
    expect(second.endpoints('other').rest).toBe(`http://127.0.0.1:${port}`);
  });

  it('stands for both venues at the bases that they document', async () => {
    const sim = await startSimulator({ seed: 1, flow: 'calm' });
    open.push(sim);
    const mexc = sim.endpoints('mexc_spot');
    const gateio = sim.endpoints('gateio_spot');
    expect(mexc).toEqual({ rest: expect.stringMatching(/:\d+$/), ws: expect.stringMatching(/:\d+\/ws$/) });
    expect(gateio).toEqual({
      rest: expect.stringMatching(/:\d+\/api\/v4$/),
      ws: expect.stringMatching(/:\d+\/ws\/v4\/$/),
    });
    expect(await (await fetch(`${mexc.rest}/api/v3/ping`)).json()).toEqual({});
    const answer = await fetch(`${gateio.rest}/spot/order_book?currency_pair=BTC_USDT&with_id=true&limit=3`);
    const book = (await answer.json()) as { id: number; bids: [string, string][]; asks: [string, string][] };
    const truth = sim.book('gateio_spot', 'BTC/USDT', { sequence: book.id, depth: 3 })!;
    expect(book.bids.map((level) => level.map(Number))).toEqual(truth.bids);
    expect(book.asks.map((level) => level.map(Number))).toEqual(truth.asks);
  });
});

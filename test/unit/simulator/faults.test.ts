import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';
import { createEchoWorld, get, openLogged } from './echo-world.js';

/** Twelve frames of two topics and what a fault leaves of them. */
async function play(fault: (faults: Awaited<ReturnType<typeof createEchoWorld>>['sim']['faults']) => void) {
  const { sim, clock, runtime } = await createEchoWorld();
  const { socket, log } = await openLogged(runtime, clock);
  socket.send('start 4 book');
  await clock.advance(3);
  fault(sim.faults);
  await clock.advance(2_000);
  return { heard: log.slice(1), counts: sim.faults.counts() };
}

const frame = (n: number) => `{"book":${n}}`;

describe('faults of frames', () => {
  it('drops the next matching frames and no others', async () => {
    expect(await play((faults) => faults.drop('echo', { topic: 'oo', times: 2 }))).toEqual({
      heard: [frame(3), frame(4)],
      counts: { drop: 2 },
    });
    expect(await play((faults) => faults.drop('echo', { topic: 'trades' }))).toEqual({
      heard: [1, 2, 3, 4].map(frame),
      counts: {},
    });
    expect((await play((faults) => faults.drop('other'))).counts).toEqual({});
  });

  it('duplicates a frame', async () => {
    expect(await play((faults) => faults.duplicate('echo'))).toEqual({
      heard: [1, 1, 2, 3, 4].map(frame),
      counts: { duplicate: 1 },
    });
  });

  it('swaps a frame with the next, and sends it a second later when there is none', async () => {
    expect(await play((faults) => faults.reorder('echo'))).toEqual({
      heard: [2, 1, 3, 4].map(frame),
      counts: { reorder: 1 },
    });
    const { sim, clock, runtime } = await createEchoWorld();
    const { socket, log } = await openLogged(runtime, clock);
    sim.faults.reorder('echo');
    socket.send('start 1 book');
    await clock.advance(1_000);
    expect(log.slice(1)).toEqual([]);
    await clock.advance(30);
    expect(log.slice(1)).toEqual([frame(1)]);
  });

  it('delays a frame and everything behind it, in order', async () => {
    const { sim, clock, runtime } = await createEchoWorld();
    const { socket, log } = await openLogged(runtime, clock);
    sim.faults.delay('echo', { delayMs: 500 });
    socket.send('start 3 book');
    await clock.advance(400);
    socket.send('hello');
    await clock.advance(90);
    expect(log.slice(1)).toEqual([]);
    await clock.advance(100);
    expect(log.slice(1)).toEqual([...[1, 2, 3].map(frame), 'ack hello']);
  });

  it('damages text so that it is not JSON', async () => {
    const { heard, counts } = await play((faults) => faults.corrupt('echo', { times: 4 }));
    expect(counts).toEqual({ corrupt: 4 });
    expect(heard).toHaveLength(4);
    for (const text of heard) expect(() => JSON.parse(text as string)).toThrow(SyntaxError);
  });

  it('mutes one topic for a time while acknowledgements flow', async () => {
    const { sim, clock, runtime } = await createEchoWorld();
    const { socket, log } = await openLogged(runtime, clock);
    sim.faults.mute('echo', 'book', { forMs: 30 });
    socket.send('start 6 book');
    await clock.advance(20);
    socket.send('hello');
    await clock.advance(200);
    expect(log.filter((text) => String(text).startsWith('ack'))).toEqual(['ack start 6 book', 'ack hello']);
    expect(log.filter((text) => !String(text).startsWith('ack')).at(-1)).toBe(frame(6));
    const { mute } = sim.faults.counts();
    expect(mute).toBeGreaterThan(0);
    expect(log).toHaveLength(2 + 6 - mute!);
  });

  it('acts by chance during a time when told so, the same way for the same seed', async () => {
    const run = () => play((faults) => faults.drop('echo', { chance: 0.5, forMs: 1_000 }));
    const first = await run();
    expect(first).toEqual(await run());
    expect(first.heard.length + (first.counts['drop'] ?? 0)).toBe(4);
  });

  it('takes back what has not happened', async () => {
    const result = await play((faults) => {
      faults.drop('echo', { times: 9 });
      faults.clear('echo');
    });
    expect(result).toEqual({ heard: [1, 2, 3, 4].map(frame), counts: {} });
  });
});

describe('faults of connections', () => {
  it('cuts every socket of the venue', async () => {
    const { sim, clock, runtime } = await createEchoWorld();
    const one = await openLogged(runtime, clock);
    const two = await openLogged(runtime, clock, 'wss://other.test/ws');
    sim.faults.cut('echo');
    await clock.advance(1);
    expect(one.log).toEqual([{ code: 1006, reason: '' }]);
    expect(two.log).toEqual([]);
    expect(sim.faults.counts()).toEqual({ cut: 1 });
  });

  it('leaves a half-open socket open, with nothing flowing either way, and new ones whole', async () => {
    const { sim, clock, runtime } = await createEchoWorld();
    const old = await openLogged(runtime, clock);
    old.socket.send('start 5 book');
    await clock.advance(15);
    const before = [...old.log];
    sim.faults.halfOpen('echo');
    sim.faults.halfOpen('echo');
    old.socket.send('hello');
    old.socket.ping();
    await clock.advance(5);
    const fresh = await openLogged(runtime, clock);
    fresh.socket.send('hello');
    await clock.advance(1_000);
    expect(old.log.length - before.length).toBeLessThanOrEqual(1);
    expect(old.log).not.toContain('ack hello');
    expect(old.log).not.toContainEqual({ control: 'pong' });
    expect(fresh.log).toEqual(['ack hello']);
    expect(sim.faults.counts()).toEqual({ halfOpen: 1 });
    old.socket.terminate();
    await clock.advance(1);
    expect(old.log.at(-1)).toEqual({ code: 1006, reason: '' });
  });

  it('refuses the next attempts to connect', async () => {
    const { sim, clock, runtime } = await createEchoWorld();
    sim.faults.refuseConnections('echo', 2);
    const errors = [];
    for (let i = 0; i < 3; i++) errors.push((await openLogged(runtime, clock)).error);
    expect(errors).toEqual([
      expect.objectContaining({ code: 'network', outcome: 'not_sent' }),
      expect.objectContaining({ code: 'network', outcome: 'not_sent' }),
      undefined,
    ]);
  });
});

describe('faults of requests', () => {
  it('answers in place of the venue, so many times, on matching paths', async () => {
    const { sim, clock, runtime } = await createEchoWorld();
    sim.faults.respond('echo', '/book', { status: 429, headers: { 'retry-after': '2' }, body: 'no', times: 1 });
    const asked = Promise.all(['/time', '/book', '/book'].map((path) => get(runtime, path)));
    await clock.advance(30);
    expect((await asked).map((answer) => ('status' in answer ? answer.status : answer)).sort()).toEqual([
      200, 200, 429,
    ]);
    expect(sim.faults.counts()).toEqual({ respond: 1 });
  });

  it('cuts a body short', async () => {
    const { sim, clock, runtime } = await createEchoWorld();
    sim.faults.truncateBody('echo', '');
    const asked = get(runtime, '/book');
    await clock.advance(30);
    const answer = (await asked) as { status: number; body: string };
    expect(answer.status).toBe(200);
    expect(() => JSON.parse(answer.body)).toThrow(SyntaxError);
  });

  it('delays an answer', async () => {
    const { sim, clock, runtime } = await createEchoWorld();
    sim.faults.delayHttp('echo', '', { delayMs: 1_000 });
    let status: unknown;
    void get(runtime, '/book').then((answer) => {
      status = 'status' in answer ? answer.status : answer;
    });
    await clock.advance(1_000);
    expect(status).toBeUndefined();
    await clock.advance(30);
    expect(status).toBe(200);
  });

  it('serves snapshots from the past, no further back than the beginning', async () => {
    const { sim, clock, runtime } = await createEchoWorld();
    for (let i = 0; i < 10; i++) {
      sim.injectOrder('echo', { symbol: 'BTC/USDT', side: 'buy', price: '100', quantity: '1' });
    }
    const newest = sim.book('echo', 'BTC/USDT')!.sequence;
    sim.faults.staleSnapshot('echo', 'BTC/USDT', 3);
    sim.faults.staleSnapshot('echo', 'BTC/USDT', 50);
    const sequences = [];
    for (let i = 0; i < 3; i++) {
      const asked = get(runtime, '/depth');
      await clock.advance(30);
      sequences.push(JSON.parse(((await asked) as { body: string }).body).sequence);
    }
    expect(sequences).toEqual([newest - 3, newest - 10, undefined]);
    expect(sim.faults.counts()).toEqual({ staleSnapshot: 2 });
  });

  it.each([
    ['venue', (faults: never) => (faults as { cut(venue: string): void }).cut('nowhere')],
    ['times', (faults: { drop(venue: string, fault: object): void }) => faults.drop('echo', { times: 0 })],
    ['chance', (faults: { drop(venue: string, fault: object): void }) => faults.drop('echo', { chance: -1 })],
    [
      'delayMs',
      (faults: { delay(venue: string, fault: object): void }) => faults.delay('echo', { delayMs: Number.NaN }),
    ],
    [
      'behindSteps',
      (faults: { staleSnapshot(...args: unknown[]): void }) => faults.staleSnapshot('echo', 'BTC/USDT', -1),
    ],
  ])('refuses a wrong %s', async (field, act) => {
    const { sim } = await createEchoWorld();
    expect(() => act(sim.faults as never)).toThrow(expect.objectContaining({ code: 'configuration', field }));
  });
});

describe('random faults', () => {
  it('draws every kind in time, counts only what happens, and is the same for the same seed', async () => {
    const run = async () => {
      const { sim, clock, runtime } = await createEchoWorld({ faults: { meanIntervalMs: 100, untilMs: 60_000 } });
      for (let i = 0; i < 70; i++) {
        const { socket } = await openLogged(runtime, clock);
        socket?.send('start 90 book');
        void get(runtime, '/depth');
        await clock.advance(980);
        socket?.terminate();
      }
      return { counts: sim.faults.counts(), trace: sim.trace() };
    };
    const first = await run();
    expect(first).toEqual(await run());
    expect(Object.keys(first.counts).sort()).toEqual([
      'corrupt',
      'cut',
      'delay',
      'delayHttp',
      'drop',
      'duplicate',
      'halfOpen',
      'mute',
      'refuseConnections',
      'reorder',
      'respond',
      'staleSnapshot',
      'timeoutHttp',
      'truncateBody',
    ]);
  });

  it.each([
    ['faults.meanIntervalMs', { meanIntervalMs: 0 }],
    ['faults.untilMs', { meanIntervalMs: 1, untilMs: -1 }],
    ['faults.kinds', { meanIntervalMs: 1, kinds: ['flood' as never] }],
    ['faults.kinds', { meanIntervalMs: 1, kinds: [] }],
  ])('refuses a plan with a wrong %s', async (field, faults) => {
    const clock = createVirtualClock();
    await expect(createEchoWorld({ clock, flow: 'lively', faults })).rejects.toMatchObject({
      code: 'configuration',
      field,
    });
    expect(clock.pendingTimers).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { ClosedError } from '../../../src/errors/kinds.js';
import { streamWorld } from './stream-world.js';

describe('a stream client', () => {
  it('opens nothing before somebody subscribes, and one socket for several topics in one message', async () => {
    const world = streamWorld();
    await world.clock.advance(1_000);
    expect([world.sockets.attempts.length, world.client.status]).toEqual([0, 'idle']);
    const [a, b] = [world.listen('a'), world.listen('b')];
    await world.settle();
    expect([world.sockets.attempts.length, world.sent(world.sockets.last)]).toEqual([1, ['sub 1 a b']]);
    expect([a.log, b.log, world.events]).toEqual([['confirmed 1'], ['confirmed 1'], ['connecting', 'live']]);
  });

  it('shares a topic among listeners, and leaves it with the last of them', async () => {
    const world = streamWorld();
    const keep = world.listen('other');
    const [first, second] = [world.listen('a'), world.listen('a')];
    await world.settle();
    world.sockets.last.handler.message('a x');
    const third = world.listen('a');
    expect([first.log, second.log, third.log]).toEqual([
      ['confirmed 1', 'data x 42 1'],
      ['confirmed 1', 'data x 42 1'],
      ['confirmed 1'],
    ]);
    await first.subscription.close();
    await second.subscription.close();
    world.sockets.last.handler.message('a y');
    expect([first.log.length, third.log.at(-1), world.client.topics]).toEqual([2, 'data y 42 1', 2]);
    await third.subscription.close();
    await third.subscription.close();
    expect(world.sent(world.sockets.last)).toEqual(['sub 1 other a', 'unsub 2 a']);
    await keep.subscription.close();
    expect([world.client.sockets, world.client.status, world.sockets.last.isEnded]).toEqual([0, 'idle', true]);
  });

  it('hands out a push that comes before the answer, and takes it for the proof that the topic is there', async () => {
    const world = streamWorld({ answers: false });
    const { log } = world.listen('a');
    await world.settle();
    world.sockets.last.accept();
    await world.settle();
    world.sockets.last.handler.message('a early');
    world.sockets.last.handler.message('ok 1');
    expect([log, world.client.status]).toEqual([['data early 42 1', 'confirmed 1'], 'live']);
  });

  it('tells the listener why a topic was refused, and goes on with the others', async () => {
    const world = streamWorld({ answers: false });
    const [good, bad] = [world.listen('good'), world.listen('bad')];
    await world.settle();
    world.sockets.last.accept();
    await world.settle();
    world.sockets.last.handler.message('no 1 bad');
    await world.settle();
    expect(good.log).toEqual(['confirmed 1']);
    expect(bad.log).toEqual(['refused: subscription_refused rejected: subscription to bad refused: no such topic']);
    expect([world.client.topics, world.client.status]).toEqual([1, 'live']);
    world.sockets.last.handler.message('bad late');
    expect(bad.log).toHaveLength(1);
  });

  it('halves a message that was refused as a whole until the bad topic stands alone', async () => {
    const world = streamWorld({ answers: false });
    const [a, b, c] = [world.listen('a'), world.listen('b'), world.listen('c')];
    await world.settle();
    world.sockets.last.accept();
    await world.settle();
    const { handler } = world.sockets.last;
    for (const answer of ['no 1', 'ok 2', 'no 3']) {
      handler.message(answer);
      await world.settle();
    }
    expect(world.sent(world.sockets.last)).toEqual(['sub 1 a b c', 'sub 2 a b', 'sub 3 c']);
    expect([a.log, b.log, c.log.length]).toEqual([['confirmed 1'], ['confirmed 1'], 1]);
  });

  it('asks again after a pause when the venue was only busy, and gives up after ten refusals', async () => {
    const world = streamWorld({ answers: false });
    const { log } = world.listen('a');
    await world.settle();
    world.sockets.last.accept();
    await world.settle();
    for (let id = 1; id <= 10; id++) {
      expect([world.sent(world.sockets.last).length, log]).toEqual([id, []]);
      world.sockets.last.handler.message(`busy ${id}`);
      await world.clock.advance(300);
    }
    expect([world.sent(world.sockets.last).length, log]).toEqual([
      10,
      ['refused: server rejected: subscription to a refused: busy'],
    ]);
  });

  it.each([
    [undefined, 15, []],
    [true, 10, ['refused: subscription_refused rejected: subscription to a refused: no such topic']],
    [false, 1, ['refused: subscription_refused rejected: subscription to a refused: no such topic']],
  ] as const)(
    'asks again when the clock was off, without an end while nobody can tell: %s',
    async (wasOff, asked, told) => {
      const world = streamWorld({ answers: false, wasClockOff: async () => wasOff });
      const { log } = world.listen('a');
      await world.settle();
      world.sockets.last.accept();
      await world.settle();
      for (let id = 1; id < 15; id++) {
        world.sockets.last.handler.message(`no ${id} a`);
        await world.clock.advance(300);
      }
      expect([world.sent(world.sockets.last).length, log]).toEqual([asked, told]);
    },
  );

  it('asks again for what stays unanswered, and takes a new socket after three times', async () => {
    const world = streamWorld({ answers: false });
    const { log } = world.listen('a');
    await world.settle();
    world.sockets.last.accept();
    await world.clock.advance(14_999);
    expect([world.sent(world.sockets.last), world.sockets.attempts.length]).toEqual([
      ['sub 1 a', 'sub 2 a', 'sub 3 a'],
      1,
    ]);
    await world.clock.advance(200);
    expect([world.sockets.attempts.length, world.sockets.attempts[0]?.asked]).toEqual([2, ['terminate']]);
    world.sockets.last.accept();
    await world.settle();
    world.sockets.last.handler.message('ok 4');
    expect(log).toEqual(['confirmed 2']);
  });

  it('subscribes everything again after a loss, with a higher generation, and says so', async () => {
    const world = streamWorld();
    const [a, b] = [world.listen('a'), world.listen('b')];
    await world.settle();
    world.sockets.last.end({ code: 1006, reason: 'cut' });
    expect([a.log, world.client.status]).toEqual([['confirmed 1', 'lost: connection lost (1006 cut)'], 'degraded']);
    await world.clock.advance(100);
    expect(world.sent(world.sockets.last)).toEqual(['sub 2 a b']);
    expect([a.log.at(-1), b.log.at(-1), world.client.status]).toEqual(['confirmed 2', 'confirmed 2', 'live']);
    world.sockets.attempts[0]?.handler.message('a from the old socket');
    expect(a.log).toHaveLength(3);
  });

  it('sends no more control messages in a second than the venue allows, and none is lost', async () => {
    const world = streamWorld({ plan: { maxMessagesPerSecond: 2 } });
    const all = [];
    for (const channel of ['a', 'b', 'c']) {
      all.push(world.listen(channel));
      await world.settle();
    }
    expect(world.sent(world.sockets.last)).toEqual(['sub 1 a', 'sub 2 b']);
    await world.clock.advance(1_100);
    expect(world.sent(world.sockets.last)).toEqual(['sub 1 a', 'sub 2 b', 'sub 3 c']);
    expect(all.map(({ log }) => log)).toEqual([['confirmed 1'], ['confirmed 1'], ['confirmed 1']]);
  });

  it('spreads topics over sockets at the limit of the venue', async () => {
    const world = streamWorld();
    const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((channel) => world.listen(channel));
    await world.settle();
    expect(world.sockets.attempts.map((attempt) => world.sent(attempt)[0])).toEqual([
      'sub 1 a b c',
      'sub 2 d e f',
      'sub 3 g',
    ]);
    await all[1]?.subscription.close();
    world.listen('h');
    await world.settle();
    expect(world.sent(world.sockets.attempts[0])).toEqual(['sub 1 a b c', 'unsub 4 b', 'sub 5 h']);
    expect([world.client.sockets, world.client.topics]).toEqual([3, 7]);
  });

  it('subscribes a topic again when it is silent for longer than it may be, more patiently each time', async () => {
    const world = streamWorld();
    const { log } = world.listen('a', 10_000);
    const steady = world.listen('b', 10_000);
    await world.settle();
    for (let i = 0; i < 4; i++) {
      await world.clock.advance(4_000);
      world.sockets.last.handler.message('b x');
    }
    expect(log).toEqual(['confirmed 1', 'lost: subscribing again', 'confirmed 1']);
    expect(steady.log.filter((line) => !line.startsWith('data'))).toEqual(['confirmed 1']);
    expect(world.sent(world.sockets.last)).toEqual(['sub 1 a b', 'unsub 2 a', 'sub 3 a']);
    await world.clock.advance(13_000);
    expect(log).toHaveLength(3);
    await world.clock.advance(2_000);
    expect(log).toHaveLength(5);
  });

  it('reports what is unknown and what cannot be read, and lives on', async () => {
    const world = streamWorld();
    const { log } = world.listen('a');
    await world.settle();
    for (const frame of ['? a new thing', '! garbage', 'nobody wants this', 'a x']) {
      world.sockets.last.handler.message(frame);
    }
    expect(world.events.slice(2)).toEqual(['unknown a new thing', 'malformed garbage']);
    expect(log.at(-1)).toBe('data x 42 1');
  });

  it('refuses every topic when connecting is given up', async () => {
    const world = streamWorld({ answers: false, policy: { maxAttempts: 1 } });
    const { log } = world.listen('a');
    await world.settle();
    world.sockets.last.refuse(new Error('planted'));
    await world.clock.advance(20_000);
    expect(log).toEqual([expect.stringMatching(/^refused: network/)]);
    expect([world.client.topics, world.client.sockets, world.client.status]).toEqual([0, 0, 'idle']);
  });

  it('refuses a topic when its codec cannot be loaded, and loads it again for the next one', async () => {
    let fails = true;
    const world = streamWorld({
      loadCodec: async () => {
        if (fails) throw new Error('no such file');
        return { subscribe: () => [], unsubscribe: () => [], ping: () => '', read: () => undefined };
      },
    });
    const { log } = world.listen('a');
    await world.settle();
    expect(log).toEqual(['refused: unknown not_sent: the stream codec could not be loaded']);
    fails = false;
    world.listen('b');
    await world.settle();
    expect(world.sockets.attempts).toHaveLength(1);
  });

  it('leaves nothing behind when it is closed in any state, and takes no topic afterwards', async () => {
    const states: Readonly<Record<string, (world: ReturnType<typeof streamWorld>) => Promise<unknown>>> = {
      idle: async () => undefined,
      'loading the codec': async (world) => world.listen('a'),
      connecting: async (world) => {
        world.state.answers = false;
        world.listen('a');
        await world.settle();
      },
      'waiting for an answer': async (world) => {
        world.state.answers = false;
        world.listen('a');
        await world.settle();
        world.sockets.last.accept();
        await world.settle();
      },
      live: async (world) => {
        world.listen('a', 10_000);
        await world.settle();
      },
      'waiting to connect again': async (world) => {
        world.listen('a');
        await world.settle();
        world.sockets.last.end({ code: 1006, reason: '' });
      },
      rotating: async (world) => {
        world.listen('a');
        await world.settle();
        world.state.answers = false;
        world.sockets.last.handler.message('upgrade');
        await world.settle();
      },
    };
    for (const [name, reach] of Object.entries(states)) {
      const world = streamWorld();
      await reach(world);
      const closed = world.client.close();
      await world.clock.advance(2_000);
      await closed;
      await world.client.close();
      const open = world.sockets.attempts.filter(({ isEnded, signal }) => !isEnded && !signal?.aborted).length;
      expect([name, world.clock.pendingTimers, open, world.client.status]).toEqual([name, 0, 0, 'closed']);
      expect(() => world.listen('b')).toThrow(ClosedError);
    }
  });
});

describe('a planned change of the socket', () => {
  it('makes before it breaks: each topic moves with its first push, and the old socket goes last', async () => {
    const world = streamWorld({ plan: { maxAgeMs: 60_000 } });
    const [a, b] = [world.listen('a'), world.listen('b')];
    await world.settle();
    await world.clock.advance(60_000);
    const [old, fresh] = world.sockets.attempts;
    expect([world.sockets.attempts.length, world.sent(fresh), old?.isEnded]).toEqual([2, ['sub 2 a b'], false]);
    old?.handler.message('a 1');
    fresh?.handler.message('a 2');
    old?.handler.message('a 2 again, late');
    old?.handler.message('b 1');
    expect([a.log, b.log]).toEqual([
      ['confirmed 1', 'data 1 42 1', 'data 2 42 2', 'confirmed 2'],
      ['confirmed 1', 'data 1 42 1'],
    ]);
    await world.clock.advance(15_000);
    expect([b.log.at(-1), old?.isEnded, fresh?.isEnded, world.client.sockets]).toEqual(['confirmed 2', true, false, 1]);
    expect(world.events).toEqual(['connecting', 'live']);
  });

  it('stays with the old socket while the new one does not come up', async () => {
    const world = streamWorld();
    const a = world.listen('a');
    await world.settle();
    world.state.answers = false;
    const old = world.sockets.last;
    old.handler.message('upgrade');
    await world.clock.advance(16_000);
    old.handler.message('a still here');
    expect([a.log, old.isEnded, world.client.sockets]).toEqual([['confirmed 1', 'data still here 42 1'], false, 1]);
  });

  it('of a venue whose answers carry no id gives each answer to the oldest message that waits for it', async () => {
    const world = streamWorld({ answers: false });
    const heard = [];
    for (const channel of ['a', 'b', 'c']) {
      heard.push(world.listen(channel));
      await world.settle();
      if (heard.length === 1) world.sockets.last.accept();
      await world.settle();
    }
    const { handler } = world.sockets.last;
    handler.message('yes sub b');
    handler.message('yes sub nothing');
    const afterOne = heard.map(({ log }) => log.length);
    handler.message('nay');
    handler.message('yes sub c');
    await world.settle();
    expect([world.sent(world.sockets.last), afterOne, heard.map(({ log }) => log)]).toEqual([
      ['sub 1 a', 'sub 2 b', 'sub 3 c'],
      [0, 1, 0],
      [
        ['refused: subscription_refused rejected: subscription to a refused: no such topic'],
        ['confirmed 1'],
        ['confirmed 1'],
      ],
    ]);
  });

  it('asks one thing at a time where answers name nothing, so that a refusal can be meant for one only', async () => {
    const world = streamWorld({ answers: false, plan: { oneAtATime: true } });
    const heard = [];
    for (const channel of ['a', 'b', 'c']) {
      heard.push(world.listen(channel));
      await world.settle();
      if (heard.length === 1) world.sockets.last.accept();
      await world.settle();
    }
    const sent = () => world.sent(world.sockets.last).length;
    const { handler } = world.sockets.last;
    const counts = [sent()];
    handler.message('yes sub a');
    counts.push(sent());
    handler.message('nay');
    counts.push(sent());
    // No answer at all: after the time for it the next one may go.
    await world.clock.advance(5_001);
    counts.push(sent());
    handler.message('yes sub c');
    expect([counts, heard.map(({ log }) => log.map((line) => line.split(' ')[0]))]).toEqual([
      [1, 2, 3, 4],
      [['confirmed'], ['refused:'], ['confirmed']],
    ]);
  });

  it('takes a late answer for that to the same question asked again, and the second one for nothing', async () => {
    const world = streamWorld({ answers: false, plan: { oneAtATime: true } });
    const { log } = world.listen('a');
    await world.settle();
    world.sockets.last.accept();
    await world.clock.advance(5_001);
    world.sockets.last.handler.message('yes sub a');
    world.sockets.last.handler.message('yes sub a');
    world.listen('b');
    await world.settle();
    expect([log, world.sent(world.sockets.last)]).toEqual([['confirmed 1'], ['sub 1 a', 'sub 2 a', 'sub 3 b']]);
  });
});

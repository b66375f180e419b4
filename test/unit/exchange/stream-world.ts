import type { Topic } from '../../../src/adapter/channel.js';
import type { ConnectionPlan } from '../../../src/adapter/connection-plan.js';
import type { FrameCodec } from '../../../src/adapter/frame-codec.js';
import { StreamClient } from '../../../src/exchange/stream-client.js';
import type { TopicSubscription } from '../../../src/exchange/topic.js';
import type { ReconnectPolicy } from '../../../src/transport/policies.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';
import { createScriptedSockets, type ScriptedAttempt } from '../../support/scripted-sockets.js';

/**
 * A codec of lines: `sub ID a b`, `unsub ID a b`; answers `ok ID`, `no ID [bad …]`; pushes `CHANNEL TEXT`. Answers without an
 * id: `yes REPLY` and `nay [REPLY]`, to the oldest message with that reply, which is the verb and the first topic.
 */
const codec: FrameCodec = {
  subscribe: (topics, nextId) => group('sub', topics, nextId()),
  unsubscribe: (topics, nextId) => group('unsub', topics, nextId()),
  ping: () => 'ping',
  read(frame, handler) {
    const [word = '', ...rest] = String(frame).split(' ');
    if (word === 'yes') handler.ack({ reply: rest.join(' '), refused: 'none' });
    else if (word === 'nay') {
      const reply = rest.length === 0 ? {} : { reply: rest.join(' ') };
      handler.ack({ ...reply, refused: 'all', message: 'no such topic' });
    } else if (word === 'ok') handler.ack({ id: Number(rest[0]), refused: 'none' });
    else if (word === 'no') {
      const [id, ...bad] = rest;
      handler.ack({
        id: Number(id),
        refused: bad.length === 0 ? 'all' : bad,
        venueCode: '7',
        message: 'no such topic',
      });
    } else if (word === 'busy') handler.ack({ id: Number(rest[0]), refused: 'all', code: 'server', message: 'busy' });
    else if (word === 'upgrade') handler.closingSoon('upgrade');
    else if (word === '?') handler.unknown(rest.join(' '));
    else if (word === '!') handler.malformed(rest.join(' '));
    else handler.data(word, '', rest.join(' '), 42);
  },
};

function group(verb: string, topics: readonly Topic[], id: number) {
  const reply = `${verb} ${topics[0]?.channel}`;
  return [{ id, reply, topics, text: [verb, id, ...topics.map(({ channel }) => channel)].join(' ') }];
}

const PLAN: ConnectionPlan = {
  headers: {},
  maxTopics: 3,
  maxMessagesPerSecond: 5,
  heartbeatMs: 3_600_000,
  idleTimeoutMs: 3_600_000,
  maxAgeMs: 20_000_000,
  handshakeTimeoutMs: 5_000,
  ackTimeoutMs: 5_000,
  maxPayloadBytes: 1_000,
  compression: false,
};

const POLICY: ReconnectPolicy = {
  firstDelayMs: 1_000,
  factor: 2,
  maxDelayMs: 8_000,
  floorMs: 100,
  maxAttempts: Number.POSITIVE_INFINITY,
  stableAfterMs: 60_000,
  resetOnCloseCodes: [],
  maxConnectsPerMinute: 100,
};

interface WorldOptions {
  readonly plan?: Partial<ConnectionPlan>;
  readonly policy?: Partial<ReconnectPolicy>;
  /** Whether the venue opens sockets and says `ok` to everything by itself. Default yes. */
  readonly answers?: boolean;
  readonly loadCodec?: () => Promise<FrameCodec>;
  /** What is known of the clock when something was refused. Default: it was right. */
  readonly wasClockOff?: () => Promise<boolean | undefined>;
}

/** What one listener heard. */
export interface Heard {
  readonly log: string[];
  readonly subscription: TopicSubscription;
}

export function streamWorld(options: WorldOptions = {}) {
  const clock = createVirtualClock();
  const state = { answers: options.answers ?? true };
  const sockets = createScriptedSockets((attempt) => {
    if (!state.answers) return;
    attempt.accept();
    const push = attempt.sent.push.bind(attempt.sent);
    attempt.sent.push = (text: string) => {
      const [verb, id] = text.split(' ');
      if (state.answers && (verb === 'sub' || verb === 'unsub'))
        queueMicrotask(() => attempt.handler.message(`ok ${id}`));
      return push(text);
    };
  });
  const events: string[] = [];
  const client = new StreamClient({
    venueId: 'test',
    url: () => 'wss://venue.test/ws',
    plan: { ...PLAN, ...options.plan },
    policy: { ...POLICY, ...options.policy },
    clock,
    random: { next: () => 0 },
    openSocket: sockets.open,
    loadCodec: options.loadCodec ?? (async () => codec),
    venueNow: () => clock.now(),
    wasClockOff: options.wasClockOff ?? (async () => false),
    on: {
      status: (status) => events.push(status),
      down: ({ code, retryInMs }) => events.push(`down ${code}, again in ${retryInMs}`),
      error: (error) => events.push(`error ${(error as Error).message}`),
      unknown: (what) => events.push(`unknown ${what}`),
      malformed: (what) => events.push(`malformed ${what}`),
      sessionLost: (reason) => events.push(`session lost: ${reason}`),
      received: () => undefined,
    },
  });

  function listen(channel: string, silenceMs = Number.POSITIVE_INFINITY): Heard {
    const log: string[] = [];
    const subscription = client.subscribe(
      { channel, key: '', args: [channel] },
      {
        confirmed: (generation) => log.push(`confirmed ${generation}`),
        data: (payload, venueTime, generation) => log.push(`data ${payload} ${venueTime} ${generation}`),
        lost: (reason) => log.push(`lost: ${reason}`),
        refused: (error) => log.push(`refused: ${error.code} ${error.outcome}: ${error.message}`),
      },
      silenceMs,
    );
    return { log, subscription };
  }

  /** Everything that one socket was told. */
  const sent = (attempt: ScriptedAttempt | undefined) => attempt?.sent.filter((text) => text !== 'ping') ?? [];
  return { clock, sockets, client, events, listen, sent, state, settle: () => clock.advance(0) };
}

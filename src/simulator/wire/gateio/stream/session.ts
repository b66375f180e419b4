import type { SimConnection, SimSession, VenueBase } from '../../../contract.js';
import type { Accounts, Holder } from '../accounts.js';
import type { ApiDesk } from '../api/api-desk.js';
import { createApiSession } from '../api/api-session.js';
import { wallMs } from '../wall-time.js';
import { openEnvelope } from './envelope.js';
import { invalidArgument, invalidFormat, StreamRefusal } from './refusal.js';
import { readRequest, type StreamRequest } from './request.js';
import type { Topic } from './topic.js';
import type { TopicSpec, Topics } from './topics.js';

/** Largest gap between a message's `time` and the server's. Source: Gate.io spot WebSocket v4 docs, request format. */
const MAX_TIME_GAP_MS = 60_000;

/** The private subscriptions of one socket; each message may come with another key. */
export interface PrivateSession {
  /** Subscribes or unsubscribes. Returns the payload that is echoed. @throws {StreamRefusal} */
  handle(request: StreamRequest): unknown;
  close(): void;
}

/** What all sessions of one wire share. */
export interface SessionContext<A extends Holder> {
  /** What channels begin with. */
  readonly prefix: 'spot' | 'futures';
  readonly model: VenueBase & Accounts<A>;
  readonly topics: Topics;
  readonly api: ApiDesk<A>;
  /** The venue's code of its rate limit. */
  readonly limitCode: number;
  /** Reads what a subscribe or unsubscribe of a public channel names; `undefined` = there is no such channel. @throws {StreamRefusal} */
  topicsOf(
    channel: string,
    connection: SimConnection,
  ): ((payload: readonly string[]) => readonly TopicSpec[]) | undefined;
  isPrivateChannel(channel: string): boolean;
  createPrivates(connection: SimConnection): PrivateSession;
  /** A fresh number for connection and trace ids. */
  nextId(): number;
}

/** One client: answers its messages and holds its subscriptions. Nothing survives the connection. */
export function createSession<A extends Holder>(connection: SimConnection, context: SessionContext<A>): SimSession {
  const { model, topics, nextId, prefix } = context;
  const subscribed = new Map<string, Topic>();
  const connectionId = nextId().toString(16).padStart(16, '0');
  const privates = context.createPrivates(connection);
  const api = createApiSession(connection, connectionId, context);

  const control = (data: string) => connection.send({ data, kind: 'control', topic: '' });
  const answer = (request: StreamRequest, refusal?: StreamRefusal) =>
    control(openEnvelope(model.clock) + printAnswer(request, connectionId, nextId(), refusal));

  const subscribe = (channel: string, specs: readonly TopicSpec[]) => {
    for (const spec of specs) {
      const topic = topics.obtain(channel, spec);
      subscribed.set(spec.name, topic);
      topic.add(connection);
    }
  };
  const unsubscribe = (specs: readonly TopicSpec[]) => {
    for (const { name } of specs) {
      subscribed.get(name)?.remove(connection);
      subscribed.delete(name);
    }
  };

  const handle = (request: StreamRequest) => {
    if (request.channel === `${prefix}.ping`) {
      return control(`${openEnvelope(model.clock)},"channel":"${prefix}.pong","event":"","result":null}`);
    }
    if (request.event === 'api') return api.receive(request);
    requireCurrent(request.time, wallMs(model.clock));
    if (context.isPrivateChannel(request.channel)) return answer({ ...request, payload: privates.handle(request) });
    const specs = readSpecs(request, connection, context);
    if (request.event === 'unsubscribe') {
      unsubscribe(specs);
      return answer(request);
    }
    refuseDuplicates(specs, subscribed);
    // The first book may overtake the acknowledgement; the venue does so now and then.
    const bookFirst = specs.some(({ duplicate }) => duplicate !== undefined) && model.random.next() < 0.5;
    if (bookFirst) subscribe(request.channel, specs);
    answer(request);
    if (!bookFirst) subscribe(request.channel, specs);
  };

  return {
    receive(data) {
      let request: StreamRequest = { channel: '', event: '', payload: undefined, auth: undefined, raw: '' };
      try {
        request = readRequest(data);
        handle(request);
      } catch (error) {
        if (!(error instanceof StreamRefusal)) throw error;
        answer(request, error);
      }
    },
    closed() {
      for (const topic of subscribed.values()) topic.remove(connection);
      subscribed.clear();
      privates.close();
      api.close();
    },
  };
}

function requireCurrent(time: number | undefined, now: number): void {
  if (time === undefined) throw invalidFormat();
  if (Math.abs(time * 1_000 - now) > MAX_TIME_GAP_MS) {
    throw invalidArgument('the gap between request time and server time exceeds 60 seconds');
  }
}

function readSpecs<A extends Holder>(
  { channel, event, payload }: StreamRequest,
  connection: SimConnection,
  context: SessionContext<A>,
): readonly TopicSpec[] {
  const read = context.topicsOf(channel, connection);
  if (read === undefined) throw invalidArgument(`unknown channel ${channel}`);
  if (event !== 'subscribe' && event !== 'unsubscribe') throw invalidArgument(`unknown event ${event}`);
  if (!Array.isArray(payload) || !payload.every((part) => typeof part === 'string')) throw invalidFormat();
  if (payload.length === 0) throw invalidArgument('empty payload');
  return read(payload);
}

function refuseDuplicates(specs: readonly TopicSpec[], subscribed: ReadonlyMap<string, Topic>): void {
  const seen = new Set<string>();
  for (const { name, duplicate } of specs) {
    if (duplicate !== undefined && (subscribed.has(name) || seen.has(name))) throw invalidArgument(duplicate);
    seen.add(name);
  }
}

function printAnswer(
  request: StreamRequest,
  connectionId: string,
  trace: number,
  refusal: StreamRefusal | undefined,
): string {
  const { id, channel, event, payload } = request;
  const traceId = trace.toString(16).padStart(32, '0');
  const fields = {
    ...(id === undefined ? {} : { id }),
    conn_id: connectionId,
    trace_id: traceId,
    channel,
    event,
    ...(payload === undefined ? {} : { payload }),
    ...(refusal === undefined ? {} : { error: { code: refusal.code, message: refusal.message } }),
    result: { status: refusal === undefined ? 'success' : 'fail' },
    requestId: traceId,
  };
  return `,${JSON.stringify(fields).slice(1)}`;
}

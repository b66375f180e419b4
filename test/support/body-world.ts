import { createMetrics } from '../../src/exchange/metrics.js';
import { requireEcho } from '../../src/exchange/orders/require-echo.js';
import { createRestClient, type RestAuth, type RestClient } from '../../src/exchange/rest-client.js';
import type { Clock } from '../../src/transport/clock.js';
import { BodyCollector } from '../../src/transport/http/body.js';
import type { HttpTransport } from '../../src/transport/http/http.js';
import { createRateLimiter } from '../../src/transport/rate-limiter.js';
import { createSeededRandom } from '../../src/transport/seeded-random.js';
import { placeDamaged } from './damaged-client.js';
import { JUDGES, judgeError, type ReplyRole, roleOf } from './judge-reply.js';
import type { WorldResult } from './many-worlds.js';
import { RECORDED, type Reply, recordVenue } from './recorded-venue.js';

/** So many replies of each role a venue has, at most. */
const WANTED: Readonly<Record<ReplyRole, number>> = {
  place: 4,
  batch: 1,
  cancel: 2,
  get: 2,
  orders: 1,
  fills: 1,
  holdings: 2,
};
/** Places of one world: each is cut off there, and takes every other value. */
const PLACES = 16;
/** Of a byte; one of them stands for the cut. */
const VALUES = 256;
/** Worlds that follow each other lie apart; a prime, so that all of them come. */
const STRIDE = 104_729;
/** Every so many worlds a whole client places orders and is answered with damage. */
const CLIENT_EVERY = 8;
const AUTH: RestAuth = {
  signer: () => ({ sign: () => ({ query: '', headers: {} }) }),
  venueNow: () => 1,
  commandLifeMs: 1_000,
  resyncClock: async () => undefined,
};

/** Mistakes that the harness must show: an answer that nobody holds against the order; a cut body made whole. */
export const BODY_MISTAKES = ['takes any answer', 'completes what was cut'] as const;
export type BodyMistake = (typeof BODY_MISTAKES)[number];

interface Subject {
  readonly reply: Reply;
  readonly role: ReplyRole;
  readonly bytes: Uint8Array;
  readonly truth: unknown;
  readonly client: RestClient;
  /** What the client receives next. */
  readonly served: { body: Uint8Array };
}

let subjects: readonly Subject[] = [];
/** Where each subject's bytes begin, when all are laid end to end. */
let starts: readonly number[] = [];

/** As many as a full run goes through: at least all there are. */
export const BODY_CASES = 8_800_000;

/** Replies, and cases that all of them together come to. */
export let extent = { replies: 0, cases: 0 };

/** Records what simulated venues answer. Call once before the first world. */
export async function prepareWorlds(): Promise<void> {
  const chosen: Subject[] = [];
  for (const id of RECORDED) chosen.push(...(await subjectsOf((await recordVenue(id)).replies)));
  subjects = chosen;
  let at = 0;
  starts = chosen.map(({ bytes }) => {
    at += bytes.length;
    return at - bytes.length;
  });
  extent = { replies: chosen.length, cases: at * VALUES };
}

/** The shortest of each role. */
async function subjectsOf(replies: readonly Reply[]): Promise<Subject[]> {
  const left = { ...WANTED };
  const found: Subject[] = [];
  for (const reply of [...replies].sort((a, b) => a.body.length - b.body.length)) {
    const role = roleOf(reply);
    if (role === undefined || left[role] === 0 || reply.body.length < 40) continue;
    left[role]--;
    const served = { body: Buffer.from(reply.body) as Uint8Array };
    const client = clientOf(reply, served);
    const truth = await client.call(reply.endpoint, reply.params, { mapper: mapperOf(reply) });
    found.push({ reply, role, bytes: served.body, truth, client, served });
  }
  return found;
}

/** Every world takes its places of all replies in turn: as many worlds as there are leave nothing out. */
export async function runWorld(
  seed: string,
  { mistake }: { readonly mistake?: BodyMistake } = {},
): Promise<WorldResult> {
  const total = extent.cases / VALUES;
  const worlds = Math.ceil(total / PLACES);
  const number = Number(/:(\d+)$/.exec(seed)?.[1] ?? 0);
  const offset = createSeededRandom(seed.replace(/:\d+$/, '')).int(worlds);
  const first = ((number * STRIDE + offset) % worlds) * PLACES;
  const faults = { cut: 0, changed: 0 };
  const outcomes: Record<string, number> = {};
  const failures: string[] = [];
  for (let place = first; place < Math.min(first + PLACES, total); place++) {
    const index = starts.findLastIndex((start) => start <= place);
    const subject = subjects[index] as Subject;
    const at = place - (starts[index] as number);
    for (const { isCut, body } of damaged(subject.bytes, at, mistake)) {
      faults[isCut ? 'cut' : 'changed']++;
      const verdict = await judge(subject, body, isCut, mistake);
      if ('seen' in verdict) {
        const word = `${subject.role}: ${verdict.seen}`;
        outcomes[word] = (outcomes[word] ?? 0) + 1;
      } else failures.push(`${describe(subject, at, isCut, body)}: ${verdict.wrong}`);
    }
  }
  const count = faults.cut + faults.changed;
  if (number % CLIENT_EVERY === 0 && mistake === undefined) {
    const client = await placeDamaged(createSeededRandom(seed).fork('client'));
    failures.push(...client.failures);
    Object.assign(outcomes, client.outcomes);
  }
  return { seed, sort: 'replies', count, checks: count, faults, outcomes, failures };
}

function describe({ reply: { venue, name }, role }: Subject, at: number, isCut: boolean, body: Uint8Array): string {
  const near = Buffer.from(body.subarray(Math.max(0, at - 20), at + 5)).toString('latin1');
  return `${venue.id} ${name} (${role}) ${isCut ? 'cut' : 'changed'} at ${at}, …${near}…`;
}

interface Damaged {
  readonly isCut: boolean;
  readonly body: Uint8Array;
}

/** Cut off before the place, then with every other value there. One body serves them all: each is good till the next. */
function* damaged(bytes: Uint8Array, at: number, mistake: BodyMistake | undefined): Generator<Damaged> {
  const cut = bytes.subarray(0, at);
  yield { isCut: true, body: mistake === 'completes what was cut' ? completed(cut) : cut };
  const changed = { isCut: false, body: Uint8Array.from(bytes) };
  for (let value = 0; value < VALUES; value++) {
    if (value === bytes[at]) continue;
    changed.body[at] = value;
    yield changed;
  }
}

/** What a well-meaning reader would do. */
function completed(cut: Uint8Array): Uint8Array {
  const text = Buffer.from(cut).toString();
  const ends: string[] = [];
  for (const char of text) {
    if (char === '{') ends.unshift('}');
    else if (char === '[') ends.unshift(']');
    else if (char === '}' || char === ']') ends.shift();
  }
  return Buffer.from(`${text.replace(/,?\s*"?[^"]*"?:?\s*"?[^",\]}]*$/, '')}${ends.join('')}`);
}

async function judge(subject: Subject, body: Uint8Array, isCut: boolean, mistake: BodyMistake | undefined) {
  const { reply, role, truth, client, served } = subject;
  served.body = body;
  let told: unknown;
  try {
    told = await client.call(reply.endpoint, reply.params, { mapper: mapperOf(reply) });
  } catch (error) {
    return judgeError(error);
  }
  if (isCut) return { wrong: 'a part was taken for the whole' };
  return JUDGES[role](told, truth, reply, mistake === 'takes any answer' ? (_request, report) => report : requireEcho);
}

const mapperOf = ({ context: { toCanonical, instrument } }: Reply) => ({
  toCanonical,
  instrument,
  toVenue: () => 'any',
});

/** The library's own way from the bytes of an answer to what it says. */
function clientOf({ venue, name }: Reply, served: { readonly body: Uint8Array }): RestClient {
  let now = 0;
  // No budget is ever short, and no block lasts.
  const clock: Clock = {
    now: () => 1_782_900_000_500,
    monotonic: () => now++ * 1e-3,
    setTimer(_delayMs, callback) {
      now += 1e12;
      queueMicrotask(callback);
      return { cancel: () => undefined };
    },
  };
  const http: HttpTransport = async () => {
    now += 1e9;
    const collector = new BodyCollector(name, 1e7);
    collector.add(served.body);
    return { status: 200, headers: {}, body: collector.text() };
  };
  const { retry } = venue.policies;
  return createRestClient({
    venue,
    base: 'https://exchange.test',
    http: Object.assign(http, { leavesSignal: true as const }),
    clock,
    random: createSeededRandom(name),
    limiter: createRateLimiter({ clock }),
    retry: { ...retry, maxAttempts: 1 },
    timeoutMs: 1e15,
    share: 1,
    metrics: createMetrics(undefined),
    drift: () => undefined,
    auth: AUTH,
  });
}

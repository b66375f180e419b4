import type { PrivateVenue } from '../../src/adapter/private-venue.js';
import { requireEcho } from '../../src/exchange/orders/require-echo.js';
import { createMetrics } from '../../src/exchange/metrics.js';
import { createRestClient, type RestAuth, type RestClient } from '../../src/exchange/rest-client.js';
import type { Clock } from '../../src/transport/clock.js';
import { BodyCollector } from '../../src/transport/http/body.js';
import type { HttpTransport } from '../../src/transport/http/http.js';
import { createSeededRandom } from '../../src/transport/seeded-random.js';
import { JUDGES, judgeError, type ReplyRole, roleOf } from './judge-reply.js';
import type { WorldResult } from './many-worlds.js';
import { RECORDED, type Reply, recordVenue } from './recorded-venue.js';

/** So many replies of each role a venue has, at most. */
const WANTED: Readonly<Record<ReplyRole, number>> = {
  place: 4,
  batch: 1,
  cancel: 2,
  get: 2,
  orders: 2,
  fills: 1,
  holdings: 2,
};
/** Places of one world: each is cut off there, and takes every other value. */
const PLACES = 16;
const CONFIDENT = { ...{ venueNow: () => 1, commandLifeMs: 1_000, resyncClock: async () => undefined } } as const;
const AUTH: RestAuth = { ...CONFIDENT, signer: () => ({ sign: () => ({ query: '', headers: {} }) }) };

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
  extent = { replies: chosen.length, cases: at * 256 };
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
  const total = extent.cases / 256;
  const worlds = Math.ceil(total / PLACES);
  const number = Number(/:(\d+)$/.exec(seed)?.[1] ?? 0);
  const offset = createSeededRandom(seed.replace(/:\d+$/, '')).int(worlds);
  const first = ((number + offset) % worlds) * PLACES;
  const faults = { cut: 0, changed: 0 };
  const outcomes: Record<string, number> = {};
  const failures: string[] = [];
  let count = 0;
  for (let place = first; place < Math.min(first + PLACES, total); place++) {
    const index = starts.findLastIndex((start) => start <= place);
    const subject = subjects[index] as Subject;
    const at = place - (starts[index] as number);
    const bodies = damaged(subject.bytes, at, mistake);
    for (let value = 0; value < bodies.length; value++) {
      count++;
      faults[value === 0 ? 'cut' : 'changed']++;
      const seen = await judge(subject, bodies[value] as Uint8Array, value === 0, mistake);
      if ('seen' in seen) {
        const word = `${subject.role}: ${seen.seen}`;
        outcomes[word] = (outcomes[word] ?? 0) + 1;
      } else failures.push(`${describe(subject, at)}, ${value === 0 ? 'cut' : Buffer.from(bodies[value] as Uint8Array).toString('latin1').slice(Math.max(0, at - 20), at + 5)}: ${seen.wrong}`);
    }
  }
  return { seed, sort: 'replies', count, checks: count, faults, outcomes, failures };
}

function describe({ reply: { venue, name }, role }: Subject, at: number): string {
  return `${venue.id} ${name} (${role}) at ${at}`;
}

/** Cut off before the place, then with every other value there. */
function damaged(bytes: Uint8Array, at: number, mistake: BodyMistake | undefined): Uint8Array[] {
  const cut = bytes.slice(0, at);
  const bodies = [mistake === 'completes what was cut' ? completed(cut) : cut];
  for (let value = 0; value < 256; value++) {
    if (value === bytes[at]) continue;
    const changed = Uint8Array.from(bytes);
    changed[at] = value;
    bodies.push(changed);
  }
  return bodies;
}

/** What a well-meaning reader would do. */
function completed(cut: Uint8Array): Uint8Array {
  const text = Buffer.from(cut).toString();
  const ends = [...text].reduce<string[]>((open, char) => {
    if (char === '{') return ['}', ...open];
    if (char === '[') return [']', ...open];
    return char === '}' || char === ']' ? open.slice(1) : open;
  }, []);
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

const mapperOf = ({ context: { toCanonical, instrument } }: Reply) => ({ toCanonical, instrument, toVenue: () => 'any' });

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
    http,
    clock,
    random: createSeededRandom(name),
    retry: { ...retry, maxAttempts: 1 },
    timeoutMs: 1e15,
    share: 1,
    metrics: createMetrics(undefined),
    drift: () => undefined,
    auth: AUTH,
  });
}

export type { PrivateVenue };

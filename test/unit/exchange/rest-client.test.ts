import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { isExchangeError } from '../../../src/errors/exchange-error.js';
import { connectionFailed } from '../../../src/transport/http/failures.js';
import { type Answer, facts, ok, QUERY_TEXT, read, restWorld, write } from './rest-world.js';

const GET = 'GET /things';
const POST = 'POST /things';
const down: Answer = { status: 503, body: '{}' };

describe('a REST client', () => {
  it('sends what the endpoint encodes below the base, and gives what it decodes', async () => {
    const world = restWorld([ok(7), ok(8)]);
    expect([await world.run(), await world.run(write)]).toEqual([7, 8]);
    expect(world.sent).toEqual([
      {
        method: 'GET',
        url: `https://venue.test/api/things?a=1&note=${QUERY_TEXT}`,
        headers: { accept: 'x' },
        label: GET,
        idempotent: true,
        timeoutMs: 20_000,
        at: 0,
      },
      {
        method: 'POST',
        url: 'https://venue.test/api/things',
        headers: { accept: 'x' },
        body: '{"a":1}',
        label: POST,
        idempotent: false,
        timeoutMs: 20_000,
        at: 60_000,
      },
    ]);
    expect(world.metrics.snapshot().counters).toEqual({ 'rest.requests': 2 });
    expect(world.clock.pendingTimers).toBe(0);
  });

  it('waits for the budget before it sends, first come first served', async () => {
    const world = restWorld(
      Array.from({ length: 5 }, (_, i) => ok(i)),
      { capacity: 2, timeoutMs: 60_000 },
    );
    const calls = Promise.all(Array.from({ length: 5 }, (_, i) => world.start(read, {}, i)));
    await world.clock.advance(0);
    expect(world.sent).toHaveLength(2);
    await world.clock.advance(9_000);
    expect(world.sent).toHaveLength(2);
    expect(await world.settled(calls, 15_000)).toEqual([0, 1, 2, 3, 4]);
    expect(world.sent.map(({ url }) => new URL(url).searchParams.get('a'))).toEqual(['0', '1', '2', '3', '4']);
    expect(world.times().filter((at) => at < 10_000)).toHaveLength(2);
    expect(world.times().filter((at) => at < 20_000)).toHaveLength(4);
  });

  it('spends the share of the budget that it was given', async () => {
    const world = restWorld([ok(1), ok(2), ok(3)], { capacity: 4, share: 0.5 });
    for (let i = 0; i < 3; i++) void world.start();
    await world.clock.advance(9_000);
    expect(world.sent).toHaveLength(2);
  });

  it('refuses at once, with nothing sent, where the budget cannot come in time', async () => {
    const world = restWorld([ok(1)], { capacity: 1, timeoutMs: 2_000 });
    await world.run(read, 0);
    const error = await world.run(read, 0);
    expect(facts(error)).toMatchObject({ code: 'rate_limit', outcome: 'not_sent', venue: 'test', endpoint: GET });
    expect(world.sent).toHaveLength(1);
  });

  it('repeats a read after failures that may pass, each wait longer than the one before', async () => {
    const lost = connectionFailed(GET, new Error('planted'), 'unknown');
    const world = restWorld([down, lost, ok(3)]);
    expect(await world.run()).toBe(3);
    expect(world.times()).toEqual([0, 1_000, 3_000]);
    expect(world.metrics.snapshot().counters).toMatchObject({ 'rest.retries': 2, 'rest.refused.server': 1 });
  });

  it('gives up after as many tries as the policy allows, with the last failure', async () => {
    const world = restWorld([down, down, { status: 429 }, ok(4)]);
    expect(facts(await world.run())).toEqual({
      code: 'rate_limit',
      outcome: 'rejected',
      venue: 'test',
      endpoint: GET,
      httpStatus: 429,
      venueCode: '429',
    });
    expect(world.sent).toHaveLength(3);
  });

  it('waits as long as the venue asks, up to the limit of the policy', async () => {
    const world = restWorld([
      { status: 503, headers: { 'retry-after': '3' } },
      { status: 503, headers: { 'retry-after': '3600' } },
      ok(1),
    ]);
    expect(await world.run()).toBe(1);
    expect(world.times()).toEqual([0, 3_000, 8_000]);
  });

  it('holds back every call after a refusal that names a wait', async () => {
    const world = restWorld([{ status: 429, headers: { 'retry-after': '4' } }, ok(1), ok(2)]);
    const first = world.settled(world.start(), 1_000);
    await first;
    await world.settled(world.start(), 2_999);
    expect(world.times()).toEqual([0]);
    await world.clock.advance(10_000);
    expect(world.times()).toEqual([0, 4_000, 4_000]);
  });

  it('stops everything while it is banned, and says how long', async () => {
    const world = restWorld([{ status: 418 }, ok(1)], { retry: { maxRetryAfterMs: 120_000 } });
    const banned = { code: 'rate_limit', venue: 'test', endpoint: GET };
    expect(facts(await world.run(read, 0))).toEqual({
      ...banned,
      outcome: 'rejected',
      httpStatus: 418,
      retryAfterMs: 60_000,
    });
    expect(facts(await world.run(write, 0))).toEqual({
      ...banned,
      endpoint: POST,
      outcome: 'not_sent',
      retryAfterMs: 60_000,
    });
    await world.clock.advance(59_999);
    expect(world.sent).toHaveLength(1);
    expect(await world.run(read, 10)).toBe(1);
  });

  it.each<[string, Answer, string]>([
    ['a definite refusal', { status: 400 }, 'bad_request'],
    ['a body of the wrong shape', { body: '{"value":"7"}' }, 'malformed_response'],
    ['a code that nobody knows', { status: 409 }, 'unknown'],
  ])('does not repeat a read after %s', async (_name, answer, code) => {
    const world = restWorld([answer, ok(1)]);
    expect(facts(await world.run())).toMatchObject({ code, venue: 'test', endpoint: GET });
    expect(world.sent).toHaveLength(1);
  });

  it.each<[string, Answer, string, string]>([
    ['a failure of the venue', down, 'server', 'unknown'],
    ['a lost connection', connectionFailed(POST, new Error('x'), 'unknown'), 'network', 'unknown'],
    ['a refusal for its rate', { status: 429 }, 'rate_limit', 'rejected'],
    ['HTML with 200', { body: '<html>' }, 'malformed_response', 'unknown'],
    ['a truncated body', { body: '{"value":' }, 'malformed_response', 'unknown'],
    ['a body of the wrong shape', { body: '[]' }, 'malformed_response', 'unknown'],
    ['an empty body', { body: '' }, 'malformed_response', 'unknown'],
  ])('never repeats a command after %s', async (_name, answer, code, outcome) => {
    const world = restWorld([answer, ok(1)]);
    expect(facts(await world.run(write))).toMatchObject({ code, outcome, venue: 'test', endpoint: POST });
    expect(world.sent).toHaveLength(1);
  });

  it('repeats a command that certainly never left', async () => {
    const world = restWorld([connectionFailed(POST, new Error('x'), 'not_sent'), ok(1)]);
    expect(await world.run(write)).toBe(1);
    expect(world.times()).toEqual([0, 1_000]);
  });

  it('says of a command without an answer that nobody knows what became of it', async () => {
    const world = restWorld([], { timeoutMs: 5_000 });
    expect(facts(await world.run(write, 5_000))).toEqual({
      code: 'timeout',
      outcome: 'unknown',
      venue: 'test',
      endpoint: POST,
    });
    expect([world.sent.length, world.clock.pendingTimers]).toEqual([1, 0]);
  });

  it('keeps one deadline over all tries and waits, and gives each try what is left of it', async () => {
    const world = restWorld([down, down], { timeoutMs: 4_000, retry: { maxAttempts: 9 } });
    expect(facts(await world.run(read, 4_000))).toMatchObject({ code: 'timeout', outcome: 'unknown' });
    expect(world.sent.map(({ at, timeoutMs }) => [at, timeoutMs])).toEqual([
      [0, 4_000],
      [1_000, 3_000],
      [3_000, 1_000],
    ]);
  });

  it('fails at once when the next wait would pass the deadline', async () => {
    const world = restWorld([down, ok(1)], { timeoutMs: 900 });
    expect(facts(await world.run(read, 0))).toMatchObject({ code: 'server', httpStatus: 503 });
  });

  it('reports a code that the table lacks, and shows nothing of the query or the body in any error', async () => {
    const secret = 'do-not-quote';
    const bodies: Answer[] = [
      { status: 409, body: secret },
      { body: `<html>${secret}` },
      { body: `{"value":"${secret}"}` },
    ];
    const world = restWorld(bodies);
    for (let i = 0; i < 3; i++) {
      const error = await world.run();
      const printed = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error);
      expect([isExchangeError(error), printed.includes(QUERY_TEXT), printed.includes(secret)]).toEqual([
        true,
        false,
        false,
      ]);
    }
    expect(world.drifts).toEqual([`${GET}: code 99, status 409`]);
  });

  it('sends nothing for a signal that has already fired', async () => {
    const world = restWorld([ok(1)]);
    const error = await world.run(read, 0, { signal: AbortSignal.abort() });
    expect(facts(error)).toMatchObject({ code: 'aborted', outcome: 'not_sent', venue: 'test' });
    expect(world.sent).toEqual([]);
  });

  it.each<[string, Answer[], number]>([
    ['on the wire', [], 0],
    ['waiting for the next try', [down], 500],
  ])('ends a call that is aborted while %s, at once', async (_name, answers, after) => {
    const world = restWorld(answers);
    const caller = new AbortController();
    const call = world.start(read, { signal: caller.signal });
    await world.settled(call, after);
    caller.abort();
    expect(facts(await world.settled(call))).toMatchObject({ code: 'aborted', venue: 'test' });
    expect([world.sent.length, world.clock.pendingTimers]).toEqual([1, 0]);
  });

  it.each<[string, (world: ReturnType<typeof restWorld>, caller: AbortController) => unknown]>([
    ['the caller aborts', (_world, caller) => caller.abort()],
    ['the client is closed', (world) => world.client.close()],
    ['the budget cannot come in time', (world) => world.clock.advance(10_000)],
  ])('never calls a repeatable command unsent after a try that had left, when %s', async (_name, end) => {
    const world = restWorld([down], { capacity: 1, timeoutMs: 9_000 });
    const caller = new AbortController();
    const call = world.start({ ...write, idempotent: true }, { signal: caller.signal });
    const ended = call.then(() => undefined, facts);
    await world.clock.advance(500);
    await end(world, caller);
    expect(await world.settled(ended)).toMatchObject({ outcome: 'unknown', venue: 'test' });
    expect(world.sent).toHaveLength(1);
  });

  it('ends a call that is aborted while it waits for the budget, with nothing sent', async () => {
    const world = restWorld([ok(1)], { capacity: 1 });
    await world.run(read, 0);
    const caller = new AbortController();
    const call = world.start(write, { signal: caller.signal });
    await world.settled(call, 100);
    caller.abort();
    expect(facts(await world.settled(call))).toMatchObject({ code: 'aborted', outcome: 'not_sent' });
    expect([world.sent.length, world.clock.pendingTimers]).toEqual([1, 0]);
  });

  it('closes with calls in every stage: each says what is known of it, and later ones send nothing', async () => {
    const world = restWorld([down], { capacity: 2 });
    const calls = [world.start(read), world.start(write), world.start(write)];
    const ended = Promise.all(calls.map((call) => call.then(() => 'answered', facts)));
    await world.clock.advance(100);
    await world.client.close();
    await world.client.close();
    expect(await world.settled(ended)).toEqual([
      expect.objectContaining({ code: 'closed', venue: 'test' }),
      { code: 'closed', outcome: 'unknown', venue: 'test' },
      { code: 'closed', outcome: 'not_sent', venue: 'test' },
    ]);
    expect(facts(await world.run(read, 0))).toMatchObject({ code: 'closed', outcome: 'not_sent', venue: 'test' });
    expect([world.sent.length, world.isHttpClosed(), world.clock.pendingTimers]).toEqual([2, true, 0]);
  });

  it('spends the budgets of its address with other clients, and is stopped by their ban', async () => {
    const first = restWorld([ok(1), { status: 418 }], { capacity: 2, retry: { maxAttempts: 1 } });
    const second = restWorld([ok(2)], { capacity: 2, timeoutMs: 90_000, shared: first });
    await first.run(read, 0);
    await first.run(write, 0);
    const call = second.start();
    await first.clock.advance(59_999);
    expect([first.sent.length, second.sent.length]).toEqual([2, 0]);
    await first.clock.advance(1);
    expect([await call, second.times()]).toEqual([2, [60_000]]);
  });

  it('that is closed takes nobody else with it', async () => {
    const first = restWorld([ok(1)], { capacity: 1 });
    const second = restWorld([ok(2)], { capacity: 1, shared: first });
    await first.run(read, 0);
    const [waits, spends, stays] = [first.start(), first.client.spend(read, {}, 20_000), second.start()];
    const ended = Promise.all([waits.catch(facts), spends?.catch(facts)]);
    await first.clock.advance(1_000);
    await first.client.close();
    const gone = { code: 'closed', outcome: 'not_sent', venue: 'test' };
    expect(await first.settled(ended)).toEqual([expect.objectContaining(gone), expect.objectContaining(gone)]);
    expect(await second.settled(stays, 20_000)).toBe(2);
    expect(first.clock.pendingTimers).toBe(0);
  });
});

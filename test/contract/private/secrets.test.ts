import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openFileIntentLog } from '../../../src/index.js';
import { ACCOUNTS } from '../../support/accounts-under-test.js';
import { ENCODING_NAMES, encodeCanary, findCanaries } from '../../support/canaries.js';
import { type PrivateWorld, privateWorld } from '../../support/private-world.js';
import type { Tap } from '../../support/tap-runtime.js';

const CANARIES = { apiKey: 'mx0CanaryKeyQ7w2Zx9', secretKey: 'CanarySecret4tR8bN1vL6' };

/** Everything secret that went over the wire: signatures, signed URLs, listen keys. */
function secretsOf(tap: Tap): Record<string, string> {
  const secrets: Record<string, string> = { ...CANARIES };
  const add = (name: string, value: string | null | undefined): void => {
    if (value) secrets[`${name} ${Object.keys(secrets).length}`] = value;
  };
  for (const { url, headers } of tap.requests) {
    const signature = new URL(url).searchParams.get('signature') ?? headers['SIGN'];
    add('signature', signature);
    if (signature !== undefined && url.includes('signature=')) add('signed URL', url);
  }
  for (const text of [...tap.answers, ...tap.dials]) add('listen key', /listenKey["=:\s]+([\w-]+)/.exec(text)?.[1]);
  for (const text of tap.frames) add('signature', /"(?:SIGN|signature)":\s*"([^"]+)"/.exec(text)?.[1]);
  return secrets;
}

/** All that a program could print of a value. */
function printed(value: unknown): string {
  const ways = [
    () => inspect(value, { depth: 10, showHidden: true, getters: false, maxArrayLength: null, maxStringLength: null }),
    () => JSON.stringify(value),
    () => String(value),
    () => inspect(structuredClone(value), { depth: 10, showHidden: true }),
    () => (value instanceof Error ? `${value.stack} ${inspect(value.cause, { depth: 10, showHidden: true })}` : ''),
  ];
  return ways
    .map((way) => {
      try {
        return way();
      } catch (error) {
        return inspect(error, { depth: 10, showHidden: true });
      }
    })
    .join('\n');
}

/** A run in which much goes wrong. */
async function suffer({ exchange, failure, sim, clock, venue, user }: PrivateWorld, keep: (what: unknown) => void) {
  const { LIMIT, BTC } = user;
  const watched = [exchange.watchOrders(keep), exchange.watchFills(keep), exchange.watchBalances(keep)];
  keep(await failure(Promise.all(watched.map((one) => one.ready))));
  const { faults } = sim;
  const wounds = [
    () => faults.timeoutHttp(venue, 'POST'),
    () => faults.loseRequest(venue, 'POST'),
    () => faults.respond(venue, 'POST', { status: 502, body: '<html>bad gateway</html>', processed: false }),
    () => faults.respond(venue, 'POST', { status: 200, body: '<html>hello</html>', processed: true }),
    () => faults.truncateBody(venue, 'POST'),
    () => faults.limitRequests(venue, { call: 'POST' }),
    () => faults.maintenance(venue, { call: 'POST' }),
    () => faults.skewClock(venue, 90_000),
    () => faults.cut(venue),
    () => faults.expireListenKeys(venue),
  ];
  for (const wound of wounds) {
    wound();
    keep(await failure(exchange.placeLimitOrder(LIMIT)));
    keep(await failure(exchange.getBalances()));
    keep(await failure(exchange.cancelOrder({ symbol: BTC, orderId: '123456789' })));
    await clock.advance(3_000);
  }
  keep(await failure(exchange.placeLimitOrder({ ...LIMIT, quantity: '1000000' })));
  keep(await failure(exchange.request({ method: 'GET', path: '/no/such' })));
  keep(await failure(exchange.health()));
  keep(exchange.metrics());
  keep(exchange);
}

describe.each(ACCOUNTS)('the secrets of an account on $name', (user) => {
  const { id: venue } = user;
  it('are in nothing that leaves the library, in no encoding, whatever goes wrong', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cex-secrets-'));
    const path = join(folder, 'intents.log');
    const intentLog = await openFileIntentLog({ path });
    const left: Array<readonly [string, string]> = [];
    const keep = (place: string) => (what: unknown) => void left.push([place, printed(what)]);
    const say = (level: string) => (message: string, fields?: unknown) => keep(`log ${level}`)([message, fields]);
    const logger = { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
    const metrics = {
      count: (name: string) => keep('metrics')(name),
      observe: (name: string) => keep('metrics')(name),
    };
    const options = { intentLog, logger, metrics, timeoutMs: 2_000, recvWindowMs: 2_000, resolveWithinMs: 20_000 };
    await using world = await privateWorld(user, { account: CANARIES, exchange: options });
    for (const event of ['error', 'status', 'reconnect', 'unknownMessage', 'gap', 'resync'] as const)
      world.exchange.on(event, keep(`event ${event}`));
    await suffer(world, keep('result'));
    for (const credentials of [
      () => ({ apiKey: CANARIES.apiKey, secretKey: `${CANARIES.secretKey} \n` }),
      { apiKey: CANARIES.apiKey, secretKey: `${CANARIES.secretKey} \n` },
    ])
      keep('bad credentials')(
        await world.failure((async () => world.connect({ credentials }).exchange.getBalances())()),
      );
    await world.outcome(world.exchange.close());
    keep('closed')(world.exchange);
    await intentLog.close();
    left.push(['intent log', (await readFile(path)).toString('latin1')]);
    await rm(folder, { recursive: true });
    const secrets = secretsOf(world.tap);
    const kinds = new Set(Object.keys(secrets).map((name) => name.replace(/ \d+$/, '')));
    expect([...kinds].sort()).toEqual(
      ['apiKey', 'secretKey', 'signature', ...(venue === 'mexc_spot' ? ['listen key', 'signed URL'] : [])].sort(),
    );
    const places = new Set(left.map(([place]) => place));
    expect([...places]).toEqual(
      expect.arrayContaining(['event status', 'event reconnect', 'log info', 'result', 'metrics', 'intent log']),
    );
    expect(left.length).toBeGreaterThan(50);
    expect(findCanaries(secrets, left)).toEqual([]);
    // Thousands of texts and secrets: a busy machine takes a while.
  }, 60_000);
});

describe('the search for secrets', () => {
  it.each(ENCODING_NAMES)('finds one that was planted as %s', (name) => {
    const planted = `before ${encodeCanary(name, CANARIES.secretKey)} after`;
    expect(findCanaries(CANARIES, [['a log', planted]])).toContain(`secretKey as ${name} in a log`);
  });

  it('finds one that an error carries in its cause, or an object hides', () => {
    const error = new Error('fine', { cause: { request: { headers: { KEY: CANARIES.apiKey } } } });
    const hidden = Object.defineProperty({}, 'keys', { value: CANARIES.secretKey, enumerable: false });
    expect(findCanaries(CANARIES, [['an error', printed(error)]])).toContain('apiKey as raw in an error');
    expect(findCanaries(CANARIES, [['an object', printed(hidden)]])).toContain('secretKey as raw in an object');
  });
});

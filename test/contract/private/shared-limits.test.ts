import { describe, expect, it } from 'vitest';
import { createExchangePair, createPrivateExchange, createPublicExchange } from '../../../src/index.js';
import { startSimulator } from '../../../src/simulator/start-simulator.js';
import type { Runtime } from '../../../src/transport/runtime.js';
import { ACCOUNTS, accountAt } from '../../support/accounts-under-test.js';
import { KEYS, type PrivateWorld, privateWorld } from '../../support/private-world.js';
import { tapRuntime } from '../../support/tap-runtime.js';

/** Many at once; how many the venue refused, while some were held back by ourselves. */
async function refusals({ outcome }: PrivateWorld, calls: readonly (() => Promise<unknown>)[]): Promise<number> {
  const words = await outcome(
    Promise.all(
      calls.map((call) =>
        call().then(
          () => 'answered',
          ({ outcome: word }: { outcome: string }) => word,
        ),
      ),
    ),
  );
  expect(words).toEqual(expect.arrayContaining(['answered', 'not_sent']));
  return words.filter((word) => word !== 'answered' && word !== 'not_sent').length;
}

function repeat<T>(times: number, ...what: readonly T[]): T[] {
  return Array.from({ length: times }, () => what).flat();
}

describe.each(ACCOUNTS)('the limits of an address at $name', ({ id, name }) => {
  it('are kept by both halves of an exchange together, with calls left for orders', async () => {
    await using world = await privateWorld(accountAt(name));
    const { runtime } = tapRuntime(world.sim.runtime());
    const pair = createExchangePair(id, { runtime, credentials: KEYS });
    const [time, balances] = [() => pair.public.getServerTime(), () => pair.private.getBalances()];
    expect(await refusals(world, repeat<() => Promise<unknown>>(250, time, balances))).toBe(0);
    await world.outcome(pair.close());
  });

  it('and those of its account are kept by clients that were given the same keys', async () => {
    await using world = await privateWorld(accountAt(name));
    const { runtime } = tapRuntime(world.sim.runtime());
    // What the world's own client has spent is free again.
    await world.clock.advance(20_000);
    const clients = [1, 2].map(() => createPrivateExchange(id, { runtime, credentials: KEYS }));
    const calls = clients.map((client) => () => client.getBalances());
    expect(await refusals(world, repeat(300, ...calls))).toBe(0);
    await world.outcome(Promise.all(clients.map((client) => client.close())));
  });
});

describe('the firewall of MEXC', () => {
  it('sees no more than its measure in any second from spot and perpetuals together', async () => {
    const ids = ['mexc_spot', 'mexc_futures'] as const;
    const sim = await startSimulator({ clock: 'virtual', seed: 1, venues: ids });
    const { clock } = sim;
    const sentAt: number[] = [];
    const real = sim.runtime();
    const runtime: Runtime = {
      ...real,
      createHttp(options) {
        const http = real.createHttp(options);
        const send: typeof http = (...request) => {
          sentAt.push(clock.monotonic());
          return http(...request);
        };
        return Object.assign(send, { close: async () => http.close?.() });
      },
    };
    const clients = ids.map((id) => createPublicExchange(id, { runtime }));
    const calls = repeat(60, ...clients).map((client) => client.getServerTime());
    await clock.advance(10_000);
    await Promise.all(calls);
    const worst = Math.max(...sentAt.map((from) => sentAt.filter((at) => at >= from && at < from + 1_000).length));
    expect([sentAt.length, worst]).toEqual([120, 18]);
    await Promise.all(clients.map((client) => client.close()));
    await sim.close();
  });
});

describe('a ban at one exchange', () => {
  it('stops its host for all clients of the address, and no other exchange', async () => {
    const ids = ['mexc_spot', 'mexc_futures', 'gateio_spot'] as const;
    const sim = await startSimulator({ clock: 'virtual', seed: 1, venues: ids });
    const runtime = sim.runtime();
    const clients = ids.map((id) => createPublicExchange(id, { runtime, timeoutMs: 1_000, retry: { maxAttempts: 1 } }));
    sim.faults.ban('mexc_spot');
    const words: unknown[] = [];
    for (const client of clients) {
      const call = client.getServerTime().then(
        () => 'answered',
        (error: { code: string; outcome: string }) => `${error.code} ${error.outcome}`,
      );
      await sim.clock.advance(1_000);
      words.push(await call);
    }
    expect(words).toEqual(['rate_limit rejected', 'rate_limit not_sent', 'answered']);
    await Promise.all(clients.map((client) => client.close()));
    await sim.close();
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createTaskManager, openFileJournal } from '../../../src/arbitrage/index.js';
import { loadConfig } from '../../../src/config/index.js';
import { createExchangePair, openFileIntentLog, venues } from '../../../src/index.js';
import { startSimulator } from '../../../src/simulator/index.js';
import { ACCOUNTS } from '../../support/accounts-under-test.js';
import { findCanaries, findCanariesIn } from '../../support/canaries.js';
import { runOn } from '../../support/run-on.js';

const CANARIES = { apiKey: 'mx0ObjectKeyT5u8Qw3', secretKey: 'ObjectSecret9fL2mK7pX4' };
/** Nor a part by which it could be told from others. */
const SECRETS = {
  ...CANARIES,
  'start of the secret': CANARIES.secretKey.slice(0, 8),
  'end of the secret': CANARIES.secretKey.slice(-8),
  'end of the key': CANARIES.apiKey.slice(-6),
};

/** Everything that a program could print of it, as deep as it goes. */
function printed(value: unknown): string {
  const whole = { depth: 12, showHidden: true, getters: true, maxArrayLength: null, maxStringLength: null } as const;
  const ways = [
    () => inspect(value, whole),
    () => JSON.stringify(value),
    () => String(value),
    () =>
      Object.entries(value as object)
        .map(([name, inner]) => `${name} ${String(inner)}`)
        .join(),
  ];
  return ways
    .map((way) => {
      try {
        return way();
      } catch (error) {
        return inspect(error, whole);
      }
    })
    .join('\n');
}

describe.each(ACCOUNTS)('what a program holds of an account on $name', (user) => {
  const { id: venue, BTC, LIMIT } = user;

  it('shows no secret, however it is printed, and stores none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cex-secret-objects-'));
    await venues[venue].streams.loadCodec();
    await venues[venue].private?.streams.loadCodec(CANARIES);
    const sim = await startSimulator({
      clock: 'virtual',
      venues: [venue],
      markets: user.markets,
      flow: { eventsPerSecond: 0, levels: 0 },
      accounts: [{ ...CANARIES, balances: { USDT: '100000', BTC: '10' } }],
    });
    const run = runOn(sim.clock);
    const runtime = sim.runtime();
    const intentLog = await openFileIntentLog({ path: join(folder, 'intents.log') });
    const journal = await openFileJournal({ path: join(folder, 'tasks.journal') });
    const options = { credentials: CANARIES, runtime, intentLog };
    const pair = createExchangePair(venue, options);
    const { public: open, private: own } = pair;
    const subscriptions = [own.watchOrders(), own.watchFills(), own.watchBalances(), open.watchTrades(BTC)];
    const book = open.watchOrderBook(BTC);
    await run(Promise.allSettled(subscriptions.map(({ ready }) => ready)));
    const order = await run(
      own.placeLimitOrder({ ...LIMIT, ...(user.id === 'mexc_futures' && { positionSide: 'long' as const }) }),
    );
    const text = JSON.stringify({ venues: { [venue]: { credentials: CANARIES } } });
    const config = await loadConfig({ text });
    expect(config.forVenue(venue).credentials?.()).toEqual(CANARIES);
    const wrong = await loadConfig({ text: text.replace('}}}', '') }).catch((error: unknown) => error);
    const manager = createTaskManager({ venues: new Map([[venue, pair]]), journal, clock: sim.clock });
    const held: Readonly<Record<string, unknown>> = {
      pair,
      open,
      own,
      book,
      order,
      subscriptions,
      config,
      configured: config.forVenue(venue),
      wrong,
      manager,
      intentLog,
      journal,
      sim,
      account: sim.account(CANARIES.apiKey, venue),
      runtime,
      signer: venues[venue].private?.createSigner(CANARIES),
      facets: [own.positions, own.wallet, own.amend, own.triggers, own.deadManSwitch, open.funding],
      metrics: [own.metrics(), open.metrics()],
      health: await run(own.health()),
    };
    const texts = Object.entries(held).map(([name, value]) => [name, printed(value)] as const);
    await run(pair.close());
    texts.push(['closed', printed(pair)]);
    await sim.close();
    await intentLog.close();
    // The caller's own object holds them: so the search is seen to find what there is.
    expect(findCanaries(SECRETS, [['options', printed(options)]])).toHaveLength(Object.keys(SECRETS).length);
    expect([...findCanaries(SECRETS, texts), ...findCanariesIn(SECRETS, folder)]).toEqual([]);
    await rm(folder, { recursive: true });
  });
});

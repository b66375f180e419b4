import { createPrivateExchange, isExchangeError, type Order, venues } from '../../src/index.js';
import { startSimulator } from '../../src/simulator/start-simulator.js';
import type { SeededRandom } from '../../src/transport/seeded-random.js';
import { ACCOUNTS } from './accounts-under-test.js';
import { damageAnswers } from './damage-answers.js';
import { runOn } from './run-on.js';

const KEYS = { apiKey: 'mx0damaged', secretKey: 'a-secret-of-the-damaged' };
const ORDERS = 12;

/** Orders of a whole client, each of which is answered with one byte changed or with a part of the answer. */
export async function placeDamaged(
  random: SeededRandom,
): Promise<{ readonly failures: string[]; readonly outcomes: Record<string, number> }> {
  const user = random.pick(ACCOUNTS);
  await venues[user.id].private?.streams.loadCodec(KEYS);
  const sim = await startSimulator({
    clock: 'virtual',
    seed: random.int(1e9),
    venues: [user.id],
    markets: user.markets,
    flow: { eventsPerSecond: 0, levels: 0 },
    accounts: [{ ...KEYS, balances: { USDT: '100000' } }],
  });
  const run = runOn(sim.clock);
  let answer = '';
  const runtime = damageAnswers(sim.runtime(), (body, { method, label }) => {
    if (method !== 'POST' || !user.calls.place.endsWith(label.slice(5))) return undefined;
    answer = body;
    return damageText(body, random);
  });
  const exchange = createPrivateExchange(user.id, { credentials: KEYS, runtime, resolveWithinMs: 60_000 });
  const failures: string[] = [];
  const taken = new Set<string>();
  const outcomes: Record<string, number> = {};
  const outcome = (word: string): void => {
    outcomes[`client: ${word}`] = (outcomes[`client: ${word}`] ?? 0) + 1;
  };
  const hedged = user.id === 'mexc_futures' ? { positionSide: 'long' as const } : {};
  for (let at = 0; at < ORDERS; at++) {
    const clientOrderId = user.idOf(`damaged-${at}`);
    const placing = exchange.placeLimitOrder({ ...user.LIMIT, ...hedged, clientOrderId });
    try {
      const order = await run(placing);
      const real = sim
        .account(KEYS.apiKey, user.id)
        .orders()
        .find((one) => one.clientOrderId === clientOrderId);
      if (order.orderId !== undefined && order.orderId !== real?.id) taken.add(order.orderId);
      const wrong = differences(order, { ...user.LIMIT, clientOrderId });
      // An id that was changed into that of the next order: two orders of one id are a conflict, which is told.
      if (real !== undefined && taken.has(real.id)) outcome('an order whose id another one has');
      else if (wrong !== undefined) failures.push(`${user.id}, answered ${answer} with damage: ${wrong}`);
      outcome(order.orderId === real?.id ? 'the order' : 'another order id');
    } catch (error) {
      if (!isExchangeError(error)) throw error;
      failures.push(`${user.id}, answered ${answer} with damage: ${error.code} ${error.outcome}: ${error.message}`);
    }
    await sim.clock.advance(1_000);
  }
  await run(exchange.close());
  await sim.close();
  return { failures, outcomes };
}

function damageText(text: string, random: SeededRandom): string {
  const at = random.int(text.length);
  if (random.chance(0.2)) return text.slice(0, at);
  const other = String.fromCharCode(0x20 + random.int(0x5f));
  return text.slice(0, at) + other + text.slice(at + 1);
}

const FIELDS = ['symbol', 'side', 'type', 'price', 'quantity', 'clientOrderId'] as const;

function differences(order: Order, asked: Partial<Record<(typeof FIELDS)[number], string>>): string | undefined {
  const wanted = { type: 'limit', ...asked };
  const other = FIELDS.find((name) => order[name] !== wanted[name]);
  if (other !== undefined) return `${other} ${order[other]} instead of ${wanted[other]}`;
  return order.state === 'unknown' || order.state === 'rejected' ? `state ${order.state}` : undefined;
}

import { describe, expect, it } from 'vitest';
import { ACCOUNTS } from '../../support/accounts-under-test.js';
import { damageAnswers } from '../../support/damage-answers.js';
import { type PrivateWorld, privateWorld } from '../../support/private-world.js';

/** What may be read wrong in an answer to a new order, where the venue repeats it: a pattern, and what comes in its place. */
const DAMAGE: Readonly<Record<string, readonly [wanted: RegExp, put: string]>> = {
  price: [/("price":\s*"?)100/, '$1101'],
  quantity: [/("(?:amount|origQty)":\s*")1/, '$12'],
  'contracts that were ordered and are left': [/"(size|left)":\s*"?1000"?/g, '"$1":"1001"'],
  'filled amount': [/("filled_amount":\s*")0"/, '$19"'],
  side: [/("side":\s*")(?:buy|BUY)/, '$1sell'],
  type: [/("type":\s*")limit"/, '$1market"'],
  'type in capitals': [/("type":\s*")LIMIT"/, '$1MARKET"'],
  'client order id': [/("(?:text|newClientOrderId|clientOrderId)":\s*")([^"]+)"/, '$1$2x"'],
  market: [/("(?:currency_pair|symbol|contract)":\s*")BTC/, '$1ETH'],
};

describe.each(ACCOUNTS)('an answer to a new order on $name', (user) => {
  const { LIMIT, calls, idOf } = user;

  /** Another client, whose answers to the placing get damaged; how many did is counted. */
  function damaged({ sim, connect }: PrivateWorld, [wanted, put]: readonly [RegExp, string]) {
    let hits = 0;
    const runtime = damageAnswers(sim.runtime(), (body, { label }) => {
      if (!calls.place.endsWith(label.replace(/^POST /, '')) || !label.startsWith('POST')) return undefined;
      const changed = body.replace(wanted, put);
      if (changed !== body) hits++;
      return changed;
    });
    return { client: connect({ runtime }).exchange, hits: () => hits };
  }

  it.each(Object.keys(DAMAGE))(
    'that repeats another %s is no proof: the order is looked for, and told as it is',
    async (what) => {
      await using world = await privateWorld(user);
      const { client, hits } = damaged(world, DAMAGE[what] as (typeof DAMAGE)[string]);
      const clientOrderId = idOf('echo-1');
      const conflicts: unknown[] = [];
      client.on('error', (error) => conflicts.push(error));
      const order = await world.outcome(client.placeLimitOrder({ ...LIMIT, clientOrderId }));
      const [real] = world.truth.orders();
      expect(world.truth.orders()).toHaveLength(1);
      expect([order.orderId, order.clientOrderId, order.symbol]).toEqual([real?.id, clientOrderId, LIMIT.symbol]);
      expect([order.side, order.type, order.price, order.quantity]).toEqual(['buy', 'limit', '100', '1']);
      expect([client.metrics().counters['orders.unknown'] ?? 0, conflicts]).toEqual([hits(), []]);
    },
  );
});

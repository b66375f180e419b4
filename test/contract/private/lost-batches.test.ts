import { describe, expect, it } from 'vitest';
import { isExchangeError } from '../../../src/index.js';
import { ACCOUNTS } from '../../support/accounts-under-test.js';
import { privateWorld, words } from '../../support/private-world.js';

/** Half an answer is one that cannot be read. */
const FATES = [
  'taken, unanswered',
  'never came',
  'taken, server error',
  'taken, half an answer',
  'taken, one answer too few',
];

describe.each(ACCOUNTS.filter(({ calls }) => calls.batch !== 'none'))('a batch of orders on $name', (user) => {
  const { id: venue, LIMIT, calls, idOf } = user;
  it.each(FATES)('without an answer is looked for order by order, and nothing is sent again: %s', async (fate) => {
    await using world = await privateWorld(user, { exchange: { timeoutMs: 2_000, resolveWithinMs: 60_000 } });
    const { exchange, outcome, sim, truth, tap } = world;
    await outcome(exchange.getOpenOrders());
    if (fate === 'never came') sim.faults.loseRequest(venue, calls.batch);
    else if (fate === 'taken, unanswered') sim.faults.timeoutHttp(venue, calls.batch);
    else if (fate === 'taken, half an answer') sim.faults.truncateBody(venue, calls.batch);
    else
      sim.faults.respond(venue, calls.batch, {
        ...(fate === 'taken, server error' ? { status: 500, body: '{}' } : { status: 200, body: '[]' }),
        processed: true,
      });
    const ids = ['a', 'b', 'c'].map(idOf);
    const orders = ids.map((clientOrderId) => ({ ...LIMIT, type: 'limit' as const, clientOrderId }));
    const answers = await outcome(exchange.placeOrders(orders));
    const isThere = fate !== 'never came';
    expect(answers.map((answer) => (isExchangeError(answer) ? words(answer) : answer.clientOrderId))).toEqual(
      isThere ? ids : Array(3).fill('timeout rejected'),
    );
    expect(truth.orders().map(({ clientOrderId }) => clientOrderId)).toEqual(isThere ? ids : []);
    expect(tap.calls(calls.batch).length).toBe(1);
  });
});

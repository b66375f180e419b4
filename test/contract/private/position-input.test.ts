import { describe, expect, it } from 'vitest';
import { type PrivateExchange, supportsPositions } from '../../../src/index.js';
import { type AccountUnderTest, PERPETUAL_ACCOUNTS } from '../../support/accounts-under-test.js';
import { privateWorld } from '../../support/private-world.js';

type Ask = (exchange: PrivateExchange, user: AccountUnderTest) => Promise<unknown>;

function positionsOf(exchange: PrivateExchange) {
  if (!supportsPositions(exchange)) throw new Error('no positions');
  return exchange.positions;
}

const CASES: ReadonlyArray<readonly [string, Ask, field: string]> = [
  ['too much leverage', (x, { BTC }) => positionsOf(x).setLeverage({ symbol: BTC, leverage: 10_000 }), 'leverage'],
  ['no leverage', (x, { BTC }) => positionsOf(x).setLeverage({ symbol: BTC, leverage: 0 }), 'leverage'],
  ['an order that reduces nothing', (x, { LIMIT }) => x.placeLimitOrder({ ...LIMIT, reduceOnly: true }), 'reduceOnly'],
  ['a side in one-way mode', (x, { LIMIT }) => x.placeLimitOrder({ ...LIMIT, positionSide: 'long' }), 'positionSide'],
  ['too large an order', (x, { LIMIT }) => x.placeLimitOrder({ ...LIMIT, quantity: '9999999999' }), 'quantity'],
  ['too small an order', (x, { LIMIT }) => x.placeLimitOrder({ ...LIMIT, quantity: '0.0001' }), 'quantity'],
];

describe.each(PERPETUAL_ACCOUNTS)('wrong input about positions of $name', (user) => {
  it.each(CASES)('%s is refused by name, and no command is sent', async (_what, ask, field) => {
    await using world = await privateWorld(user);
    const { exchange, failure, tap } = world;
    const error = await failure((async () => ask(exchange, user))());
    expect(error).toMatchObject({ code: 'validation', outcome: 'not_sent', field });
    expect(tap.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

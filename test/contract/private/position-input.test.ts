import { describe, expect, it } from 'vitest';
import {
  createGateioFuturesPrivate,
  type MarketSymbol,
  type PrivateExchange,
  supportsPositions,
} from '../../../src/index.js';
import { type AccountUnderTest, PERPETUAL_ACCOUNTS } from '../../support/accounts-under-test.js';
import { KEYS, privateWorld, words } from '../../support/private-world.js';
import { STILL_MARKETS, stillPerpetual } from '../../support/still-perpetual.js';

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

describe.each(STILL_MARKETS)('an account of $venue in hedge mode, $symbol', (market) => {
  const { symbol, amount } = market;
  it.each([
    ['an order without a side', 'positionSide', { side: 'buy' }],
    ['a buy that opens a short position', 'positionSide', { side: 'buy', positionSide: 'short' }],
    ['a sell that opens a long position', 'positionSide', { side: 'sell', positionSide: 'long' }],
    ['a buy that reduces a long position', 'side', { side: 'buy', positionSide: 'long', reduceOnly: true }],
    ['a side that is none', 'positionSide', { side: 'buy', positionSide: 'both' as never }],
    ['a position to reduce that is not there', 'reduceOnly', { side: 'sell', positionSide: 'long', reduceOnly: true }],
  ] as const)('refuses %s by name (%s), and no command is sent', async (_what, field, order) => {
    await using it = await stillPerpetual(market, { mode: 'hedge' });
    const { exchange, failure, commands, truth } = it;
    for (const type of ['market', 'limit'] as const) {
      const price = type === 'limit' ? { price: '90000' } : {};
      expect(await failure(exchange.placeOrder({ symbol, type, ...amount, ...price, ...order }))).toMatchObject({
        code: 'validation',
        outcome: 'not_sent',
        field,
      });
    }
    const [answer] = await it.run(exchange.placeOrders([{ symbol, type: 'market', ...amount, ...order }]));
    expect(answer).toMatchObject({ code: 'validation', field });
    expect([commands(), truth.orders()]).toEqual([0, []]);
  });

  it('refuses to find or to close one of two positions without a side', async () => {
    await using it = await stillPerpetual(market, { mode: 'hedge' });
    const { positions, failure, commands } = it;
    for (const call of [
      () => positions.getPosition(symbol),
      () => positions.closePosition({ symbol }),
      () => positions.changeMargin({ symbol, amount: '1' }),
    ])
      expect(await failure(call())).toMatchObject({ code: 'validation', outcome: 'not_sent', field: 'side' });
    expect(commands()).toBe(0);
  });

  it.each<MarketSymbol>([
    'BTC/USDT:BTC',
    'BTC/USDC:USDC',
    'BTC/USDT',
    symbol === 'BTC/USD:BTC' ? 'BTC/USDT:USDT' : 'BTC/USD:BTC',
  ])('refuses %s, which settles otherwise, by its name in every call, with no command', async (other) => {
    await using it = await stillPerpetual(market);
    const { exchange, positions, triggers, failure, commands } = it;
    const order = { symbol: other, side: 'buy', type: 'limit', price: '90000', quantity: '0.02' } as const;
    for (const call of [
      () => exchange.placeOrder(order),
      () => exchange.cancelOrder({ symbol: other, orderId: '1' }),
      () => positions.getPosition(other),
      () => positions.closePosition({ symbol: other }),
      () => positions.setLeverage({ symbol: other, leverage: 5 }),
      () => positions.setMarginMode({ symbol: other, marginMode: 'cross' }),
      () => positions.changeMargin({ symbol: other, amount: '1' }),
      () => positions.getRiskLimits(other),
      () => positions.getFundingPayments(other),
      () => triggers.placeTriggerOrder({ ...order, triggerPrice: '90000', direction: 'falls_to' }),
      () => triggers.getTriggerOrders({ symbol: other }),
    ]) {
      const error = await failure(call());
      expect([call.toString(), words(error)]).toEqual([call.toString(), 'invalid_symbol not_sent']);
      expect((error as Error).message).toMatch(/^symbol: expected .* received "/);
    }
    expect(commands()).toBe(0);
  });
});

it.each(['usd', 'USDT', 'eth', '', 7, null])('a settle currency that is none (%j) is refused by name', (settle) => {
  const credentials = { apiKey: KEYS.apiKey, secretKey: KEYS.secretKey };
  expect(() => createGateioFuturesPrivate({ credentials, settle: settle as never })).toThrow(
    expect.objectContaining({ code: 'configuration', field: 'settle' }),
  );
});

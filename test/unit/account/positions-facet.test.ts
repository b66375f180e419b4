import { describe, expect, it } from 'vitest';
import { profitAt } from '../../../src/exchange/account/position-value.js';
import { createGateioPrivate, isExchangeError, supportsPositions, supportsTriggers } from '../../../src/index.js';
import { toDecimal as d } from '../../../src/model/decimal.js';
import type { Position } from '../../../src/model/position.js';
import { INSTRUMENTS } from '../../support/perpetual-venue.js';
import { LONG, perpetualWorld, refusal } from '../../support/perpetual-world.js';

const symbol = LONG.symbol;
const HEDGE = { mode: 'hedge' } as const;
const HEDGED: readonly Position[] = [
  { ...LONG, ...HEDGE },
  { ...LONG, ...HEDGE, id: '12', side: 'short', contracts: d('200'), quantity: d('0.2') },
];
const INVERSE: Position = {
  ...LONG,
  symbol: 'BTC/USD:BTC',
  id: '13',
  side: 'short',
  contracts: d('70'),
  entryPrice: d('50000'),
  quantity: d('0.014'),
  settle: 'BTC',
};
const byMarket =
  (all: readonly Position[]) =>
  ({ symbol: one }: { symbol?: unknown }) =>
    all.filter((position) => one === undefined || position.symbol === one);

describe('positions', () => {
  it('are a facet of venues of perpetuals only', () => {
    const spot = createGateioPrivate({ credentials: { apiKey: 'key', secretKey: 'secret' } });
    const { exchange } = perpetualWorld().openPrivate();
    expect([supportsPositions(exchange), supportsTriggers(exchange)]).toEqual([true, true]);
    expect([supportsPositions(spot), supportsTriggers(spot)]).toEqual([false, false]);
  });

  it('come with mark price and profit, to the last digit, where the venue leaves them out', async () => {
    const world = perpetualWorld({ 'GET /positions': [LONG, { ...INVERSE, entryPrice: d('50000') }] });
    const { positions } = world.openPrivate();
    const [linear, inverse] = await world.settled(positions.getPositions());
    // 0.5 × 1,000.5; and 700 × (1/51,000.5 − 1/50,000), to 20 decimals, turned for a short.
    expect([linear?.markPrice, linear?.unrealizedPnl]).toEqual(['51000.5', '500.25']);
    expect([inverse?.markPrice, inverse?.unrealizedPnl]).toEqual(['51000.5', '-0.00027464436623170361']);
    expect(world.of('GET /mark')).toHaveLength(2);
  });

  it('keep what the venue says of mark price and profit', async () => {
    const told = { ...LONG, markPrice: d('1'), unrealizedPnl: d('2') };
    const world = perpetualWorld({ 'GET /positions': [told] });
    const { positions } = world.openPrivate();
    expect([await world.settled(positions.getPositions()), world.of('GET /mark')]).toEqual([[told], []]);
  });

  it('are told without their profit when the mark price cannot be had', async () => {
    const world = perpetualWorld({ 'GET /positions': [LONG], 'GET /mark': refusal('server', 'unknown') });
    const { positions } = world.openPrivate();
    expect(await world.settled(positions.getPositions())).toEqual([LONG]);
    expect(world.errors).toHaveLength(1);
  });

  it('of the markets named are asked for alone where it is one, and picked where there are more', async () => {
    const world = perpetualWorld({ 'GET /positions': byMarket([LONG, INVERSE]) });
    const { positions } = world.openPrivate();
    const one = await world.settled(positions.getPositions([symbol]));
    const two = await world.settled(positions.getPositions([symbol, 'ETH/USDT:USDT']));
    expect([one.length, two.length, world.of('GET /positions')]).toEqual([1, 1, [{ symbol }, {}]]);
  });

  it('are found by market, in hedge mode by side too', async () => {
    const world = perpetualWorld({ 'GET /positions': byMarket(HEDGED), 'GET /mode': '"hedge"' });
    const { positions } = world.openPrivate();
    expect(await world.settled(positions.getPosition({ symbol, side: 'short' }))).toMatchObject({ id: '12' });
    expect(await world.failure(() => positions.getPosition(symbol))).toMatchObject({ field: 'side' });
    expect(await world.failure(() => positions.getPosition('ETH/USDT:USDT'))).toMatchObject({ field: 'side' });
    world.script['GET /positions'] = byMarket([LONG]);
    expect(await world.settled(positions.getPosition(symbol))).toMatchObject({ id: '11' });
    expect(await world.failure(() => positions.getPosition({ symbol, side: 'short' }))).toMatchObject({
      field: 'side',
    });
  });

  it('that are not there are no error', async () => {
    const world = perpetualWorld();
    const { positions } = world.openPrivate();
    expect(await world.settled(positions.getPosition(symbol))).toBe(undefined);
  });

  it.each([
    ['symbol', 'BTC_USDT'],
    ['side', { symbol, side: 'both' }],
    ['position', null],
  ])('are refused with a wrong %s: %o', async (field, ref) => {
    const world = perpetualWorld();
    const { positions } = world.openPrivate();
    expect(await world.failure(() => positions.getPosition(ref as never))).toEqual({
      code: 'validation',
      outcome: 'not_sent',
      field,
    });
  });
});

describe('the profit of a position', () => {
  const terms = { step: d('1'), min: d('1') };
  it('has the sign of its side', () => {
    const linear = { kind: 'linear', size: d('0.0001'), ...terms } as const;
    const at = (side: 'long' | 'short', price: string) =>
      profitAt({ side, contracts: d('3'), entryPrice: d('100') }, linear, d(price));
    expect([at('long', '110'), at('long', '90'), at('short', '110'), at('short', '90')]).toEqual([
      '0.003',
      '-0.003',
      '-0.003',
      '0.003',
    ]);
  });

  it('of inverse contracts is in base asset', () => {
    const inverse = { kind: 'inverse', size: d('100'), ...terms } as const;
    const at = (side: 'long' | 'short') =>
      profitAt({ side, contracts: d('4'), entryPrice: d('100') }, inverse, d('125'));
    // 400 × (1/100 − 1/125)
    expect([at('long'), at('short')]).toEqual(['0.8', '-0.8']);
  });
});

describe('closing', () => {
  const orderOf = (world: ReturnType<typeof perpetualWorld>) => {
    const { clientOrderId, position, ...order } = world.of('POST /orders')[0] ?? {};
    return { order, position };
  };
  const market = { type: 'market', timeInForce: 'IOC', postOnly: false, reduceOnly: true } as const;

  it('a position is a market order that only reduces, and names it', async () => {
    const world = perpetualWorld({ 'GET /positions': [LONG] });
    const { positions } = world.openPrivate();
    const order = await world.settled(positions.closePosition({ symbol, clientOrderId: 'mine' }));
    expect(order).toMatchObject({ orderId: '77', clientOrderId: 'mine', reduceOnly: true, quantity: '0.5' });
    expect(orderOf(world)).toEqual({
      order: { symbol, side: 'sell', quantity: '0.5', ...market },
      position: { mode: 'one_way', marginMode: 'cross', leverage: '10', side: 'long', id: '11' },
    });
  });

  it('a part of one side in hedge mode says the side', async () => {
    const world = perpetualWorld({ 'GET /positions': byMarket(HEDGED), 'GET /mode': '"hedge"' });
    const { positions } = world.openPrivate();
    const order = await world.settled(positions.closePosition({ symbol, side: 'short', quantity: 0.05 }));
    expect(order).toMatchObject({ positionSide: 'short', side: 'buy' });
    expect(orderOf(world)).toEqual({
      order: { symbol, side: 'buy', quantity: '0.05', ...market },
      position: { mode: 'hedge', marginMode: 'cross', leverage: '10', side: 'short', id: '12' },
    });
  });

  it('inverse contracts goes by whole contracts at the entry price', async () => {
    const world = perpetualWorld({ 'GET /positions': [INVERSE] });
    const { positions } = world.openPrivate();
    await world.settled(positions.closePosition({ symbol: INVERSE.symbol }));
    await world.settled(positions.closePosition({ symbol: INVERSE.symbol, quantity: '0.00119' }));
    expect(world.of('POST /orders').map(({ quoteQuantity, quantity }) => [quoteQuantity, quantity])).toEqual([
      ['700', undefined],
      ['50', undefined],
    ]);
  });

  it.each([
    [
      { symbol, quantity: '0.501' },
      { code: 'validation', outcome: 'not_sent', field: 'quantity' },
    ],
    [
      { symbol, quantity: '0.0005' },
      { code: 'validation', outcome: 'not_sent', field: 'quantity' },
    ],
    [
      { symbol, quantity: '-1' },
      { code: 'validation', outcome: 'not_sent', field: 'quantity' },
    ],
    [
      { symbol, side: 'short' },
      { code: 'validation', outcome: 'not_sent', field: 'side' },
    ],
    [
      { symbol: INVERSE.symbol, quantity: '0.0001' },
      { code: 'validation', outcome: 'not_sent', field: 'quantity' },
    ],
    [{ symbol: 'ETH/USDT:USDT' }, { code: 'position', outcome: 'not_sent' }],
    [{ symbol: 'BTC/USDT:BTC' }, { code: 'invalid_symbol', outcome: 'not_sent' }],
  ])('is refused before anything is sent: %o', async (closing, expected) => {
    const world = perpetualWorld({ 'GET /positions': byMarket([LONG, INVERSE]) });
    const { positions } = world.openPrivate();
    expect(await world.failure(() => positions.closePosition(closing as never))).toEqual(expected);
    expect(world.of('POST /orders')).toEqual([]);
  });

  describe('more than the venue takes in one market order', () => {
    const bounded = INSTRUMENTS.map((one) =>
      one.contracts === undefined ? one : { ...one, contracts: { ...one.contracts, maxMarket: d('5') } },
    );
    const most = { linear: '0.005', inverse: '50' };
    const answers = { 'GET /instruments': bounded, 'GET /positions': byMarket([LONG, INVERSE]) };
    const said = async (world: ReturnType<typeof perpetualWorld>, call: () => Promise<unknown>): Promise<unknown> =>
      world.settled(call().catch(({ code, outcome, field, message }) => ({ code, outcome, field, message })));

    it('is refused before anything is sent, and says how much that is', async () => {
      const world = perpetualWorld(answers);
      const { positions } = world.openPrivate();
      const refused = { code: 'validation', outcome: 'not_sent', field: 'quantity' };
      expect(await said(world, () => positions.closePosition({ symbol }))).toEqual({
        ...refused,
        message: `quantity: expected at most ${most.linear} in one market order: close it in parts, received "0.5"`,
      });
      expect(await said(world, () => positions.closePosition({ symbol: INVERSE.symbol }))).toEqual({
        ...refused,
        message: `quantity: expected at most ${most.inverse} USD of contracts in one market order: close it in parts, received "700"`,
      });
      const all = await world.settled(positions.closeAllPositions());
      expect(all.map((one) => isExchangeError(one, 'validation') && one.outcome)).toEqual(['not_sent', 'not_sent']);
      expect(world.of('POST /orders')).toEqual([]);
    });

    it('can be closed in parts', async () => {
      const world = perpetualWorld(answers);
      const { positions } = world.openPrivate();
      await world.settled(positions.closePosition({ symbol, quantity: most.linear }));
      await world.settled(positions.closePosition({ symbol: INVERSE.symbol, quantity: '0.001' }));
      expect(world.of('POST /orders').map(({ quantity, quoteQuantity }) => quantity ?? quoteQuantity)).toEqual([
        most.linear,
        expect.any(String),
      ]);
    });
  });

  it('everything gives one answer for each position', async () => {
    const world = perpetualWorld({
      'GET /positions': byMarket([...HEDGED, { ...INVERSE, ...HEDGE }]),
      'GET /mode': '"hedge"',
      'POST /orders': ({ symbol: of, side, clientOrderId }) =>
        side === 'buy' && of === symbol ? refusal('position') : { symbol: of, clientOrderId, orderId: `${of}` },
    });
    const { positions } = world.openPrivate();
    const answers = await world.settled(positions.closeAllPositions());
    expect(answers.map((one) => (isExchangeError(one) ? `${one.code} ${one.outcome}` : one.orderId))).toEqual([
      symbol,
      'position rejected',
      INVERSE.symbol,
    ]);
    expect(await world.settled(positions.closeAllPositions(['ETH/USDT:USDT']))).toEqual([]);
  });

  it('is not held up by the cap on what may be put at risk', async () => {
    const world = perpetualWorld({ 'GET /positions': [LONG] });
    const { positions } = world.openPrivate({ caps: { maxNotional: '1' } });
    expect(await world.settled(positions.closePosition({ symbol }))).toMatchObject({ quantity: '0.5' });
  });
});

describe('what an account is set to', () => {
  const set = { 'POST /leverage': null, 'POST /margin-mode': null, 'POST /mode': null, 'POST /margin': null };

  it('is changed with everything that the venue needs to know', async () => {
    const world = perpetualWorld({ ...set, 'GET /positions': [LONG] });
    const { positions } = world.openPrivate();
    await world.settled(positions.setLeverage({ symbol, leverage: '020', marginMode: 'isolated' }));
    await world.settled(positions.setMarginMode({ symbol, marginMode: 'isolated' }));
    await world.settled(positions.setPositionMode('hedge'));
    const current = { mode: 'one_way', marginMode: 'cross', leverage: '10' };
    expect(world.calls.filter(([label]) => label.startsWith('POST'))).toEqual([
      ['POST /leverage', { symbol, current, positions: [LONG], leverage: '20', marginMode: 'isolated' }],
      ['POST /margin-mode', { symbol, current, positions: [LONG], marginMode: 'isolated' }],
      ['POST /mode', { mode: 'hedge' }],
    ]);
  });

  it('is changed side by side where the venue has a call for each', async () => {
    const world = perpetualWorld(set, { leveragePerSide: true });
    const { positions } = world.openPrivate();
    await world.settled(positions.setLeverage({ symbol, leverage: 20 }));
    await world.settled(positions.setLeverage({ symbol, leverage: 30, side: 'short' }));
    expect(world.of('POST /leverage').map(({ side, leverage }) => `${side} ${leverage}`)).toEqual([
      'long 20',
      'short 20',
      'short 30',
    ]);
  });

  it('of one side is changed by a call of its own where the venue otherwise changes both', async () => {
    const world = perpetualWorld({ ...set, 'POST /side-leverage': null }, { hasSideLeverage: true });
    const { positions } = world.openPrivate();
    await world.settled(positions.setLeverage({ symbol, leverage: 20 }));
    await world.settled(positions.setLeverage({ symbol, leverage: 30, side: 'short' }));
    expect(world.of('POST /leverage').map(({ side, leverage }) => [side, leverage])).toEqual([[undefined, '20']]);
    expect(world.of('POST /side-leverage').map(({ side, leverage }) => [side, leverage])).toEqual([['short', '30']]);
  });

  it('is half done when one side was changed and the other was not, and says so', async () => {
    const world = perpetualWorld(
      { 'POST /leverage': ({ side }) => (side === 'long' ? null : refusal('position')) },
      { leveragePerSide: true },
    );
    const { positions } = world.openPrivate();
    const changing = positions.setLeverage({ symbol, leverage: 20 });
    expect(await world.settled(changing.catch((error: Error) => error.message))).toMatch(
      /^long positions were changed, short ones were not/,
    );
    expect(await world.failure(() => positions.setLeverage({ symbol, leverage: 20 }))).toEqual({
      code: 'position',
      outcome: 'unknown',
    });
  });

  it.each(['rejected', 'unknown'] as const)(
    'is as it was asked for when the venue says so afterwards, though its answer was %s',
    async (outcome) => {
      const told = { marginMode: 'cross', leverage: '20' };
      const failing = refusal('position', outcome);
      const world = perpetualWorld({
        'POST /leverage': () => {
          world.script['GET /settings'] = told;
          return failing;
        },
        'POST /margin-mode': failing,
        'POST /mode': failing,
      });
      const { positions } = world.openPrivate();
      await world.settled(positions.setLeverage({ symbol, leverage: '20.0' }));
      await world.settled(positions.setMarginMode({ symbol, marginMode: 'cross' }));
      await world.settled(positions.setPositionMode('one_way'));
      const expected = { code: 'position', outcome };
      expect(await world.failure(() => positions.setLeverage({ symbol, leverage: 21 }))).toEqual(expected);
      expect(await world.failure(() => positions.setMarginMode({ symbol, marginMode: 'isolated' }))).toEqual(expected);
      expect(await world.failure(() => positions.setPositionMode('hedge'))).toEqual(expected);
    },
  );

  it('is not guessed at when nothing can be read after a lost answer, nor looked at after an unrelated refusal', async () => {
    const world = perpetualWorld({ 'POST /mode': refusal('server', 'unknown') });
    const { positions } = world.openPrivate();
    world.script['GET /mode'] = refusal('server', 'unknown');
    const expected = { code: 'server', outcome: 'unknown' };
    expect(await world.failure(() => positions.setPositionMode('one_way'))).toEqual(expected);
    world.script['POST /mode'] = refusal('rate_limit');
    const reads = world.of('GET /mode').length;
    expect(await world.failure(() => positions.setPositionMode('one_way'))).toEqual({
      code: 'rate_limit',
      outcome: 'rejected',
    });
    expect(world.of('GET /mode')).toHaveLength(reads);
  });

  it.each([
    ['leverage', { symbol, leverage: 126 }],
    ['leverage', { symbol, leverage: '0.5' }],
    ['leverage', { symbol, leverage: 0 }],
    ['leverage', { symbol }],
    ['leverage', { symbol, leverage: 'ten' }],
    ['marginMode', { symbol, leverage: 2, marginMode: 'both' }],
    ['side', { symbol, leverage: 2, side: 'up' }],
    ['symbol', { symbol: 'BTCUSDT', leverage: 2 }],
    ['request', null],
  ])('is refused with a wrong %s before anything is sent: %o', async (field, request) => {
    const world = perpetualWorld();
    const { positions } = world.openPrivate();
    expect(await world.failure(() => positions.setLeverage(request as never))).toEqual({
      code: 'validation',
      outcome: 'not_sent',
      field,
    });
    expect(world.calls.filter(([label]) => label !== 'GET /instruments')).toEqual([]);
  });

  it('is refused where there is no such mode, and where the venue has no leverage for each side', async () => {
    const world = perpetualWorld();
    const { positions } = world.openPrivate();
    const wrong = { code: 'validation', outcome: 'not_sent' };
    expect(await world.failure(() => positions.setPositionMode('both' as never))).toEqual({ ...wrong, field: 'mode' });
    expect(await world.failure(() => positions.setMarginMode({ symbol, marginMode: 'x' as never }))).toEqual({
      ...wrong,
      field: 'marginMode',
    });
    expect(await world.failure(() => positions.setLeverage({ symbol, leverage: 2, side: 'long' }))).toEqual({
      code: 'unsupported',
      outcome: 'not_sent',
    });
  });

  it('is read anew when asked for, because somebody else may have changed it', async () => {
    const world = perpetualWorld();
    const { positions } = world.openPrivate();
    const modes = [await world.settled(positions.getPositionMode())];
    world.script['GET /mode'] = '"hedge"';
    modes.push(await world.settled(positions.getPositionMode()));
    expect(modes).toEqual(['one_way', 'hedge']);
  });

  it('as margin is put in or taken out of an isolated position only', async () => {
    const isolated = { ...LONG, marginMode: 'isolated' } as const;
    const world = perpetualWorld({ ...set, 'GET /positions': [isolated] });
    const { positions } = world.openPrivate();
    await world.settled(positions.changeMargin({ symbol, amount: '-5.0' }));
    expect(world.of('POST /margin')).toEqual([
      {
        symbol,
        current: { mode: 'one_way', marginMode: 'cross', leverage: '10' },
        position: isolated,
        amount: '-5.0',
      },
    ]);
    expect(await world.failure(() => positions.changeMargin({ symbol, amount: 0 }))).toMatchObject({ field: 'amount' });
    world.script['GET /positions'] = [LONG];
    expect(await world.failure(() => positions.changeMargin({ symbol, amount: 1 }))).toMatchObject({ field: 'symbol' });
    world.script['GET /positions'] = [];
    expect(await world.failure(() => positions.changeMargin({ symbol, amount: 1 }))).toEqual({
      code: 'position',
      outcome: 'not_sent',
    });
    expect(world.of('POST /margin')).toHaveLength(1);
  });

  it('as a change of margin whose answer got lost stays unknown: it is relative, and is not sent again', async () => {
    const world = perpetualWorld({
      'GET /positions': [{ ...LONG, marginMode: 'isolated' }],
      'POST /margin': refusal('server', 'unknown'),
    });
    const { positions } = world.openPrivate();
    expect(await world.failure(() => positions.changeMargin({ symbol, amount: 1 }))).toEqual({
      code: 'server',
      outcome: 'unknown',
    });
    expect(world.of('POST /margin')).toHaveLength(1);
  });
});

describe('lists of an account', () => {
  it('of risk limits begin with the smallest', async () => {
    const world = perpetualWorld({ 'GET /tiers': [{ tier: 2 }, { tier: 1 }] });
    const { positions } = world.openPrivate();
    expect(await world.settled(positions.getRiskLimits(symbol))).toEqual([{ tier: 1 }, { tier: 2 }]);
  });

  it('of funding payments page to the time asked for, each payment once', async () => {
    const all = Array.from({ length: 7 }, (_, at) => ({ symbol, id: `${at}`, amount: '1', asset: 'USDT', paidAt: at }));
    const page = ({ page: number }: { page?: unknown }) => {
      const end = all.length - ((number as number) - 1) * 3;
      return all.slice(Math.max(0, end - 3), Math.max(0, end));
    };
    const world = perpetualWorld({ 'GET /payments': page });
    const { positions } = world.openPrivate();
    const payments = await world.settled(positions.getFundingPayments(symbol, { since: 2, until: 5 }));
    expect(payments.map(({ paidAt }) => paidAt)).toEqual([2, 3, 4, 5]);
    expect(await world.failure(() => positions.getFundingPayments(symbol, { limit: -1 }))).toMatchObject({
      field: 'limit',
    });
  });
});

describe('an object that its owner changes after the call', () => {
  it('is acted on as it was handed over', async () => {
    const world = perpetualWorld({
      'GET /positions': byMarket([{ ...LONG, marginMode: 'isolated' }]),
      'POST /leverage': null,
      'POST /margin': null,
      'POST /triggers': '"9"',
      'GET /triggers': [],
    });
    const { positions, triggers } = world.openPrivate();
    const closing = { symbol, quantity: '0.1', clientOrderId: 'mine' };
    const leverage = { symbol, leverage: 2 };
    const margin = { symbol, amount: 3 };
    const stop = {
      symbol,
      side: 'sell',
      type: 'market',
      quantity: '0.1',
      triggerPrice: 1,
      direction: 'falls_to',
    } as const;
    const symbols = [symbol];
    const trigger = { ...stop };
    const calls = [
      positions.closePosition(closing),
      positions.setLeverage(leverage),
      positions.changeMargin(margin),
      triggers.placeTriggerOrder(trigger),
      positions.getPositions(symbols),
    ];
    Object.assign(closing, { quantity: '0.5', clientOrderId: 'other', symbol: 'ETH/USDT:USDT' });
    Object.assign(leverage, { leverage: 100 });
    Object.assign(margin, { amount: -3 });
    Object.assign(trigger, { quantity: '0.5', side: 'buy', triggerPrice: 2 });
    symbols.length = 0;
    const [, , , , listed] = await world.settled(Promise.all(calls));
    expect(world.of('POST /orders')).toMatchObject([{ symbol, quantity: '0.1', clientOrderId: 'mine' }]);
    expect(world.of('POST /leverage')).toMatchObject([{ leverage: '2' }]);
    expect(world.of('POST /margin')).toMatchObject([{ amount: '3' }]);
    expect(world.of('POST /triggers')).toMatchObject([{ quantity: '0.1', side: 'sell', triggerPrice: '1' }]);
    expect(listed).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import { toDecimal as d } from '../../../src/model/decimal.js';
import { LONG, perpetualWorld, refusal } from '../../support/perpetual-world.js';

const symbol = LONG.symbol;
const limit = { symbol, side: 'buy', quantity: '0.01', price: '50000' } as const;
const settings = { mode: 'one_way', marginMode: 'cross', leverage: '10' };
const SHORT = { ...LONG, id: '12', mode: 'hedge', side: 'short', contracts: d('7') } as const;

describe('an order of a perpetual', () => {
  it('says how the account trades its market, which is asked once', async () => {
    const world = perpetualWorld();
    const { exchange } = world.openPrivate();
    const order = await world.settled(exchange.placeLimitOrder(limit));
    await world.settled(exchange.placeLimitOrder(limit));
    expect(order).toMatchObject({ state: 'pending', orderId: '77', reduceOnly: false });
    expect('positionSide' in order).toBe(false);
    expect(world.of('POST /orders').map(({ position }) => position)).toEqual([settings, settings]);
    expect([world.of('GET /mode').length, world.of('GET /settings').length]).toEqual([1, 1]);
  });

  it('takes the settings from the open positions where the venue has no call for them', async () => {
    const long = { ...LONG, mode: 'hedge', leverage: d('7') };
    const world = perpetualWorld(
      { 'GET /positions': [long, { ...SHORT, leverage: d('9') }], 'GET /mode': '"hedge"' },
      { hasSettings: false },
    );
    const { exchange } = world.openPrivate();
    await world.settled(exchange.placeLimitOrder({ ...limit, positionSide: 'long' }));
    expect(world.of('POST /orders')[0]?.['position']).toEqual({
      mode: 'hedge',
      marginMode: 'cross',
      leverage: '7',
      shortLeverage: '9',
      side: 'long',
    });
  });

  it('in hedge mode says whose position it is meant for', async () => {
    const world = perpetualWorld({ 'GET /mode': '"hedge"', 'GET /positions': [SHORT] });
    const { exchange } = world.openPrivate();
    const opening = await world.settled(exchange.placeLimitOrder({ ...limit, positionSide: 'long' }));
    const reducing = { ...limit, positionSide: 'short', reduceOnly: true } as const;
    const closing = await world.settled(exchange.placeLimitOrder(reducing));
    expect([opening, closing]).toMatchObject([
      { positionSide: 'long', reduceOnly: false },
      { positionSide: 'short', reduceOnly: true },
    ]);
    expect(world.of('POST /orders').map(({ position }) => position)).toEqual([
      { ...settings, mode: 'hedge', side: 'long' },
      { ...settings, mode: 'hedge', side: 'short', id: '12' },
    ]);
  });

  it.each([
    ['hedge', 'positionSide', {}],
    ['hedge', 'positionSide', { positionSide: 'short' }],
    ['hedge', 'positionSide', { side: 'sell', positionSide: 'long' }],
    ['hedge', 'side', { positionSide: 'long', reduceOnly: true }],
    ['hedge', 'side', { side: 'sell', positionSide: 'short', reduceOnly: true }],
    ['hedge', 'reduceOnly', { side: 'sell', positionSide: 'long', reduceOnly: true }],
    ['one_way', 'positionSide', { positionSide: 'long' }],
    ['one_way', 'reduceOnly', { reduceOnly: true }],
    ['one_way', 'reduceOnly', { side: 'sell', reduceOnly: true }],
  ])('in %s mode is refused by the name of its %s before anything is sent: %o', async (mode, field, change) => {
    const world = perpetualWorld({ 'GET /mode': `"${mode}"` });
    const { exchange } = world.openPrivate();
    const order = { ...limit, ...change } as never;
    const expected = { code: 'validation', outcome: 'not_sent', field };
    expect(await world.failure(() => exchange.placeLimitOrder(order))).toEqual(expected);
    expect(world.of('POST /orders')).toEqual([]);
  });

  it('that reduces is not meant for the position on the other side', async () => {
    const world = perpetualWorld({ 'GET /positions': [LONG] });
    const { exchange } = world.openPrivate();
    const reducing = { ...limit, reduceOnly: true };
    expect(await world.failure(() => exchange.placeLimitOrder(reducing))).toMatchObject({ field: 'reduceOnly' });
    await world.settled(exchange.placeLimitOrder({ ...reducing, side: 'sell' }));
    expect(world.of('POST /orders')[0]?.['position']).toEqual({ ...settings, side: 'long', id: '11' });
  });

  it.each([{}, { marginMode: 'cross', leverage: '10' }])(
    'that reduces names the margin that the position is kept with, when the settings are %j',
    async (told) => {
      const isolated = { ...LONG, marginMode: 'isolated', leverage: d('10') } as const;
      const world = perpetualWorld({ 'GET /positions': [isolated], 'GET /settings': told });
      const { positions } = world.openPrivate();
      await world.settled(positions.closePosition({ symbol }));
      expect(world.of('POST /orders')[0]?.['position']).toMatchObject({
        marginMode: 'isolated',
        side: 'long',
        id: '11',
      });
    },
  );

  it('that reduces needs no read where live streams show the position, and one where they do not', async () => {
    const world = perpetualWorld();
    const { exchange, positions } = world.openPrivate();
    await world.settled(positions.watchPositions().ready);
    const reducing = { ...limit, side: 'sell', reduceOnly: true } as const;
    const reads = () => world.of('GET /positions').length;
    const before = reads();
    // Just opened: the venue lists it, and the push is on its way.
    world.script['GET /positions'] = [LONG];
    await world.settled(exchange.placeLimitOrder(reducing));
    const between = reads();
    world.push('positions', LONG);
    await world.settled(exchange.placeLimitOrder(reducing));
    expect([between - before, reads() - between, world.of('POST /orders').length]).toEqual([1, 0, 2]);
  });

  it('asks again for the mode when a list of positions shows another one, of whatever market', async () => {
    const world = perpetualWorld();
    const { exchange, positions } = world.openPrivate();
    await world.settled(exchange.placeLimitOrder(limit));
    world.script['GET /mode'] = '"hedge"';
    world.script['GET /positions'] = [{ ...SHORT, symbol: 'BTC/USD:BTC' }];
    await world.settled(positions.getPositions());
    const open = await world.settled(exchange.placeLimitOrder({ ...limit, positionSide: 'long' }));
    expect(open).toMatchObject({ positionSide: 'long' });
  });

  it('is not sent when nobody can tell how the account trades', async () => {
    const world = perpetualWorld({ 'GET /mode': refusal('server', 'unknown') });
    const { exchange } = world.openPrivate();
    expect(await world.failure(() => exchange.placeLimitOrder(limit))).toMatchObject({ code: 'server' });
    expect(world.of('POST /orders')).toEqual([]);
    world.script['GET /mode'] = '"one_way"';
    expect(await world.settled(exchange.placeLimitOrder(limit))).toMatchObject({ orderId: '77' });
  });

  it('asks again how the account trades after a refusal for its position, a change of ours, or a push that differs', async () => {
    const world = perpetualWorld({ 'POST /leverage': null });
    const { exchange, positions } = world.openPrivate();
    const place = () => world.settled(exchange.placeLimitOrder(limit).catch(() => undefined));
    const reads = () => world.of('GET /settings').length;
    const counts: number[] = [];
    await place();
    world.script['POST /orders'] = refusal('position');
    await place();
    await place();
    counts.push(reads());
    await world.settled(positions.setLeverage({ symbol, leverage: 20 }));
    const after = reads();
    await place();
    counts.push(reads() - after);
    await world.settled(positions.watchPositions().ready);
    world.script['POST /orders'] = { orderId: '78', symbol };
    await place();
    const beforePush = reads();
    world.push('positions', { ...LONG, leverage: '10.0' });
    await place();
    counts.push(reads() - beforePush);
    world.push('positions', { ...LONG, leverage: '11', version: 2 });
    await place();
    counts.push(reads() - beforePush);
    expect(counts).toEqual([2, 1, 0, 1]);
  });

  it('whose answer says no more than its id is as the stream says afterwards', async () => {
    const world = perpetualWorld();
    const { exchange } = world.openPrivate();
    const states: string[] = [];
    await world.settled(exchange.watchOrders(({ state }) => states.push(state)).ready);
    const { clientOrderId } = await world.settled(exchange.placeLimitOrder(limit));
    world.push('orders', { symbol, orderId: '77', clientOrderId, state: 'open', filledQuantity: '0' });
    world.push('orders', { symbol, orderId: '77', state: 'filled', filledQuantity: '0.01' });
    expect(states).toEqual(['pending', 'pending', 'open', 'filled']);
  });

  it('whose answer is lost is found by its terms', async () => {
    const world = perpetualWorld({
      'POST /orders': refusal('server', 'unknown'),
      'GET /orders/one': ({ symbol: of, clientOrderId }) => ({
        symbol: of,
        clientOrderId,
        orderId: '79',
        side: 'buy',
        type: 'limit',
        state: 'open',
      }),
    });
    const { exchange } = world.openPrivate();
    const order = await world.settled(exchange.placeLimitOrder(limit));
    expect([order.orderId, order.state, world.of('POST /orders').length]).toEqual(['79', 'open', 1]);
  });

  it('of a batch is held to its position alone', async () => {
    const world = perpetualWorld({ 'GET /positions': [LONG] });
    const { exchange } = world.openPrivate();
    const orders = [
      { ...limit, type: 'limit' },
      { ...limit, type: 'limit', reduceOnly: true },
      { ...limit, type: 'limit', reduceOnly: true, side: 'sell' },
    ] as const;
    const answers = await world.settled(exchange.placeOrders(orders));
    expect(answers).toMatchObject([{ side: 'buy' }, { code: 'validation', field: 'reduceOnly' }, { side: 'sell' }]);
    expect(world.of('POST /orders')).toHaveLength(2);
  });

  it('is amended in the unit of its contracts', async () => {
    const world = perpetualWorld({
      'POST /orders/amend': ({ symbol: of, orderId }) => ({ symbol: of, orderId, state: 'open' }),
    });
    const { exchange } = world.openPrivate();
    const inverse = { symbol: 'BTC/USD:BTC', side: 'buy', quoteQuantity: '500', price: '50000' } as const;
    await world.settled(exchange.placeLimitOrder(inverse));
    await world.settled(
      exchange.amend?.amendOrder({ symbol: inverse.symbol, orderId: '77', quantity: '0.02' }) as Promise<unknown>,
    );
    expect(world.of('POST /orders/amend')).toMatchObject([{ orderId: '77', quoteQuantity: '1000' }]);
  });
});

import { describe, expect, it } from 'vitest';
import { normalizeDecimal, type Order, toDecimal } from '../../../src/index.js';
import { ACCOUNTS } from '../../support/accounts-under-test.js';
import { privateWorld, words } from '../../support/private-world.js';

/** What an order says of its life, without what the venue makes up. */
function life({ state, type, side, price, quantity, filledQuantity, filledQuoteQuantity, origin }: Order) {
  return { state, type, side, price, quantity, filledQuantity, filledQuoteQuantity, origin };
}

describe.each(ACCOUNTS)('placing on $name', (user) => {
  const { id: venue, BTC, ETH, idOf, LIMIT } = user;
  it('rests a limit order, under the id that was given, exactly as asked', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, truth } = world;
    const clientOrderId = idOf('mine-1');
    const order = await outcome(exchange.placeLimitOrder({ ...LIMIT, clientOrderId }));
    const [real] = truth.orders();
    expect(order).toMatchObject({
      venue,
      symbol: BTC,
      orderId: real?.id,
      clientOrderId,
      side: 'buy',
      type: 'limit',
      price: '100',
      quantity: '1',
      filledQuantity: '0',
      origin: 'own',
    });
    expect(['pending', 'open']).toContain(order.state);
    expect(truth.orders()).toMatchObject([{ clientOrderId, side: 'buy', price: '100', quantity: '1', status: 'open' }]);
    expect(await outcome(exchange.getBalance('USDT'))).toMatchObject({
      asset: 'USDT',
      free: truth.balances()['USDT']?.free,
      locked: user.isPerpetual ? truth.balances()['USDT']?.locked : '100',
    });
  });

  it('makes an id of its own where none is given, another one each time', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, truth } = world;
    const orders = await outcome(Promise.all([1, 2, 3].map(() => exchange.placeLimitOrder(LIMIT))));
    const ids = orders.map(({ clientOrderId }) => clientOrderId);
    expect(new Set(ids).size).toBe(3);
    expect(truth.orders().map((one) => one.clientOrderId)).toEqual(expect.arrayContaining(ids));
  });

  it('takes what is there with a limit order, and says what it cost to the last digit', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, truth, trade } = world;
    trade('sell', '0.333', '99.97');
    trade('sell', '0.5', '99.99');
    const placed = await outcome(exchange.placeLimitOrder({ ...LIMIT, quantity: '0.7' }));
    const order = await outcome(exchange.getOrder({ symbol: BTC, orderId: placed.orderId as string }));
    expect(life(order)).toMatchObject({ state: 'filled', price: '100', quantity: '0.7', filledQuantity: '0.7' });
    // Of contracts there is no sum to the last digit.
    if (user.isPerpetual) expect(order.filledQuoteQuantity).toBeUndefined();
    else expect(normalizeDecimal(toDecimal(order.filledQuoteQuantity ?? ''))).toBe(truth.orders()[0]?.filledQuote);
    const balances = await outcome(exchange.getBalances());
    for (const asset of user.isPerpetual ? ['USDT'] : ['BTC', 'USDT'])
      expect(balances.get(asset)).toMatchObject(plain(truth.balances()[asset]));
  });

  it('buys at the market for an amount of quote, or of base in contracts, and sells an amount of base', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, truth, trade } = world;
    trade('sell', '5', '100');
    trade('buy', '5', '99');
    const bought = await outcome(
      exchange.placeMarketOrder({
        symbol: BTC,
        side: 'buy',
        ...(user.isPerpetual ? { quantity: '0.5' } : { quoteQuantity: '50' }),
      }),
    );
    const sold = await outcome(exchange.placeMarketOrder({ symbol: BTC, side: 'sell', quantity: '0.25' }));
    expect(truth.orders()).toMatchObject([
      { id: bought.orderId, type: 'market', side: 'buy', filledQuantity: '0.5', filledQuote: '50' },
      { id: sold.orderId, type: 'market', side: 'sell', filledQuantity: '0.25', filledQuote: '24.75' },
    ]);
    const [first, second] = await outcome(
      Promise.all([bought, sold].map(({ orderId }) => exchange.getOrder({ symbol: BTC, orderId: orderId as string }))),
    );
    expect([first?.state, first?.filledQuantity, first?.type]).toEqual(['filled', '0.5', 'market']);
    expect([second?.state, second?.filledQuantity, second?.side]).toEqual(['filled', '0.25', 'sell']);
  });

  it('refuses market orders in the unit that the venue does not take, before anything is sent', async () => {
    await using world = await privateWorld(user);
    const { exchange, failure, outcome, tap } = world;
    await outcome(exchange.getOpenOrders(BTC));
    const sent = tap.requests.length;
    const foreign = user.isPerpetual ? { quoteQuantity: '50' } : { quantity: '1' };
    for (const order of [
      { side: 'buy', ...foreign },
      { side: 'sell', quoteQuantity: '50' },
    ] as const)
      expect(words(await failure(exchange.placeMarketOrder({ symbol: BTC, ...order })))).toBe('unsupported not_sent');
    expect(tap.requests.length).toBe(sent);
  });

  it('cancels the rest of an IOC order', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, truth, trade } = world;
    trade('sell', '0.4', '100');
    const placed = await outcome(exchange.placeLimitOrder({ ...LIMIT, timeInForce: 'IOC' }));
    const order = await outcome(exchange.getOrder({ symbol: BTC, orderId: placed.orderId as string }));
    expect(life(order)).toMatchObject({ state: 'canceled', filledQuantity: '0.4' });
    expect(truth.orders()).toMatchObject([{ status: 'canceled', filledQuantity: '0.4' }]);
    if (!user.isPerpetual) expect(truth.balances()['USDT']?.locked).toBe('0');
  });

  it('fills a FOK order whole or not at all', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, truth, trade } = world;
    trade('sell', '0.4', '100');
    const missed = await outcome(settle(exchange.placeLimitOrder({ ...LIMIT, timeInForce: 'FOK' })));
    expect(truth.fills()).toEqual([]);
    if (user.isGateio) expect(words(missed)).toMatch(/ rejected$/);
    else
      expect(await outcome(exchange.getOrder(missed as Order & { orderId: string }))).toMatchObject({
        state: 'canceled',
      });
    const filled = await outcome(exchange.placeLimitOrder({ ...LIMIT, quantity: '0.4', timeInForce: 'FOK' }));
    const order = await outcome(exchange.getOrder({ symbol: BTC, orderId: filled.orderId as string }));
    expect(life(order)).toMatchObject({ state: 'filled', filledQuantity: '0.4' });
  });

  it('rests a post-only order, and never takes with one', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, truth, trade } = world;
    trade('sell', '1', '100');
    const rests = await outcome(exchange.placeLimitOrder({ ...LIMIT, price: '99', postOnly: true }));
    const takes = await outcome(settle(exchange.placeLimitOrder({ ...LIMIT, postOnly: true })));
    expect(truth.fills()).toEqual([]);
    expect(await outcome(exchange.getOrder({ symbol: BTC, orderId: rests.orderId as string }))).toMatchObject({
      state: 'open',
      postOnly: true,
    });
    if (user.isGateio) expect(words(takes)).toBe('invalid_order rejected');
    else
      expect(await outcome(exchange.getOrder(takes as Order & { orderId: string }))).toMatchObject({
        state: 'canceled',
      });
    expect(truth.orders().filter(({ status }) => status === 'open')).toHaveLength(1);
  });

  it('answers a batch one by one, and sends the good ones although some are bad', async () => {
    await using world = await privateWorld(user, {
      account: { balances: { USDT: user.isPerpetual ? '100' : '1000' } },
    });
    const { exchange, outcome, truth, tap } = world;
    const order = { ...LIMIT, type: 'limit' } as const;
    const answers = await outcome(
      exchange.placeOrders([
        order,
        { ...order, price: '100.001' },
        { ...order, symbol: ETH, price: '50' },
        { ...order, quantity: '1000' },
        { ...order, price: '98' },
        { ...order, symbol: 'NO/SUCH' },
      ]),
    );
    expect(answers.map((one) => ('code' in one ? words(one) : (one as Order).price))).toEqual([
      '100',
      'validation not_sent',
      '50',
      'insufficient_balance rejected',
      '98',
      'invalid_symbol not_sent',
    ]);
    const placed = answers.flatMap((one) => ('orderId' in one ? [one.orderId] : []));
    expect(
      new Set(
        truth
          .orders()
          .filter(({ status }) => status === 'open')
          .map(({ id }) => id),
      ),
    ).toEqual(new Set(placed));
    expect(tap.calls(user.calls.batch).length).toBe(user.calls.batch === 'none' ? 0 : 1);
  });

  it('has an order tested without placing it', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, truth, failure } = world;
    expect(await outcome(exchange.testOrder({ ...LIMIT, type: 'limit' }))).toBeUndefined();
    expect(await failure(exchange.testOrder({ ...LIMIT, type: 'limit', price: '1e-9' }))).toMatchObject({
      code: 'validation',
      field: 'price',
    });
    expect(truth.orders()).toEqual([]);
  });

  it('says why the venue refused an order, and that there is none', async () => {
    await using world = await privateWorld(user, { account: { balances: { USDT: user.isPerpetual ? '1' : '10' } } });
    const { exchange, failure, truth } = world;
    expect(await failure(exchange.placeLimitOrder(LIMIT))).toMatchObject({
      code: 'insufficient_balance',
      outcome: 'rejected',
      venue,
      retryable: false,
    });
    expect(truth.orders()).toEqual([]);
  });

  it('refuses an id that was used before, without sending it', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, failure, tap, truth } = world;
    const clientOrderId = idOf('once');
    await outcome(exchange.placeLimitOrder({ ...LIMIT, clientOrderId }));
    const sent = tap.requests.length;
    expect(words(await failure(exchange.placeLimitOrder({ ...LIMIT, clientOrderId })))).toBe(
      'duplicate_order not_sent',
    );
    expect([tap.requests.length, truth.orders().length]).toEqual([sent, 1]);
  });

  it('keeps its caps before anything is signed', async () => {
    await using world = await privateWorld(user, { exchange: { caps: { maxNotional: '50', symbols: [BTC] } } });
    const { exchange, outcome, failure, tap } = world;
    await outcome(exchange.placeLimitOrder({ ...LIMIT, quantity: '0.5' }));
    const sent = tap.requests.length;
    const refused = [
      await failure(exchange.placeLimitOrder({ ...LIMIT, quantity: '0.501' })),
      await failure(exchange.placeLimitOrder({ ...LIMIT, symbol: ETH, quantity: '0.1' })),
      await failure(exchange.placeMarketOrder({ symbol: BTC, side: 'sell', quantity: '0.1' })),
    ];
    expect(refused.map(words)).toEqual(Array(3).fill('validation not_sent'));
    expect(tap.requests.length).toBe(sent);
  });

  it('keeps the pace of the venue by itself: of many orders in a row none is refused', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, truth } = world;
    for (let i = 0; i < 40; i++) await outcome(exchange.placeLimitOrder({ ...LIMIT, quantity: '0.1' }));
    expect(truth.orders().length).toBe(40);
  });

  it('rounds only where it is told to', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, truth } = world;
    const rough = { ...LIMIT, quantity: '1.0009', price: '99.999' };
    await outcome(exchange.placeLimitOrder({ ...rough, rounding: 'down' }));
    await outcome(exchange.placeLimitOrder({ ...rough, rounding: 'nearest' }));
    expect(truth.orders().map(({ price, quantity }) => [price, quantity])).toEqual([
      ['99.99', '1'],
      ['100', '1.001'],
    ]);
  });
});

function settle<T>(promise: Promise<T>): Promise<unknown> {
  return promise.catch((error: unknown) => error);
}

function plain(balance: { free: string; locked: string } | undefined) {
  return { free: balance?.free, locked: balance?.locked };
}

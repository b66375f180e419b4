import { describe, expect, it } from 'vitest';
import type { PrivateExchange } from '../../../src/index.js';
import { ACCOUNTS, type AccountUnderTest } from '../../support/accounts-under-test.js';
import { privateWorld } from '../../support/private-world.js';

const wrong = (value: unknown) => value as never;

type Ask = (exchange: PrivateExchange, user: AccountUnderTest) => unknown;
const limit =
  (fields: object): Ask =>
  (x, { LIMIT }) =>
    x.placeLimitOrder(wrong({ ...LIMIT, ...fields }));
const market =
  (fields: object): Ask =>
  (x, { BTC }) =>
    x.placeMarketOrder(wrong({ symbol: BTC, side: 'buy', ...fields }));

/** What is asked, which code the error has, and what it says first. */
const CASES: ReadonlyArray<readonly [string, Ask, code: string, says: RegExp]> = [
  ['no order at all', (x) => x.placeOrder(wrong(undefined)), 'validation', /^order: /],
  ['a list for an order', (x) => x.placeOrder(wrong([])), 'validation', /^(order|symbol): /],
  [
    'an order of no type',
    (x, { LIMIT }) => x.placeOrder(wrong({ ...LIMIT, type: 'stop' })),
    'validation',
    /^type: .*"stop"/,
  ],
  ['a wrong side', limit({ side: 'long' }), 'validation', /^side: .*"long"/],
  ['no side', limit({ side: undefined }), 'validation', /^side: /],
  ['a wrong tick', limit({ price: '100.001' }), 'validation', /^price: .*"?100\.001/],
  ['a wrong lot', limit({ quantity: '1.0001' }), 'validation', /^quantity: .*"?1\.0001/],
  ['a negative quantity', limit({ quantity: -1 }), 'validation', /^quantity: .*-1/],
  ['no quantity', limit({ quantity: undefined }), 'validation', /^quantity: /],
  ['a quantity of zero', limit({ quantity: '0' }), 'validation', /^quantity: .*0/],
  ['a quantity that is no number', limit({ quantity: Number.NaN }), 'validation', /^quantity: .*NaN/],
  ['an endless quantity', limit({ quantity: Number.POSITIVE_INFINITY }), 'validation', /^quantity: .*Infinity/],
  ['a negative price', limit({ price: '-100' }), 'validation', /^price: .*-100/],
  ['a price that is no number', limit({ price: 'cheap' }), 'validation', /^price: .*"cheap"/],
  ['a price of null', limit({ price: null }), 'validation', /^price: .*null/],
  ['a number that was computed badly', limit({ price: 0.1 + 0.2 }), 'validation', /^price: .*0\.30000000000000004/],
  ['an over-precise quantity', limit({ quantity: '1.0000000000000000001' }), 'validation', /^quantity: /],
  ['an unknown symbol', limit({ symbol: 'NO/SUCH' }), 'invalid_symbol', /"NO\/SUCH"/],
  ['a malformed symbol', limit({ symbol: 'BTCUSDT' }), 'validation', /^symbol: .*"BTCUSDT"/],
  ['a wrong time in force', limit({ timeInForce: 'GTX' }), 'validation', /^timeInForce: .*"GTX"/],
  ['a post-only order that is IOC', limit({ postOnly: true, timeInForce: 'IOC' }), 'validation', /^postOnly: /],
  ['a wrong rounding', limit({ rounding: 'up' }), 'validation', /^rounding: .*"up"/],
  ['a wrong way', limit({ via: 'fax' }), 'validation', /^via: .*"fax"/],
  ['a field that is not known', limit({ stopPrice: '90' }), 'validation', /^stopPrice: /],
  ['a malformed client order id', limit({ clientOrderId: 'with blanks' }), 'validation', /^clientOrderId: /],
  ['an empty client order id', limit({ clientOrderId: '' }), 'validation', /^clientOrderId: /],
  [
    'a client order id that is too long',
    limit({ clientOrderId: `t-${'x'.repeat(40)}` }),
    'validation',
    /^clientOrderId: /,
  ],
  ['a client order id that is no text', limit({ clientOrderId: 7 }), 'validation', /^clientOrderId: /],
  ['a market order of nothing', market({}), 'validation', /^quantity: .*neither/],
  ['a market order in both units', market({ quantity: 1, quoteQuantity: 1 }), 'validation', /^quantity: .*both/],
  ['a market order at a price', market({ quoteQuantity: 10, price: 1 }), 'validation', /^price: /],
  ['no list of orders', (x) => x.placeOrders(wrong({})), 'validation', /^orders: /],
  [
    'a test of a wrong order',
    (x, { LIMIT }) => x.testOrder(wrong({ ...LIMIT, type: 'limit', side: 1 })),
    'validation',
    /^side: /,
  ],
  ['a cancel of nothing', (x) => x.cancelOrder(wrong(undefined)), 'validation', /^order: /],
  ['a cancel without an id', (x, { BTC }) => x.cancelOrder({ symbol: BTC }), 'validation', /^orderId: /],
  [
    'a cancel of a wrong id',
    (x, { BTC }) => x.cancelOrder({ symbol: BTC, orderId: '1/2' }),
    'validation',
    /^orderId: /,
  ],
  ['a cancel without a symbol', (x) => x.cancelOrder(wrong({ orderId: '1' })), 'validation', /^symbol: /],
  ['no list of cancels', (x) => x.cancelOrders(wrong('all')), 'validation', /^orders: /],
  ['a cancel in an unknown market', (x) => x.cancelAllOrders('NO/SUCH'), 'invalid_symbol', /"NO\/SUCH"/],
  ['a cancel in a market of null', (x) => x.cancelAllOrders(wrong(null)), 'validation', /^symbol: /],
  [
    'an order by a wrong id',
    (x, { BTC }) => x.getOrder({ symbol: BTC, clientOrderId: wrong(1) }),
    'validation',
    /^clientOrderId: /,
  ],
  ['open orders of an unknown market', (x) => x.getOpenOrders('NO/SUCH'), 'invalid_symbol', /"NO\/SUCH"/],
  ['history of no market', (x) => x.getOrderHistory(wrong(undefined)), 'validation', /^symbol: /],
  ['no rows of history', (x, { BTC }) => x.getOrderHistory(BTC, { limit: 0 }), 'validation', /^limit: .*0/],
  [
    'fills from the end to the start',
    (x, { BTC }) => x.getFills(BTC, { since: 2, until: 1 }),
    'validation',
    /^since: /,
  ],
  ['fills since a date', (x, { BTC }) => x.getFills(BTC, { since: wrong('2025') }), 'validation', /^since: .*"2025"/],
  ['rates of an unknown market', (x) => x.getTradingFees('NO/SUCH'), 'invalid_symbol', /"NO\/SUCH"/],
  ['the balance of nothing', (x) => x.getBalance(''), 'validation', /^asset: /],
  ['a handler that is none', (x) => x.watchOrders(wrong('log')), 'validation', /^handler: /],
  ['an event that is not known', (x) => x.on(wrong('fill'), () => undefined), 'validation', /^event: .*"fill"/],
  ['a raw call of no kind', (x) => x.request(wrong({ method: 'FETCH', path: '/x' })), 'validation', /^method: /],
  ['a raw call elsewhere', (x) => x.request({ method: 'POST', path: '//evil.test/x?y' }), 'validation', /^path: /],
  ['a wrong way to close', (x) => x.close(wrong({ cancelOrders: 'some' })), 'validation', /^cancelOrders: .*"some"/],
];

/** Of spot markets only. */
const SPOT_CASES: typeof CASES = [
  ['less than the market takes', limit({ quantity: '0.001', price: '1' }), 'validation', /^(quantity|price|notional)/],
  ['a position to reduce on a spot market', limit({ reduceOnly: true }), 'unsupported', /^reduceOnly: /],
  ['a market order of less than the market takes', market({ quoteQuantity: '0.5' }), 'validation', /^quoteQuantity: /],
  [
    'a withdrawal to an address that is not listed',
    (x) => x.wallet?.withdraw({ asset: 'USDT', network: 'TRX', address: 'Tnot', amount: 10 }),
    'permission_denied',
    /^withdraw: /,
  ],
  [
    'a withdrawal of a negative amount',
    (x) => x.wallet?.withdraw({ asset: 'USDT', network: 'TRX', address: 'Tmine', amount: -10 }),
    'validation',
    /^amount: .*-10/,
  ],
  ['no withdrawal', (x) => x.wallet?.withdraw(wrong(undefined)), 'validation', /^asset: /],
  [
    'a transfer to where it came from',
    (x) => x.wallet?.transfer({ asset: 'USDT', amount: 1, from: 'spot', to: 'spot' }),
    'validation',
    /^to: /,
  ],
  [
    'a transfer to an unknown pocket',
    (x) => x.wallet?.transfer({ asset: 'USDT', amount: 1, from: 'spot', to: wrong('margin') }),
    'validation',
    /^to: .*"margin"/,
  ],
];

describe.each(ACCOUNTS)('wrong input to a private exchange of $name', (user) => {
  const { BTC, idOf, LIMIT } = user;
  it.each(user.isPerpetual ? CASES : [...CASES, ...SPOT_CASES])(
    'refuses %s, names it, and sends nothing',
    async (_, ask, code, says) => {
      const allowWithdrawals = [{ address: 'Tmine' }];
      await using world = await privateWorld(user, { exchange: { allowWithdrawals } });
      const { exchange, outcome, failure, tap } = world;
      await outcome(exchange.getOpenOrders(BTC));
      const before = [tap.requests.length, tap.dials.length, tap.frames.length];
      const error = await failure((async () => ask(exchange, user))());
      expect(error).toMatchObject({ code, outcome: 'not_sent', message: expect.stringMatching(says) });
      expect([tap.requests.length, tap.dials.length, tap.frames.length]).toEqual(before);
    },
  );

  it('takes a number as the decimal that it prints', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, truth } = world;
    await outcome(exchange.placeLimitOrder({ ...LIMIT, quantity: 1e-1, price: 1e2, clientOrderId: idOf('n') }));
    expect(truth.orders()).toMatchObject([{ quantity: '0.1', price: '100' }]);
  });
});

const OPTIONS: ReadonlyArray<readonly [string, object, field: string]> = [
  ['no credentials', { credentials: undefined }, 'credentials'],
  ['no key', { credentials: { secretKey: 'x' } }, 'credentials.apiKey'],
  ['an empty secret', { credentials: { apiKey: 'x', secretKey: '' } }, 'credentials.secretKey'],
  ['a secret with a line break', { credentials: { apiKey: 'x', secretKey: 'y\n' } }, 'credentials.secretKey'],
  ['a window of nothing', { recvWindowMs: 0 }, 'recvWindowMs'],
  ['a log that is none', { intentLog: {} }, 'intentLog'],
  ['a cap of nothing', { caps: { maxNotional: 0 } }, 'caps.maxNotional'],
  ['an unknown cap', { caps: { maxOrders: 1 } }, 'caps.maxOrders'],
  ['an address without an address', { allowWithdrawals: [{}] }, 'allowWithdrawals[0].address'],
  ['an unknown option', { apiKey: 'x' }, 'apiKey'],
  ['keys sent elsewhere', { endpoints: { rest: 'https://evil.test' } }, 'endpoints.rest'],
];

describe.each(ACCOUNTS)('wrong options of a private exchange of $name', (user) => {
  it.each(OPTIONS)('refuses %s', async (_, more, field) => {
    await using world = await privateWorld(user);
    expect(await world.failure((async () => world.connect(more))())).toMatchObject({
      code: 'configuration',
      outcome: 'not_sent',
      field,
    });
  });
});

import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../src/adapter/endpoint.js';
import { mexcSpot } from '../../../src/venues/mexc/index.js';
import { account } from './private-support.js';

type Call = Endpoint<never, unknown>;

const { orders, streams, wallet } = account;
const keys = streams.listenKey ?? expect.unreachable('the streams need a key');
const money = wallet ?? expect.unreachable('there is a wallet');
const CALLS: Readonly<Record<string, Call | undefined>> = {
  place: orders.place,
  test: orders.test,
  placeBatch: orders.placeBatch?.endpoint as Call,
  cancel: orders.cancel,
  cancelAll: orders.cancelAll,
  get: orders.get,
  open: orders.open,
  history: orders.history,
  fills: orders.fills,
  balances: account.account.balances,
  tradingFees: account.account.tradingFees,
  createKey: keys.create,
  keepKey: keys.keepAlive,
  removeKey: keys.remove,
  currencies: money.currencies,
  depositAddress: money.depositAddress,
  deposits: money.deposits,
  withdraw: money.withdraw,
  cancelWithdrawal: money.cancelWithdrawal,
  withdrawals: money.withdrawals,
  transfer: money.transfer,
};

const each = (tell: (call: Call) => unknown) =>
  Object.fromEntries(Object.entries(CALLS).map(([name, call]) => [name, call === undefined ? undefined : tell(call)]));

describe('the calls of an account', () => {
  it('are at the documented paths', () => {
    expect(each(({ method, path }) => `${method} ${path}`)).toEqual({
      place: 'POST /api/v3/order',
      test: 'POST /api/v3/order/test',
      placeBatch: 'POST /api/v3/batchOrders',
      cancel: 'DELETE /api/v3/order',
      cancelAll: 'DELETE /api/v3/openOrders',
      get: 'GET /api/v3/order',
      open: 'GET /api/v3/openOrders',
      history: 'GET /api/v3/allOrders',
      fills: 'GET /api/v3/myTrades',
      balances: 'GET /api/v3/account',
      tradingFees: 'GET /api/v3/tradeFee',
      createKey: 'POST /api/v3/userDataStream',
      keepKey: 'PUT /api/v3/userDataStream',
      removeKey: 'DELETE /api/v3/userDataStream',
      currencies: 'GET /api/v3/capital/config/getall',
      depositAddress: 'GET /api/v3/capital/deposit/address',
      deposits: 'GET /api/v3/capital/deposit/hisrec',
      withdraw: 'POST /api/v3/capital/withdraw',
      cancelWithdrawal: 'DELETE /api/v3/capital/withdraw',
      withdrawals: 'GET /api/v3/capital/withdraw/history',
      transfer: 'POST /api/v3/capital/transfer',
    });
  });

  it('are all signed', () => {
    expect(new Set(Object.values(each(({ auth }) => auth)))).toEqual(new Set(['signed']));
  });

  it('are never repeated where twice would be more than once', () => {
    const once = Object.entries(each(({ idempotent }) => idempotent)).filter(([, idempotent]) => idempotent !== true);
    expect(once.map(([name]) => name)).toEqual(['place', 'placeBatch', 'createKey', 'withdraw', 'transfer']);
  });

  it('that move money tell the venue until when it may act', () => {
    const expiring = Object.entries(each(({ expires }) => expires)).filter(([, expires]) => expires === true);
    expect(expiring.map(([name]) => name)).toEqual(['place', 'placeBatch', 'withdraw', 'transfer']);
  });

  it('cost what the venue charges', () => {
    const orderFlow = { uid: 1, orders: 1, waf: 1 };
    const weight = (uid: number) => ({ uid, waf: 1 });
    expect(each(({ cost }) => cost)).toEqual({
      place: orderFlow,
      test: weight(1),
      placeBatch: { ...orderFlow, batch: 1 },
      cancel: orderFlow,
      cancelAll: orderFlow,
      get: weight(2),
      open: weight(3),
      history: weight(10),
      fills: weight(10),
      balances: { uid: 10, account: 1, waf: 1 },
      tradingFees: weight(20),
      createKey: weight(1),
      keepKey: weight(1),
      removeKey: weight(1),
      currencies: weight(10),
      depositAddress: weight(10),
      deposits: weight(10),
      withdraw: weight(1),
      cancelWithdrawal: weight(1),
      withdrawals: weight(1),
      transfer: weight(1),
    });
  });

  it('are charged to budgets that the venue has', () => {
    const names = Object.values(each(({ cost }) => Object.keys(cost))).flat() as string[];
    expect(names.filter((name) => !(name in mexcSpot.limits))).toEqual([]);
  });

  it('that take an order out of the market go first', () => {
    expect(each(({ lane = 'data' }) => lane)).toEqual({
      place: 'place',
      test: 'place',
      placeBatch: 'place',
      cancel: 'cancel',
      cancelAll: 'cancel',
      get: 'query',
      open: 'query',
      history: 'query',
      fills: 'query',
      balances: 'query',
      tradingFees: 'data',
      createKey: 'query',
      keepKey: 'query',
      removeKey: 'query',
      currencies: 'data',
      depositAddress: 'data',
      deposits: 'data',
      withdraw: 'place',
      cancelWithdrawal: 'cancel',
      withdrawals: 'data',
      transfer: 'place',
    });
  });
});

describe('the account', () => {
  it('is part of the venue and signs for its host alone', () => {
    expect(mexcSpot.private).toBe(account);
    expect(account.signedHosts).toEqual(['api.mexc.com']);
  });

  it('has neither a dead-man switch, nor amending, nor order entry over a socket', () => {
    expect({ ...account, amend: orders.amend }).toMatchObject({ amend: undefined });
    expect([account.deadMan, account.orderSocket]).toEqual([undefined, undefined]);
  });

  it('takes what is not documented at its worst', () => {
    expect(orders.rules).toEqual({
      marketBuyByBase: false,
      marketSellByQuote: false,
      clientIdPrefix: '',
      clientIdLength: 32,
      visibilityLagMs: 10_000,
      clientIdLifeMs: 0,
      forgetsClientIds: true,
    });
  });

  it('shows no secret of a signer that it made', () => {
    const secretKey = '45d0b3c26f2644f19bfb98b07741b2f5';
    const made = account.createSigner({ apiKey: 'mx0vglTESTKEY0000001', secretKey });
    const shown = inspect({ account, made }, { depth: Number.POSITIVE_INFINITY, showHidden: true });
    expect(shown).not.toContain(secretKey);
    expect(shown).not.toContain('mx0vglTESTKEY0000001');
  });
});

import { describe, expect, it } from 'vitest';
import type { LimitTable } from '../../../src/adapter/limits.js';
import { Spending } from '../../../src/exchange/spending.js';
import { gateioSpot } from '../../../src/venues/gateio/spot/venue.js';

const limits: LimitTable = {
  account: { capacity: 100, intervalMs: 1_000, scope: 'uid', cancelReserve: 20 },
  path: { capacity: 10, intervalMs: 1_000, scope: 'endpoint' },
  place: { capacity: 4, intervalMs: 1_000, scope: 'market' },
};
const venue = { ...gateioSpot, limits };
const endpoint = { method: 'POST', path: '/orders', auth: 'signed', lane: 'place' } as const;

describe('what a call takes from the budgets', () => {
  it('has one budget for the account, one for each path, and one for each market', () => {
    const spending = new Spending(venue, 1, 'me');
    const priced = { ...endpoint, cost: { account: 3, path: 1, place: 1 } };
    expect(spending.of(priced, { symbol: 'BTC/USDT' })).toEqual([
      { key: 'me gateio_spot account 100/1000', capacity: 100, intervalMs: 1_100, weight: 3, reserve: 20 },
      { key: 'me gateio_spot path POST /orders 10/1000', capacity: 10, intervalMs: 1_100, weight: 1, reserve: 0 },
      { key: 'me gateio_spot place BTC/USDT 4/1000', capacity: 4, intervalMs: 1_100, weight: 1, reserve: 0 },
    ]);
    expect(spending.of(priced, [{ symbol: 'ETH/USDT' }]).map(({ key }) => key)).toEqual([
      'me gateio_spot account 100/1000',
      'me gateio_spot path POST /orders 10/1000',
      'me gateio_spot place ETH/USDT 4/1000',
    ]);
  });

  it('names the budgets of an address alike for all accounts and markets of its host', () => {
    const priced = { method: 'GET', path: '/time', auth: 'none', cost: { path: 1, host: 1 } } as const;
    const shared = { ...limits, host: { capacity: 20, intervalMs: 1_000, scope: 'ip' } } as const;
    for (const id of ['gateio_spot', 'gateio_futures'])
      expect(new Spending({ ...venue, id, limits: shared }, 1, `of ${id}`).of(priced, undefined)).toEqual([
        { key: 'path GET /time 10/1000', capacity: 10, intervalMs: 1_100, weight: 1, reserve: 0 },
        { key: 'host 20/1000', capacity: 20, intervalMs: 1_100, weight: 1, reserve: 0 },
      ]);
  });

  it('leaves the reserve to cancels', () => {
    const [cancel] = new Spending(venue, 1).of({ ...endpoint, lane: 'cancel', cost: { account: 1 } }, undefined);
    expect(cancel).toMatchObject({ capacity: 100, intervalMs: 1_100, weight: 1, reserve: 0 });
  });

  it('uses its share of each budget and of the reserve; a call that needs more than the share takes all of it', () => {
    const spending = new Spending(venue, 0.1);
    expect(spending.of({ ...endpoint, cost: { account: 1, place: 3 } }, { symbol: 'BTC/USDT' })).toMatchObject([
      { capacity: 100, intervalMs: 1_100, weight: 1, reserve: 92 },
      { capacity: 4, intervalMs: 1_100, weight: 1, reserve: 3 },
    ]);
  });

  it('keeps room for a cancel also where the share of the reserve is less than one', () => {
    const [placed] = new Spending(venue, 0.04).of({ ...endpoint, cost: { account: 1 } }, undefined);
    expect(placed).toMatchObject({ capacity: 100, weight: 1, reserve: 97 });
  });

  it('gives the same array for the same call, because it is asked for each time', () => {
    const spending = new Spending(venue, 1);
    const priced = { ...endpoint, cost: { account: 1 } };
    expect(spending.of(priced, { symbol: 'BTC/USDT' })).toBe(spending.of(priced, { symbol: 'ETH/USDT' }));
  });

  it('names a budget that the venue does not list', () => {
    expect(() => new Spending(venue, 1).of({ ...endpoint, cost: { nothing: 1 } }, undefined)).toThrow(
      'gateio_spot: /orders costs "nothing", which its limits do not list',
    );
  });
});

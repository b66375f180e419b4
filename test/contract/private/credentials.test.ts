import { describe, expect, it } from 'vitest';
import { ACCOUNTS, accountAt } from '../../support/accounts-under-test.js';
import { KEYS, privateWorld, words } from '../../support/private-world.js';

describe.each(ACCOUNTS)('the credentials for $name', (user) => {
  const { LIMIT } = user;
  it.each([
    ['at once', () => KEYS],
    ['later', async () => KEYS],
  ])('may come from a function %s, which is asked once and not before it is needed', async (_, keys) => {
    await using world = await privateWorld(user);
    const { connect, outcome, truth } = world;
    let asked = 0;
    const { exchange } = connect({
      credentials: () => {
        asked++;
        return keys();
      },
    });
    expect(asked).toBe(0);
    await outcome(Promise.all([exchange.getBalances(), exchange.placeLimitOrder(LIMIT)]));
    await outcome(exchange.getBalances());
    expect([asked, truth.orders().length]).toEqual([1, 1]);
  });

  it('that could not be had are asked for again by the next call; the order was not sent', async () => {
    await using world = await privateWorld(user);
    const { connect, outcome, failure, truth } = world;
    let asked = 0;
    const { exchange } = connect({
      credentials: () => {
        if (++asked === 1) throw new Error('the vault is shut');
        return KEYS;
      },
    });
    const refused = await failure(exchange.placeLimitOrder(LIMIT));
    expect(refused).toMatchObject({ outcome: 'not_sent' });
    expect(truth.orders()).toEqual([]);
    await outcome(exchange.placeLimitOrder(LIMIT));
    expect(truth.orders().length).toBe(1);
  });

  it('of a wrong shape are named without being shown', async () => {
    await using world = await privateWorld(user);
    const { exchange, tap } = world.connect({ credentials: (() => ({ apiKey: 'mx0', secretKey: 'b c' })) as never });
    const error = await world.failure(exchange.getBalances());
    expect(error).toMatchObject({ code: 'configuration', field: 'credentials.secretKey' });
    expect(String(error)).not.toContain('b c');
    expect(tap.requests.some(({ url }) => url.includes('mx0'))).toBe(false);
  });

  it('that the venue does not know, or whose secret is wrong, are refused as such', async () => {
    await using world = await privateWorld(user);
    const { connect, failure, truth } = world;
    for (const keys of [
      { ...KEYS, apiKey: 'mx0nobody' },
      { ...KEYS, secretKey: 'another' },
    ]) {
      const { exchange } = connect({ credentials: keys });
      expect(words(await failure(exchange.getBalances()))).toBe('authentication rejected');
      // An order in perpetuals asks first how the account trades the market: that is refused then.
      expect(words(await failure(exchange.placeLimitOrder(LIMIT)))).toBe(
        `authentication ${user.isPerpetual ? 'not_sent' : 'rejected'}`,
      );
      const orders = exchange.watchOrders();
      expect(await failure(orders.ready)).toMatchObject({ code: 'authentication' });
    }
    expect(truth.orders()).toEqual([]);
  });

  it('that may only read do not trade', async () => {
    await using world = await privateWorld(user, { account: { permissions: ['read'] } });
    const { exchange, outcome, failure, truth } = world;
    await outcome(exchange.getBalances());
    const order = user.id === 'mexc_futures' ? { ...LIMIT, positionSide: 'long' as const } : LIMIT;
    expect(words(await failure(exchange.placeLimitOrder(order)))).toBe('permission_denied rejected');
    expect(truth.orders()).toEqual([]);
  });
});

describe.each(ACCOUNTS)('time and limits of $name', (user) => {
  const { id: venue, BTC, LIMIT } = user;
  it.each([90_000, -90_000])(
    'learns the clock of the venue after a refusal (%d ms), and signs once more',
    async (ms) => {
      await using world = await privateWorld(user);
      const { exchange, outcome, sim, truth, tap } = world;
      await outcome(exchange.getBalances());
      sim.faults.skewClock(venue, ms);
      const sent = tap.requests.filter(({ method }) => method === 'POST').length;
      await outcome(exchange.placeLimitOrder(LIMIT));
      expect(truth.orders().length).toBe(1);
      // Of a perpetual the read before the order is the one that is refused and signed again.
      expect(tap.requests.filter(({ method }) => method === 'POST').length - sent).toBe(user.isPerpetual ? 1 : 2);
    },
  );

  it('finds an order whose answer is lost right after the clock was put right', async () => {
    await using world = await privateWorld(user, { exchange: { timeoutMs: 5_000, resolveWithinMs: 60_000 } });
    const { exchange, outcome, sim, clock, truth, tap, trade } = world;
    const placing = user.calls.place;
    await outcome(exchange.getBalances());
    trade('buy', '5', '100');
    sim.faults.skewClock(venue, -90_000);
    sim.faults.forgetClientIds(venue);
    const selling = exchange.placeMarketOrder({ symbol: BTC, side: 'sell', quantity: '1' });
    const probes = tap.calls(user.calls.time).length;
    while (tap.calls(user.calls.time).length === probes) await clock.advance(1);
    sim.faults.timeoutHttp(venue, 'POST');
    const order = await outcome(selling);
    expect(tap.calls(placing).length).toBe(user.isPerpetual ? 1 : 2);
    expect([order.state, truth.orders().map(({ id }) => id)]).toEqual(['filled', [order.orderId]]);
  });

  it('repeats a read that was one too many, and tells when an order was', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, failure, sim, truth } = world;
    await outcome(exchange.getOpenOrders(BTC));
    sim.faults.limitRequests(venue);
    await outcome(exchange.getBalances());
    sim.faults.limitRequests(venue, { call: 'POST' });
    const error = await failure(exchange.placeLimitOrder(LIMIT));
    expect(error).toMatchObject({ code: 'rate_limit', outcome: 'rejected', retryable: true });
    expect(truth.orders()).toEqual([]);
  });

  it('refuses orders while the venue only cancels, and cancels still', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, failure, sim, truth } = world;
    const { orderId = '' } = await outcome(exchange.placeLimitOrder(LIMIT));
    sim.faults.cancelOnly(venue, { times: 5 });
    expect(words(await failure(exchange.placeLimitOrder(LIMIT)))).toMatch(/^(trading_disabled|maintenance) rejected$/);
    await outcome(exchange.cancelOrder({ symbol: BTC, orderId }));
    expect(truth.orders().map(({ status }) => status)).toEqual(['canceled']);
  });
});

// Gate.io does not say how long it bans for; what MEXC says is heeded.
describe('a ban of mexc_spot', () => {
  it('stops asking while it is banned', async () => {
    await using world = await privateWorld(accountAt('mexc_spot'), {
      exchange: { retry: { maxAttempts: 1 }, timeoutMs: 1_000 },
    });
    const { exchange, outcome, failure, sim, tap } = world;
    await outcome(exchange.getOpenOrders());
    sim.faults.ban('mexc_spot');
    expect(await failure(exchange.getBalances())).toMatchObject({ code: 'rate_limit' });
    const sent = tap.requests.length;
    expect(await failure(exchange.getBalances())).toMatchObject({ outcome: 'not_sent' });
    expect(tap.requests.length).toBe(sent);
  });
});

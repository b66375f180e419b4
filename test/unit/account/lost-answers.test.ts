import { describe, expect, it } from 'vitest';
import { LIMIT, openAccount, PLACING } from './account-world.js';

const FORBIDDEN = {
  status: 403,
  body: '{"code":26,"label":"FORBIDDEN","msg":"no"}',
  processed: false,
  times: 1_000,
} as const;
const SERVER_TIME = { mexc_spot: 'GET /api/v3/time', gateio_spot: 'GET /api/v4/spot/time' } as const;

describe.each(['gateio_spot', 'mexc_spot'] as const)('an order at %s', (venue) => {
  const mine = venue === 'gateio_spot' ? 't-mine' : 'mine';
  const accepted = venue === 'gateio_spot' ? 'open' : 'pending';

  it('is found after its answer was lost, also when our clock was ahead and not yet compared', async () => {
    const world = await openAccount(venue);
    world.sim.faults.skewClock(venue, -10_000);
    world.sim.faults.forgetClientIds(venue);
    world.sim.faults.timeoutHttp(venue, PLACING[venue]);
    const selling = world.exchange.placeMarketOrder({ symbol: 'BTC/USDT', side: 'sell', quantity: '0.01' });
    expect([await world.outcome(selling), world.truth().length]).toEqual(['filled', 1]);
    await world.end();
  });

  it("was not sent when the venue's clock could not be read before", async () => {
    const world = await openAccount(venue);
    const down = { status: 503, body: '{}', processed: false, times: 100 } as const;
    world.sim.faults.respond(venue, SERVER_TIME[venue], down);
    expect(await world.outcome(world.exchange.placeLimitOrder(LIMIT))).toBe('server not_sent');
    await world.end();
  });

  it('was not sent when the credentials could not be had', async () => {
    const credentials = (): never => {
      throw new Error('the vault is shut');
    };
    const world = await openAccount(venue, { credentials });
    expect(await world.outcome(world.exchange.placeLimitOrder(LIMIT))).toBe('unknown not_sent');
    await world.end();
  });

  it('may have the id of one that was refused for certain, but not of one that was placed', async () => {
    const world = await openAccount(venue);
    const order = { ...LIMIT, clientOrderId: mine };
    world.sim.faults.limitRequests(venue, { call: PLACING[venue], times: 1 });
    const outcomes = [await world.outcome(world.exchange.placeLimitOrder(order))];
    await world.sim.clock.advance(100_000);
    outcomes.push(await world.outcome(world.exchange.placeLimitOrder(order)));
    outcomes.push(await world.outcome(world.exchange.placeLimitOrder(order)));
    expect(outcomes).toEqual(['rate_limit rejected', accepted, 'duplicate_order not_sent']);
    await world.end();
  });

  it('is known by a push when its answer was lost and nothing can be read', async () => {
    const world = await openAccount(venue);
    await world.settled(world.exchange.watchOrders().ready);
    world.sim.faults.timeoutHttp(venue, PLACING[venue]);
    world.sim.faults.respond(venue, 'GET ', { status: 500, body: '{}', processed: false, times: 1_000 });
    expect(await world.outcome(world.exchange.placeLimitOrder(LIMIT))).toBe('open');
    await world.end();
  });

  it('is not told to be filled with nothing when its fills get lost, too', async () => {
    const world = await openAccount(venue);
    const { sim, exchange } = world;
    const fills = venue === 'gateio_spot' ? 'spot.usertrades' : 'private.deals';
    const told: string[] = [];
    const watch = exchange.watchOrders(({ state, filledQuantity }) => void told.push(`${state} ${filledQuantity}`));
    await world.settled(watch.ready);
    sim.faults.timeoutHttp(venue, PLACING[venue]);
    sim.faults.drop(venue, { topic: fills });
    await world.outcome(exchange.placeMarketOrder({ symbol: 'BTC/USDT', side: 'buy', quoteQuantity: '200' }));
    await sim.clock.advance(40_000);
    expect(told.filter((text) => text.startsWith('filled'))).toEqual(['filled 0.1']);
    // A stream that told nothing of a fill may have fallen silent.
    expect(world.errors).toMatchObject([{ message: expect.stringContaining('the streams are opened anew') }]);
    await world.end();
  });

  it('is not taken for an older one of the same id', async () => {
    const world = await openAccount(venue);
    await world.outcome(world.exchange.placeLimitOrder({ ...LIMIT, clientOrderId: mine }));
    await world.sim.clock.advance(200_000);
    const second = world.open();
    world.sim.faults.loseRequest(venue, PLACING[venue]);
    const outcome = await world.outcome(second.placeLimitOrder({ ...LIMIT, clientOrderId: mine }));
    expect([outcome, world.truth().length]).toEqual(['timeout rejected', 1]);
    await world.settled(second.close());
    await world.end();
  });

  it("is looked for until its life is over by our clock, too: the venue's may be set, and set back", async () => {
    const world = await openAccount(venue, { timeoutMs: 2_000 });
    await world.settled(world.exchange.getBalances());
    world.sim.faults.acceptLate(venue, PLACING[venue], { delayMs: 4_000 });
    const placing = world.exchange.placeLimitOrder(LIMIT);
    await world.sim.clock.advance(1_000);
    world.sim.faults.skewClock(venue, 90_000);
    // Its time stamp is refused, so the clocks are compared again.
    await world.settled(world.exchange.getBalances());
    await world.sim.clock.advance(2_500);
    world.sim.faults.skewClock(venue, -3_000);
    expect([await world.outcome(placing), world.truth().length]).toEqual(['open', 1]);
    await world.end();
  });

  it('goes out alone and in batches with a share of the rate limits', async () => {
    const world = await openAccount(venue, { rateLimit: { share: 0.5 } });
    const one = await world.outcome(world.exchange.placeLimitOrder(LIMIT));
    const limit = { ...LIMIT, type: 'limit' } as const;
    const two = await world.settled(world.exchange.placeOrders([limit, limit]));
    const states = two.map((answer) => ('state' in answer ? answer.state : answer.message));
    expect([one, ...states]).toEqual([accepted, accepted, accepted]);
    await world.end();
  });

  it('that is on its way is canceled too when the exchange closes with `own`', async () => {
    const world = await openAccount(venue);
    await world.outcome(world.exchange.placeLimitOrder(LIMIT));
    const placing = world.exchange.placeLimitOrder(LIMIT).catch((error: unknown) => error);
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    await world.settled(world.exchange.close({ cancelOrders: 'own' }));
    await placing;
    expect(world.truth().map(({ status }) => status)).toEqual(['canceled', 'canceled']);
    await world.sim.close();
  });

  it('that could not be canceled at the close is reported', async () => {
    const world = await openAccount(venue);
    await world.outcome(world.exchange.placeLimitOrder(LIMIT));
    world.sim.faults.respond(venue, 'DELETE ', FORBIDDEN);
    await world.settled(world.exchange.close({ cancelOrders: 'own' }));
    expect(world.errors).toMatchObject([
      { code: 'permission_denied', outcome: 'rejected' },
      {
        code: 'unknown',
        outcome: 'unknown',
        message: expect.stringMatching(/^orders that may still rest .* \(1\): BTC/),
      },
    ]);
    await world.sim.close();
  });

  it('that was canceled by a try without an answer is canceled, whatever the next try was told', async () => {
    const world = await openAccount(venue);
    const { orderId = '' } = await world.settled(world.exchange.placeLimitOrder(LIMIT));
    world.sim.faults.respond(venue, 'DELETE ', { status: 502, body: '{}', processed: true });
    world.sim.faults.respond(venue, 'DELETE ', FORBIDDEN);
    expect(await world.outcome(world.exchange.cancelOrder({ symbol: 'BTC/USDT', orderId }))).toBe('canceled');
    await world.end();
  });
});

import { describe, expect, it } from 'vitest';
import type { OrderReport } from '../../../src/adapter/order-endpoints.js';
import { gatherEvidence } from '../../../src/exchange/account/order-evidence.js';
import type { OrderReads } from '../../../src/exchange/account/order-reads.js';
import { createPrivateExchange, venues } from '../../../src/index.js';
import { LIMIT, openAccount } from './account-world.js';

const NOW = 1_700_000_000_000;

describe('the streams of an account', () => {
  it('stay live for whoever comes while the last one is leaving', async () => {
    const world = await openAccount('gateio_spot');
    const first = world.exchange.watchOrders();
    await world.settled(first.ready);
    // The old socket takes a second to go.
    world.sim.faults.halfOpen('gateio_spot');
    const closing = first.close();
    await world.settled(world.exchange.watchOrders().ready);
    await world.settled(closing);
    expect(world.exchange.status).toBe('live');
    await world.end();
  });

  it('tell the end of an order that was canceled while they were away, also when the venue has forgotten it', async () => {
    const world = await openAccount('gateio_spot');
    const limit = { symbol: 'BTC/USDT', side: 'buy', quantity: '0.01', price: '1000' } as const;
    await world.settled(world.exchange.watchOrders().ready);
    const { orderId } = await world.settled(world.exchange.placeLimitOrder(limit));
    world.sim.faults.refuseConnections('gateio_spot', 1_000);
    world.sim.faults.respond('gateio_spot', 'GET ', { status: 502, body: '{}', processed: false, times: 1_000 });
    world.sim.faults.cut('gateio_spot');
    world.sim.account('mx0account').cancelByVenue(orderId as string);
    await world.sim.clock.advance(120_000);
    world.sim.faults.clear();
    const heard: unknown[] = [];
    world.exchange.watchOrders(({ state, reason }) => heard.push([state, reason]));
    await world.sim.clock.advance(120_000);
    expect([heard, world.exchange.status]).toEqual([[['canceled', 'the venue does not list it any more']], 'live']);
    await world.end();
  });

  it('are not given to another host than the venue', () => {
    const credentials = { apiKey: 'key', secretKey: 'secret' };
    const endpoints = { ws: 'wss://elsewhere.example/ws' };
    for (const venue of [venues.gateio_spot, venues.mexc_spot])
      expect(() => createPrivateExchange(venue, { credentials, endpoints })).toThrow(/endpoints\.ws.*elsewhere/);
  });
});

describe('the dead-man switch', () => {
  it('stays disarmed when a refresh is repeated late', async () => {
    const world = await openAccount('gateio_spot');
    const { deadManSwitch } = world.exchange;
    if (deadManSwitch === undefined) throw new Error('no switch');
    await world.settled(world.exchange.placeLimitOrder({ symbol: 'BTC/USDT', side: 'buy', quantity: '1', price: '9' }));
    await world.settled(deadManSwitch.arm(6_000));
    const down = { status: 502, body: '{}', processed: false, times: 1 } as const;
    world.sim.faults.respond('gateio_spot', 'countdown_cancel_all', down);
    await world.sim.clock.advance(2_050);
    await world.settled(deadManSwitch.disarm());
    await world.sim.clock.advance(30_000);
    expect(world.truth().map(({ status }) => status)).toEqual(['open']);
    await world.end();
  });
});

describe('a dead-man switch that could not be refreshed in time', () => {
  const down = { status: 502, body: '{}', processed: false } as const;

  it('may have fired: that is told once it is armed again, and nothing before', async () => {
    const world = await openAccount('gateio_spot');
    const { sim, exchange, errors } = world;
    await world.settled(exchange.placeLimitOrder(LIMIT));
    await world.settled(exchange.deadManSwitch?.arm(6_000) ?? Promise.reject(new Error('no switch')));
    sim.faults.respond('gateio_spot', 'countdown_cancel_all', { ...down, times: 6 });
    await sim.clock.advance(60_000);
    expect(world.truth().map(({ status }) => status)).toEqual(['canceled']);
    const told = errors.map((error) => String((error as Error).message));
    expect(new Set(told.slice(0, -1))).toEqual(
      new Set(['the dead-man switch could not be refreshed within 2000 ms; it is tried again']),
    );
    expect(errors.at(-1)).toMatchObject({ code: 'timeout', outcome: 'unknown', venue: 'gateio_spot' });
    expect(told.at(-1)).toMatch(/^the dead-man switch of 6000 ms was not refreshed for \d+ ms: the venue may have/);
    await world.end();
  });

  it('but is refreshed before its time is over has not fired', async () => {
    const world = await openAccount('gateio_spot');
    const { sim, exchange, errors } = world;
    await world.settled(exchange.placeLimitOrder(LIMIT));
    await world.settled(exchange.deadManSwitch?.arm(6_000) ?? Promise.reject(new Error('no switch')));
    sim.faults.respond('gateio_spot', 'countdown_cancel_all', { ...down, times: 1 });
    await sim.clock.advance(60_000);
    expect([world.truth().map(({ status }) => status), errors]).toEqual([['open'], []]);
    await world.end();
  });

  it('tries again before its time is over when a call gets no answer', async () => {
    const world = await openAccount('gateio_spot', { timeoutMs: 30_000 });
    const { sim, exchange, errors } = world;
    await world.settled(exchange.placeLimitOrder(LIMIT));
    await world.settled(exchange.deadManSwitch?.arm(6_000) ?? Promise.reject(new Error('no switch')));
    sim.faults.loseRequest('gateio_spot', 'countdown_cancel_all');
    await sim.clock.advance(60_000);
    expect([world.truth().map(({ status }) => status), errors]).toMatchObject([['open'], [{ code: 'timeout' }]]);
    await world.end();
  });
});

describe('an order that the venue shows without our id', () => {
  const request = {
    symbol: 'BTC/USDT',
    side: 'buy',
    type: 'limit',
    timeInForce: 'GTC',
    postOnly: false,
    clientOrderId: 't-mine',
  } as const;
  const row: OrderReport = {
    symbol: 'BTC/USDT',
    orderId: '7',
    side: 'buy',
    type: 'limit',
    quantity: '1' as NonNullable<OrderReport['quantity']>,
    createdAt: NOW,
  };
  const nothing = { rows: [], isComplete: true };
  const reads = {
    report: async () => ({ ...row, createdAt: NOW - 120_000 }),
    openReports: async () => ({ rows: [row], isComplete: true }),
    historyReports: async () => nothing,
    fillRows: async () => nothing,
    knows: () => false,
    isFired: async () => false,
  } as unknown as OrderReads;
  const sought = { request, since: NOW, fence: NOW + 5_000, fenceMonotonic: 5_000 };

  it('is ours when nobody else can have placed it', async () => {
    const evidence = await gatherEvidence(reads, sought, false, () => false);
    expect(evidence).toEqual({ found: { ...row, clientOrderId: 't-mine' } });
  });

  it('decides nothing while another order of ours with the same terms is looked for', async () => {
    const evidence = await gatherEvidence(reads, sought, false, () => true);
    expect(evidence).toEqual({ found: undefined, isComplete: false });
  });

  it('is not ours when a trigger has placed it: ours may never have come', async () => {
    const fired = { ...reads, isFired: async ({ orderId }: OrderReport) => orderId === '7' } as unknown as OrderReads;
    const evidence = await gatherEvidence(fired, sought, false, () => false);
    expect(evidence).toEqual({ found: undefined, isComplete: true });
  });

  it('is not ours when the venue says that somebody else placed it: ours may never have come', async () => {
    const foreign = { ...row, isForeign: true } as const;
    const seen = {
      ...reads,
      openReports: async () => ({ rows: [foreign], isComplete: true }),
    } as unknown as OrderReads;
    expect(await gatherEvidence(seen, sought, false, () => false)).toEqual({ found: undefined, isComplete: true });
  });
});

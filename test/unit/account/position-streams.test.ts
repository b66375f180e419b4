import { describe, expect, it } from 'vitest';
import { toDecimal as d } from '../../../src/model/decimal.js';
import type { Position } from '../../../src/model/position.js';
import { LONG, perpetualWorld, refusal } from '../../support/perpetual-world.js';

const shape = ({ side, contracts }: Position) => `${side} ${contracts}`;
const SHORT: Position = { ...LONG, symbol: 'ETH/USDT:USDT', id: '12', side: 'short', contracts: d('7') };

describe('the streams of an account with positions', () => {
  it('are live when all four topics are there and the account has been read, positions included', async () => {
    const world = perpetualWorld({ 'GET /positions': [LONG] });
    const { exchange, positions } = world.openPrivate();
    const heard: string[] = [];
    const watching = positions.watchPositions((position) => heard.push(shape(position)));
    await world.settled(watching.ready);
    const topics = world.sockets.last.sent.flatMap((text) => (JSON.parse(text) as { sub?: string }).sub ?? []);
    expect([topics, heard, exchange.status]).toEqual([
      ['orders', 'fills', 'balances', 'positions'],
      ['long 500'],
      'live',
    ]);
    world.push('positions', { ...LONG, version: 2, contracts: '600' });
    world.push('positions', { ...LONG, version: 1, contracts: '1' });
    expect(heard).toEqual(['long 500', 'long 600']);
  });

  it('tell what happened to positions while they were away before they are live again', async () => {
    const world = perpetualWorld({ 'GET /positions': [LONG, SHORT] });
    const { exchange, positions } = world.openPrivate();
    const heard: string[] = [];
    const watching = positions.watchPositions((position) => heard.push(shape(position)));
    exchange.on('status', ({ status }) => heard.push(status));
    await world.settled(watching.ready);
    world.script['GET /positions'] = [{ ...SHORT, version: 9, contracts: '5' }];
    world.sockets.last.end({ code: 1006, reason: '' });
    await world.clock.advance(10_000);
    expect(heard).toEqual(['long 500', 'short 7', 'live', 'degraded', 'short 5', 'long 0', 'live']);
  });

  it('read the orders of a market whose position has moved in the meantime', async () => {
    const world = perpetualWorld();
    const { positions } = world.openPrivate();
    await world.settled(positions.watchPositions().ready);
    const before = world.of('GET /fills').length;
    world.script['GET /positions'] = [LONG];
    world.sockets.last.end({ code: 1006, reason: '' });
    await world.clock.advance(20_000);
    expect([before, world.of('GET /fills')[0]]).toMatchObject([0, { symbol: LONG.symbol }]);
  });

  it('give a slow reader the newest of each position, and none twice', async () => {
    const world = perpetualWorld({ 'GET /positions': [LONG, SHORT] });
    const { positions } = world.openPrivate();
    const watching = positions.watchPositions();
    const reader = watching[Symbol.asyncIterator]();
    await world.settled(watching.ready);
    for (let version = 2; version < 20_000; version++) {
      world.push('positions', { ...LONG, version, contracts: String(version) });
    }
    const read = [await reader.next(), await reader.next()].map(({ value }) => shape(value as Position));
    world.push('positions', { ...SHORT, version: 2, contracts: '8' });
    read.push(shape((await reader.next()).value as Position));
    expect([read, watching.dropped, world.errors]).toEqual([['long 19999', 'short 7', 'short 8'], 0, []]);
  });

  it('tell two positions of a market apart once somebody else has changed the mode, which rows do not say', async () => {
    const world = perpetualWorld();
    const { positions } = world.openPrivate({ reconcileEveryMs: 1_000 });
    const heard: string[] = [];
    const watching = positions.watchPositions(({ mode, ...position }) =>
      heard.push(`${mode} ${shape({ mode, ...position })}`),
    );
    await world.settled(watching.ready);
    expect(await world.settled(positions.getPositionMode())).toBe('one_way');
    world.script['GET /mode'] = '"hedge"';
    await world.clock.advance(3_000);
    const { mode, ...long } = LONG;
    world.push('positions', long);
    world.push('positions', { ...long, id: '13', side: 'short', contracts: '9' });
    world.push('positions', { ...long, version: 2, contracts: '510' });
    await world.clock.advance(1);
    expect([mode, ...heard]).toEqual(['one_way', 'hedge long 500', 'hedge short 9', 'hedge long 510']);
  });

  it('end for all with the reason when one topic is refused', async () => {
    const world = perpetualWorld();
    world.refusedChannels.add('positions');
    const { exchange, positions } = world.openPrivate();
    const orders = exchange.watchOrders();
    const watching = positions.watchPositions();
    expect(await world.failure(() => watching.ready)).toEqual({ code: 'subscription_refused', outcome: 'rejected' });
    expect(await world.failure(() => orders.ready)).toEqual({ code: 'subscription_refused', outcome: 'rejected' });
  });
});

describe('streams that name the account', () => {
  const traits = (identities: (string | undefined)[]) => ({ hasIdentity: true, identities });

  it('ask for its id once, before the first subscription', async () => {
    const identities: (string | undefined)[] = [];
    const world = perpetualWorld({}, traits(identities));
    const { exchange } = world.openPrivate();
    await world.settled(exchange.watchOrders().ready);
    world.sockets.last.end({ code: 1006, reason: '' });
    await world.clock.advance(60_000);
    expect([identities, world.of('GET /identity').length, exchange.status]).toEqual([['user-7'], 1, 'live']);
  });

  it('ask again after a pause while the venue gives none, and say so', async () => {
    const identities: (string | undefined)[] = [];
    const world = perpetualWorld({ 'GET /identity': refusal('server', 'unknown') }, traits(identities));
    const { exchange } = world.openPrivate();
    const watching = exchange.watchOrders();
    await world.clock.advance(30_000);
    const asked = world.of('GET /identity').length;
    world.script['GET /identity'] = '"user-8"';
    await world.settled(watching.ready);
    expect([asked > 1, asked === world.errors.length, identities]).toEqual([true, true, ['user-8']]);
  });

  it('end with the reason when the keys are refused, and open nothing', async () => {
    const world = perpetualWorld({ 'GET /identity': refusal('authentication') }, { hasIdentity: true });
    const { exchange, positions } = world.openPrivate();
    const [orders, watching] = [exchange.watchOrders(), positions.watchPositions()];
    expect(await world.failure(() => orders.ready)).toEqual({ code: 'authentication', outcome: 'rejected' });
    expect(await world.failure(() => watching.ready)).toEqual({ code: 'authentication', outcome: 'rejected' });
    await world.clock.advance(60_000);
    expect([world.of('GET /identity').length, world.sockets.attempts.length, exchange.status]).toEqual([1, 0, 'idle']);
  });
});

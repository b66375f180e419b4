import { describe, expect, it } from 'vitest';
import { createWireWorld, type WireWorld } from '../../support/mexc-wire-world.js';

/** Spends `count` calls, 10 ms apart, and says how many were answered with 200. */
async function spend(world: WireWorld, path: string, count: number, ip?: string): Promise<number> {
  let good = 0;
  for (let i = 0; i < count; i++) {
    if (world.get(path, ip).status === 200) good++;
    await world.clock.advance(10);
  }
  return good;
}

describe('limits of the REST API', () => {
  it.each([
    ['/api/v3/ping', 1],
    ['/api/v3/time', 1],
    ['/api/v3/defaultSymbols', 1],
    ['/api/v3/symbol/offline', 10],
    ['/api/v3/exchangeInfo', 25],
    ['/api/v3/depth?symbol=BTCUSDT', 3],
    ['/api/v3/trades?symbol=BTCUSDT', 5],
    ['/api/v3/aggTrades?symbol=BTCUSDT', 1],
    ['/api/v3/klines?symbol=BTCUSDT&interval=1m', 1],
    ['/api/v3/avgPrice?symbol=BTCUSDT', 1],
    ['/api/v3/ticker/24hr', 25],
    ['/api/v3/ticker/price', 10],
    ['/api/v3/ticker/bookTicker', 10],
  ])('%s weighs %i of 300 per 10 s', async (path, weight) => {
    const world = createWireWorld();
    expect(await spend(world, path, 320)).toBe(300 / weight);
  });

  it('answers 429 with the seconds until enough weight is free, and lets exactly that much through', async () => {
    const world = createWireWorld();
    await spend(world, '/api/v3/ping', 300);
    expect(world.get('/api/v3/depth?symbol=BTCUSDT')).toEqual({
      status: 429,
      headers: { 'content-type': 'application/json', 'retry-after': '8' },
      body: '{"code":429,"msg":"Too Many Requests"}',
    });
    await world.clock.advance(7_019);
    expect(world.get('/api/v3/depth?symbol=BTCUSDT').status).toBe(429);
    await world.clock.advance(1);
    expect(world.get('/api/v3/depth?symbol=BTCUSDT').status).toBe(200);
    expect(world.get('/api/v3/ping').status).toBe(429);
  });

  it('charges refused parameters too, and each address apart', async () => {
    const world = createWireWorld();
    expect(await spend(world, '/api/v3/depth?symbol=NOPE', 100)).toBe(0);
    expect([world.get('/api/v3/ping').status, world.get('/api/v3/ping', '10.0.0.2').status]).toEqual([429, 200]);
  });

  it('blocks an address for a minute with a page when more than 120 requests come within a second', async () => {
    const world = createWireWorld();
    for (let i = 0; i < 120; i++) expect(world.get('/api/v3/ping').status).toBe(200);
    expect(world.get('/api/v3/ping')).toEqual({
      status: 403,
      headers: { 'content-type': 'text/html' },
      body: '<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD></HTML>',
    });
    await world.clock.advance(59_999);
    expect([world.get('/api/v3/ping').status, world.get('/api/v3/ping', '10.0.0.2').status]).toEqual([403, 200]);
    await world.clock.advance(1);
    expect(world.get('/api/v3/ping').status).toBe(200);
  });

  it('does not block 120 requests of a second after 120 of the second before', async () => {
    const world = createWireWorld();
    for (let i = 0; i < 120; i++) world.get('/api/v3/ping');
    await world.clock.advance(1_000);
    for (let i = 0; i < 120; i++) expect(world.get('/api/v3/ping').status).toBe(200);
  });
});

import { describe, expect, it } from 'vitest';
import { isSignedBy } from '../../../src/simulator/wire/mexc-spot/private/signature.js';
import fixture from '../../fixtures/mexc/signed-requests.json' with { type: 'json' };
import { ALICE, createMexcPrivateWorld, START_AT } from '../../support/mexc-private-wire-world.js';

describe('the signature', () => {
  it.each(fixture.requests)('of $name is recognised, and no other', ({ secret, query, body, signature }) => {
    const signed = body === '' ? `${query}&signature=${signature}` : query;
    const inBody = body === '' ? '' : `${body}&signature=${signature}`;
    expect(isSignedBy(secret, signed, inBody)).toBe(true);
    expect(isSignedBy(`${secret}0`, signed, inBody)).toBe(false);
    expect(isSignedBy(secret, `a=1&${signed}`, inBody)).toBe(false);
    expect(isSignedBy(secret, signed, `${inBody}&a=1`)).toBe(false);
    expect(isSignedBy(secret, query, body)).toBe(false);
    expect(isSignedBy(secret, signed.replace(signature, signature.toUpperCase()), inBody.toUpperCase())).toBe(false);
  });

  it('fits a body as well as a query', () => {
    const { secret, query, signature } = fixture.requests[0]!;
    expect(isSignedBy(secret, '', `${query}&signature=${signature}`)).toBe(true);
  });

  it('wants canonical escapes', () => {
    const { secret, query, signature } = fixture.requests.find(({ name }) => name.includes('batch'))!;
    expect(isSignedBy(secret, `${query.toLowerCase()}&signature=${signature}`, '')).toBe(false);
    expect(isSignedBy(secret, `%&signature=${signature}`, '')).toBe(false);
  });
});

describe('who may do what', () => {
  it('refuses a request without a key, with an unknown one, or from another address', () => {
    const away = { ...ALICE, apiKey: 'mx0away', ips: ['1.2.3.4'] };
    const world = createMexcPrivateWorld([ALICE, away]);
    const bare = world.send({ path: '/api/v3/account' })!;
    expect([bare.status, JSON.parse(bare.body).code]).toEqual([401, 400]);
    const nobody = { ...ALICE, apiKey: 'mx0nobody' };
    expect(world.refusal('GET', '/account', {}, { as: nobody })).toEqual([400, 10072]);
    expect(world.refusal('GET', '/account', {}, { as: away })).toEqual([403, 700006]);
    expect(world.refusal('GET', '/account', {}, { as: { ...ALICE, secretKey: 'x' } })).toEqual([400, 700002]);
    expect(world.call('GET', '/account').status).toBe(200);
  });

  it('wants the content type with every method but GET', () => {
    const world = createMexcPrivateWorld();
    expect(world.refusal('POST', '/userDataStream', {}, { headers: {} })).toEqual([400, 700013]);
    expect(world.call('GET', '/userDataStream', {}, { headers: {} }).status).toBe(200);
  });

  it('accepts times less than a second ahead and within the window behind, both ends included as documented', () => {
    const world = createMexcPrivateWorld();
    const at = (gapMs: number, recvWindow?: string) =>
      world.refusal('GET', '/uid', {}, { timestamp: START_AT + gapMs, ...(recvWindow ? { recvWindow } : {}) });
    expect(at(999)).toEqual([200, undefined]);
    expect(at(1_000)).toEqual([400, 700003]);
    expect(at(-5_000)).toEqual([200, undefined]);
    expect(at(-5_001)).toEqual([400, 700003]);
    expect(at(-60_000, '60000')).toEqual([200, undefined]);
    expect(at(0, '60001')).toEqual([400, 700005]);
    expect(at(0, 'long')).toEqual([400, 33333]);
    world.faults.skewClock('mexc_spot', 10_000);
    expect(at(0)).toEqual([400, 700003]);
  });

  it('goes by the permissions of the key', () => {
    const reader = { ...ALICE, apiKey: 'mx0reader', permissions: ['read'] as const };
    const trader = { ...ALICE, apiKey: 'mx0trader', permissions: ['trade'] as const };
    const world = createMexcPrivateWorld([reader, trader]);
    expect(world.refusal('POST', '/order', {})).toEqual([403, 700007]);
    expect(world.refusal('POST', '/capital/transfer', {})).toEqual([403, 700007]);
    expect(world.refusal('GET', '/account', {}, { as: trader })).toEqual([403, 700007]);
    expect(world.place({}, trader).status).toBe(200);
  });
});

describe('limits', () => {
  it('let a user send twelve order requests a second, and two batches', async () => {
    const bob = { ...ALICE, apiKey: 'mx0bob' };
    const world = createMexcPrivateWorld([ALICE, bob]);
    for (let i = 0; i < 12; i++) expect(world.refusal('DELETE', '/order', cancelOf('9'))).toEqual([400, -2011]);
    const refused = world.place();
    expect([refused.status, refused.body, refused.headers['retry-after']]).toEqual([
      429,
      { code: 429, msg: 'Too Many Requests' },
      '1',
    ]);
    expect(world.place({}, bob).status).toBe(200);
    await world.clock.advance(1_000);
    const batch = () => world.call('POST', '/batchOrders', { batchOrders: '[{"symbol":"BTCUSDT"}]' }).status;
    expect([batch(), batch(), batch()]).toEqual([200, 200, 429]);
  });

  it('weigh the calls of a user', async () => {
    const world = createMexcPrivateWorld();
    for (let i = 0; i < 25; i++) expect(world.call('GET', '/tradeFee', { symbol: 'BTCUSDT' }).status).toBe(200);
    expect(world.call('GET', '/uid').status).toBe(429);
    await world.clock.advance(10_000);
    expect(world.call('GET', '/uid').status).toBe(200);
    expect([1, 2, 3].map(() => world.call('GET', '/account').status)).toEqual([200, 200, 429]);
  });
});

function cancelOf(orderId: string): Record<string, string> {
  return { symbol: 'BTCUSDT', orderId };
}

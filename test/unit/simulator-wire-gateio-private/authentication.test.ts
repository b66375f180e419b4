import { describe, expect, it } from 'vitest';
import type { SimHttpRequest } from '../../../src/simulator/contract.js';
import { isSignedBy } from '../../../src/simulator/wire/gateio/rest/signature.js';
import fixture from '../../fixtures/gateio/signed-requests.json' with { type: 'json' };
import { ALICE, createGateioPrivateWorld, LIMIT_BUY, START_AT } from '../../support/gateio-private-wire-world.js';
import { createVenueWorld } from '../../support/venue-wire-world.js';

type Signed = (typeof fixture.requests)[number];

function asRequest({ method, path, query, body, timestamp, sign }: Signed): SimHttpRequest {
  return { method, path, query, body, headers: { timestamp, sign }, ip: '' };
}

describe('the signature', () => {
  it.each(fixture.requests)('of $name is recognised, and no other', (signed) => {
    const request = asRequest(signed);
    expect(isSignedBy(signed.secret, request)).toBe(true);
    const others: Partial<SimHttpRequest>[] = [
      { method: 'PUT' },
      { path: `${signed.path}/` },
      { query: `${signed.query}&a=1` },
      { body: `${signed.body} ` },
      { headers: { ...request.headers, timestamp: `${signed.timestamp}0` } },
      { headers: { ...request.headers, sign: signed.sign.toUpperCase() } },
    ];
    for (const other of others) expect(isSignedBy(signed.secret, { ...request, ...other })).toBe(false);
    expect(isSignedBy(`${signed.secret} `, request)).toBe(false);
  });

  it('covers the decoded query', () => {
    const signed = fixture.requests.find(({ name }) => name === 'spot-get-comma-list')!;
    const encoded = { ...asRequest(signed), query: signed.query.replace(',', '%2C') };
    expect(isSignedBy(signed.secret, encoded)).toBe(true);
    expect(isSignedBy(signed.secret, { ...encoded, query: '%' })).toBe(false);
  });
});

describe('who may do what', () => {
  it('refuses a request without its headers, an old one, an unknown key, and a wrong signature', () => {
    const world = createVenueWorld('gateio_spot', [ALICE], START_AT);
    const ask = (headers: Record<string, string>) => {
      const answer = world.send({ path: '/api/v4/spot/accounts', headers })!;
      return [answer.status, JSON.parse(answer.body).label];
    };
    const seconds = START_AT / 1_000;
    const signed = { key: 'alice', sign: 'x' };
    expect(ask({})).toEqual([400, 'MISSING_REQUIRED_HEADER']);
    expect(ask(signed)).toEqual([400, 'MISSING_REQUIRED_HEADER']);
    for (const timestamp of [seconds - 61, seconds + 61, START_AT, 'soon']) {
      expect(ask({ key: 'nobody', sign: 'x', timestamp: String(timestamp) })).toEqual([403, 'REQUEST_EXPIRED']);
    }
    expect(ask({ key: 'nobody', sign: 'x', timestamp: String(seconds + 60) })).toEqual([401, 'INVALID_KEY']);
    expect(ask({ ...signed, timestamp: String(seconds) })).toEqual([401, 'INVALID_SIGNATURE']);
  });

  it('goes by what the key is allowed and where it is used', () => {
    const reader = { ...ALICE, apiKey: 'reader', permissions: ['read'] as const };
    const trader = { ...ALICE, apiKey: 'trader', permissions: ['trade'] as const };
    const away = { ...ALICE, apiKey: 'away', ips: ['1.2.3.4'] };
    const world = createGateioPrivateWorld([reader, trader, away]);
    const placing = ['POST', '/spot/orders', { body: LIMIT_BUY }] as const;
    expect(world.refusal(...placing)).toEqual([403, 'READ_ONLY']);
    expect(world.refusal('POST', '/withdrawals', { body: {} })).toEqual([403, 'FORBIDDEN']);
    expect(world.refusal('GET', '/spot/accounts', { as: trader })).toEqual([403, 'FORBIDDEN']);
    expect(world.place({}, trader).status).toBe(201);
    expect(world.refusal('GET', '/spot/accounts', { as: away })).toEqual([403, 'IP_FORBIDDEN']);
  });

  it('refuses an order that arrives after its x-gate-exptime', () => {
    const world = createGateioPrivateWorld();
    const at = (time: string) =>
      world.refusal('POST', '/spot/orders', { body: LIMIT_BUY, headers: { 'x-gate-exptime': time } });
    expect(at(String(START_AT - 1))).toEqual([403, 'REQUEST_EXPIRED']);
    expect(at('soon')).toEqual([400, 'INVALID_PARAM_VALUE']);
    expect(world.account('alice').orders()).toEqual([]);
    expect(at(String(START_AT))).toEqual([201, undefined]);
  });

  it('measures by its own clock, which may be wrong', () => {
    const world = createGateioPrivateWorld();
    world.faults.skewClock('gateio_spot', 61_000);
    expect(world.refusal('GET', '/spot/accounts')).toEqual([403, 'REQUEST_EXPIRED']);
    const time = world.send({ path: '/api/v4/spot/time' })!;
    expect(JSON.parse(time.body)).toEqual({ server_time: START_AT + 61_000 });
    world.faults.clear();
    expect(world.call('GET', '/spot/accounts').status).toBe(200);
  });
});

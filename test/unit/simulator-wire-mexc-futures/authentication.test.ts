import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createFuturesWireWorld, START } from '../../support/mexc-futures-wire-world.js';

// The signatures of the first test were made by another implementation (openssl), not by this one.
const KEY = { apiKey: 'mx0vglTESTKEY0000001', secretKey: '0123456789abcdef0123456789abcdef', balances: {} };
const READER = { apiKey: 'mx0reader', secretKey: 'reads', balances: {}, permissions: ['read'] as const };
const TRADER = { apiKey: 'mx0trader', secretKey: 'trades', balances: {}, permissions: ['trade'] as const };
const AT_HOME = { apiKey: 'mx0home', secretKey: 'home', balances: {}, ips: ['192.0.2.1'] };

let world: ReturnType<typeof createFuturesWireWorld>;
beforeEach(() => {
  world = createFuturesWireWorld(0.9, [KEY, READER, TRADER, AT_HOME]);
});

interface Attempt {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly body?: string;
  /** What is signed after key and time; by default what is sent. */
  readonly signed?: string;
  readonly time?: string;
  readonly key?: string;
  readonly secret?: string;
  readonly signature?: string;
  readonly ip?: string;
}

/** The code of the answer; a refusal has HTTP status 200. */
function codeOf(attempt: Attempt): number {
  const { method = 'GET', path = 'position/position_mode', query = '', body = '', ip = '10.0.0.1' } = attempt;
  const { key = KEY.apiKey, secret = KEY.secretKey, time = String(START), signed = query + body } = attempt;
  const digest = createHmac('sha256', secret)
    .update(key + time + signed)
    .digest('hex');
  const { status, body: answer } = world.send({
    method,
    path: `/api/v1/private/${path}`,
    query,
    body,
    ip,
    headers: { apikey: key, 'request-time': time, signature: attempt.signature ?? digest },
  });
  expect(status).toBe(200);
  return (JSON.parse(answer) as { code: number }).code;
}

describe('signatures', () => {
  it.each([
    ['GET', 'position/position_mode', '', '', '7bc98ea410edde4d7e9b3b9bf45ccc31de87c5f24db96fa5e080cca0376bf088', 0],
    [
      'GET',
      'position/position_mode',
      'order_ids=739113577038255616%2C739113577038255617',
      '',
      '41133527b413191345278b3f385c965ec6057acbfce87dae98f76e823b389d5d',
      0,
    ],
    [
      'POST',
      'order/submit_batch',
      '',
      '{"symbol":"BTC_USDT","price":64000.1,"vol":25,"leverage":20,"side":1,"type":1,"openType":1,"externalOid":"my-oid-1"}',
      'be2b26312debcb0aec162baba105b3cf2062ddeb7e8056af6d492498691ee521',
      511,
    ],
    ['POST', 'order/submit_batch', '', '{}', 'f6caf879183bda8776646c3c441748f84e0daa2e5a0550820b5ce1986e4bf260', 511],
  ])('of %s %s?%s with the body %j are known', (method, path, query, body, signature, code) => {
    expect(codeOf({ method, path, query, body, signature })).toBe(code);
    expect(codeOf({ method, path, query, body, signature: `${signature.slice(0, -1)}g` })).toBe(602);
  });

  it('of a query cover it sorted by name, escaped as it was sent or plain', () => {
    expect(codeOf({ query: 'symbol=BTC_USDT&page_num=1', signed: 'page_num=1&symbol=BTC_USDT' })).toBe(0);
    expect(codeOf({ query: 'symbol=BTC_USDT&page_num=1', signed: 'symbol=BTC_USDT&page_num=1' })).toBe(602);
    expect(codeOf({ query: 'states=1%2C2', signed: 'states=1%2C2' })).toBe(0);
    expect(codeOf({ query: 'states=1%2C2', signed: 'states=1,2' })).toBe(0);
    expect(codeOf({ query: 'states=1,2', signed: 'states=1,2' })).toBe(0);
    expect(codeOf({ query: 'states=1,2', signed: 'states=1%2C2' })).toBe(0);
    expect(codeOf({ query: 'states=1,2', signed: 'states=1' })).toBe(602);
    expect(codeOf({ query: 'states=%E0%A4%A', signed: 'states=%E0%A4%A' })).toBe(0);
  });

  it('of a body cover it letter by letter', () => {
    const post = { method: 'POST', path: 'order/submit_batch' };
    expect(codeOf({ ...post, body: '[{"a": 1}]' })).toBe(511);
    expect(codeOf({ ...post, body: '[{"a": 1}]', signed: '[{"a":1}]' })).toBe(602);
    expect(codeOf({ ...post, body: '{}', signed: '' })).toBe(602);
    expect(codeOf({ ...post, body: '' })).toBe(511);
  });

  it('must be lower-case hex, made with the right secret', () => {
    expect(codeOf({ secret: 'another' })).toBe(602);
    expect(codeOf({ signature: '7BC98EA410EDDE4D7E9B3B9BF45CCC31DE87C5F24DB96FA5E080CCA0376BF088' })).toBe(602);
    expect(codeOf({ signature: '' })).toBe(602);
  });
});

describe('who may do what', () => {
  it('refuses unknown keys with 401 and other addresses with 406', () => {
    expect(codeOf({ key: 'mx0nobody' })).toBe(401);
    expect(codeOf({ key: '' })).toBe(401);
    const home = { key: AT_HOME.apiKey, secret: AT_HOME.secretKey };
    expect(codeOf(home)).toBe(406);
    expect(codeOf({ ...home, ip: '192.0.2.1' })).toBe(0);
  });

  it('takes times within ten seconds either way, the bounds included, and refuses others with 513', () => {
    for (const time of [START - 10_000, START + 10_000]) expect(codeOf({ time: String(time) })).toBe(0);
    for (const time of [START - 10_001, START + 10_001]) expect(codeOf({ time: String(time) })).toBe(513);
    for (const time of ['', 'now', `${START}.5`]) expect(codeOf({ time })).toBe(513);
  });

  it.each([
    ['GET', 'position/position_mode', 701],
    ['POST', 'account/change_risk_level', 702],
    ['GET', 'order/get/1', 703],
    ['POST', 'order/create', 704],
  ])('%s %s needs a right of its own, else %j', (method, path, code) => {
    const lacks = method === 'GET' ? TRADER : READER;
    expect(codeOf({ method, path, key: lacks.apiKey, secret: lacks.secretKey })).toBe(code);
  });

  it('refuses a body that is no JSON with 601, and what it does not simulate with 604', () => {
    expect(codeOf({ method: 'POST', path: 'order/create', body: '{"symbol"' })).toBe(601);
    const absent = ['stoporder/place', 'stoporder/cancel', 'trackorder/place', 'order/change_limit_order'];
    for (const path of absent) expect(codeOf({ method: 'POST', path, body: '{}' })).toBe(604);
    expect(codeOf({ path: 'market_maker/self_trade/blacklist' })).toBe(8918);
    expect(codeOf({ method: 'POST', path: 'account/change_risk_level', body: '{}' })).toBe(8817);
  });

  it('counts calls by endpoint and user, and does not count what is not signed well', async () => {
    const batch = { method: 'POST', path: 'order/submit_batch', body: '[]' };
    for (let i = 0; i < 10; i++) expect(codeOf({ ...batch, signature: 'x' })).toBe(602);
    for (let i = 0; i < 4; i++) expect(codeOf(batch)).toBe(511);
    expect(codeOf(batch)).toBe(510);
    expect(codeOf({ ...batch, key: TRADER.apiKey, secret: TRADER.secretKey })).toBe(511);
    await world.clock.advance(2_000);
    expect(codeOf({ ...batch, time: String(START + 2_000) })).toBe(511);
  });
});

describe('a login', () => {
  const login = (more: Record<string, unknown> = {}, top: Record<string, unknown> = {}) => {
    const client = world.connect();
    const signature = '7bc98ea410edde4d7e9b3b9bf45ccc31de87c5f24db96fa5e080cca0376bf088';
    client.send({ method: 'login', param: { apiKey: KEY.apiKey, reqTime: String(START), signature, ...more }, ...top });
    return client;
  };

  it('is answered with its time as text; the time asked for may be a number', () => {
    expect(login().frames).toEqual([
      { data: `{"channel":"rs.login","data":"success","ts":"${START}"}`, kind: 'control', topic: '' },
    ]);
    expect(login({ reqTime: START }).messages()).toMatchObject([{ channel: 'rs.login' }]);
  });

  it.each([
    [{ apiKey: 'mx0nobody' }, 'api key'],
    [{ apiKey: undefined }, 'api key'],
    [{ signature: 'x' }, 'signature'],
    [{ reqTime: String(START - 10_001) }, 'time'],
    [{ reqTime: undefined }, 'time'],
    [{ apiKey: AT_HOME.apiKey }, 'ip'],
  ])('with %j is refused, and tells no more than that', (wrong, about) => {
    expect(login(wrong).messages()).toEqual([
      { channel: 'rs.error', data: expect.stringMatching(new RegExp(`^login failed: .*${about}`)), ts: START },
    ]);
  });

  it('needs a key that may read', () => {
    const signature = createHmac('sha256', TRADER.secretKey).update(`${TRADER.apiKey}${START}`).digest('hex');
    expect(login({ apiKey: TRADER.apiKey, signature }).messages()).toMatchObject([{ channel: 'rs.error' }]);
  });

  it('comes before any filter', () => {
    const filter = { method: 'personal.filter', param: { filters: [{ filter: 'order', rules: ['BTC_USDT'] }] } };
    const stranger = world.connect();
    stranger.send(filter);
    expect(stranger.messages()).toEqual([{ channel: 'rs.error', data: 'Not logged in', ts: START }]);
    const client = login();
    client.send(filter);
    expect(client.messages().at(-1)).toEqual({ channel: 'rs.personal.filter', data: 'success', ts: START });
  });

  it.each([
    { filters: 'order' },
    { filters: [{ filter: 'orders' }] },
    { filters: [null] },
    { filters: [{ filter: 'order', rules: 'BTC_USDT' }] },
  ])('does not take the filter %j', (param) => {
    const client = login();
    client.send({ method: 'personal.filter', param });
    expect(client.messages().at(-1)).toMatchObject({ channel: 'rs.error' });
  });
});

import { createHash, createHmac } from 'node:crypto';
import type { AccountOption } from '../../../src/simulator/index.js';
import type { HttpTransport } from '../../../src/transport/http/http.js';
import type { SeededRandom } from '../../../src/transport/seeded-random.js';

/** A signed request, ready to be sent. */
export interface SignedCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** @param now epoch ms. */
export function signMexc(
  { apiKey, secretKey }: AccountOption,
  base: string,
  method: SignedCall['method'],
  path: string,
  params: Readonly<Record<string, string>>,
  now: number,
): SignedCall {
  const query = new URLSearchParams({ ...params, timestamp: String(Math.floor(now)) }).toString();
  const signature = createHmac('sha256', secretKey).update(query).digest('hex');
  const headers = { 'X-MEXC-APIKEY': apiKey, 'Content-Type': 'application/json' };
  return { method, url: `${base}/api/v3${path}?${query}&signature=${signature}`, headers };
}

/** @param base ends with `/api/v4`. @param now epoch ms. */
export function signGateio(
  { apiKey, secretKey }: AccountOption,
  base: string,
  method: SignedCall['method'],
  path: string,
  { query = '', body = '' }: { readonly query?: string; readonly body?: string },
  now: number,
): SignedCall {
  const timestamp = String(Math.floor(now / 1_000));
  const hash = createHash('sha512').update(body).digest('hex');
  const payload = [method, `/api/v4${path}`, query, hash, timestamp].join('\n');
  const sign = createHmac('sha512', secretKey).update(payload).digest('hex');
  const headers = { KEY: apiKey, SIGN: sign, Timestamp: timestamp, 'Content-Type': 'application/json' };
  const url = `${base}${path}${query === '' ? '' : `?${query}`}`;
  return body === '' ? { method, url, headers } : { method, url, headers, body };
}

/** Sends and forgets: what comes back, or does not, is of no interest. */
export function fire(http: HttpTransport, call: SignedCall): void {
  http({ ...call, label: 'a call', idempotent: false }).catch(() => {});
}

/** Something a trader might do near a price of 100. */
export function drawMexc(random: SeededRandom, account: AccountOption, now: number): SignedCall {
  const sign = (method: SignedCall['method'], path: string, params: Record<string, string> = {}) =>
    signMexc(account, 'https://api.mexc.com', method, path, params, now);
  const symbol = 'BTCUSDT';
  const u = random.next();
  if (u < 0.2) return sign('DELETE', '/openOrders', { symbol });
  if (u < 0.3) return sign('GET', '/openOrders');
  if (u < 0.35) return sign('POST', '/userDataStream');
  if (u < 0.4) {
    const move = { fromAccountType: 'SPOT', toAccountType: 'FUTURES', asset: 'USDT' };
    return sign('POST', '/capital/transfer', { ...move, amount: String(1 + random.int(20)) });
  }
  if (u < 0.45) return sign('POST', '/capital/withdraw', { coin: 'USDT', address: 'T', amount: '12', netWork: 'TRX' });
  const side = random.pick(['BUY', 'SELL']);
  if (u < 0.6 && side === 'BUY') return sign('POST', '/order', { symbol, side, type: 'MARKET', quoteOrderQty: '50' });
  const type = random.pick(['LIMIT', 'LIMIT_MAKER', 'IMMEDIATE_OR_CANCEL', 'FILL_OR_KILL']);
  return sign('POST', '/order', { symbol, side, type, price: priceNear(random), quantity: sizeOf(random) });
}

/** The same for the other venue. */
export function drawGateio(random: SeededRandom, account: AccountOption, now: number): SignedCall {
  const sign = (method: SignedCall['method'], path: string, parts: { query?: string; body?: string } = {}) =>
    signGateio(account, 'https://api.gateio.ws/api/v4', method, path, parts, now);
  const u = random.next();
  if (u < 0.2) return sign('DELETE', '/spot/orders', { query: 'currency_pair=BTC_USDT' });
  if (u < 0.3) return sign('GET', '/spot/open_orders');
  if (u < 0.4) return sign('POST', '/spot/countdown_cancel_all', { body: '{"timeout":5}' });
  const order = {
    text: `t-${random.int(1_000)}`,
    currency_pair: 'BTC_USDT',
    side: random.pick(['buy', 'sell']),
    price: priceNear(random),
    amount: sizeOf(random),
    time_in_force: random.pick(['gtc', 'ioc', 'poc', 'fok']),
  };
  return sign('POST', '/spot/orders', { body: JSON.stringify(order) });
}

/** Subscribes to what happens to the account, and logs in. @param time epoch seconds. */
export function watchGateio({ apiKey, secretKey }: AccountOption, time: number): string[] {
  const sign = (text: string): string => createHmac('sha512', secretKey).update(text).digest('hex');
  const subscriptions = ['spot.orders', 'spot.usertrades', 'spot.balances'].map((channel) => {
    const auth = { method: 'api_key', KEY: apiKey, SIGN: sign(`channel=${channel}&event=subscribe&time=${time}`) };
    return { time, channel, event: 'subscribe', payload: ['!all'], auth };
  });
  const timestamp = String(time);
  const payload = { req_id: 'login', api_key: apiKey, timestamp, signature: sign(`api\nspot.login\n\n${time}`) };
  const login = { time, channel: 'spot.login', event: 'api', payload };
  return [...subscriptions, login].map((message) => JSON.stringify(message));
}

/** Something a trader might do over the socket once he is logged in. @param time epoch seconds. */
export function placeByCommand(random: SeededRandom, time: number): string {
  const number = random.int(1_000);
  const side = random.pick(['buy', 'sell']);
  const order = { currency_pair: 'BTC_USDT', side, price: priceNear(random), amount: sizeOf(random) };
  const payload = { req_id: `p${number}`, req_param: { ...order, text: `t-${number}` } };
  return JSON.stringify({ time, channel: 'spot.order_place', event: 'api', payload });
}

function priceNear(random: SeededRandom): string {
  return (99 + random.int(200) / 100).toFixed(2);
}

function sizeOf(random: SeededRandom): string {
  return (0.05 + random.int(300) / 1_000).toFixed(3);
}

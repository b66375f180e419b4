import { createHmac } from 'node:crypto';
import type { AccountOption } from '../../src/simulator/accounts/account-options.js';
import { createVenueWorld } from './venue-wire-world.js';

export const START_AT = 1_782_900_000_000;

export const ALICE: AccountOption = {
  apiKey: 'mx0alice',
  secretKey: 'the secret of alice',
  balances: { USDT: '1000', BTC: '2', ETH: '10' },
};

/** Escapes as the venue wants it. */
function escapeValue(value: string): string {
  return encodeURIComponent(value).replace(/[()]/g, (one) => (one === '(' ? '%28' : '%29'));
}

/** The venue with a client that signs as the venue documents it, written apart from the code under test. */
export function createMexcPrivateWorld(accounts: readonly AccountOption[] = [ALICE]) {
  const world = createVenueWorld('mexc_spot', accounts, START_AT);
  const call = (
    method: string,
    path: string,
    params: Readonly<Record<string, string>> = {},
    options: { as?: AccountOption; headers?: Record<string, string>; timestamp?: number; recvWindow?: string } = {},
  ): { status: number; headers: Readonly<Record<string, string>>; body: never } => {
    const { as = accounts[0]!, timestamp = world.clock.now(), recvWindow } = options;
    const all = { ...params, ...(recvWindow === undefined ? {} : { recvWindow }), timestamp: String(timestamp) };
    const signed = Object.entries(all)
      .map(([name, value]) => `${name}=${escapeValue(value)}`)
      .join('&');
    const signature = createHmac('sha256', as.secretKey).update(signed).digest('hex');
    const headers = options.headers ?? { 'content-type': 'application/json' };
    const answer = world.send({
      method,
      path: `/api/v3${path}`,
      query: `${signed}&signature=${signature}`,
      headers: { 'x-mexc-apikey': as.apiKey, ...headers },
    });
    return answer === undefined
      ? { status: 0, headers: {}, body: undefined as never }
      : { status: answer.status, headers: answer.headers, body: JSON.parse(answer.body) as never };
  };
  return {
    ...world,
    call,
    /** Status and code of a refusal. */
    refusal(...request: Parameters<typeof call>): [number, number] {
      const { status, body } = call(...request);
      return [status, (body as { code: number }).code];
    },
    place: (params: Record<string, string> = {}, as = accounts[0]!) =>
      call('POST', '/order', { ...LIMIT_BUY, ...params }, { as }),
  };
}

/** Rests in an empty book. */
export const LIMIT_BUY = {
  symbol: 'BTCUSDT',
  side: 'BUY',
  type: 'LIMIT',
  quantity: '0.5',
  price: '100',
  newClientOrderId: 'c-1',
};

import { createHash, createHmac } from 'node:crypto';
import type { AccountOption } from '../../src/simulator/accounts/account-options.js';
import { createVenueWorld } from './venue-wire-world.js';

/** 2026-01-01T00:00:00Z. */
export const START_AT = 1_767_225_600_000;

export const ALICE: AccountOption = {
  apiKey: 'alice',
  secretKey: 'the secret of alice',
  balances: { USDT: '1000', BTC: '2', ETH: '10' },
};

export interface GateioAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // Read by tests that know the shape.
  readonly body: never;
}

/** The venue with a client that signs as the venue documents it, written apart from the code under test. */
export function createGateioPrivateWorld(accounts: readonly AccountOption[] = [ALICE]) {
  const world = createVenueWorld('gateio_spot', accounts, START_AT);
  const call = (
    method: string,
    path: string,
    options: { query?: string; body?: unknown; as?: AccountOption; headers?: Record<string, string> } = {},
  ): GateioAnswer => {
    const { query = '', body, as = accounts[0]!, headers = {} } = options;
    const text = body === undefined ? '' : JSON.stringify(body);
    const timestamp = String(world.clock.now() / 1_000);
    const hash = createHash('sha512').update(text).digest('hex');
    const payload = `${method}\n/api/v4${path}\n${query}\n${hash}\n${timestamp}`;
    const sign = createHmac('sha512', as.secretKey).update(payload).digest('hex');
    const answer = world.send({
      method,
      path: `/api/v4${path}`,
      query: encodeURI(query),
      headers: { key: as.apiKey, sign, timestamp, ...headers },
      body: text,
    });
    return answer === undefined
      ? { status: 0, headers: {}, body: undefined as never }
      : { status: answer.status, headers: answer.headers, body: JSON.parse(answer.body) as never };
  };
  return {
    ...world,
    call,
    /** Status and label of a refusal. */
    refusal(...request: Parameters<typeof call>): [number, string] {
      const { status, body } = call(...request);
      return [status, (body as { label: string }).label];
    },
    place: (fields: Record<string, unknown> = {}, as = accounts[0]!) =>
      call('POST', '/spot/orders', { body: { ...LIMIT_BUY, ...fields }, as }),
  };
}

/** Rests in an empty book. */
export const LIMIT_BUY = { currency_pair: 'BTC_USDT', side: 'buy', amount: '0.5', price: '100', text: 't-1' };

import { createHmac } from 'node:crypto';
import type { AccountOption } from '../../src/simulator/accounts/account-options.js';
import type { SimFrame } from '../../src/simulator/contract.js';
import type { MarketOption } from '../../src/simulator/market-spec.js';
import { createVenueWorld } from './venue-wire-world.js';

export const START_AT = 1_782_900_000_000;

export const ALICE: AccountOption = {
  apiKey: 'mx0alice',
  secretKey: 'the secret of alice',
  balances: { USDT: '1000' },
};

/** A contract is 0.1 BTC; BTC costs 100, with one decimal of price. */
const BTC = 'BTC/USDT:USDT';

/** Rests below an empty book: 5 contracts, 0.5 BTC, at 99. */
export const OPEN_LONG = { symbol: 'BTC_USDT', price: 99, vol: 5, leverage: 10, side: 1, type: 1, openType: 1 };

/** The venue with a client that signs as the venue documents it, written apart from the code under test. */
export function createMexcFuturesPrivateWorld(
  accounts: readonly AccountOption[] = [ALICE],
  markets?: readonly MarketOption[],
) {
  const world = createVenueWorld('mexc_futures', accounts, START_AT, markets);
  const call = (method: 'GET' | 'POST', path: string, params: unknown = {}, as = accounts[0]!): Answer => {
    const time = String(Math.floor(world.clock.now()));
    const query = method === 'GET' ? queryOf(params as Record<string, unknown>) : '';
    const body = method === 'GET' ? '' : JSON.stringify(params);
    const signature = createHmac('sha256', as.secretKey)
      .update(as.apiKey + time + query + body)
      .digest('hex');
    const headers = { apikey: as.apiKey, 'request-time': time, signature, 'content-type': 'application/json' };
    const answer = world.send({ method, path: `/api/v1/private/${path}`, query, body, headers });
    return answer === undefined ? { success: false, code: -1 } : (JSON.parse(answer.body) as Answer);
  };
  /** What a call that works gives. */
  const dataOf = (...request: Parameters<typeof call>): never => {
    const answer = call(...request);
    if (!answer.success) throw new Error(`${request[1]} was refused: ${answer.code} ${answer.message}`);
    return answer.data as never;
  };
  return {
    ...world,
    call,
    dataOf,
    /** The code of a refusal; 0 = there was none. */
    codeOf: (...request: Parameters<typeof call>): number => call(...request).code,
    /** Places an order and gives its id. Four are let through in two seconds. */
    create: async (params: Record<string, unknown> = {}, as = accounts[0]!): Promise<string> => {
      await world.clock.advance(500);
      return (dataOf('POST', 'order/create', { ...OPEN_LONG, ...params }, as) as { orderId: string }).orderId;
    },
    order: (id: string): Record<string, unknown> => dataOf('GET', `order/get/${id}`),
    positions: (): Record<string, unknown>[] => dataOf('GET', 'position/open_positions'),
    offer: (side: 'buy' | 'sell', price: number, contracts: number) =>
      world.rest(side, Math.round(price * 10), contracts, BTC),
    take: (side: 'buy' | 'sell', contracts: number) => world.hit(side, contracts, BTC),
    connect() {
      const frames: SimFrame[] = [];
      const link = world.venue.gateway.accept('/edge', '10.0.0.1', {
        deliver: (data) => frames.push({ data, kind: 'data', topic: '' }),
        close() {},
        cut() {},
      });
      const messages = () => frames.map(({ data }) => readMessage(String(data)));
      return {
        send: (message: unknown) => link.receive(JSON.stringify(message)),
        messages,
        texts: () => frames.map(({ data }) => String(data)),
        pushes: (kind: string) =>
          messages()
            .filter(({ channel }) => channel === `push.personal.${kind}`)
            .map(({ data }) => data as Record<string, unknown>),
        login(options: Record<string, unknown> = {}, as = accounts[0]!): void {
          const reqTime = String(Math.floor(world.clock.now()));
          const signature = createHmac('sha256', as.secretKey)
            .update(as.apiKey + reqTime)
            .digest('hex');
          link.receive(
            JSON.stringify({ method: 'login', param: { apiKey: as.apiKey, reqTime, signature }, ...options }),
          );
        },
      };
    },
  };
}

/** Ids of orders may be numbers that a double does not hold. */
export function readMessage(text: string): Record<string, unknown> {
  return JSON.parse(text.replace(/:(\d{16,})(?=[,}])/g, ':"$1"')) as Record<string, unknown>;
}

interface Answer {
  readonly success: boolean;
  readonly code: number;
  readonly message?: string;
  readonly data?: unknown;
}

function queryOf(params: Record<string, unknown>): string {
  return Object.entries(params)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&');
}

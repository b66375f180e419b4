import { createHash, createHmac } from 'node:crypto';
import type { MarketSymbol } from '../../src/model/symbol.js';
import type { AccountOption } from '../../src/simulator/accounts/account-options.js';
import { leverPerpetual } from '../../src/simulator/perpetual-levers.js';
import { createVenueWorld } from './venue-wire-world.js';

/** 2026-01-01T00:00:00Z. */
export const START_AT = 1_767_225_600_000;

const ALICE: AccountOption = {
  apiKey: 'alice',
  secretKey: 'the secret of alice',
  balances: { USDT: '10000' },
  userId: '1666',
};

/** A market under the venue's name, one contract is 0.01 BTC; contracts of ETH have a decimal. */
const MARKETS = [
  { symbol: 'BTC/USDT:USDT', startPrice: 1_000, priceDecimals: 1 },
  { symbol: 'ETH/USDT:USDT', startPrice: 100, priceDecimals: 2 },
] as const;

interface Answer {
  readonly status: number;
  // Read by tests that know the shape.
  readonly body: never;
  readonly text: string;
}

interface CallOptions {
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Gate's futures with a client that signs as the venue documents it, written apart from the code under test. */
export function createGateioFuturesWorld(accounts: readonly AccountOption[] = [ALICE]) {
  const world = createVenueWorld('gateio_futures', accounts, START_AT, MARKETS);
  const { secretKey, apiKey } = accounts[0]!;
  const call = (method: string, path: string, { query = '', body, headers = {} }: CallOptions = {}): Answer => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const timestamp = String(world.clock.now() / 1_000);
    const hash = createHash('sha512').update(text).digest('hex');
    const payload = `${method}\n/api/v4${path}\n${query}\n${hash}\n${timestamp}`;
    const sign = createHmac('sha512', secretKey).update(payload).digest('hex');
    const signed = { key: apiKey, sign, timestamp, ...headers };
    const answer = world.send({ method, path: `/api/v4${path}`, query: encodeURI(query), headers: signed, body: text });
    return answer === undefined
      ? { status: 0, body: undefined as never, text: '' }
      : { status: answer.status, body: JSON.parse(answer.body) as never, text: answer.body };
  };
  const connect = (headers: Readonly<Record<string, string>> = {}) => {
    const frames: string[] = [];
    const link = world.venue.gateway.accept(
      '/v4/ws/usdt',
      '10.0.0.1',
      { deliver: (data) => void frames.push(String(data)), close() {}, cut() {} },
      headers,
    );
    const time = () => Math.floor(world.clock.now() / 1_000);
    return {
      frames: () => frames.map((frame) => JSON.parse(frame) as Record<string, unknown>),
      send: (message: object) => link.receive(JSON.stringify({ time: time(), ...message })),
      subscribe: (channel: string, payload: readonly string[]) =>
        link.receive(JSON.stringify({ time: time(), channel, event: 'subscribe', payload })),
      subscribePrivately(channel: string, payload: readonly string[]) {
        const signed = `channel=${channel}&event=subscribe&time=${time()}`;
        const SIGN = createHmac('sha512', secretKey).update(signed).digest('hex');
        const auth = { method: 'api_key', KEY: apiKey, SIGN };
        link.receive(JSON.stringify({ time: time(), channel, event: 'subscribe', payload, auth }));
      },
      login() {
        const timestamp = String(time());
        const signature = createHmac('sha512', secretKey).update(`api\nfutures.login\n\n${timestamp}`).digest('hex');
        const payload = { req_id: 'login', api_key: apiKey, signature, timestamp };
        link.receive(JSON.stringify({ time: time(), channel: 'futures.login', event: 'api', payload }));
      },
    };
  };
  return {
    ...world,
    call,
    connect,
    /** Status, label and the names of a refusal's fields. */
    refusal(...request: Parameters<typeof call>): unknown[] {
      const { status, body } = call(...request);
      return [status, (body as { label: string }).label, Object.keys(body)[1]];
    },
    place: (fields: Record<string, unknown> = {}) =>
      call('POST', '/futures/usdt/orders', {
        body: { contract: 'BTC_USDT', size: 5, price: '900', text: 't-1', ...fields },
      }),
    perpetual: (symbol: MarketSymbol = 'BTC/USDT:USDT') => leverPerpetual(world.venue.perpetuals.get(symbol)!),
    restBtc: (side: 'buy' | 'sell', priceTicks: number, lots: number) =>
      world.rest(side, priceTicks, lots, 'BTC/USDT:USDT'),
  };
}

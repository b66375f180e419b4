import { isExchangeError } from '../../src/errors/exchange-error.js';
import { createPrivateExchange } from '../../src/exchange/account/create-private-exchange.js';
import type { PrivateExchangeOptions } from '../../src/exchange/account/private-options.js';
import { createPublicExchange } from '../../src/exchange/create-public-exchange.js';
import { toDecimal as d } from '../../src/model/decimal.js';
import type { Position } from '../../src/model/position.js';
import type { HttpRequest } from '../../src/transport/http/http.js';
import type { Runtime } from '../../src/transport/runtime.js';
import { createVirtualClock } from '../../src/transport/virtual-clock.js';
import { definePerpetualVenue, INSTRUMENTS, type PerpetualTraits, type Refused } from './perpetual-venue.js';
import { createScriptedSockets } from './scripted-sockets.js';

/** What the venue says: text as it is, anything else as JSON, a {@link Refused} as an error; or what makes it of the parameters. */
type Answer = object | string | null | ((params: Record<string, unknown>) => unknown);
/** By `METHOD /path`. */
export type Answers = Record<string, Answer>;

export const LONG: Position = {
  symbol: 'BTC/USDT:USDT',
  id: '11',
  side: 'long',
  mode: 'one_way',
  quantity: d('0.5'),
  contracts: d('500'),
  entryPrice: d('50000'),
  marginMode: 'cross',
  leverage: d('10'),
  settle: 'USDT',
  version: 1,
  receivedAt: 1,
};

const QUIET: Answers = {
  'GET /instruments': INSTRUMENTS,
  'GET /orders': [],
  'GET /orders/ended': [],
  'GET /orders/one': { status: 404, code: 'order_not_found', outcome: 'rejected' },
  'GET /fills': [],
  'GET /balances': [],
  'GET /positions': [],
  'GET /mode': '"one_way"',
  'GET /settings': { marginMode: 'cross', leverage: '10' },
  'GET /mark': ({ symbol }: Record<string, unknown>) => ({ symbol, markPrice: 51_000.5, receivedAt: 1 }),
  'GET /identity': '"user-7"',
  'POST /orders': ({ symbol, clientOrderId }: Record<string, unknown>) => ({ symbol, clientOrderId, orderId: '77' }),
};

/** A venue of perpetuals whose answers a test scripts, on the virtual clock; calls that are not scripted fail the test. */
export function perpetualWorld(answers: Answers = {}, traits: PerpetualTraits = {}) {
  const clock = createVirtualClock();
  const script: Answers = { 'GET /time': () => clock.now(), ...QUIET, ...answers };
  const calls: [label: string, params: Record<string, unknown>][] = [];
  const http = async (request: HttpRequest) => {
    const params = paramsOf(request);
    calls.push([request.label, params]);
    const scripted = script[request.label];
    if (scripted === undefined) throw new Error(`${request.label} is not scripted`);
    const answer = typeof scripted === 'function' ? scripted(params) : scripted;
    const status = (answer as Partial<Refused> | null)?.status ?? 200;
    return { status, headers: {}, body: typeof answer === 'string' ? answer : JSON.stringify(answer ?? null) };
  };
  const refusedChannels = new Set<string>();
  const sockets = createScriptedSockets((attempt) => {
    attempt.accept();
    const push = attempt.sent.push.bind(attempt.sent);
    attempt.sent.push = (text: string) => {
      const { sub, id } = JSON.parse(text) as { sub?: string; id?: number };
      const verb = sub !== undefined && refusedChannels.has(sub) ? 'no' : 'ack';
      if (id !== undefined) queueMicrotask(() => attempt.handler.message(JSON.stringify({ [verb]: id })));
      return push(text);
    };
  });
  const runtime: Runtime = {
    clock,
    random: { next: () => 0 },
    openSocket: sockets.open,
    createHttp: () => http,
  };
  const venue = definePerpetualVenue(traits);
  const errors: unknown[] = [];

  function openPrivate(options: Partial<PrivateExchangeOptions> = {}) {
    const credentials = { apiKey: 'key', secretKey: 'secret' };
    const exchange = createPrivateExchange(venue, { credentials, runtime, retry: { maxAttempts: 1 }, ...options });
    exchange.on('error', (error) => errors.push(error));
    const { positions, triggers } = exchange;
    if (positions === undefined || triggers === undefined) throw new Error('facets are missing');
    return { exchange, positions, triggers };
  }

  function openPublic() {
    const exchange = createPublicExchange(venue, { runtime, retry: { maxAttempts: 1 } });
    exchange.on('error', (error) => errors.push(error));
    if (exchange.funding === undefined) throw new Error('the facet is missing');
    return { exchange, funding: exchange.funding };
  }

  /** Lets time go on until the promise is settled. */
  async function settled<T>(promise: Promise<T>, withinMs = 60_000): Promise<T> {
    let isOver = false;
    const end = (): void => {
      isOver = true;
    };
    promise.then(end, end);
    for (let ms = 0; !isOver && ms < withinMs; ms += 50) await clock.advance(50);
    if (!isOver) throw new Error(`nothing in ${withinMs} ms`);
    return promise;
  }

  return {
    clock,
    script,
    calls,
    errors,
    sockets,
    refusedChannels,
    openPrivate,
    openPublic,
    settled,
    /** Parameters of every call of that name. */
    of: (label: string) => calls.flatMap(([name, params]) => (name === label ? [params] : [])),
    push: (channel: string, data: unknown) => sockets.last.handler.message(JSON.stringify({ channel, data })),
    /** What an error says, without its text; what came instead of one. */
    failure: (act: () => Promise<unknown>) =>
      settled(
        act().then(
          (value) => ({ unexpected: value }),
          (error: unknown) => {
            if (!isExchangeError(error)) throw error;
            const { code, outcome, field } = error as typeof error & { field?: string };
            return { code, outcome, ...(field === undefined ? {} : { field }) };
          },
        ),
      ),
  };
}

function paramsOf({ url, body }: HttpRequest): Record<string, unknown> {
  const text = body ?? new URL(url).searchParams.get('p') ?? '{}';
  return JSON.parse(text) as Record<string, unknown>;
}

export const refusal = (code: Refused['code'], outcome: Refused['outcome'] = 'rejected'): Refused => ({
  status: 400,
  code,
  outcome,
});

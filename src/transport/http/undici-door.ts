import type { Dispatcher } from 'undici';
import type { Clock } from '../clock.js';
import { parseProxy } from '../proxy.js';
import { VERIFIED_TLS } from '../verified-tls.js';
import { aborted, closed } from './failures.js';
import type { HttpRequest, HttpResponse, HttpTransport } from './http.js';
import { originOf, pathOf } from './origin.js';
import { UndiciExchange } from './undici-exchange.js';
import { ExchangeWatch } from './watch-exchanges.js';

/**
 * An idle connection is kept so long; undici's own 4 s would make most orders wait for a handshake. A server that announces
 * less is obeyed, and load balancers close after a minute at the earliest.
 */
const KEPT_MS = 30_000;

/** More requests at once wait in undici's queue. */
const MAX_CONNECTIONS = 64;

export interface UndiciTransportOptions {
  /** `https://api.example.com`; requests to any other origin are refused. */
  readonly origin: string;
  /** Larger answers are refused. */
  readonly maxBodyBytes: number;
  /** For the whole exchange, unless the request says otherwise, ms. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** `http://user:password@host:port`: everything goes through a CONNECT tunnel. */
  readonly proxy?: string | undefined;
}

/**
 * HTTP on Node: keep-alive connections of its own for one origin, opened on first use. TLS is always verified.
 * @throws {ConfigurationError} for a wrong `proxy` or `origin`; calls throw it for a request to another origin.
 */
export function createUndiciTransport(options: UndiciTransportOptions): HttpTransport {
  const { clock, maxBodyBytes } = options;
  const origin = originOf(options.origin);
  const connect = dispatcherFactory(origin, options);
  let dispatcher: Dispatcher | Promise<Dispatcher> | undefined;
  let isClosed = false;

  const watch = new ExchangeWatch<UndiciExchange>(clock);
  const over = (exchange: UndiciExchange): void => watch.remove(exchange);

  /** Hands it over in this turn where the connections are there. */
  const send = (request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse> => {
    try {
      if (isClosed) throw closed(request.label, 'not_sent');
      const path = pathOf(request.url, origin);
      const startedAt = clock.monotonic();
      dispatcher ??= open();
      if (!(dispatcher instanceof Promise)) return begin(dispatcher, request, path, startedAt, signal);
      return dispatcher.then((ready) => begin(ready, request, path, startedAt, signal));
    } catch (error) {
      return Promise.reject(error);
    }
  };

  /** @throws {ExchangeError} `not_sent` */
  function begin(
    ready: Dispatcher,
    request: HttpRequest,
    path: string,
    startedAt: number,
    signal: AbortSignal | undefined,
  ): Promise<HttpResponse> {
    const { label, method, headers, body = null, written = nothing, timeoutMs = options.timeoutMs } = request;
    if (isClosed) throw closed(label, 'not_sent');
    if (signal?.aborted) throw aborted(label, 'not_sent');
    const deadline = startedAt + timeoutMs;
    const exchange = new UndiciExchange({ label, maxBodyBytes, timeoutMs, deadline, signal, written, over });
    const answer = exchange.run((handler) => ready.dispatch({ origin, path, method, headers, body }, handler));
    // After undici has planned its write at the end of this turn: nothing is to hold that up.
    if (!exchange.isOver) watch.add(exchange);
    return answer;
  }

  async function open(): Promise<Dispatcher> {
    const opened = await connect();
    dispatcher = opened;
    return opened;
  }

  const close = async (): Promise<void> => {
    isClosed = true;
    await (await dispatcher)?.destroy();
  };
  return Object.assign(send, { close, leavesSignal: true as const, tellsWritten: true as const });
}

function nothing(): void {}

/** Our own timer bounds the whole exchange, so undici's timers for its parts are off. */
function dispatcherFactory(origin: string, options: UndiciTransportOptions): () => Promise<Dispatcher> {
  const proxy = options.proxy === undefined ? undefined : parseProxy(options.proxy);
  const common = {
    keepAliveTimeout: KEPT_MS,
    connections: MAX_CONNECTIONS,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const tls = { ...VERIFIED_TLS, timeout: options.timeoutMs };
  return async () => {
    const { Pool, ProxyAgent } = await import('undici');
    if (proxy === undefined) return new Pool(origin, { ...common, connect: tls });
    const host = proxy.hostname.includes(':') ? `[${proxy.hostname}]` : proxy.hostname;
    return new ProxyAgent({
      ...common,
      uri: `http://${host}:${proxy.port}`,
      ...(proxy.authorization === undefined ? {} : { token: proxy.authorization }),
      requestTls: tls,
      proxyTls: { timeout: options.timeoutMs },
    });
  };
}

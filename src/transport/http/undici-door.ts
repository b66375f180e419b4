import type { Dispatcher } from 'undici';
import type { Clock } from '../clock.js';
import { parseProxy } from '../proxy.js';
import { aborted, closed } from './failures.js';
import type { HttpRequest, HttpResponse, HttpTransport } from './http.js';
import { originOf, pathOf } from './origin.js';
import { UndiciExchange } from './undici-exchange.js';

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

  const send = async (request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse> => {
    if (isClosed) throw closed(request.label, 'not_sent');
    const path = pathOf(request.url, origin);
    const startedAt = clock.monotonic();
    dispatcher ??= open();
    const ready = dispatcher instanceof Promise ? await dispatcher : dispatcher;
    if (isClosed) throw closed(request.label, 'not_sent');
    if (signal?.aborted) throw aborted(request.label, 'not_sent');
    const exchange = new UndiciExchange(request.label, maxBodyBytes);
    const timeoutMs = request.timeoutMs ?? options.timeoutMs;
    const timer = clock.setTimer(timeoutMs - (clock.monotonic() - startedAt), () => exchange.timeOut(timeoutMs));
    const abort = (): void => exchange.abort();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const { method, headers, body = null } = request;
      return await exchange.run((handler) => ready.dispatch({ origin, path, method, headers, body }, handler));
    } finally {
      timer.cancel();
      signal?.removeEventListener('abort', abort);
    }
  };

  async function open(): Promise<Dispatcher> {
    const opened = await connect();
    dispatcher = opened;
    return opened;
  }

  const close = async (): Promise<void> => {
    isClosed = true;
    await (await dispatcher)?.destroy();
  };
  return Object.assign(send, { close, leavesSignal: true as const });
}

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
  const tls = { rejectUnauthorized: true, timeout: options.timeoutMs };
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

import type { Clock } from '../clock.js';
import { aborted, closed } from './failures.js';
import type { HttpRequest, HttpResponse, HttpTransport } from './http.js';
import { originOf, pathOf } from './origin.js';
import { printRequest } from './request-head.js';
import { SocketExchange } from './socket-exchange.js';
import type { SocketPool } from './socket-pool.js';

export interface SocketTransportOptions {
  /** `https://api.example.com`; requests to any other origin are refused. */
  readonly origin: string;
  /** Larger answers are refused. */
  readonly maxBodyBytes: number;
  /** For the whole exchange, unless the request says otherwise, ms. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/**
 * HTTP/1.1 on Node's own sockets: keep-alive connections of its own for one origin, opened on first use. A request is
 * written in the call that sends it, where a connection is free; all else about it is done afterwards. TLS is always
 * verified.
 * @throws {ConfigurationError} for a wrong `origin`; calls throw it for a request to another origin.
 */
export function createSocketTransport(options: SocketTransportOptions): HttpTransport {
  const { clock, maxBodyBytes } = options;
  const origin = originOf(options.origin);
  const { host, hostname, port, protocol } = new URL(origin);
  const isSecure = protocol === 'https:';
  const to = {
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (isSecure ? 443 : 80),
    isSecure,
  };
  const open = new Set<SocketExchange>();
  let pool: SocketPool | undefined;
  let loading: Promise<SocketPool> | undefined;
  let isClosed = false;

  async function load(): Promise<SocketPool> {
    const { createSocketPool } = await import('./socket-pool.js');
    pool = createSocketPool(to, { clock, connectTimeoutMs: options.timeoutMs });
    return pool;
  }

  async function sendLater(exchange: SocketExchange): Promise<void> {
    loading ??= load();
    const ready = await loading;
    if (isClosed) exchange.close();
    else if (!exchange.isOver) ready.send(exchange);
  }

  function exchangeOf(request: HttpRequest, signal: AbortSignal | undefined): SocketExchange {
    if (isClosed) throw closed(request.label, 'not_sent');
    const bytes = printRequest(request, pathOf(request.url, origin), host);
    if (signal?.aborted) throw aborted(request.label, 'not_sent');
    return new SocketExchange(request.label, maxBodyBytes, bytes);
  }

  const send = async (request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse> => {
    const exchange = exchangeOf(request, signal);
    if (pool === undefined) sendLater(exchange).catch((error: unknown) => exchange.lose(error));
    else pool.send(exchange);
    const timeoutMs = request.timeoutMs ?? options.timeoutMs;
    exchange.guard(
      clock.setTimer(timeoutMs, () => exchange.timeOut(timeoutMs)),
      signal,
    );
    open.add(exchange);
    try {
      return await exchange.promise;
    } finally {
      open.delete(exchange);
    }
  };

  const close = async (): Promise<void> => {
    isClosed = true;
    for (const exchange of open) exchange.close();
    await (await loading)?.close();
  };
  return Object.assign(send, { close, leavesSignal: true as const });
}

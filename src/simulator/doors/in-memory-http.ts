import type { Clock, Timer } from '../../transport/clock.js';
import { aborted, closed, connectionFailed, timedOut, unreadable } from '../../transport/http/failures.js';
import type { HttpRequest, HttpResponse, HttpTransport } from '../../transport/http/http.js';
import type { Random } from '../../transport/random.js';
import type { SimHttpRequest } from '../contract.js';
import type { Directory } from './directory.js';

/** One way of a request or an answer in the air, ms: 5 to 20 there and back. */
const MIN_LATENCY_MS = 2.5;
const LATENCY_RANGE_MS = 7.5;

interface HttpOptions {
  readonly directory: Directory;
  readonly clock: Clock;
  readonly random: Random;
  readonly ip: string;
  readonly maxBodyBytes: number;
  readonly timeoutMs: number;
}

/** An HTTP client without sockets. It fails as a real one does: time-outs, aborts and closing say what is known. */
export function createInMemoryHttp(options: HttpOptions): HttpTransport {
  const pending = new Set<Exchange>();
  let isClosed = false;
  const send = (request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse> => {
    if (isClosed) return Promise.reject(closed(request.label, 'not_sent'));
    if (signal?.aborted) return Promise.reject(aborted(request.label, 'not_sent'));
    return new Promise((resolve, reject) => {
      const exchange = new Exchange(options, request, (result) => {
        pending.delete(exchange);
        signal?.removeEventListener('abort', onAbort);
        if (result instanceof Error) reject(result);
        else resolve(result);
      });
      const onAbort = (): void => exchange.end(aborted(request.label, 'unknown'));
      pending.add(exchange);
      signal?.addEventListener('abort', onAbort, { once: true });
      exchange.start();
    });
  };
  const close = (): Promise<void> => {
    isClosed = true;
    for (const exchange of pending) exchange.end(closed(exchange.label, 'unknown'));
    return Promise.resolve();
  };
  return Object.assign(send, { close });
}

/** One request on its way to the venue and back. */
class Exchange {
  readonly #options: HttpOptions;
  readonly #request: HttpRequest;
  readonly #done: (result: HttpResponse | Error) => void;
  #travel: Timer | undefined;
  #deadline: Timer | undefined;
  #ended = false;

  constructor(options: HttpOptions, request: HttpRequest, done: (result: HttpResponse | Error) => void) {
    this.#options = options;
    this.#request = request;
    this.#done = done;
  }

  get label(): string {
    return this.#request.label;
  }

  start(): void {
    const { clock } = this.#options;
    const timeoutMs = this.#request.timeoutMs ?? this.#options.timeoutMs;
    this.#deadline = clock.setTimer(timeoutMs, () => this.end(timedOut(this.label, timeoutMs, 'unknown')));
    this.#travel = clock.setTimer(this.#latency(), () => this.#arrive());
  }

  end(result: HttpResponse | Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#travel?.cancel();
    this.#deadline?.cancel();
    this.#done(result);
  }

  #arrive(): void {
    const { directory, clock, ip, maxBodyBytes } = this.#options;
    const url = new URL(this.#request.url);
    const gateway = directory.find(url);
    if (gateway === undefined) {
      this.end(connectionFailed(this.label, undefined, 'not_sent'));
      return;
    }
    const answer = gateway.request(toSimRequest(this.#request, url, ip));
    if (answer.kind === 'silence') return;
    const { response, delayMs } = answer;
    const isTooLarge = response.body.length > maxBodyBytes || Buffer.byteLength(response.body) > maxBodyBytes;
    const result = isTooLarge ? unreadable(this.label, `the body is larger than ${maxBodyBytes} bytes`) : response;
    this.#travel = clock.setTimer(this.#latency() + delayMs, () => this.end(result));
  }

  #latency(): number {
    return MIN_LATENCY_MS + LATENCY_RANGE_MS * this.#options.random.next();
  }
}

function toSimRequest(request: HttpRequest, url: URL, ip: string): SimHttpRequest {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name.toLowerCase()] = value;
  return {
    method: request.method,
    path: url.pathname,
    query: url.search.slice(1),
    headers,
    body: request.body ?? '',
    ip,
  };
}

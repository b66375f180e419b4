import type { ExchangeError } from '../../errors/exchange-error.js';
import { ConfigurationError } from '../../errors/kinds.js';
import { BodyCollector } from './body.js';
import { aborted, closed, connectionFailed, errorCode, timedOut, unreadable } from './failures.js';
import type { HttpResponse } from './http.js';
import type { Bounded } from './watch-exchanges.js';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const BREAKS_HTTP = /^(?:HPE_.*|HTTPParserError|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|UND_ERR_HEADERS_OVERFLOW)$/;

interface ExchangeOptions {
  readonly label: string;
  readonly maxBodyBytes: number;
  readonly timeoutMs: number;
  /** Monotonic ms. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
  /** Called once its bytes have been handed over. */
  written(): void;
  /** Called at its end, of whichever kind. */
  over(exchange: UndiciExchange): void;
}

/** What undici hands out for a request that is on the wire. */
interface Controller {
  abort(reason: Error): void;
}

/**
 * One request on undici's lowest level. undici calls `onRequestStart` right before it writes the first byte: what fails
 * earlier was provably not sent, what fails later may have arrived.
 */
export class UndiciExchange implements Bounded {
  readonly timeoutMs: number;
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
  readonly #label: string;
  readonly #body: BodyCollector;
  /** Called once its bytes have been handed over. */
  readonly #written: () => void;
  readonly #over: (exchange: UndiciExchange) => void;
  #controller: Controller | undefined;
  #status = 0;
  #headers: Record<string, string> = {};
  #isOver = false;
  #resolve: (response: HttpResponse) => void = () => {};
  #reject: (error: ExchangeError) => void = () => {};

  constructor(options: ExchangeOptions) {
    const { label, maxBodyBytes, timeoutMs, deadline, signal, written, over } = options;
    this.timeoutMs = timeoutMs;
    this.deadline = deadline;
    this.signal = signal;
    this.#label = label;
    this.#body = new BodyCollector(label, maxBodyBytes);
    this.#written = written;
    this.#over = over;
  }

  /** Whether it has ended, one way or the other. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** @param dispatch hands this handler to undici. */
  run(dispatch: (handler: UndiciExchange) => void): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      try {
        dispatch(this);
      } catch (error) {
        this.#fail(this.#translate(error));
      }
    });
  }

  timeOut(): void {
    this.#fail(timedOut(this.#label, this.timeoutMs, this.#outcome()));
  }

  abort(): void {
    this.#fail(aborted(this.#label, this.#outcome()));
  }

  onRequestStart(controller: Controller): void {
    if (this.signal?.aborted) this.abort();
    // Given up while it was queued, or undici would send the same bytes again: neither may reach the wire.
    if (this.#isOver) controller.abort(new Error('given up'));
    else if (this.#controller !== undefined)
      this.#fail(connectionFailed(this.#label, undefined, 'unknown'), controller);
    else {
      this.#controller = controller;
      // undici writes in the same call, so this comes right after the bytes.
      queueMicrotask(this.#written);
    }
  }

  onResponseStart(_controller: Controller, status: number, headers: Headers): void {
    this.#status = status;
    this.#headers = flatten(headers);
    const { 'content-encoding': encoding = 'identity', 'content-length': length } = this.#headers;
    const refusal = this.#body.refuseLength(length);
    if (refusal) this.#fail(refusal);
    else if (encoding !== 'identity')
      this.#fail(unreadable(this.#label, 'the body is encoded although we did not offer that'));
  }

  onResponseData(_controller: Controller, chunk: Buffer): void {
    const refusal = this.#isOver ? undefined : this.#body.add(chunk);
    if (refusal) this.#fail(refusal);
  }

  onResponseEnd(): void {
    if (this.#isOver) return;
    this.#end();
    try {
      this.#resolve({ status: this.#status, headers: this.#headers, body: this.#body.text() });
    } catch (error) {
      this.#reject(error as ExchangeError);
    }
  }

  onResponseError(_controller: Controller, error: Error): void {
    this.#fail(this.#translate(error));
  }

  #outcome(): 'not_sent' | 'unknown' {
    return this.#controller === undefined ? 'not_sent' : 'unknown';
  }

  #end(): void {
    this.#isOver = true;
    this.#over(this);
  }

  /** The first failure counts; the socket is freed with it. */
  #fail(error: ExchangeError, controller = this.#controller): void {
    if (this.#isOver) return;
    this.#end();
    this.#reject(error);
    controller?.abort(error);
  }

  #translate(error: unknown): ExchangeError {
    const code = errorCode(error);
    if (code === 'UND_ERR_INVALID_ARG') {
      return new ConfigurationError({
        field: 'request',
        expected: 'headers and a path that HTTP can carry',
        received: '(hidden)',
      });
    }
    if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') return closed(this.#label, this.#outcome());
    if (BREAKS_HTTP.test(code)) {
      return unreadable(this.#label, `the answer breaks HTTP (${code})`);
    }
    return connectionFailed(this.#label, error, this.#outcome());
  }
}

function flatten(headers: Headers): Record<string, string> {
  const flat: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return flat;
}

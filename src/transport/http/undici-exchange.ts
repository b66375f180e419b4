import type { ExchangeError } from '../../errors/exchange-error.js';
import { ConfigurationError } from '../../errors/kinds.js';
import { BodyCollector } from './body.js';
import { aborted, closed, connectionFailed, errorCode, timedOut, unreadable } from './failures.js';
import type { HttpResponse } from './http.js';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const BREAKS_HTTP = /^(?:HPE_.*|HTTPParserError|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|UND_ERR_HEADERS_OVERFLOW)$/;

/** What undici hands out for a request that is on the wire. */
interface Controller {
  abort(reason: Error): void;
}

/**
 * One request on undici's lowest level. undici calls `onRequestStart` right before it writes the first byte: what fails
 * earlier was provably not sent, what fails later may have arrived.
 */
export class UndiciExchange {
  readonly #label: string;
  readonly #body: BodyCollector;
  readonly #signal: AbortSignal | undefined;
  /** Called once its bytes have been handed over. */
  readonly #written: () => void;
  #controller: Controller | undefined;
  #status = 0;
  #headers: Record<string, string> = {};
  #failed = false;
  #resolve: (response: HttpResponse) => void = () => {};
  #reject: (error: ExchangeError) => void = () => {};

  constructor(label: string, maxBodyBytes: number, signal: AbortSignal | undefined, written: () => void) {
    this.#label = label;
    this.#body = new BodyCollector(label, maxBodyBytes);
    this.#signal = signal;
    this.#written = written;
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

  timeOut(timeoutMs: number): void {
    this.#fail(timedOut(this.#label, timeoutMs, this.#outcome()));
  }

  abort(): void {
    this.#fail(aborted(this.#label, this.#outcome()));
  }

  onRequestStart(controller: Controller): void {
    if (this.#signal?.aborted) this.abort();
    // Given up while it was queued, or undici would send the same bytes again: neither may reach the wire.
    if (this.#failed) controller.abort(new Error('given up'));
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
    const refusal = this.#failed ? undefined : this.#body.add(chunk);
    if (refusal) this.#fail(refusal);
  }

  onResponseEnd(): void {
    if (this.#failed) return;
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

  /** The first failure counts; the socket is freed with it. */
  #fail(error: ExchangeError, controller = this.#controller): void {
    if (this.#failed) return;
    this.#failed = true;
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

import type { Clock, Timer } from '../../transport/clock.js';
import type { SimHttpRequest, SimHttpResponse, VenueWire } from '../contract.js';
import { cutPoint } from '../faults/corrupt.js';
import type { FaultAnswer, VenueFaults } from '../faults/venue-faults.js';
import type { Trace } from '../trace.js';
import { SocketLink, type SocketSink } from './socket-link.js';

/** What comes back for a request: after `delayMs`, or never. */
export type GatewayAnswer =
  | { readonly kind: 'answer'; readonly response: SimHttpResponse; readonly delayMs: number }
  | { readonly kind: 'silence' };

/** What passed one venue's doors. */
export interface GatewayCounts {
  frames: number;
  requests: number;
  connections: number;
}

/** Behind every door of one venue: its wire, its faults, its counters. Doors only move bytes. */
export class Gateway {
  readonly faults: VenueFaults;
  readonly counts: GatewayCounts = { frames: 0, requests: 0, connections: 0 };
  readonly #clock: Clock;
  readonly #trace: Trace;
  readonly #createWire: () => VenueWire;
  readonly #links = new Set<SocketLink>();
  /** Requests that are still on their way. */
  readonly #arrivals = new Set<Timer>();
  #wire: VenueWire | undefined;
  #closed = false;

  constructor(options: {
    readonly clock: Clock;
    readonly trace: Trace;
    readonly faults: VenueFaults;
    /** Called on first use. */
    readonly createWire: () => VenueWire;
  }) {
    this.faults = options.faults;
    this.#clock = options.clock;
    this.#trace = options.trace;
    this.#createWire = options.createWire;
  }

  request(request: SimHttpRequest): GatewayAnswer {
    this.counts.requests++;
    const path = `${request.method} ${request.path}`;
    if (this.faults.takeHttp('loseRequest', path) !== undefined) return this.#lose(request);
    const late = this.faults.takeHttp('acceptLate', path);
    if (late !== undefined) return this.#acceptLate(request, late.delayMs);
    const silent = this.faults.takeHttp('timeoutHttp', path) !== undefined;
    const replaced = silent ? undefined : this.faults.takeHttp('respond', path)?.answer;
    const served = replaced === undefined || replaced.processed ? this.#requireWire().http(request) : undefined;
    const delayMs = this.faults.takeHttp('delayHttp', path)?.delayMs ?? 0;
    let response = replaced === undefined ? served! : completeAnswer(replaced);
    if (!silent && this.faults.takeHttp('truncateBody', path) !== undefined) {
      response = { ...response, body: response.body.slice(0, cutPoint(response.body.length, this.faults.random)) };
    }
    this.#record(request, silent ? undefined : response);
    return silent ? { kind: 'silence' } : { kind: 'answer', response, delayMs };
  }

  /** Whether the next attempt to open a socket fails; to be asked once per attempt. */
  refuses(): boolean {
    return this.#closed || this.faults.refuses();
  }

  /** A new socket. `url` is path and query of the upgrade request, `headers` are its own, names in lower case. */
  accept(url: string, ip: string, sink: SocketSink, headers: Readonly<Record<string, string>> = {}): SocketLink {
    const link = new SocketLink({
      ip,
      url,
      headers,
      sink,
      faults: this.faults,
      clock: this.#clock,
      sent: (data) => this.#sent(data),
      gone: (ended) => this.#links.delete(ended),
    });
    this.counts.connections++;
    this.#links.add(link);
    link.attach(this.#requireWire().connect(link));
    return link;
  }

  cutAll(): void {
    for (const link of [...this.#links]) {
      this.faults.happened('cut');
      link.cut();
    }
  }

  halfOpenAll(): void {
    for (const link of this.#links) {
      if (!link.flows) continue;
      this.faults.happened('halfOpen');
      link.halfOpen();
    }
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#arrivals) timer.cancel();
    for (const link of [...this.#links]) link.close(1001, 'going away');
    this.#wire?.close();
  }

  #lose(request: SimHttpRequest): GatewayAnswer {
    this.#record(request, undefined);
    return { kind: 'silence' };
  }

  #acceptLate(request: SimHttpRequest, delayMs: number): GatewayAnswer {
    const arrive = (): void => {
      this.#arrivals.delete(timer);
      this.#record(request, this.#requireWire().http(request));
    };
    const timer = this.#clock.setTimer(delayMs, arrive, { background: true });
    this.#arrivals.add(timer);
    return { kind: 'silence' };
  }

  #requireWire(): VenueWire {
    this.#wire ??= this.#createWire();
    return this.#wire;
  }

  #sent(data: string | Uint8Array): void {
    this.counts.frames++;
    if (typeof data === 'string') this.#trace.text(data);
    else this.#trace.bytes(data);
  }

  #record(request: SimHttpRequest, response: SimHttpResponse | undefined): void {
    this.#trace.text(`${request.method} ${request.path}?${request.query}`);
    this.#trace.number(response?.status ?? 0);
    this.#trace.text(response?.body ?? '');
  }
}

function completeAnswer({ status = 200, headers = {}, body = '' }: FaultAnswer): SimHttpResponse {
  return { status, headers, body };
}

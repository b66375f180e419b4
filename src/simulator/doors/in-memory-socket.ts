import type { Clock, Timer } from '../../transport/clock.js';
import type { Random } from '../../transport/random.js';
import type { OpenSocketRequest, Socket, SocketClose, SocketHandler } from '../../transport/ws/socket.js';
import { Lane } from './lane.js';
import type { SocketLink, SocketSink } from './socket-link.js';

/** What travels to the client: data, a pong, or the end. */
type Inbound = string | Uint8Array | { readonly control: 'pong' } | SocketClose;
/** What travels to the venue: data, a ping, or the end. */
type Outbound = string | { readonly control: 'ping' } | SocketClose;

/** A WebSocket without a socket: both ends in one thread, on the simulator's clock. */
export class InMemorySocket implements Socket {
  readonly bufferedAmount = 0;
  /** The venue's end. */
  readonly sink: SocketSink;
  readonly #handler: SocketHandler;
  readonly #maxPayloadBytes: number;
  readonly #textAsBytes: boolean;
  readonly #clock: Clock;
  readonly #toClient: Lane<Inbound>;
  readonly #toVenue: Lane<Outbound>;
  readonly #ended: () => void;
  #link: SocketLink | undefined;
  /** `closing`: the client has started the closing handshake. `cut`: nothing is heard any more but the end. */
  #state: 'open' | 'closing' | 'cut' | 'closed' = 'open';
  #ending: Timer | undefined;

  constructor(options: {
    readonly request: OpenSocketRequest;
    readonly handler: SocketHandler;
    readonly clock: Clock;
    readonly random: Random;
    readonly ended: (socket: InMemorySocket) => void;
  }) {
    this.#handler = options.handler;
    this.#maxPayloadBytes = options.request.maxPayloadBytes;
    this.#textAsBytes = options.request.textAsBytes === true;
    this.#clock = options.clock;
    this.#toClient = new Lane(options.clock, options.random, (item) => this.#arrive(item));
    this.#toVenue = new Lane(options.clock, options.random, (item) => this.#reach(item));
    this.#ended = () => options.ended(this);
    this.sink = {
      deliver: (data) => this.#toClient.push(data),
      close: (code, reason) => this.#toClient.push({ code, reason }),
      cut: () => this.#cut(),
    };
  }

  attach(link: SocketLink): void {
    this.#link = link;
  }

  send(text: string): boolean {
    if (this.#state !== 'open') return false;
    this.#toVenue.push(text);
    return true;
  }

  ping(): void {
    if (this.#state === 'open') this.#toVenue.push({ control: 'ping' });
  }

  /** A code that is not given is reported as 1005. */
  close(code = 1005, reason = ''): void {
    if (this.#state !== 'open') return;
    this.#state = 'closing';
    this.#toVenue.push({ code, reason });
  }

  terminate(): void {
    this.#cut();
    this.#link?.ended();
  }

  /** The world ends: reported now, no timer is left. */
  destroy(): void {
    this.#finish({ code: 1006, reason: '' });
  }

  #cut(): void {
    if (this.#state === 'cut' || this.#state === 'closed') return;
    this.#state = 'cut';
    this.#toClient.clear();
    this.#toVenue.clear();
    // Not inside the caller: a real socket reports its end from an event of its own.
    this.#ending = this.#clock.setTimer(0, () => this.#finish({ code: 1006, reason: '' }));
  }

  #arrive(item: Inbound): void {
    if (typeof item === 'string' || item instanceof Uint8Array) this.#message(item);
    else if ('control' in item) this.#handler.control?.('pong');
    else this.#finish(item);
  }

  #message(data: string | Uint8Array): void {
    const bytes =
      typeof data === 'string' && data.length * 3 > this.#maxPayloadBytes ? Buffer.byteLength(data) : data.length;
    if (bytes <= this.#maxPayloadBytes)
      this.#handler.message(this.#textAsBytes && typeof data === 'string' ? Buffer.from(data) : data);
    else {
      this.#link?.ended();
      this.#finish({ code: 1006, reason: '' });
    }
  }

  #reach(item: Outbound): void {
    if (typeof item === 'string') this.#link?.receive(item);
    else if (!this.#link?.flows) return;
    else if ('control' in item) this.#toClient.push({ control: 'pong' });
    else {
      this.#link.ended();
      this.#toClient.push(item);
    }
  }

  #finish(event: SocketClose): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#ending?.cancel();
    this.#toClient.clear();
    this.#toVenue.clear();
    this.#ended();
    this.#handler.close(event);
  }
}

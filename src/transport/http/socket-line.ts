import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { SocketExchange } from './socket-exchange.js';

/** Where connections lead to. */
export interface Destination {
  readonly hostname: string;
  readonly port: number;
  readonly isSecure: boolean;
  /** Of the last connection, so that the next one needs no whole handshake. */
  session?: Buffer;
}

/** What a connection tells its pool, each of its own. */
export interface LineHandler {
  /** It stands, and may be used. */
  opened(line: SocketLine): void;
  /** An answer is whole, and the next request may be written. */
  freed(line: SocketLine): void;
  /** It is gone; `error` where it never came to be. */
  ended(line: SocketLine, error: unknown): void;
}

const KEEP_ALIVE_PROBE_MS = 60_000;

/** One connection: a request at a time, written in the very call that hands it over. */
export class SocketLine {
  readonly #socket: Socket;
  readonly #handler: LineHandler;
  #exchange: SocketExchange | undefined;
  #isOpen = false;
  #hasEnded = false;
  #error: unknown;
  /** So long the server keeps it after its last answer, ms, where it says so. */
  keptMs: number | undefined;
  /** Since when it has been idle, and until when it may be used; monotonic ms, kept by the pool. */
  idleSince = 0;
  usableUntil = 0;

  constructor(to: Destination, handler: LineHandler) {
    this.#handler = handler;
    const socket = to.isSecure ? openTls(to) : connectTcp({ host: to.hostname, port: to.port });
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setKeepAlive(true, KEEP_ALIVE_PROBE_MS);
    socket.once(to.isSecure ? 'secureConnect' : 'connect', () => this.#opened());
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.once('end', () => this.#ended());
    socket.on('error', (error) => {
      this.#error ??= error;
    });
    socket.once('close', () => this.#closed());
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether a request may be written now. */
  get isUsable(): boolean {
    return this.#isOpen && this.#exchange === undefined && this.#socket.writable && !this.#socket.destroyed;
  }

  /** Writes it at once. */
  start(exchange: SocketExchange): void {
    this.#exchange = exchange;
    exchange.begin(() => this.destroy());
    const { text, encoding } = exchange.bytes;
    this.#socket.write(text, encoding);
    this.#socket.ref();
  }

  /** Nobody waits for it: it must not keep the process alive. */
  rest(): void {
    this.#socket.unref();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #opened(): void {
    this.#isOpen = true;
    this.#handler.opened(this);
  }

  #read(chunk: Buffer): void {
    const exchange = this.#exchange;
    // What nobody asked for must never pass for the answer to the next request.
    if (exchange === undefined) return this.destroy();
    if (!exchange.read(chunk)) return;
    this.#exchange = undefined;
    this.keptMs = exchange.keptMs;
    const stays = exchange.leavesConnection && this.#socket.writableLength === 0;
    if (!stays) this.destroy();
    else this.#handler.freed(this);
    exchange.complete();
  }

  #ended(): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    exchange?.end();
    this.destroy();
  }

  #closed(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const exchange = this.#exchange;
    this.#exchange = undefined;
    exchange?.lose(this.#error);
    this.#handler.ended(this, this.#isOpen ? undefined : this.#error);
  }
}

/** Verified always, whatever the environment says. */
function openTls(to: Destination): Socket {
  const { hostname: host, port, session } = to;
  const socket = connectTls({
    host,
    port,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(session === undefined ? {} : { session }),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: true,
  });
  socket.on('session', (fresh: Buffer) => {
    to.session = fresh;
  });
  return socket;
}

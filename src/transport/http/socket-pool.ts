import { type Clock, settle, type Timer } from '../clock.js';
import type { SocketExchange } from './socket-exchange.js';
import { type Destination, type LineHandler, SocketLine } from './socket-line.js';

/** More requests at once wait for a connection. */
const MAX_LINES = 64;
/** An idle connection is kept so long, ms: load balancers close after a minute at the earliest. */
const KEPT_MS = 30_000;
/** A server that keeps connections for a shorter time may be closing one while a request is on its way, ms. */
const ON_THE_WAY_MS = 2_000;
/** After so long a rest, ms, a look at what the server may have said meanwhile comes before the next request. */
const FRESH_MS = 1_000;

export interface SocketPool {
  /** Writes it at once where a connection is free; else as soon as one is. */
  send(exchange: SocketExchange): void;
  /** Resolves when every connection is gone. */
  close(): Promise<void>;
}

/** Connections to one origin, opened when they are needed. */
export function createSocketPool(to: Destination, options: { clock: Clock; connectTimeoutMs: number }): SocketPool {
  const { clock, connectTimeoutMs } = options;
  const lines = new Map<SocketLine, Timer | undefined>();
  /** Free ones; the one that was used last comes first. */
  const idle: SocketLine[] = [];
  const waiting: SocketExchange[] = [];
  let opening = 0;
  let sweeper: Timer | undefined;
  let isClosed = false;
  let allGone: (() => void) | undefined;

  const handler: LineHandler = {
    opened(line) {
      opened(line);
      serve(line);
    },
    freed: serve,
    ended(line, error) {
      if (!line.isOpen) opened(line);
      lines.delete(line);
      const at = idle.indexOf(line);
      if (at >= 0) idle.splice(at, 1);
      // It had been opened for one of those that wait.
      if (!line.isOpen) nextWaiting()?.lose(error);
      openMore();
      if (lines.size === 0) allGone?.();
    },
  };

  function opened(line: SocketLine): void {
    lines.get(line)?.cancel();
    lines.set(line, undefined);
    opening--;
  }

  function nextWaiting(): SocketExchange | undefined {
    for (;;) {
      const next = waiting.shift();
      if (next === undefined || !next.isOver) return next;
    }
  }

  /** Gives a free connection its next request. */
  function serve(line: SocketLine): void {
    if (!line.isUsable) return line.destroy();
    const next = nextWaiting();
    if (next !== undefined) return line.start(next);
    const keptMs = Math.min(KEPT_MS, (line.keptMs ?? Number.POSITIVE_INFINITY) - ON_THE_WAY_MS);
    if (keptMs <= 0) return line.destroy();
    line.idleSince = clock.monotonic();
    line.usableUntil = line.idleSince + keptMs;
    line.rest();
    idle.push(line);
    if (sweeper === undefined) sweepIn(keptMs);
  }

  function sweepIn(ms: number): void {
    sweeper = clock.setTimer(ms, sweep, { background: true });
  }

  /** Closes what must not be used any more. */
  function sweep(): void {
    sweeper = undefined;
    if (isClosed) return;
    const now = clock.monotonic();
    let next = Number.POSITIVE_INFINITY;
    for (const line of [...idle]) {
      if (line.usableUntil <= now) line.destroy();
      else next = Math.min(next, line.usableUntil);
    }
    if (next < Number.POSITIVE_INFINITY) sweepIn(next - now);
  }

  function openMore(): void {
    while (!isClosed && opening < waiting.length && lines.size < MAX_LINES) {
      const line = new SocketLine(to, handler);
      opening++;
      lines.set(
        line,
        clock.setTimer(connectTimeoutMs, () => line.destroy()),
      );
    }
  }

  /** The newest free connection that still stands. */
  function takeIdle(): SocketLine | undefined {
    for (;;) {
      const line = idle.pop();
      if (line === undefined || (line.isUsable && clock.monotonic() < line.usableUntil)) return line;
      line.destroy();
    }
  }

  function enqueue(exchange: SocketExchange): void {
    waiting.push(exchange);
    openMore();
  }

  return {
    send(exchange) {
      const line = takeIdle();
      if (line === undefined) return enqueue(exchange);
      if (clock.monotonic() - line.idleSince < FRESH_MS) return line.start(exchange);
      // Two turns, so that sockets are polled in between: an end or a stray answer that has come is read before
      // anything is written.
      void settle()
        .then(settle)
        .then(() => {
          if (exchange.isOver) serve(line);
          else if (line.isUsable) line.start(exchange);
          else enqueue(exchange);
        });
    },
    close() {
      isClosed = true;
      sweeper?.cancel();
      for (const exchange of waiting.splice(0)) exchange.close();
      for (const line of lines.keys()) line.destroy();
      if (lines.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        allGone = resolve;
      });
    },
  };
}

import type { ExchangeError } from '../../errors/exchange-error.js';
import { AbortedError, ConfigurationError, NetworkError } from '../../errors/kinds.js';
import type { Clock } from '../../transport/clock.js';
import type { HttpTransport } from '../../transport/http/http.js';
import type { Runtime } from '../../transport/runtime.js';
import type { SeededRandom } from '../../transport/seeded-random.js';
import type { OpenSocketRequest, Socket, SocketHandler } from '../../transport/ws/socket.js';
import type { Directory } from './directory.js';
import { createInMemoryHttp } from './in-memory-http.js';
import { InMemorySocket } from './in-memory-socket.js';

/** Opening a socket takes this long, ms. */
const HANDSHAKE_MS = 2;
const HANDSHAKE_RANGE_MS = 8;

/** A way into the simulator without sockets. */
export interface InMemoryDoor {
  readonly runtime: Runtime;
  /** Ends every socket and request of it. */
  close(): void;
}

/**
 * A runtime whose network is the simulator: the same bytes as on real sockets, on the simulator's clock, with seeded
 * latency (requests 5 to 20 ms, frames 1 to 5 ms one way).
 * @param directory the venues' documented host names; any other host cannot be resolved.
 * @param ip the address that the venues see; limits are metered by it.
 */
export function createInMemoryDoor(options: {
  readonly directory: Directory;
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly ip: string;
}): InMemoryDoor {
  const { directory, clock, random, ip } = options;
  const sockets = new Set<InMemorySocket>();
  /** What ends the handshakes that are under way. */
  const handshakes = new Set<(error: ExchangeError) => void>();
  const transports = new Set<HttpTransport>();
  const latency = random.fork('latency');

  const openSocket = (request: OpenSocketRequest, handler: SocketHandler, signal?: AbortSignal): Promise<Socket> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(abortedHandshake());
      const timer = clock.setTimer(HANDSHAKE_MS + HANDSHAKE_RANGE_MS * latency.next(), () => {
        settle();
        const socket = connect(request, handler);
        if (socket === undefined) reject(refused());
        else resolve(socket);
      });
      const settle = (): void => {
        timer.cancel();
        handshakes.delete(fail);
        signal?.removeEventListener('abort', onAbort);
      };
      const fail = (error: ExchangeError): void => {
        settle();
        reject(error);
      };
      const onAbort = (): void => fail(abortedHandshake());
      handshakes.add(fail);
      signal?.addEventListener('abort', onAbort, { once: true });
    });

  const connect = (request: OpenSocketRequest, handler: SocketHandler): Socket | undefined => {
    const url = new URL(request.url);
    const gateway = directory.find(url);
    if (gateway === undefined || gateway.refuses()) return undefined;
    const ended = (gone: InMemorySocket): void => void sockets.delete(gone);
    const socket = new InMemorySocket({ request, handler, clock, random: latency, ended });
    sockets.add(socket);
    socket.attach(gateway.accept(url.pathname + url.search, ip, socket.sink, lowerCased(request.headers)));
    return socket;
  };

  return {
    runtime: {
      clock,
      random: random.fork('client'),
      openSocket,
      createHttp({ origin, maxBodyBytes, timeoutMs }) {
        if (!directory.has(new URL(origin))) {
          throw new ConfigurationError({
            field: 'endpoints.rest',
            expected: 'a host of a simulated venue',
            received: origin,
          });
        }
        const http = createInMemoryHttp({ directory, clock, random: latency, ip, maxBodyBytes, timeoutMs });
        transports.add(http);
        return http;
      },
    },
    close() {
      for (const fail of handshakes) fail(refused());
      for (const socket of sockets) socket.destroy();
      for (const http of transports) void http.close?.();
    },
  };
}

function lowerCased(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function abortedHandshake(): AbortedError {
  return new AbortedError({ message: 'the WebSocket handshake was aborted', outcome: 'not_sent' });
}

function refused(): NetworkError {
  return new NetworkError({ message: 'the WebSocket connection was refused', outcome: 'not_sent' });
}

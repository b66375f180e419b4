import type { SimulatorOptions } from '../../../src/simulator/options.js';
import { createSimulator, type Simulator } from '../../../src/simulator/simulator.js';
import type { HttpRequest } from '../../../src/transport/http/http.js';
import type { Runtime } from '../../../src/transport/runtime.js';
import type { VirtualClock } from '../../../src/transport/virtual-clock.js';
import type { Socket } from '../../../src/transport/ws/socket.js';
import { ECHO_PROFILES } from './echo-wire.js';

export type EchoId = keyof typeof ECHO_PROFILES;

/** A world of two echo venues on the virtual clock whose books stand still. */
export async function createEchoWorld(options: SimulatorOptions<EchoId> = {}) {
  const sim = await createSimulator<EchoId>(
    { clock: 'virtual', seed: 5, markets: ['BTC/USDT'], flow: 'off', ...options },
    ECHO_PROFILES,
  );
  return { sim: sim as Simulator<EchoId, VirtualClock>, clock: sim.clock as VirtualClock, runtime: sim.runtime() };
}

/** Opens a socket and logs what it hears, with the time since the start where asked for. */
export async function openLogged(runtime: Runtime, clock: VirtualClock, url = 'wss://stream.echo.test/ws/?a=1') {
  const log: unknown[] = [];
  const opening = runtime.openSocket(
    { url, handshakeTimeoutMs: 1_000, maxPayloadBytes: 1_000 },
    {
      message: (data) => log.push(data),
      control: (kind) => log.push({ control: kind }),
      close: (event) => log.push(event),
    },
  );
  const outcome = opening.then(
    (socket) => ({ socket }),
    (error: unknown) => ({ error }),
  );
  await clock.advance(20);
  const result: { socket?: Socket; error?: unknown } = await outcome;
  return { socket: result.socket!, error: result.error, log };
}

/** A request through the in-memory door; settles as virtual time passes. */
export function get(runtime: Runtime, path: string, more: Partial<HttpRequest> = {}, signal?: AbortSignal) {
  const http = runtime.createHttp({ origin: 'https://echo.test', maxBodyBytes: 1_000, timeoutMs: 5_000 });
  const request: HttpRequest = {
    method: 'GET',
    url: `https://echo.test${path}`,
    headers: { Accept: 'x' },
    label: 'GET /x',
    idempotent: true,
    ...more,
  };
  return http(request, signal).then(
    (response) => response,
    (error: { code: string; outcome: string }) => ({ code: error.code, outcome: error.outcome }),
  );
}

import type { Clock } from './clock.js';
import type { HttpTransport } from './http/http.js';
import type { Random } from './random.js';
import type { OpenSocket } from './ws/socket.js';

/** Everything that touches the outside world, injected as one value. The default is Node's; the simulator supplies its own. */
export interface Runtime {
  readonly clock: Clock;
  readonly random: Random;
  readonly openSocket: OpenSocket;
  /** A transport of its own for each client, closed with it. */
  createHttp(options: {
    readonly origin: string;
    readonly maxBodyBytes: number;
    readonly timeoutMs: number;
  }): HttpTransport;
}

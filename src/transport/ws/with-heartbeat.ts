import type { Clock, Timer } from '../clock.js';
import type { Socket, SocketDecorator } from './socket.js';

/** Calls `send` on every open socket each `intervalMs`, first one interval after it opened, until it ends. */
export function withHeartbeat(options: {
  readonly clock: Clock;
  readonly intervalMs: number;
  /** Sends the venue's ping. Must not throw. */
  send(socket: Socket): void;
}): SocketDecorator {
  const { clock, intervalMs } = options;
  return (open) => async (request, handler, signal) => {
    let timer: Timer | undefined;
    let isEnded = false;
    const watched = {
      message: (data: string | Uint8Array, at?: number) => handler.message(data, at),
      control: (kind: 'ping' | 'pong') => handler.control?.(kind),
      close: (event: { code: number; reason: string }) => {
        isEnded = true;
        timer?.cancel();
        handler.close(event);
      },
    };
    const socket = await open(request, watched, signal);
    const beat = (): void => {
      timer = clock.setTimer(intervalMs, beat, { background: true });
      options.send(socket);
    };
    if (!isEnded) timer = clock.setTimer(intervalMs, beat, { background: true });
    return socket;
  };
}

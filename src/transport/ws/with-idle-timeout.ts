import type { Clock, Timer } from '../clock.js';
import type { SocketDecorator, SocketHandler } from './socket.js';

/**
 * Cuts a socket on which no frame of any kind, control frames included, came for `timeoutMs`. The timer is not restarted for
 * a frame.
 */
export function withIdleTimeout(options: { readonly clock: Clock; readonly timeoutMs: number }): SocketDecorator {
  const { clock, timeoutMs } = options;
  return (open) => async (request, handler, signal) => {
    let timer: Timer | undefined;
    let isEnded = false;
    let lastAt = 0;
    const watched: SocketHandler = {
      message: (data, at = clock.monotonic()) => {
        lastAt = at;
        handler.message(data, at);
      },
      control: (kind) => {
        lastAt = clock.monotonic();
        handler.control?.(kind);
      },
      close: (event) => {
        isEnded = true;
        timer?.cancel();
        handler.close(event);
      },
    };
    const socket = await open(request, watched, signal);
    const check = (): void => {
      const leftMs = lastAt + timeoutMs - clock.monotonic();
      if (leftMs > 0) timer = clock.setTimer(leftMs, check, { background: true });
      else socket.terminate();
    };
    lastAt = clock.monotonic();
    if (!isEnded) timer = clock.setTimer(timeoutMs, check, { background: true });
    return socket;
  };
}

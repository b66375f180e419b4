import type { ErrorCode } from '../../errors/codes.js';
import { isExchangeError } from '../../errors/exchange-error.js';
import type { Clock } from '../clock.js';
import type { Socket, SocketClose, SocketDecorator } from './socket.js';

/** What happened on a socket, without any content: URLs and frames may hold secrets. */
export type SocketEvent =
  | { readonly kind: 'opened'; readonly durationMs: number }
  | { readonly kind: 'open_failed'; readonly durationMs: number; readonly code: ErrorCode }
  /** `size`: bytes of a binary frame, UTF-16 units of a text. */
  | { readonly kind: 'received' | 'sent'; readonly size: number }
  | { readonly kind: 'closed'; readonly event: SocketClose };

/** Tells `observe` what happens on every socket. An observer that throws is ignored: it only watches. */
export function withSocketTap(options: { readonly clock: Clock; observe(event: SocketEvent): void }): SocketDecorator {
  const { clock } = options;
  const tell = (event: SocketEvent): void => {
    try {
      options.observe(event);
    } catch {
      // An observer must not change what it observes.
    }
  };
  return (open) => async (request, handler, signal) => {
    const startedAt = clock.monotonic();
    try {
      const socket = await open(
        request,
        {
          message: (data, at) => {
            tell({ kind: 'received', size: data.length });
            handler.message(data, at);
          },
          control: (kind) => handler.control?.(kind),
          close: (event) => {
            tell({ kind: 'closed', event });
            handler.close(event);
          },
        },
        signal,
      );
      tell({ kind: 'opened', durationMs: clock.monotonic() - startedAt });
      return tapSends(socket, (size) => tell({ kind: 'sent', size }));
    } catch (error) {
      const code = isExchangeError(error) ? error.code : 'unknown';
      tell({ kind: 'open_failed', durationMs: clock.monotonic() - startedAt, code });
      throw error;
    }
  };
}

function tapSends(socket: Socket, sent: (size: number) => void): Socket {
  return {
    send: (text) => {
      const isQueued = socket.send(text);
      if (isQueued) sent(text.length);
      return isQueued;
    },
    ping: () => socket.ping(),
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    close: (code, reason) => socket.close(code, reason),
    terminate: () => socket.terminate(),
  };
}

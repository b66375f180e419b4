import { AbortedError } from '../../src/errors/kinds.js';
import type {
  OpenSocket,
  OpenSocketRequest,
  Socket,
  SocketClose,
  SocketHandler,
} from '../../src/transport/ws/socket.js';

/** One attempt to open a socket, in the hands of a test. */
export interface ScriptedAttempt {
  readonly request: OpenSocketRequest;
  readonly handler: SocketHandler;
  readonly signal: AbortSignal | undefined;
  readonly sent: string[];
  /** What the owner asked of the socket: `close 1000`, `terminate`, `ping`. */
  readonly asked: string[];
  isEnded: boolean;
  accept(): void;
  refuse(error: unknown): void;
  /** The socket ends from the far side. */
  end(event: SocketClose): void;
}

export interface ScriptedSockets {
  readonly open: OpenSocket;
  readonly attempts: ScriptedAttempt[];
  readonly last: ScriptedAttempt;
}

/**
 * Sockets that do what a test says. `onAttempt` may accept, refuse or leave open at once.
 * @param options.answersClose whether the far side answers a closing handshake; default yes.
 */
export function createScriptedSockets(
  onAttempt: (attempt: ScriptedAttempt) => void = () => {},
  options: { readonly answersClose?: boolean } = {},
): ScriptedSockets {
  const attempts: ScriptedAttempt[] = [];
  const open: OpenSocket = (request, handler, signal) =>
    new Promise((resolve, reject) => {
      const attempt: ScriptedAttempt = {
        request,
        handler,
        signal,
        sent: [],
        asked: [],
        isEnded: false,
        accept: () => resolve(socket),
        refuse: reject,
        end: (event) => {
          if (attempt.isEnded) return;
          attempt.isEnded = true;
          handler.close(event);
        },
      };
      const socket: Socket = {
        send: (text) => {
          if (!attempt.isEnded) attempt.sent.push(text);
          return !attempt.isEnded;
        },
        ping: () => void attempt.asked.push('ping'),
        bufferedAmount: 0,
        close: (code) => {
          attempt.asked.push(`close ${code}`);
          if (options.answersClose !== false) attempt.end({ code: code ?? 1005, reason: '' });
        },
        terminate: () => {
          attempt.asked.push('terminate');
          attempt.end({ code: 1006, reason: '' });
        },
      };
      signal?.addEventListener('abort', () => reject(new AbortedError({ message: 'aborted', outcome: 'not_sent' })));
      attempts.push(attempt);
      onAttempt(attempt);
    });
  return {
    open,
    attempts,
    get last() {
      const attempt = attempts.at(-1);
      if (attempt === undefined) throw new Error('nothing was opened yet');
      return attempt;
    },
  };
}

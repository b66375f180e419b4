import type { IncomingMessage } from 'node:http';
import type { Socket as TcpSocket } from 'node:net';
import type { ClientOptions, RawData, WebSocket } from 'ws';
import type { ExchangeError } from '../../errors/exchange-error.js';
import { AbortedError, ConfigurationError, NetworkError, TimeoutError } from '../../errors/kinds.js';
import type { Clock } from '../clock.js';
import { errorCode } from '../http/failures.js';
import { type ProxyAddress, parseProxy } from '../proxy.js';
import { parseRetryAfter } from '../retry-after.js';
import { VERIFIED_TLS } from '../verified-tls.js';
import type { OpenSocket, OpenSocketRequest, Socket, SocketHandler } from './socket.js';
import { WholeFrames, type WholeFramesOptions } from './whole-frames.js';

/** One message in more pieces than this ends the socket: a flood of tiny fragments costs memory out of proportion. */
const MAX_FRAGMENTS = 1024;

const TEXT = { binary: false } as const;

/** The value of `WebSocket.OPEN`, known before the package is loaded. */
const OPEN = 1;

export interface WsDoorOptions {
  readonly clock: Clock;
  /** `http://user:password@host:port`: everything goes through a CONNECT tunnel. */
  readonly proxy?: string | undefined;
}

/**
 * WebSockets on Node. The handshake deadline covers everything from the first lookup to the upgrade; redirects are
 * refused, TLS is always verified, the signal counts until the socket is open. Errors are `not_sent` and hold no URL.
 * A handshake that was refused gives a {@link NetworkError} with `httpStatus` and, where the server says so, `retryAfterMs`.
 * @throws {ConfigurationError} for a wrong `proxy`; opening throws it for a URL that is none.
 */
export function createWsOpenSocket(options: WsDoorOptions): OpenSocket {
  const proxy = options.proxy === undefined ? undefined : parseProxy(options.proxy);
  return async (request, handler, signal) => {
    const attempt = startAttempt(options.clock, request.handshakeTimeoutMs, signal);
    const opening = openOnce(request, handler, proxy, attempt.signal, options.clock);
    try {
      return await Promise.race([opening, attempt.ended]);
    } catch (error) {
      // The end may come in the very moment in which the socket opens; nobody would own it then.
      opening.then(
        (late) => late.terminate(),
        () => {},
      );
      throw error;
    } finally {
      attempt.stop();
    }
  };
}

/** The deadline and the caller's signal as one. `ended` rejects with the reason; after `stop` neither does anything. */
function startAttempt(clock: Clock, timeoutMs: number, outer: AbortSignal | undefined) {
  const controller = new AbortController();
  const { promise: ended, reject } = withReject();
  const end = (error: ExchangeError): void => {
    reject(error);
    controller.abort();
  };
  const abort = (): void => end(new AbortedError({ message: 'opening the socket was aborted', outcome: 'not_sent' }));
  const late = (): void =>
    end(new TimeoutError({ message: `the socket was not open within ${timeoutMs} ms`, outcome: 'not_sent' }));
  const timer = clock.setTimer(timeoutMs, late);
  outer?.addEventListener('abort', abort, { once: true });
  if (outer?.aborted) abort();
  const stop = (): void => {
    timer.cancel();
    outer?.removeEventListener('abort', abort);
  };
  return { signal: controller.signal, ended, stop };
}

function withReject(): { promise: Promise<never>; reject: (error: ExchangeError) => void } {
  let reject: (error: ExchangeError) => void = () => {};
  const promise = new Promise<never>((_resolve, fail) => {
    reject = fail;
  });
  return { promise, reject };
}

async function openOnce(
  request: OpenSocketRequest,
  handler: SocketHandler,
  proxy: ProxyAddress | undefined,
  signal: AbortSignal,
  clock: Clock,
): Promise<Socket> {
  const url = parseUrl(request.url);
  const { WebSocket } = await import('ws');
  const tunnel = proxy && (await (await import('./tunnel.js')).openTunnel(proxy, url, signal));
  if (signal.aborted) {
    tunnel?.destroy();
    throw notOpened('aborted');
  }
  const ws = new WebSocket(url, clientOptions(request, tunnel));
  return new Promise((resolve, reject) => {
    const abort = (): void => ws.terminate();
    const fail = (error: NetworkError): void => {
      signal.removeEventListener('abort', abort);
      reject(error);
      ws.terminate();
    };
    const failOnError = (error: Error): void => fail(notOpened(errorCode(error)));
    signal.addEventListener('abort', abort, { once: true });
    ws.on('error', failOnError);
    ws.on('unexpected-response', (_request, response: IncomingMessage) => fail(refused(response, clock.now())));
    let tcp: TcpSocket | undefined;
    ws.on('upgrade', (response) => {
      tcp = response.socket;
    });
    ws.on('open', () => {
      signal.removeEventListener('abort', abort);
      ws.off('error', failOnError);
      resolve(adopt(ws, tcp, handler, request, clock));
    });
  });
}

function clientOptions(request: OpenSocketRequest, tunnel: TcpSocket | undefined): ClientOptions {
  const options: ClientOptions & { readonly maxFragments: number } = {
    headers: { ...request.headers },
    perMessageDeflate: request.compression === true,
    maxPayload: request.maxPayloadBytes,
    maxFragments: MAX_FRAGMENTS,
    followRedirects: false,
    skipUTF8Validation: false,
    ...VERIFIED_TLS,
    ...(tunnel === undefined ? {} : { createConnection: () => tunnel }),
  };
  return options;
}

/** Ties an open socket to its handler. */
function adopt(
  ws: WebSocket,
  tcp: TcpSocket | undefined,
  handler: SocketHandler,
  request: OpenSocketRequest,
  clock: Clock,
): Socket {
  const { textAsBytes = false, maxPayloadBytes } = request;
  let fault = '';
  let cameAt = 0;
  const take = (bytes: Uint8Array, isText: boolean): void => {
    handler.message(isText && !textAsBytes ? textOf(bytes) : bytes, cameAt);
  };
  const frames =
    ws.extensions === '' && tcp !== undefined
      ? readWholeFrames(tcp, { maxPayloadBytes, message: take }, () => {
          cameAt = clock.monotonic();
        })
      : undefined;
  ws.on('message', (data: RawData, isBinary: boolean) => {
    const { buffer, byteOffset, length } = data as Buffer;
    if (frames === undefined) cameAt = clock.monotonic();
    take(new Uint8Array(buffer, byteOffset, length), !isBinary);
  });
  ws.on('ping', () => handler.control?.('ping'));
  ws.on('pong', () => handler.control?.('pong'));
  // The close event follows; an error without a listener would end the process.
  ws.on('error', (error) => {
    frames?.stop();
    fault = errorCode(error);
  });
  ws.once('close', (code, reason) => {
    frames?.stop();
    handler.close({ code, reason: reason.toString('utf8') || fault });
  });
  return {
    send: (text) => {
      if (ws.readyState !== OPEN) return false;
      // Bytes of which nobody else knows go out with their head in one write, texts in two parts of one.
      ws.send(Buffer.from(text), TEXT);
      return true;
    },
    ping: () => {
      if (ws.readyState === OPEN) ws.ping();
    },
    get bufferedAmount() {
      return ws.bufferedAmount;
    },
    close: (code = 1000, reason = '') => ws.close(code, reason),
    terminate: () => {
      frames?.stop();
      ws.terminate();
    },
  };
}

/**
 * Puts {@link WholeFrames} between the connection and the receiver of `ws`, whose one listener it becomes; where that is not to
 * be found, everything stays with `ws`.
 */
function readWholeFrames(
  tcp: TcpSocket,
  options: Pick<WholeFramesOptions, 'maxPayloadBytes' | 'message'>,
  read: () => void,
): WholeFrames | undefined {
  const [receiver, ...others] = tcp.listeners('data') as ((chunk: Uint8Array) => void)[];
  if (receiver === undefined || others.length > 0) return undefined;
  const frames = new WholeFrames({ ...options, rest: (bytes) => receiver.call(tcp, bytes) });
  tcp.on('data', (chunk: Uint8Array) => {
    read();
    frames.push(chunk);
  });
  tcp.off('data', receiver);
  return frames;
}

function textOf({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('utf8');
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if ((url?.protocol === 'ws:' || url?.protocol === 'wss:') && url.hash === '') return url;
  throw new ConfigurationError({ field: 'url', expected: 'ws(s)://host[:port]/path', received: '(hidden)' });
}

function notOpened(code: string): NetworkError {
  return new NetworkError({ message: `the socket could not be opened (${code})`, outcome: 'not_sent' });
}

function refused(response: IncomingMessage, now: number): NetworkError {
  return new NetworkError({
    message: `the handshake was refused with status ${response.statusCode}`,
    outcome: 'not_sent',
    httpStatus: response.statusCode,
    retryAfterMs: parseRetryAfter(response.headers['retry-after'], now),
  });
}

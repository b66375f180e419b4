/** Why a socket ended. 1005: closed without a code; 1006: cut without a close frame. */
export interface SocketClose {
  readonly code: number;
  readonly reason: string;
}

/** What a socket tells its one owner. All are called synchronously from the socket's own event. */
export interface SocketHandler {
  /**
   * Text frames come as strings, unless asked for as bytes; binary frames as bytes. Bytes are valid only during the call.
   * Must not throw.
   * @param at monotonic ms at which it was read from the connection, the same for all that came at once; absent: now.
   */
  message(data: string | Uint8Array, at?: number): void;
  /** A protocol-level ping or pong frame arrived. */
  control?(kind: 'ping' | 'pong'): void;
  /** Exactly once, whatever happened. No `message` follows. */
  close(event: SocketClose): void;
}

/** An open WebSocket. */
export interface Socket {
  /** Queues one text frame. Returns `false` when the socket is no longer open (nothing was sent). */
  send(text: string): boolean;
  /** Sends a protocol-level ping frame. */
  ping(): void;
  /** Bytes waiting to be written. */
  readonly bufferedAmount: number;
  /** Starts the closing handshake. Idempotent. */
  close(code?: number, reason?: string): void;
  /** Destroys it now; `close` is reported with 1006. Idempotent. */
  terminate(): void;
}

export interface OpenSocketRequest {
  /** May hold a listen key: a secret, never logged. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly handshakeTimeoutMs: number;
  /** Larger incoming messages end the socket. */
  readonly maxPayloadBytes: number;
  /** Offers permessage-deflate. Default off. */
  readonly compression?: boolean;
  /** Hands text frames over as their UTF-8 bytes. Default: as strings. */
  readonly textAsBytes?: boolean;
}

/**
 * Opens a socket; resolves once the handshake is complete.
 * @throws {NetworkError | TimeoutError | AbortedError}
 */
export type OpenSocket = (request: OpenSocketRequest, handler: SocketHandler, signal?: AbortSignal) => Promise<Socket>;

/** Wraps how sockets are opened: heartbeat, idle time-out, tap. */
export type SocketDecorator = (inner: OpenSocket) => OpenSocket;

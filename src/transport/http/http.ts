/** One HTTP exchange as data. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute, with query, already encoded. A secret: never logged, never part of an error. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent byte for byte; absent = no body. */
  readonly body?: string;
  /** For errors, logs and metrics: method and path without query, `GET /api/v3/depth`. */
  readonly label: string;
  /** Whether the same request may be sent twice without harm. Decorators retry nothing else. */
  readonly idempotent: boolean;
  /** Ms for the whole exchange, body included; absent = the transport's default. */
  readonly timeoutMs?: number;
  /**
   * Called once when the bytes have been handed over, by transports that tell so. What must not hold them up is done then.
   * Must not throw; not called for a request of which nothing leaves.
   */
  readonly written?: (() => void) | undefined;
}

/** An answer of any status; only a missing answer is an error. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; several values are joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends one request. Redirects are never followed (a 3xx is an answer like any other).
 * @throws {NetworkError | TimeoutError | AbortedError | MalformedResponseError} with `outcome: 'not_sent'` only where no
 * byte of the request can have left; otherwise `'unknown'`.
 */
export type HttpTransport = ((request: HttpRequest, signal?: AbortSignal) => Promise<HttpResponse>) & {
  /** Closes pooled connections. Idempotent. Absent where there is nothing to close. */
  close?(): Promise<void>;
  /** It listens to a signal once, however many calls that serves, and nothing of a call is kept when its promise has settled. */
  readonly leavesSignal?: true;
  /** It calls `written` of a request. */
  readonly tellsWritten?: true;
};

/** Wraps a transport: limit, retry, deadline, tap. */
export type HttpDecorator = (inner: HttpTransport) => HttpTransport;

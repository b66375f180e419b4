/** A message that the venue refuses: `"error":{"code":2,"message":"…"}`. */
export class StreamRefusal extends Error {
  /** 1 invalid request format, 2 invalid argument, 4 authentication failed. Source: Gate.io spot WebSocket v4 docs, errors. */
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.name = 'StreamRefusal';
    this.code = code;
  }
}

export function invalidFormat(message = 'invalid request format'): StreamRefusal {
  return new StreamRefusal(1, message);
}

export function invalidArgument(message: string): StreamRefusal {
  return new StreamRefusal(2, message);
}

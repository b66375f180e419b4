/**
 * The answer to a message that worked. Neither id nor symbol. Its time is a number or a text.
 * Source: MEXC contract docs, WebSocket, samples of different ages.
 */
export function ackFrame(method: string, now: number, isTimeText: boolean): string {
  return `{"channel":"rs.${method}","data":"success","ts":${isTimeText ? `"${now}"` : now}}`;
}

/** A refusal names nothing but itself. */
export function errorFrame(message: string, now: number): string {
  return `{"channel":"rs.error","data":${JSON.stringify(message)},"ts":${now}}`;
}

export function pongFrame(now: number): string {
  return `{"channel":"pong","data":${now}}`;
}

/**
 * One push of market data, which has no exact amounts; depth and deals begin with the symbol, the others with the channel.
 * Source: published samples.
 */
export function pushFrame(channel: string, symbol: string | undefined, data: unknown, now: number): string {
  if (symbol !== undefined && (channel === 'push.depth' || channel === 'push.deal')) {
    return JSON.stringify({ symbol, data, channel, ts: now });
  }
  return JSON.stringify({ channel, data, symbol, ts: now });
}

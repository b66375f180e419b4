import type { Topic } from '../../../adapter/channel.js';

/**
 * A subscription: `args` are the channel and its parameters as JSON. Answers name the channel alone, pushes channel and
 * market. Source: MEXC contract API docs, websocket API.
 */
export function marketTopic(
  channel: string,
  symbol: string,
  more: Readonly<Record<string, string | number>> = {},
): Topic {
  return { channel, key: symbol, args: [channel, JSON.stringify({ symbol, ...more })] };
}

/**
 * Pushes of `depth.full` may come under the name of `depth`, so both have one route: two of them for one market are
 * never on one socket, and what comes there is what was subscribed.
 */
export function depthTopic(channel: 'depth' | 'depth.full', symbol: string, more = {}): Topic {
  return { ...marketTopic(channel, symbol, more), channel: DEPTH_ROUTE };
}

/** Where pushes of both channels of books go. */
export const DEPTH_ROUTE = 'depth';

/** The key of candles: one market has a stream for each interval. */
export function candleKey(interval: string, symbol: string): string {
  return `${interval} ${symbol}`;
}

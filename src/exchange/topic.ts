import type { ExchangeError } from '../errors/exchange-error.js';

/** Receives what happens to one topic of a stream. Calls come one at a time, in the order of the wire. */
export interface TopicListener {
  /** The venue acknowledged the topic on the connection `generation`; called again after each reconnect. */
  confirmed(generation: number): void;
  /**
   * One push. May come before {@link confirmed}.
   * @param payload what the channel's or the book feed's `decode` takes; only valid during the call.
   * @param venueTime epoch ms by the venue's clock, from the envelope; `NaN` where it has none.
   * @param generation number of the connection that brought it; rises with every new connection.
   * @param now monotonic ms at which it came; absent: look at the clock.
   */
  data(payload: unknown, venueTime: number, generation: number, now?: number): void;
  /** The connection or the topic is gone; it comes back by itself, and then {@link confirmed} is called again. */
  lost(reason: string): void;
  /** The topic cannot be had. Final: nothing is called afterwards. */
  refused(error: ExchangeError): void;
}

/** One topic that a stream client keeps subscribed. */
export interface TopicSubscription {
  /** Unsubscribes and subscribes this topic (or moves it to a new connection); leads to `lost`, then `confirmed`. */
  resubscribe(): void;
  /** Ends it; nothing is called afterwards. Idempotent. */
  close(): Promise<void>;
}

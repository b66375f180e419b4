import type { Instrument } from '../model/instrument.js';
import type { MarketSymbol } from '../model/symbol.js';
import type { EncodeContext } from './endpoint.js';

/** One subscription on the wire. */
export interface Topic {
  /** First part of the route of a push, as {@link FrameHandler.data} reports it. */
  readonly channel: string;
  /** Second part of the route: what tells pushes of one channel apart; `''` where the channel says it all. */
  readonly key: string;
  /** What the subscribe request carries for this topic. */
  readonly args: readonly string[];
}

export interface ChannelContext<P> {
  readonly symbol: MarketSymbol;
  readonly params: P;
  /** The market's rules when it was subscribed to. */
  readonly instrument: Instrument;
  /** Epoch ms by our clock. */
  readonly receivedAt: number;
  /** Epoch ms by the venue's clock, from the envelope; `NaN` where it has none. */
  readonly venueTime: number;
}

/** A stream of events: where to subscribe and how to read a push. Pure. */
export interface Channel<P extends { readonly symbol: MarketSymbol }, E> {
  topic(params: P, context: EncodeContext): Topic;
  /**
   * Calls `emit` once per event of the push, in the order of the wire.
   * @throws {MalformedResponseError} when the push cannot be read; nothing has been emitted then.
   */
  decode(payload: unknown, context: ChannelContext<P>, emit: (event: E) => void): void;
}

/** Types a channel; returns it unchanged. */
export function defineChannel<P extends { readonly symbol: MarketSymbol }, E>(channel: Channel<P, E>): Channel<P, E> {
  return channel;
}

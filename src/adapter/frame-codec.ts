import type { VenueErrorCode } from '../errors/kinds.js';
import type { Topic } from './channel.js';

/** A control message to send and the topics it speaks of. */
export interface OutgoingMessage {
  /** Id that the acknowledgement will carry, where the venue echoes one. */
  readonly id: number;
  /** What the acknowledgement will carry instead, where the venue echoes no id: `'sub.depth'`. */
  readonly reply?: string;
  readonly text: string;
  readonly topics: readonly Topic[];
}

/** The venue's answer to a subscribe or unsubscribe message. */
export interface Acknowledgement {
  /** Absent where the venue echoes none: then it answers the oldest message with this `reply`. */
  readonly id?: number;
  /** Absent besides an absent `id`: it answers the oldest unanswered message, whatever that was. */
  readonly reply?: string;
  /** Topics refused: none, the whole message, or those whose `args` contain one of these strings. */
  readonly refused: 'none' | 'all' | readonly string[];
  /** Why, where something was refused. */
  readonly code?: VenueErrorCode;
  readonly venueCode?: string;
  readonly message?: string;
}

/** Receives what a frame holds. */
export interface FrameHandler {
  /**
   * A push. `payload` is what the channel's `decode` takes; `venueTime` is epoch ms or `NaN`.
   * @param hint a whole number below 2^17 that comes with the same route as a rule, so that it is found without looking its texts
   * up; absent where there is none.
   */
  data(channel: string, key: string, payload: unknown, venueTime: number, hint?: number): void;
  ack(acknowledgement: Acknowledgement): void;
  pong(): void;
  /** The venue will close this connection soon. */
  closingSoon(reason: string): void;
  /** The key or login of this connection is no longer good: a new one is needed. Private connections only. */
  sessionLost?(reason: string): void;
  /** Well-formed but unknown: counted and reported. */
  unknown(what: string): void;
  /** Cannot be read at all: counted and reported. */
  malformed(what: string): void;
}

/** Reads and writes the venue's WebSocket frames. Stateless; safe for any bytes. */
export interface FrameCodec {
  /** Groups topics into as many messages as the venue wants. `now` is epoch ms by the venue's clock. */
  subscribe(topics: readonly Topic[], nextId: () => number, now: number): readonly OutgoingMessage[];
  unsubscribe(topics: readonly Topic[], nextId: () => number, now: number): readonly OutgoingMessage[];
  /** The application-level ping. */
  ping(now: number): string;
  /** Never throws, whatever the bytes. */
  read(frame: string | Uint8Array, handler: FrameHandler): void;
}

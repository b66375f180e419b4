/** How the venue wants its sockets to be used. Data. */
export interface ConnectionPlan {
  readonly headers: Readonly<Record<string, string>>;
  /** Topics that one socket may carry. */
  readonly maxTopics: number;
  /** Control messages per second that we allow ourselves, below the venue's cut-off. */
  readonly maxMessagesPerSecond: number;
  /** Whether a control message waits for the answer to the one before, because answers do not say what they answer. */
  readonly oneAtATime?: boolean;
  /** Interval of the application ping, ms. */
  readonly heartbeatMs: number;
  /** The socket is cut when no frame of any kind came for so long, ms: two heartbeats, where pings are answered. */
  readonly idleTimeoutMs: number;
  /** Planned replacement (make before break) after this age, ms; the actual age is up to 5 % shorter, by chance. */
  readonly maxAgeMs: number;
  readonly handshakeTimeoutMs: number;
  /** An unanswered subscribe message counts as lost after this, ms. */
  readonly ackTimeoutMs: number;
  readonly maxPayloadBytes: number;
  readonly compression: boolean;
  /** Text frames reach the codec as their UTF-8 bytes, no string is made of them. Default: as strings. */
  readonly textAsBytes?: boolean;
}

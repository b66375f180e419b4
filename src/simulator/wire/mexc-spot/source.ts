import type { SymbolChannel } from './channel.js';
import type { FrameEncoder } from './frame-encoder.js';

/**
 * Looks at the market once per interval and hands out what the venue would push now, as finished frames; nothing when
 * nothing changed. @param now epoch ms by the venue's clock, whole.
 */
export type Source = (now: number, emit: (frame: Uint8Array) => void) => void;

/** A source starts at the market's state of the moment when it is created. */
export type CreateSource<C extends SymbolChannel = SymbolChannel> = (channel: C, encoder: FrameEncoder) => Source;

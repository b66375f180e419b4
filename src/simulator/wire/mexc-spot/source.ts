import type { Source } from '../mexc/source.js';
import type { SymbolChannel } from './channel.js';
import type { FrameEncoder } from './frame-encoder.js';

/** A source starts at the market's state of the moment when it is created. */
export type CreateSource<C extends SymbolChannel = SymbolChannel> = (channel: C, encoder: FrameEncoder) => Source;

/**
 * Looks at the market once per interval and hands out what the venue would push now, as finished frames; nothing when
 * nothing changed. @param now epoch ms by the venue's clock, whole.
 */
export type Source = (now: number, emit: (frame: string | Uint8Array) => void) => void;

/** Longer frames are whole books, and rare: they are left to the general decoder. */
const LONGEST = 65_536;
/** Readers look some bytes ahead, and a length in a frame may point behind it. */
const SLACK = 1_024;

/**
 * Where frames are read in place: the frame of the moment, and a zero behind it. Four or eight bytes at a time can be
 * looked at here, which a view of each frame would cost more than it saves; a copy costs 13 ns. What stands behind the
 * zero is left from older frames. One for all connections, since a frame is read from its beginning to its end at once:
 * whatever is kept of it has to be taken before anybody else is called.
 *
 * Loops over it hold it in a local constant, and write characters as numbers: what belongs to a module is looked up and
 * checked anew at each use, a third of the cost of a decimal.
 */
export const FRAME = new Uint8Array(LONGEST + SLACK);
/** The same bytes. */
export const WORDS = new DataView(FRAME.buffer);

/** @returns `false` for a frame that is too long. */
export function loadFrame(bytes: Uint8Array): boolean {
  const { length } = bytes;
  if (length > LONGEST) return false;
  FRAME.set(bytes);
  FRAME[length] = 0;
  return true;
}

import type { BookFeed, BookRequest } from '../../../adapter/book-feed.js';
import { ValidationError } from '../../../errors/kinds.js';
import type { SequenceRule } from '../../../model/book-update.js';
import { decodeDepthPush, decodeFullDepthPush } from './depth.js';
import { depthTopic } from './topics.js';

/** Levels a side that the order book call is asked for at most; above 1,500 the venue cuts in silence. */
export const MAX_BOOK_DEPTH = 1_000;

/**
 * A push covers begin..end inclusive on the counter of the order book call; contracts are absolute, so one that
 * straddles the snapshot is applied whole. Pushes that are merged skip versions, so the documented rule of one version
 * more does not hold for them. Source: MEXC contract API docs, how depth is maintained; the range as observed.
 */
const continuesDepth: SequenceRule = (last, update) => {
  if (update.lastSequence <= last) return 'skip';
  return update.firstSequence <= last + 1 ? 'apply' : 'gap';
};

/** Each push replaces the book; one with a lower version is late. Source: MEXC contract API docs, full depth stream. */
const continuesFullDepth: SequenceRule = (last, update) => (update.lastSequence < last ? 'skip' : 'apply');

/** Changes about every 200 ms, merged, over a snapshot of the call. */
const depthFeed: BookFeed = {
  name: 'depth',
  speedMs: 200,
  snapshot: 'rest',
  snapshotDepth: MAX_BOOK_DEPTH,
  publishedDepth: Number.POSITIVE_INFINITY,
  quantities: 'contracts',
  topic: ({ symbol }, { toVenue }) => depthTopic('depth', toVenue(symbol)),
  decode: decodeDepthPush,
  continues: continuesDepth,
};

/** The whole top of the book in each push. The docs name no interval; the speed given here is that of `depth`. */
function fullDepthFeed(levels: number): BookFeed {
  return {
    name: 'depth.full',
    speedMs: 200,
    snapshot: 'stream',
    snapshotDepth: 0,
    publishedDepth: levels,
    quantities: 'contracts',
    topic: ({ symbol }, { toVenue }) => depthTopic('depth.full', toVenue(symbol), { limit: levels }),
    decode: decodeFullDepthPush,
    continues: continuesFullDepth,
  };
}

/**
 * `depth` unless asked otherwise: it alone keeps the whole book. `depth.full` is taken by name only.
 * @throws {ValidationError} naming the legal values.
 */
export function chooseBookFeed({ feed = 'depth', depth, speedMs }: BookRequest): BookFeed {
  if (speedMs !== undefined && speedMs !== 200)
    throw new ValidationError({ field: 'speedMs', expected: '200, the only speed there is', received: speedMs });
  if (feed === 'depth') {
    if (depth === undefined || (Number.isInteger(depth) && depth >= 1 && depth <= MAX_BOOK_DEPTH)) return depthFeed;
    throw new ValidationError({
      field: 'depth',
      expected: `a whole number from 1 to ${MAX_BOOK_DEPTH}`,
      received: depth,
    });
  }
  if (feed !== 'depth.full')
    throw new ValidationError({ field: 'feed', expected: "'depth' or 'depth.full'", received: feed });
  const levels = depth ?? 20;
  if (levels === 5 || levels === 10 || levels === 20) return fullDepthFeed(levels);
  throw new ValidationError({ field: 'depth', expected: "5, 10 or 20 with feed 'depth.full'", received: depth });
}

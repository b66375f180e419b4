import type { BookFeed, BookRequest } from '../../../adapter/book-feed.js';
import { ValidationError } from '../../../errors/kinds.js';
import type { SequenceRule } from '../../../model/book-update.js';
import { decodeAggreDepth, decodeLimitDepth } from './decode-book.js';
import { streamTopic } from './topic.js';

/** The venue answers 2,000 levels a side at most, silently, whatever is asked for. */
export const MAX_BOOK_DEPTH = 2_000;
const USUAL_SNAPSHOT_DEPTH = 1_000;

/**
 * A push covers fromVersion..toVersion inclusive on the counter of the snapshot's `lastUpdateId`; quantities are
 * absolute, so one that straddles the snapshot is applied whole. Source: MEXC spot v3 docs, how to maintain a local order book.
 */
const aggreDepthContinues: SequenceRule = (last, update) => {
  if (update.lastSequence <= last) return 'skip';
  return update.firstSequence <= last + 1 ? 'apply' : 'gap';
};

/** Each push replaces the book; one with a lower version is late. Source: MEXC spot v3 docs, partial book depth. */
const limitDepthContinues: SequenceRule = (last, update) => (update.lastSequence < last ? 'skip' : 'apply');

/** Changes every 100 ms or 10 ms over a REST snapshot. */
function aggreDepthFeed(speedMs: 10 | 100, snapshotDepth: number): BookFeed {
  return {
    name: 'aggre.depth',
    speedMs,
    snapshot: 'rest',
    snapshotDepth,
    publishedDepth: Number.POSITIVE_INFINITY,
    topic: ({ symbol }, { toVenue }) =>
      streamTopic(`spot@public.aggre.depth.v3.api.pb@${speedMs}ms@${toVenue(symbol)}`),
    decode: decodeAggreDepth,
    continues: aggreDepthContinues,
  };
}

/** The whole top of the book in each push. The docs name no interval; the speed given here is an assumption. */
function limitDepthFeed(levels: 5 | 10 | 20): BookFeed {
  return {
    name: 'limit.depth',
    speedMs: 100,
    snapshot: 'stream',
    snapshotDepth: 0,
    publishedDepth: levels,
    topic: ({ symbol }, { toVenue }) => streamTopic(`spot@public.limit.depth.v3.api.pb@${toVenue(symbol)}@${levels}`),
    decode: decodeLimitDepth,
    continues: limitDepthContinues,
  };
}

/**
 * `aggre.depth` at 100 ms unless asked otherwise: it alone keeps the whole book. `limit.depth` is taken by name only.
 * @throws {ValidationError} naming the legal values.
 */
export function chooseBookFeed({ feed = 'aggre.depth', depth, speedMs }: BookRequest): BookFeed {
  if (feed === 'aggre.depth') return chooseAggreDepth(depth, speedMs);
  if (feed === 'limit.depth') return chooseLimitDepth(depth, speedMs);
  throw new ValidationError({ field: 'feed', expected: "'aggre.depth' or 'limit.depth'", received: feed });
}

function chooseAggreDepth(depth = USUAL_SNAPSHOT_DEPTH, speedMs = 100): BookFeed {
  if (!Number.isInteger(depth) || depth < 1 || depth > MAX_BOOK_DEPTH) {
    throw new ValidationError({
      field: 'depth',
      expected: `a whole number from 1 to ${MAX_BOOK_DEPTH}`,
      received: depth,
    });
  }
  if (speedMs !== 10 && speedMs !== 100)
    throw new ValidationError({ field: 'speedMs', expected: '10 or 100', received: speedMs });
  return aggreDepthFeed(speedMs, depth > USUAL_SNAPSHOT_DEPTH ? MAX_BOOK_DEPTH : USUAL_SNAPSHOT_DEPTH);
}

function chooseLimitDepth(depth = 20, speedMs?: number): BookFeed {
  if (speedMs !== undefined) {
    throw new ValidationError({
      field: 'speedMs',
      expected: "nothing beside feed 'limit.depth', whose speed is fixed",
      received: speedMs,
    });
  }
  if (depth === 5 || depth === 10 || depth === 20) return limitDepthFeed(depth);
  throw new ValidationError({ field: 'depth', expected: "5, 10 or 20 with feed 'limit.depth'", received: depth });
}

import type { BookFeed, BookRequest, ChooseBookFeed } from '../../adapter/book-feed.js';
import { ValidationError } from '../../errors/kinds.js';

/** The feeds of one market: those that carry changes in the order of preference, and whole books down to a level. */
interface GateioBookFeeds {
  readonly order_book_update: readonly BookFeed[];
  readonly obu: readonly BookFeed[];
  readonly order_book: readonly BookFeed[];
}

const FASTEST_MS = 20;
const USUAL_MS = 100;
/** Levels of a limited book when none are asked for; changes carry as many as their feed has. */
const USUAL_LIMITED_DEPTH = 20;

/**
 * The first feed that is deep enough and no slower than wanted (100 ms where nothing is wanted; below 20 ms counts as
 * 20 ms, the fastest there is): `order_book_update` at 100 ms, then at 20 ms, then `obu.50`, then `obu.400`. A feed by
 * name chooses among its own speeds and depths only.
 * @throws {ValidationError} listing the legal combinations.
 */
export function createChooseBook(feeds: GateioBookFeeds): ChooseBookFeed {
  const automatic = [...feeds.order_book_update, ...feeds.obu];
  return (request) => {
    const family = request.feed === undefined ? automatic : familyOf(request.feed, feeds);
    requireNumbers(request);
    const depth = request.depth ?? (family === feeds.order_book ? USUAL_LIMITED_DEPTH : 1);
    const speedMs = Math.max(request.speedMs ?? USUAL_MS, FASTEST_MS);
    const chosen = family.find((feed) => feed.publishedDepth >= depth && feed.speedMs <= speedMs);
    if (chosen !== undefined) return chosen;
    const deepEnough = family.some((feed) => feed.publishedDepth >= depth);
    throw new ValidationError({
      field: deepEnough ? 'speedMs' : 'depth',
      expected: `a combination that exists: ${family.map(print).join('; ')}`,
      received: `${depth} levels at ${speedMs} ms`,
    });
  };
}

function familyOf(name: string, feeds: GateioBookFeeds): readonly BookFeed[] {
  if (Object.hasOwn(feeds, name)) return feeds[name as keyof GateioBookFeeds];
  throw new ValidationError({ field: 'feed', expected: `one of ${Object.keys(feeds).join(', ')}`, received: name });
}

function requireNumbers({ depth, speedMs }: BookRequest): void {
  if (depth !== undefined && !(Number.isSafeInteger(depth) && depth > 0)) {
    throw new ValidationError({ field: 'depth', expected: 'a whole number of levels from 1', received: depth });
  }
  if (speedMs !== undefined && !(Number.isFinite(speedMs) && speedMs > 0)) {
    throw new ValidationError({ field: 'speedMs', expected: 'milliseconds above zero', received: speedMs });
  }
}

function print({ name, publishedDepth, speedMs }: BookFeed): string {
  return `${name} with up to ${publishedDepth} levels at ${speedMs} ms`;
}

import type { BookFeed } from '../../adapter/book-feed.js';
import { decodeObu } from './book-parts.js';
import { continueBookUpdate, continueLimitedBook, continueObu } from './book-sequence.js';
import { bookKey } from './wire.js';

/** How one family of feeds is subscribed to and read in one kind of market. */
interface Family {
  readonly channel: string;
  /** What a subscription names. */
  args(market: string, levels: number, speedMs: number): readonly string[];
  readonly decode: BookFeed['decode'];
}

/** What differs from market kind to market kind. */
interface BookKind {
  readonly quantities: NonNullable<BookFeed['quantities']>;
  readonly update: Family;
  readonly limited: Family;
  readonly obuChannel: string;
}

type MakeFeed = (levels: number, speedMs: number) => BookFeed;

/**
 * The feeds of one kind of market. `update`: changes from the stream, whole book from the endpoint, which is asked for as
 * many levels as are subscribed to: others would never be taken away again. `obu`: order book v2, whole book and changes
 * in one stream. `limited`: the whole book down to a level in each push.
 * Source: Gate spot and futures WebSocket v4 docs.
 */
export function createBookFeeds(kind: BookKind): Readonly<Record<'update' | 'obu' | 'limited', MakeFeed>> {
  const { quantities, update, limited, obuChannel } = kind;
  return {
    update: (levels, speedMs) => ({
      name: 'order_book_update',
      speedMs,
      snapshot: 'rest',
      snapshotDepth: levels,
      publishedDepth: levels,
      quantities,
      topic: topicOf(update, levels, speedMs),
      decode: update.decode,
      continues: continueBookUpdate,
    }),
    obu: (levels, speedMs) => ({
      name: 'obu',
      speedMs,
      snapshot: 'stream',
      snapshotDepth: 0,
      publishedDepth: levels,
      quantities,
      topic({ symbol }, { toVenue }) {
        const stream = `ob.${toVenue(symbol)}.${levels}`;
        return { channel: obuChannel, key: stream, args: [stream] };
      },
      decode: decodeObu,
      continues: continueObu,
    }),
    limited: (levels, speedMs) => ({
      name: 'order_book',
      speedMs,
      snapshot: 'stream',
      snapshotDepth: 0,
      publishedDepth: levels,
      quantities,
      topic: topicOf(limited, levels, speedMs),
      decode: limited.decode,
      continues: continueLimitedBook,
    }),
  };
}

function topicOf({ channel, args }: Family, levels: number, speedMs: number): BookFeed['topic'] {
  return ({ symbol }, { toVenue }) => {
    const market = toVenue(symbol);
    return { channel, key: bookKey(market, levels), args: args(market, levels, speedMs) };
  };
}

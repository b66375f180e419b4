import { describe, expect, it } from 'vitest';
import { BookUpdate } from '../../../src/model/book-update.js';
import { chooseBookFeed } from '../../../src/venues/mexc/spot/book-feeds.js';
import { mexcSpotMarket } from '../../../src/venues/mexc/spot/rest-market.js';
import { readFixture } from '../../support/mexc-frames.js';
import { noInstrument } from '../../support/no-instrument.js';

type Rows = readonly (readonly [string, string])[];

interface SequenceFixture {
  readonly name: string;
  readonly snapshot: { readonly lastUpdateId: number; readonly asks: Rows; readonly bids: Rows };
  readonly pushes: readonly {
    readonly fromVersion: string;
    readonly toVersion: string;
    readonly asks: Rows;
    readonly bids: Rows;
  }[];
  readonly actions: readonly ('drop' | 'apply' | 'resync')[];
  readonly lastVersion: string;
  readonly asks: Rows;
  readonly bids: Rows;
}

const ACTION = { skip: 'drop', apply: 'apply', gap: 'resync' } as const;
const context = {
  toCanonical: () => undefined,
  instrument: noInstrument,
  receivedAt: 1_782_900_000_200,
  drift: () => {},
};
const { sequences } = readFixture<{ sequences: SequenceFixture[] }>('book-sequences');

describe('a book kept by aggre.depth', () => {
  it.each(sequences)('continues its snapshot as the venue rules: $name', (fixture) => {
    const feed = chooseBookFeed({});
    const snapshot = mexcSpotMarket.orderBook.decode(fixture.snapshot, { symbol: 'BTC/USDT', depth: 100 }, context);
    const book = {
      asks: new Map(snapshot.asks.map(({ price, quantity }) => [price, quantity])),
      bids: new Map(snapshot.bids.map(({ price, quantity }) => [price, quantity])),
    };
    let last = snapshot.sequence ?? -1;
    const actions: string[] = [];
    for (const push of fixture.pushes) {
      const update = new BookUpdate();
      feed.decode({ ...push, asks: push.asks.map(toLevel), bids: push.bids.map(toLevel) }, update);
      const verdict = feed.continues(last, update);
      actions.push(ACTION[verdict]);
      if (verdict !== 'apply') continue;
      last = update.lastSequence;
      for (let at = 0; at < update.askCount; at++) put(book.asks, update.askPrices[at], update.askQuantities[at]);
      for (let at = 0; at < update.bidCount; at++) put(book.bids, update.bidPrices[at], update.bidQuantities[at]);
    }
    expect({ actions, last, asks: sorted(book.asks, 1), bids: sorted(book.bids, -1) }).toEqual({
      actions: fixture.actions,
      last: Number(fixture.lastVersion),
      asks: fixture.asks.map(([price, quantity]) => [Number(price), Number(quantity)]),
      bids: fixture.bids.map(([price, quantity]) => [Number(price), Number(quantity)]),
    });
  });
});

function toLevel([price, quantity]: readonly [string, string]) {
  return { price, quantity };
}

function put(side: Map<number, number>, price = Number.NaN, quantity = Number.NaN): void {
  if (quantity === 0) side.delete(price);
  else side.set(price, quantity);
}

function sorted(side: ReadonlyMap<number, number>, direction: 1 | -1): number[][] {
  return [...side].sort(([a], [b]) => (a - b) * direction);
}

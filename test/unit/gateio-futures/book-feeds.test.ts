import { describe, expect, it } from 'vitest';
import type { BookFeed } from '../../../src/adapter/book-feed.js';
import { BookUpdate } from '../../../src/model/book-update.js';
import { gateioFutures } from '../../../src/venues/gateio/index.js';
import fixture from '../../fixtures/gateio/futures.json' with { type: 'json' };
import { encodeContext } from './support.js';

const { chooseBook } = gateioFutures.streams;
const BTC = { symbol: 'BTC/USDT:USDT' } as const;

function decode(feed: BookFeed, payload: unknown): BookUpdate {
  const update = new BookUpdate();
  feed.decode(payload, update);
  return update;
}

/** What becomes of each message on a book that begins at `last`. */
function verdicts(feed: BookFeed, messages: readonly unknown[], last: number): string[] {
  let at = last;
  return messages.map((message) => {
    const update = decode(feed, message);
    const verdict = feed.continues(at, update);
    if (verdict === 'apply') at = update.lastSequence;
    return verdict === 'apply' && update.full ? 'replace' : verdict;
  });
}

function set(side: Map<number, number>, price = Number.NaN, quantity = Number.NaN): void {
  if (quantity === 0) side.delete(price);
  else side.set(price, quantity);
}

describe('The feeds of a book of Gate.io futures', () => {
  it.each([
    [{}, ['BTC_USDT', ['BTC_USDT', '100ms', '100']], 'rest'],
    [{ depth: 20, speedMs: 20 }, ['BTC_USDT@20', ['BTC_USDT', '20ms', '20']], 'rest'],
    [{ depth: 50, speedMs: 20 }, ['ob.BTC_USDT.50', ['ob.BTC_USDT.50']], 'stream'],
    [{ depth: 400 }, ['ob.BTC_USDT.400', ['ob.BTC_USDT.400']], 'stream'],
    [{ feed: 'order_book', depth: 50 }, ['BTC_USDT@50', ['BTC_USDT', '50', '0']], 'stream'],
    [{ feed: 'order_book' }, ['BTC_USDT@20', ['BTC_USDT', '20', '0']], 'stream'],
  ] as const)('for %j is asked for by %j', (request, [key, args], snapshot) => {
    const feed = chooseBook(request);
    expect(feed.topic(BTC, encodeContext)).toMatchObject({ key, args });
    expect([feed.snapshot, feed.quantities]).toEqual([snapshot, 'contracts']);
  });

  it('take as many levels from the endpoint as are subscribed to', () => {
    for (const request of [{}, { depth: 20, speedMs: 20 }]) {
      const feed = chooseBook(request);
      expect(feed.snapshotDepth).toBe(feed.publishedDepth);
    }
  });

  it.each([
    [{ depth: 401 }, 'depth'],
    [{ depth: 100, speedMs: 20 }, 'speedMs'],
    [{ feed: 'depth' }, 'feed'],
    [{ feed: 'toString' }, 'feed'],
  ])('refuse %j by the name of the field', (request, field) => {
    expect(() => chooseBook(request)).toThrow(`${field}: expected`);
  });
});

describe('Published sequences', () => {
  it('of order_book_update continue a fetched book, whose levels they end', () => {
    const [happy] = fixture.updates;
    const feed = chooseBook({});
    const messages = happy?.input.bufferedThenLive ?? [];
    const { snapshot } = happy?.input ?? {};
    const bids = new Map(snapshot?.bids.map(({ p, s }) => [Number(p), s]));
    const asks = new Map(snapshot?.asks.map(({ p, s }) => [Number(p), s]));
    let at = snapshot?.id ?? 0;
    for (const message of messages) {
      const update = decode(feed, message);
      if (feed.continues(at, update) !== 'apply') continue;
      at = update.lastSequence;
      for (let row = 0; row < update.bidCount; row++) set(bids, update.bidPrices[row], update.bidQuantities[row]);
      for (let row = 0; row < update.askCount; row++) set(asks, update.askPrices[row], update.askQuantities[row]);
    }
    expect(verdicts(feed, messages, snapshot?.id ?? 0)).toEqual(['skip', 'apply', 'apply']);
    expect([[...bids], [...asks]]).toEqual([[[54_664.5, 58_794]], [[54_742, 95]]]);
  });

  it('of order_book_update with a hole break it', () => {
    const gap = fixture.updates[1];
    expect(verdicts(chooseBook({}), gap?.input.bufferedThenLive ?? [], gap?.input.snapshot.id ?? 0)).toEqual([
      'apply',
      'gap',
    ]);
  });

  it('of order_book_update with a whole book need no other', () => {
    const full = { t: 1, s: 'BTC_USDT', U: 5, u: 9, full: true, b: [{ p: '1', s: 1 }], a: [] };
    expect(verdicts(chooseBook({}), [full, { ...full, full: false, U: 10, u: 10 }], -1)).toEqual(['replace', 'apply']);
  });

  it('of obu replace, continue and break', () => {
    const feed = chooseBook({ feed: 'obu' });
    const [live, gap] = fixture.obu.map(({ input }) => verdicts(feed, input.messages, -1));
    expect([live, gap]).toEqual([
      ['replace', 'apply', 'apply'],
      ['replace', 'apply', 'gap'],
    ]);
  });
});

describe('A push of a book that cannot be', () => {
  const good = { t: 1, s: 'BTC_USDT', U: 1, u: 2, b: [{ p: '1', s: '1' }], a: [] };

  it.each([
    ['no numbers', { U: undefined }],
    ['numbers backwards', { U: 3 }],
    ['no time', { t: undefined }],
    ['levels as pairs', { b: [['1', '1']] }],
    ['a price of zero', { b: [{ p: '0', s: '1' }] }],
    ['contracts below zero', { a: [{ p: '1', s: -1 }] }],
    ['no asks', { a: undefined }],
    ['a mark that is none', { full: 'yes' }],
  ])('with %s is refused', (_why, changes) => {
    expect(() => decode(chooseBook({}), { ...good, ...changes })).toThrow(/book update/);
  });

  it('of the whole book needs its number', () => {
    const whole = { t: 1, contract: 'BTC_USDT', bids: [], asks: [] };
    expect(() => decode(chooseBook({ feed: 'order_book' }), whole)).toThrow('book update last id');
  });
});

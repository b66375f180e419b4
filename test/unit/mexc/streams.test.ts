import { describe, expect, it } from 'vitest';
import { ValidationError } from '../../../src/errors/kinds.js';
import { BookUpdate } from '../../../src/model/book-update.js';
import { mexcSpot } from '../../../src/venues/mexc/index.js';
import { noInstrument, SOME_INSTRUMENT } from '../../support/no-instrument.js';

const { streams } = mexcSpot;
const context = { toVenue: (symbol: string) => symbol.replace('/', ''), instrument: noInstrument };
const symbol = '龙虾/USDT';
const routed = (channel: string) => ({ channel, key: '', args: [channel] });

describe('a topic', () => {
  it('is the full channel name, with the segments in the venue’s order', () => {
    expect(streams.bookTicker.topic({ symbol }, context)).toEqual(
      routed('spot@public.aggre.bookTicker.v3.api.pb@100ms@龙虾USDT'),
    );
    expect(streams.trades.topic({ symbol }, context)).toEqual(
      routed('spot@public.aggre.deals.v3.api.pb@100ms@龙虾USDT'),
    );
    expect(streams.ticker.topic({ symbol }, context)).toEqual(routed('spot@public.miniTicker.v3.api.pb@龙虾USDT@24H'));
    expect(streams.candles.topic({ symbol, interval: '1h' }, context)).toEqual(
      routed('spot@public.kline.v3.api.pb@龙虾USDT@Min60'),
    );
  });

  it('exists for every candle interval of the stream, and for no other', () => {
    const names = streams.candleIntervals.map(
      (interval) => streams.candles.topic({ symbol, interval }, context).channel.split('@')[3],
    );
    expect(names).toEqual(['Min1', 'Min5', 'Min15', 'Min30', 'Min60', 'Hour4', 'Hour8', 'Day1', 'Week1', 'Month1']);
    expect(() => streams.candles.topic({ symbol, interval: '3m' }, context)).toThrow(
      new ValidationError({
        field: 'interval',
        expected: 'one of 1m, 5m, 15m, 30m, 1h, 4h, 8h, 1d, 1w, 1M',
        received: '3m',
      }),
    );
  });
});

describe('a batch of trades', () => {
  const trade = { price: '1', quantity: '2', tradeType: 1, time: 1_782_900_000_000 };
  const push = {
    symbol,
    params: { symbol },
    instrument: SOME_INSTRUMENT,
    receivedAt: 0,
    venueTime: Number.NaN,
  } as const;

  it('is emitted trade by trade', () => {
    const seen: number[] = [];
    streams.trades.decode({ deals: [trade, { ...trade, price: '3' }] }, push, ({ price }) => seen.push(price));
    expect(seen).toEqual([1, 3]);
  });

  it('of which one cannot be read emits nothing', () => {
    expect(() => streams.trades.decode({ deals: [trade, {}] }, push, () => expect.unreachable())).toThrow('deal price');
  });
});

describe('the choice of a book feed', () => {
  const summary = (request: Parameters<typeof streams.chooseBook>[0]) => {
    const feed = streams.chooseBook(request);
    const { name, speedMs, snapshot, snapshotDepth, publishedDepth } = feed;
    return {
      name,
      speedMs,
      snapshot,
      snapshotDepth,
      publishedDepth,
      channel: feed.topic({ symbol: 'BTC/USDT' }, context).channel,
    };
  };
  const whole = { name: 'aggre.depth', snapshot: 'rest', publishedDepth: Number.POSITIVE_INFINITY };
  const top = { name: 'limit.depth', speedMs: 100, snapshot: 'stream', snapshotDepth: 0 };

  it.each([
    [{}, { ...whole, speedMs: 100, snapshotDepth: 1_000, channel: 'spot@public.aggre.depth.v3.api.pb@100ms@BTCUSDT' }],
    [
      { speedMs: 10 },
      { ...whole, speedMs: 10, snapshotDepth: 1_000, channel: 'spot@public.aggre.depth.v3.api.pb@10ms@BTCUSDT' },
    ],
    [
      { depth: 1_001 },
      { ...whole, speedMs: 100, snapshotDepth: 2_000, channel: 'spot@public.aggre.depth.v3.api.pb@100ms@BTCUSDT' },
    ],
    [{ feed: 'limit.depth' }, { ...top, publishedDepth: 20, channel: 'spot@public.limit.depth.v3.api.pb@BTCUSDT@20' }],
    [
      { feed: 'limit.depth', depth: 5 },
      { ...top, publishedDepth: 5, channel: 'spot@public.limit.depth.v3.api.pb@BTCUSDT@5' },
    ],
  ])('answers %j', (request, expected) => {
    expect(summary(request)).toEqual(expected);
  });

  it.each([
    [{ speedMs: 50 }, 'speedMs: expected 10 or 100, received 50'],
    [{ depth: 0 }, 'depth: expected a whole number from 1 to 2000, received 0'],
    [{ depth: 2_001 }, 'depth: expected a whole number from 1 to 2000, received 2001'],
    [{ depth: 1.5 }, 'depth: expected a whole number from 1 to 2000, received 1.5'],
    [{ feed: 'limit.depth', depth: 50 }, "depth: expected 5, 10 or 20 with feed 'limit.depth', received 50"],
    [
      { feed: 'limit.depth', speedMs: 10 },
      "speedMs: expected nothing beside feed 'limit.depth', whose speed is fixed, received 10",
    ],
    [{ feed: 'obu' }, "feed: expected 'aggre.depth' or 'limit.depth', received \"obu\""],
  ])('refuses %j and names what is legal', (request, message) => {
    expect(() => streams.chooseBook(request)).toThrow(message);
    expect(() => streams.chooseBook(request)).toThrow(ValidationError);
  });
});

describe('a book of whole pushes', () => {
  const pushed = (sequence: number) =>
    Object.assign(new BookUpdate(), { full: true, firstSequence: sequence, lastSequence: sequence });
  const { continues } = streams.chooseBook({ feed: 'limit.depth' });

  it('takes the first push and every later or repeated one, and skips late ones', () => {
    expect([
      continues(-1, pushed(0)),
      continues(5, pushed(9)),
      continues(5, pushed(5)),
      continues(5, pushed(4)),
    ]).toEqual(['apply', 'apply', 'apply', 'skip']);
  });
});

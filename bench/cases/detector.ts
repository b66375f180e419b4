import { asLive, type LiveBook } from '../../src/arbitrage/detector/book-source.js';
import { Detector } from '../../src/arbitrage/detector/detector.js';
import type { MarketSymbol } from '../../src/model/symbol.js';
import { createSystemClock } from '../../src/transport/clock.js';
import { createSeededRandom } from '../../src/transport/seeded-random.js';
import { atMost, judge } from '../measure/result.js';
import { type Contender, compare, describe, processorTime, samplesOf } from '../measure/rounds.js';
import { ratios } from '../measure/samples.js';
import { roundsOf, type Suite } from '../measure/suite.js';

const UPDATES = 20_000;
const VENUES = 4;
/** Of so many updates one opens or ends an opportunity. */
const FOUND_EVERY = 200;

/** One book update through the detector, a walk through both books now and then included. */
export const detector: Suite = {
  ids: ['detector.update'],
  async run(effort) {
    const timings = await compare(
      [100, 1_000].map((symbols) => updates(symbols, effort.seed)),
      { rounds: roundsOf(effort), units: UPDATES, meter: processorTime },
    );
    const detail = describe(timings);
    const baseline = `${VENUES} venues, one update in ${FOUND_EVERY} opens or ends an opportunity`;
    return [
      judge({
        id: 'detector.update/1000',
        samples: samplesOf(timings, '1000'),
        unit: 'ns',
        goal: atMost(1_000),
        baseline,
        detail,
      }),
      judge({
        id: 'detector.update/growth',
        samples: ratios(samplesOf(timings, '1000'), samplesOf(timings, '100')),
        unit: '×',
        goal: atMost(3),
        baseline: 'ours with 100 symbols',
        detail,
      }),
    ];
  },
};

function updates(symbols: number, seed: string): Contender {
  const clock = createSystemClock();
  const random = createSeededRandom(seed);
  const detector = new Detector(clock, { minNotional: 1, maxAgeMs: 3_600_000 });
  const markets = Array.from({ length: symbols * VENUES }, (_, at) => {
    const symbol: MarketSymbol = `COIN${Math.floor(at / VENUES)}/USDT`;
    const handle = detector.add({ venue: `venue${at % VENUES}`, symbol, takerFee: 0.001 });
    const book = createBook(symbol);
    const live = asLive(book) as LiveBook;
    detector.update(handle, live);
    return { handle, book, live };
  });
  const usual = { bid: { price: 99.9, quantity: 5 }, ask: { price: 100, quantity: 5 } };
  const dear = { bid: { price: 101, quantity: 5 }, ask: { price: 101.1, quantity: 5 } };
  const order = Array.from({ length: UPDATES }, () => random.int(markets.length));
  let found = 0;
  detector.on('opened', () => found++);
  return {
    name: String(symbols),
    run() {
      found = 0;
      for (let at = 0; at < UPDATES; at++) {
        const market = markets[order[at] as number] as (typeof markets)[number];
        const shown = at % FOUND_EVERY === 0 ? dear : usual;
        market.book.bestBid = shown.bid;
        market.book.bestAsk = shown.ask;
        detector.update(market.handle, market.live);
      }
      if (found === 0) throw new Error('nothing was found');
    },
  };
}

/** A live book of one level a side. */
function createBook(symbol: MarketSymbol) {
  return {
    symbol,
    state: 'live' as const,
    sequence: 1,
    updatedAt: 0,
    ageMs: 0,
    bestBid: { price: 99.9, quantity: 5 },
    bestAsk: { price: 100, quantity: 5 },
    snapshot() {
      return { symbol, bids: [this.bestBid], asks: [this.bestAsk], receivedAt: 0 };
    },
  };
}

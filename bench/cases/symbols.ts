import { createCatalog } from '../../src/exchange/catalog.js';
import type { Instrument } from '../../src/model/instrument.js';
import type { MarketSymbol } from '../../src/model/symbol.js';
import { createSystemClock } from '../../src/transport/clock.js';
import { makeMarkets } from '../frames/markets.js';
import { atMost, judge } from '../measure/result.js';
import { type Contender, compare, samplesOf } from '../measure/rounds.js';
import { requireSame } from '../measure/same.js';
import { roundsOf, type Suite } from '../measure/suite.js';

const MARKETS = 2_000;
const READS = 40_000;

/**
 * Canonical symbol ↔ venue's string among 2,000 markets. A fresh string has never been hashed, like one cut out of a
 * frame; making it is not measured.
 */
export const symbols: Suite = {
  ids: ['symbol.map'],
  async run(effort) {
    const markets = makeMarkets(MARKETS, '_');
    const instruments = markets.map(({ symbol, id }) => ({ symbol, venueSymbol: id }) as Instrument);
    const venue = { id: 'bench', name: 'bench' };
    const mapper = await createCatalog({
      venue,
      clock: createSystemClock(),
      load: async () => instruments,
      report: () => undefined,
    }).mapper();
    requireSame('symbols', {
      list: markets.map(({ symbol, id }) => [id, symbol]),
      mapper: markets.map(({ symbol, id }) => [mapper.toVenue(symbol), mapper.toCanonical(id)]),
    });
    const ids = markets.map(({ id }) => id);
    const names = markets.map(({ symbol }) => symbol as string);
    const toVenue = (symbol: string): string => mapper.toVenue(symbol as MarketSymbol);
    const toCanonical = (id: string): string | undefined => mapper.toCanonical(id);
    const timings = await compare(
      [
        lookUp('toVenue fresh', names, true, toVenue),
        lookUp('toCanonical fresh', ids, true, toCanonical),
        lookUp('toVenue cached', names, false, toVenue),
        lookUp('toCanonical cached', ids, false, toCanonical),
      ],
      { rounds: roundsOf(effort), units: READS },
    );
    return [...timings.keys()].map((name) =>
      judge({
        id: `symbol.map/${name.replace(' ', '/')}`,
        samples: samplesOf(timings, name),
        unit: 'ns',
        goal: atMost(name.endsWith('fresh') ? 60 : 15),
        baseline: 'one look-up among 2,000 markets, the loop around it included',
      }),
    );
  },
};

function lookUp(
  name: string,
  texts: readonly string[],
  fresh: boolean,
  find: (text: string) => string | undefined,
): Contender {
  const all = texts.map((text) => Buffer.from(text));
  let batch: string[] = [];
  return {
    name,
    prepare: () => {
      batch = Array.from({ length: READS }, (_, at) => {
        const index = (at * 7) % texts.length;
        return fresh ? (all[index] as Buffer).toString('latin1') : (texts[index] as string);
      });
    },
    run: () => {
      let found = 0;
      for (const text of batch) if (find(text) !== undefined) found++;
      if (found !== READS) throw new Error(`${name}: ${found} of ${READS}`);
    },
  };
}

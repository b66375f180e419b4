import type { Instrument } from '../model/instrument.js';
import type { MarketSymbol } from '../model/symbol.js';
import type { ExchangeCore } from './exchange-core.js';

type InstrumentList = ReadonlyMap<MarketSymbol, Instrument>;

/**
 * Makes instrument lists whole that lack the time between funding payments, where the venue tells it with the rates alone.
 * Each list is completed once, by one call. Trading never waits for it: orders use the list as it came. When the call
 * fails that is reported, and the list stays without.
 */
export function createFundingIntervals(core: ExchangeCore): (list: InstrumentList) => Promise<InstrumentList> {
  const { rates, ratesTellInterval = false } = core.venue.funding ?? {};
  if (rates === undefined || !ratesTellInterval) return async (list) => list;
  const completed = new WeakMap<InstrumentList, Promise<InstrumentList>>();

  async function complete(list: InstrumentList): Promise<InstrumentList> {
    const whole = new Map(list);
    const rows = await core.rest.call(rates as NonNullable<typeof rates>, undefined, {
      mapper: await core.catalog.mapper(),
    });
    for (const { symbol, intervalMs } of rows) {
      const instrument = list.get(symbol);
      if (instrument === undefined || intervalMs === undefined) continue;
      whole.set(symbol, { ...instrument, fundingIntervalMs: intervalMs });
    }
    return whole;
  }

  return (list) => {
    const known = completed.get(list);
    if (known !== undefined) return known;
    const completing = complete(list).catch((error: unknown) => {
      core.requireOpen();
      core.report(error);
      return list;
    });
    completed.set(list, completing);
    return completing;
  };
}

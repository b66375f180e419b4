import type { MarketSymbol } from '../model/symbol.js';
import type { Clock } from '../transport/clock.js';
import type { SeededRandom } from '../transport/seeded-random.js';
import type { AccountSettings } from './accounts/account-options.js';
import type { FaultKind } from './faults/fault-rule.js';
import { AssetWalk } from './flow/asset-walk.js';
import type { FlowSettings } from './flow/flow-options.js';
import { MarketFlow } from './flow/market-flow.js';
import { VenuePrice } from './flow/venue-price.js';
import type { SimulatedMarket } from './market.js';
import { MONEY } from './market-spec.js';
import type { ExchangeMoney } from './positions/exchange-money.js';
import type { Trace } from './trace.js';

/** What all venues of a world share. */
export interface World {
  readonly clock: Clock;
  /** The root of all chance; streams are forked from it by name. */
  readonly random: SeededRandom;
  readonly trace: Trace;
  readonly walks: Map<string, AssetWalk>;
  readonly flow: FlowSettings;
  /** Every venue opens one for each. */
  readonly accounts: readonly AccountSettings[];
  readonly countFault: (kind: FaultKind) => void;
  /** Markets of the spot venues by symbol: indexes are made of them. */
  readonly spotMarkets: Map<MarketSymbol, SimulatedMarket[]>;
  /** Where the money of each exchange can be moved. */
  readonly exchanges: Map<string, ExchangeMoney>;
}

/** The synthetic traders of one market. */
export function createFlow(market: SimulatedMarket, random: SeededRandom, world: World): MarketFlow {
  const { base, quote, startPrice, priceDecimals, perpetual } = market.spec;
  const price = new VenuePrice({
    random,
    base: walkOf(base, world),
    quote: MONEY.has(quote) ? undefined : walkOf(quote, world),
    startTicks: Math.round(startPrice * 10 ** priceDecimals),
    settings: world.flow,
    hasBasis: perpetual !== undefined,
  });
  return new MarketFlow({ market, clock: world.clock, random, settings: world.flow, price });
}

export function walkOf(asset: string, { walks, random, flow }: World): AssetWalk {
  let walk = walks.get(asset);
  if (walk === undefined) {
    walk = new AssetWalk(random.fork(`asset ${asset}`), flow.volatilityBps);
    walks.set(asset, walk);
  }
  return walk;
}

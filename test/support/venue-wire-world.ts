import type { MarketSymbol } from '../../src/model/symbol.js';
import { type AccountOption, readAccounts } from '../../src/simulator/accounts/account-options.js';
import type { SimHttpRequest, SimHttpResponse } from '../../src/simulator/contract.js';
import { createVenue } from '../../src/simulator/create-venue.js';
import type { FaultKind } from '../../src/simulator/faults/fault-rule.js';
import { createFaults } from '../../src/simulator/faults/faults.js';
import { readFlowOption } from '../../src/simulator/flow/flow-options.js';
import type { MarketOption } from '../../src/simulator/market-spec.js';
import { PROFILES, type SimulatedVenueId } from '../../src/simulator/profiles.js';
import { Trace } from '../../src/simulator/trace.js';
import { createSeededRandom } from '../../src/transport/seeded-random.js';
import { createVirtualClock } from '../../src/transport/virtual-clock.js';

/** BTC/USDT with one decimal of price and six of quantity, ETH/USDT with two and four. */
const MARKETS: readonly MarketOption[] = [
  { symbol: 'BTC/USDT', startPrice: 100, priceDecimals: 1, quantityDecimals: 6, minNotional: '3' as never },
  { symbol: 'ETH/USDT', startPrice: 10, priceDecimals: 2, quantityDecimals: 4, minNotional: '3' as never },
];

/** One venue with empty books that stand still, behind its own gateway, without a door. */
export function createVenueWorld(
  id: SimulatedVenueId,
  accounts: readonly AccountOption[],
  startAt: number,
  markets: readonly MarketOption[] = MARKETS,
) {
  const clock = createVirtualClock({ startAt });
  const counts = new Map<FaultKind, number>();
  const world = {
    clock,
    random: createSeededRandom(1),
    trace: new Trace(),
    walks: new Map(),
    flow: readFlowOption({ eventsPerSecond: 0, levels: 0 }),
    accounts: readAccounts(accounts),
    spotMarkets: new Map(),
    exchanges: new Map(),
    countFault: (kind: FaultKind) => void counts.set(kind, (counts.get(kind) ?? 0) + 1),
  };
  const venue = createVenue(id, PROFILES[id], markets, world, { change() {}, trade() {} });
  const faults = createFaults(new Map([[id, venue.gateway]]), clock, counts);
  return {
    clock,
    venue,
    faults,
    counts,
    account: (apiKey: string) => venue.account(apiKey)!,
    audit: () => venue.audit(),
    /** What comes back; `undefined` = nothing ever does. */
    send(request: Partial<SimHttpRequest> & { readonly path: string }): SimHttpResponse | undefined {
      const answer = venue.gateway.request({
        method: 'GET',
        query: '',
        headers: {},
        body: '',
        ip: '10.0.0.1',
        ...request,
      });
      return answer.kind === 'silence' ? undefined : answer.response;
    },
    /** Somebody else's resting order, in ticks and lots. */
    rest: (side: 'buy' | 'sell', priceTicks: number, lots: number, symbol: MarketSymbol = 'BTC/USDT') =>
      venue.markets.get(symbol)!.submit({ owner: 'somebody', side, priceTicks, lots }),
    /** Somebody else takes from the book. */
    hit: (side: 'buy' | 'sell', lots: number, symbol: MarketSymbol = 'BTC/USDT') =>
      venue.markets.get(symbol)!.submit({ owner: 'somebody', side, lots }),
  };
}

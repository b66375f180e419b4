import type { MarketSymbol } from '../model/symbol.js';
import type { SimulatedAccount } from './accounts/account-view.js';
import type { Discrepancy } from './accounts/audit.js';
import type { VenueBase, VenueWire } from './contract.js';
import { Gateway } from './doors/gateway.js';
import { VenueFaults } from './faults/venue-faults.js';
import type { SimulatedMarket } from './market.js';
import type { ListedPerpetual } from './positions/listed-perpetual.js';
import { createSkewedClock } from './skewed-clock.js';
import type { World } from './world.js';

/** One simulated venue. */
export interface SimulatedVenue {
  readonly markets: ReadonlyMap<MarketSymbol, SimulatedMarket>;
  /** Of a futures venue. */
  readonly perpetuals: ReadonlyMap<MarketSymbol, ListedPerpetual>;
  readonly gateway: Gateway;
  /** `undefined` for a key that no account has. */
  account(apiKey: string): SimulatedAccount | undefined;
  /** What does not add up. */
  audit(): Discrepancy[];
  /** Sets the flow going; before, the books stand still and no timer runs. */
  start(): void;
  close(): void;
}

/** What every venue stands on. */
export interface VenueBasis {
  readonly base: VenueBase;
  readonly faults: VenueFaults;
  createGateway(createWire: () => VenueWire): Gateway;
}

export function createVenueBasis(
  id: string,
  markets: ReadonlyMap<MarketSymbol, SimulatedMarket>,
  world: World,
): VenueBasis {
  const { clock, trace } = world;
  const faults = new VenueFaults(clock, world.random.fork(`${id} faults`), world.countFault);
  const base: VenueBase = {
    clock: createSkewedClock(clock, () => faults.skewMs),
    service: faults,
    random: world.random.fork(`${id} wire`),
    snapshotSequence: (symbol) => {
      const behind = faults.takeSnapshot(symbol);
      return behind === undefined ? undefined : markets.get(symbol)?.sequenceBehind(behind);
    },
  };
  return { base, faults, createGateway: (createWire) => new Gateway({ clock, trace, faults, createWire }) };
}

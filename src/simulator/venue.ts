import type { MarketSymbol } from '../model/symbol.js';
import type { Clock } from '../transport/clock.js';
import type { SeededRandom } from '../transport/seeded-random.js';
import type { AccountSettings } from './accounts/account-options.js';
import { Countdowns } from './accounts/countdown.js';
import { Desk } from './accounts/desk.js';
import { PLAIN_RULES } from './accounts/desk-rules.js';
import { Wallet } from './accounts/wallet.js';
import type { VenueModel } from './contract.js';
import { Gateway } from './doors/gateway.js';
import type { FaultKind } from './faults/fault-rule.js';
import { VenueFaults } from './faults/venue-faults.js';
import { AssetWalk } from './flow/asset-walk.js';
import type { FlowSettings } from './flow/flow-options.js';
import { MarketFlow } from './flow/market-flow.js';
import { VenuePrice } from './flow/venue-price.js';
import { type MarketObserver, SimulatedMarket } from './market.js';
import { completeMarketSpec, type MarketOption } from './market-spec.js';
import { createSkewedClock } from './skewed-clock.js';
import type { Trace } from './trace.js';
import type { SpotProfile } from './venue-profile.js';

/** Assets that prices are counted in: they do not move. */
const MONEY: ReadonlySet<string> = new Set(['USDT', 'USDC', 'USD', 'FDUSD', 'DAI', 'EUR']);

/** One simulated venue. */
export interface SimulatedVenue {
  readonly markets: ReadonlyMap<MarketSymbol, SimulatedMarket>;
  readonly gateway: Gateway;
  readonly desk: Desk;
  readonly wallet: Wallet;
  /** Sets the flow going; before, the books stand still and no timer runs. */
  start(): void;
  close(): void;
}

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
}

/** @throws {ConfigurationError} for a wrong market. */
export function createVenue(
  id: string,
  profile: SpotProfile,
  options: readonly MarketOption[],
  world: World,
  observer: MarketObserver,
): SimulatedVenue {
  const { clock, trace } = world;
  const markets = new Map<MarketSymbol, SimulatedMarket>();
  const flows: MarketFlow[] = [];
  options.forEach((option, index) => {
    const spec = completeMarketSpec(option, profile.fees, `markets[${index}]`);
    const random = world.random.fork(`${id} ${spec.symbol}`);
    const market = new SimulatedMarket(spec, clock, random);
    markets.set(spec.symbol, market);
    flows.push(createFlow(market, random, world));
    market.open(observer);
  });
  const faults = new VenueFaults(clock, world.random.fork(`${id} faults`), world.countFault);
  const venueClock = createSkewedClock(clock, () => faults.skewMs);
  const desk = new Desk({
    clock: venueClock,
    markets,
    accounts: world.accounts,
    rules: { ...PLAIN_RULES, ...profile.rules },
    faults,
  });
  const wallet = new Wallet(venueClock, desk.ledger);
  const countdowns = new Countdowns(desk);
  const model: VenueModel = {
    clock: venueClock,
    desk,
    wallet,
    countdowns,
    service: faults,
    random: world.random.fork(`${id} wire`),
    markets,
    snapshotSequence: (symbol) => {
      const behind = faults.takeSnapshot(symbol);
      return behind === undefined ? undefined : markets.get(symbol)?.sequenceBehind(behind);
    },
  };
  const gateway = new Gateway({ clock, trace, faults, createWire: () => profile.createWire(model) });
  return {
    markets,
    gateway,
    desk,
    wallet,
    start() {
      for (const flow of flows) flow.start();
    },
    close() {
      for (const flow of flows) flow.close();
      wallet.close();
      countdowns.close();
      gateway.close();
    },
  };
}

function createFlow(market: SimulatedMarket, random: SeededRandom, world: World): MarketFlow {
  const { base, quote, startPrice, priceDecimals } = market.spec;
  const price = new VenuePrice({
    random,
    base: walkOf(base, world),
    quote: MONEY.has(quote) ? undefined : walkOf(quote, world),
    startTicks: Math.round(startPrice * 10 ** priceDecimals),
    settings: world.flow,
  });
  return new MarketFlow({ market, clock: world.clock, random, settings: world.flow, price });
}

function walkOf(asset: string, { walks, random, flow }: World): AssetWalk {
  let walk = walks.get(asset);
  if (walk === undefined) {
    walk = new AssetWalk(random.fork(`asset ${asset}`), flow.volatilityBps);
    walks.set(asset, walk);
  }
  return walk;
}

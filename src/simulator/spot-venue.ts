import type { MarketSymbol } from '../model/symbol.js';
import { viewAccount } from './accounts/account-view.js';
import { auditDesk } from './accounts/audit.js';
import { Countdowns } from './accounts/countdown.js';
import { Desk } from './accounts/desk.js';
import { PLAIN_RULES } from './accounts/desk-rules.js';
import { Wallet } from './accounts/wallet.js';
import type { MarketFlow } from './flow/market-flow.js';
import { type MarketObserver, SimulatedMarket } from './market.js';
import { completeMarketSpec } from './market-spec.js';
import { moneyOf } from './money-of.js';
import { createVenueBasis, type SimulatedVenue } from './venue.js';
import type { VenueMarket } from './venue-markets.js';
import type { SpotProfile } from './venue-profile.js';
import { createFlow, type World } from './world.js';

/** @throws {ConfigurationError} for a wrong market. */
export function createSpotVenue(
  id: string,
  profile: SpotProfile,
  listed: readonly VenueMarket[],
  world: World,
  observer: MarketObserver,
): SimulatedVenue {
  const markets = new Map<MarketSymbol, SimulatedMarket>();
  const flows: MarketFlow[] = [];
  for (const { option, index } of listed) {
    const spec = completeMarketSpec(option, profile.fees, `markets[${index}]`);
    const random = world.random.fork(`${id} ${spec.symbol}`);
    const market = new SimulatedMarket(spec, world.clock, random);
    markets.set(spec.symbol, market);
    flows.push(createFlow(market, random, world));
    market.open(observer);
    world.spotMarkets.set(spec.symbol, [...(world.spotMarkets.get(spec.symbol) ?? []), market]);
  }
  const { base, faults, createGateway } = createVenueBasis(id, markets, world);
  const { clock } = base;
  const rules = { ...PLAIN_RULES, ...profile.rules };
  const desk = new Desk({ clock, markets, accounts: world.accounts, rules, faults });
  const money = moneyOf(profile.exchange, world);
  const wallet = new Wallet(clock, desk.ledger, money);
  money.addSpot(desk, wallet);
  const countdowns = new Countdowns(desk);
  const model = { ...base, desk, wallet, countdowns, markets };
  const gateway = createGateway(() => profile.createWire(model));
  return {
    markets,
    perpetuals: new Map(),
    gateway,
    account(apiKey) {
      const account = desk.accounts.get(apiKey);
      return account && viewAccount(desk, wallet, account);
    },
    audit: () => auditDesk(desk),
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

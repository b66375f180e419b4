import { type MarketSymbol, makeSymbol } from '../model/symbol.js';
import type { MarketFlow } from './flow/market-flow.js';
import { type MarketObserver, SimulatedMarket } from './market.js';
import { completePerpetualSpec, MONEY } from './market-spec.js';
import { moneyOf } from './money-of.js';
import { auditFutures } from './positions/audit-futures.js';
import type { FuturesModel } from './positions/futures-model.js';
import { viewFuturesAccount } from './positions/futures-view.js';
import { Liquidator } from './positions/liquidator.js';
import { ListedPerpetual } from './positions/listed-perpetual.js';
import { MarkFeed } from './positions/mark-feed.js';
import { payFunding } from './positions/pay-funding.js';
import { TradingDesk } from './positions/trading-desk.js';
import { createVenueBasis, type SimulatedVenue } from './venue.js';
import type { VenueMarket } from './venue-markets.js';
import type { FuturesProfile } from './venue-profile.js';
import { createFlow, type World, walkOf } from './world.js';

/** @throws {ConfigurationError} for a wrong market. */
export function createFuturesVenue(
  id: string,
  profile: FuturesProfile,
  listed: readonly VenueMarket[],
  world: World,
  observer: MarketObserver,
): SimulatedVenue {
  const markets = new Map<MarketSymbol, SimulatedMarket>();
  const perpetuals = new Map<MarketSymbol, ListedPerpetual>();
  const flows: MarketFlow[] = [];
  const { base, faults, createGateway } = createVenueBasis(id, markets, world);
  const desk = new TradingDesk({
    clock: base.clock,
    markets: perpetuals,
    accounts: world.accounts,
    rules: profile.rules,
    faults,
    settles: profile.settles,
  });
  for (const { option, index } of listed) {
    const spec = completePerpetualSpec(option, profile, `markets[${index}]`);
    const random = world.random.fork(`${id} ${spec.symbol}`);
    const market = new SimulatedMarket(spec, world.clock, random);
    markets.set(spec.symbol, market);
    flows.push(createFlow(market, random, world));
    const prices = new MarkFeed({
      market,
      terms: spec.perpetual,
      clock: world.clock,
      random,
      index: createIndex(market, world),
      settle: (settlement) => payFunding(desk.accounts.values(), perpetual, settlement, desk.ledger),
    });
    const perpetual: ListedPerpetual = new ListedPerpetual(market, spec.perpetual, prices, () =>
      longLots(desk, perpetual),
    );
    perpetuals.set(spec.symbol, perpetual);
    market.open(watchTrades(observer, desk, perpetual));
  }
  const liquidator = new Liquidator(desk, [...perpetuals.values()]);
  for (const perpetual of perpetuals.values()) {
    perpetual.prices.onTick(() => {
      desk.triggers.check(perpetual);
      liquidator.check();
    });
  }
  const money = moneyOf(profile.exchange, world);
  money.addFutures(desk, profile.settles);
  const model: FuturesModel = { ...base, desk, markets: perpetuals, transfers: money };
  const gateway = createGateway(() => profile.createWire(model));
  return {
    markets,
    perpetuals,
    gateway,
    account(apiKey) {
      const account = desk.accounts.get(apiKey);
      return account && viewFuturesAccount(desk, account);
    },
    audit: () => auditFutures(desk),
    start() {
      for (const flow of flows) flow.start();
      for (const { prices } of perpetuals.values()) prices.start();
    },
    close() {
      for (const flow of flows) flow.close();
      for (const { prices } of perpetuals.values()) prices.close();
      desk.close();
      gateway.close();
    },
  };
}

/** Orders that wait for a last price are looked at once the match is over. */
function watchTrades(observer: MarketObserver, desk: TradingDesk, perpetual: ListedPerpetual): MarketObserver {
  return {
    change: (symbol, change) => observer.change(symbol, change),
    trade(symbol, trade) {
      observer.trade(symbol, trade);
      if (desk.triggers.waitsFor(perpetual)) perpetual.market.defer(() => desk.triggers.check(perpetual));
    },
  };
}

/** The mean of the spot venues' middles; where none lists the pair, what the base is worth in this world. */
function createIndex({ spec }: SimulatedMarket, world: World): () => number {
  const { base, quote, startPrice } = spec;
  const symbol = makeSymbol(base, quote === 'USD' ? 'USDT' : quote);
  const startedAt = world.clock.monotonic();
  return () => {
    const middles = (world.spotMarkets.get(symbol) ?? []).flatMap(middleOf);
    if (middles.length > 0) return middles.reduce((sum, one) => sum + one, 0) / middles.length;
    const elapsed = world.clock.monotonic() - startedAt;
    const quoteFactor = MONEY.has(quote) ? 1 : walkOf(quote, world).factorAt(elapsed);
    return (startPrice * walkOf(base, world).factorAt(elapsed)) / quoteFactor;
  };
}

function middleOf({ engine, spec }: SimulatedMarket): number[] {
  const [bid, ask] = [engine.bids.best?.priceTicks, engine.asks.best?.priceTicks];
  return bid === undefined || ask === undefined ? [] : [(bid + ask) / 2 / 10 ** spec.priceDecimals];
}

function longLots(desk: TradingDesk, perpetual: ListedPerpetual): number {
  let lots = 0;
  for (const account of desk.accounts.values()) {
    for (const position of account.positions(perpetual.spec.symbol)) lots += Math.max(0, position.lots);
  }
  return lots;
}

import type { Clock } from '../../../../transport/clock.js';
import type { Random } from '../../../../transport/random.js';
import type { CandleWindows } from '../../gateio/candle-windows.js';
import { printUnits } from '../../gateio/print-units.js';
import type { Feed } from '../../gateio/stream/topic.js';
import { toSeconds, wallMs } from '../../gateio/wall-time.js';
import { baseVolume, candlePrices, contractVolume, type NamedCandles } from '../candle-source.js';
import { statsFields } from '../contract-stats.js';
import type { Contract } from '../contracts.js';
import { printLevelObjects, type Sizes } from '../sizes.js';
import { tickerFields } from '../ticker-fields.js';
import { signedLots, tradeIdOf } from '../trade-fields.js';

/** Trades and best prices are pushed as they happen; the wire looks this often. */
const REAL_TIME_MS = 10;
/** How often the last push of a candle (`w: true`) never comes. */
const MISSING_CLOSE_CHANCE = 1 / 4;

/** `futures.tickers`, each second, a list. Source: Gate futures WebSocket v4 docs, tickers. */
export function createTickerFeed(contract: Contract, clock: Clock, sizes: Sizes): Feed {
  const { prices, terms } = contract.perpetual;
  const print = (kind: 'snapshot' | 'update'): string =>
    JSON.stringify([
      {
        ...tickerFields(contract, sizes),
        funding_interval: terms.fundingIntervalMs / 1_000,
        funding_offset: 0,
        funding_next_apply: toSeconds(prices.nextFundingAt),
        price_type: 'last',
        event_type: kind,
        t: wallMs(clock),
      },
    ]);
  return { periodMs: 1_000, poll: (emit) => emit(print('update')), welcome: () => print('snapshot') };
}

/** `futures.trades`: lists of what traded since the last look; sizes are signed. Source: Gate futures WebSocket v4 docs, trades. */
export function createTradeFeed({ id, perpetual }: Contract, sizes: Sizes): Feed {
  const { market, spec } = perpetual;
  let lastId = 0;
  return {
    periodMs: REAL_TIME_MS,
    start() {
      lastId = market.recentTrades(1)[0]?.id ?? 0;
    },
    poll(emit) {
      const fresh = market.tradesSince(lastId);
      if (fresh.length === 0) return;
      lastId = fresh.at(-1)!.id;
      const rows = fresh.map((trade) => ({
        size: sizes.print(spec, signedLots(trade)),
        id: tradeIdOf(trade.id),
        create_time: toSeconds(trade.at),
        create_time_ms: Math.floor(trade.at),
        price: printUnits(trade.priceTicks, spec.priceDecimals),
        contract: id,
      }));
      emit(JSON.stringify(rows));
    },
  };
}

/** `futures.book_ticker`: only when a best price or its size changed. Source: Gate futures WebSocket v4 docs, best ask and bid. */
export function createBookTickerFeed(contract: Contract, sizes: Sizes): Feed {
  const { market } = contract.perpetual;
  let sequence = market.sequence;
  let best = '';
  return {
    periodMs: REAL_TIME_MS,
    start() {
      sequence = market.sequence;
      best = printBest(contract, sizes);
    },
    poll(emit) {
      if (market.sequence === sequence) return;
      sequence = market.sequence;
      const now = printBest(contract, sizes);
      if (now === best) return;
      best = now;
      emit(`{"t":${Math.floor(market.changedAt)},"u":${sequence},"s":"${contract.id}",${now}}`);
    },
  };
}

function printBest({ perpetual: { market, spec } }: Contract, sizes: Sizes): string {
  const { bids, asks } = market.book(1);
  const price = (ticks: number | undefined): string =>
    ticks === undefined ? '' : printUnits(ticks, spec.priceDecimals);
  const size = (lots: number | undefined): string => sizes.printJson(spec, lots ?? 0);
  const [bid, ask] = [bids[0], asks[0]];
  return `"b":"${price(bid?.priceTicks)}","B":${size(bid?.lots)},"a":"${price(ask?.priceTicks)}","A":${size(ask?.lots)}`;
}

/** `futures.order_book`: the best levels, whole, each 100 ms. Source: Gate futures WebSocket v4 docs, order book. */
export function createSnapshotFeed({ id, perpetual }: Contract, levels: number, sizes: Sizes): Feed {
  const { market, spec } = perpetual;
  return {
    periodMs: 100,
    poll(emit) {
      const book = market.book(levels);
      const [bids, asks] = [printLevelObjects(spec, book.bids, sizes), printLevelObjects(spec, book.asks, sizes)];
      const head = `"t":${Math.floor(market.changedAt)},"id":${book.sequence},"contract":"${id}","l":"${levels}"`;
      emit(`{${head},"asks":${asks},"bids":${bids}}`);
    },
  };
}

/**
 * `futures.candlesticks`, each two seconds: the open candle, and once its window is over the closed one before it in the
 * same list, unless that is lost. Source: Gate futures WebSocket v4 docs, candlesticks.
 */
export function createCandleFeed(
  named: NamedCandles,
  topic: string,
  windows: CandleWindows,
  clock: Clock,
  random: Random,
  sizes: Sizes,
): Feed {
  const { contract, kind, source, priceDecimals } = named;
  let open = windows.indexOf(wallMs(clock));
  const rows = (index: number, closed: boolean): unknown[] =>
    windows.read(source, index, index).map((candle) => ({
      t: candle.openedAt / 1_000,
      v: kind === 'trades' ? contractVolume(candle, contract.perpetual.spec, sizes) : 0,
      a: kind === 'trades' ? baseVolume(candle, contract.perpetual) : '0',
      ...candlePrices(candle, priceDecimals),
      n: topic,
      w: closed,
    }));
  return {
    periodMs: 2_000,
    start() {
      open = windows.indexOf(wallMs(clock));
    },
    poll(emit) {
      const current = windows.indexOf(wallMs(clock));
      const closed = current > open && random.next() >= MISSING_CLOSE_CHANCE ? rows(open, true) : [];
      open = current;
      emit(JSON.stringify([...closed, ...rows(current, false)]));
    },
  };
}

/** `futures.public_liquidates`, at most one list a second. Source: Gate futures WebSocket v4 docs, public liquidates. */
export function createLiquidationFeed(contracts: readonly Contract[], sizes: Sizes): Feed {
  const lastIds = new Map<Contract, number>();
  const fresh = (contract: Contract): unknown[] => {
    const { spec, liquidations } = contract.perpetual;
    const after = lastIds.get(contract) ?? 0;
    lastIds.set(contract, liquidations.at(-1)?.id ?? after);
    return liquidations
      .filter(({ id }) => id > after)
      .map(({ at, lots, fillTicks }) => ({
        price: Number(printUnits(fillTicks, spec.priceDecimals)),
        size: sizes.print(spec, lots),
        time: toSeconds(at),
        time_ms: Math.floor(at),
        contract: contract.id,
      }));
  };
  return {
    periodMs: 1_000,
    start: () => void contracts.forEach(fresh),
    poll(emit) {
      const rows = contracts.flatMap(fresh);
      if (rows.length > 0) emit(JSON.stringify(rows));
    },
  };
}

/** `futures.contract_stats`. Source: Gate futures WebSocket v4 docs, contract stats. */
export function createStatsFeed({ id, perpetual }: Contract, windows: CandleWindows, clock: Clock, sizes: Sizes): Feed {
  const print = (): string => {
    const openedAt = windows.opensAt(windows.indexOf(wallMs(clock)));
    return JSON.stringify([{ ...statsFields(perpetual, openedAt, sizes), contract: id }]);
  };
  return { periodMs: 10_000, poll: (emit) => emit(print()) };
}

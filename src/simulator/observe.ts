import type { MarketObserver } from './market.js';
import type { SimulatorEvents } from './simulator-views.js';
import type { Trace } from './trace.js';

/** Traces and counts every step of one venue's markets, and hands it to whoever listens. */
export function observe<V extends string>(
  venue: V,
  handlers: { readonly [E in keyof SimulatorEvents<V>]: ReadonlySet<SimulatorEvents<V>[E]> },
  trace: Trace,
  counts: { changes: number; trades: number },
): MarketObserver {
  return {
    change: (symbol, change) => {
      counts.changes++;
      trace.number(change.sequence);
      trace.number(change.side === 'bid' ? change.priceTicks : -change.priceTicks);
      trace.number(change.lots);
      trace.number(change.at);
      for (const handler of handlers.change) handler(venue, symbol, change);
    },
    trade: (symbol, trade) => {
      counts.trades++;
      trace.number(trade.id);
      trace.number(trade.takerSide === 'buy' ? trade.priceTicks : -trade.priceTicks);
      trace.number(trade.lots);
      trace.number(trade.at);
      for (const handler of handlers.trade) handler(venue, symbol, trade);
    },
  };
}

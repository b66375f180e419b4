import { ExchangeError } from '../../errors/exchange-error.js';
import type { MarketSymbol } from '../../model/symbol.js';

/** Where a piece of news came from. `answer`: to a command. `query`: read by REST. `local`: our own sending. */
export type NewsSource = 'answer' | 'query' | 'stream' | 'fill' | 'local';

/**
 * Two pieces of evidence that cannot both be true. `order_id`: one client order id at two orders. `client_order_id`: one
 * order under two client order ids. `final_state`: it ended twice, differently. `late_fill`: more was filled than when it
 * had ended. `overfill`: more was filled than ordered. `terms`: side, type, price or quantity are not those that were
 * ordered. `fill`: one trade id with two amounts. `verdict`: refused, absent or never sent, and yet at the venue.
 * `overflow`: an order of somebody else was dropped, because there are too many.
 */
export type OrderConflictKind =
  | 'order_id'
  | 'client_order_id'
  | 'final_state'
  | 'late_fill'
  | 'overfill'
  | 'terms'
  | 'fill'
  | 'verdict'
  | 'overflow';

/** The two pieces. */
export interface OrderConflict {
  readonly kind: OrderConflictKind;
  readonly symbol: MarketSymbol;
  readonly orderId?: string | undefined;
  readonly clientOrderId?: string | undefined;
  /** What was known before. */
  readonly known: string;
  /** What was told now. */
  readonly told: string;
  readonly source: NewsSource;
}

/** Evidence on an order contradicts itself: told loudly, never settled in silence. What was known before stays visible. */
export class OrderConflictError extends ExchangeError {
  readonly conflict: OrderConflict;

  constructor(conflict: OrderConflict, venue: string) {
    const { kind, symbol, orderId, clientOrderId, known, told, source } = conflict;
    const name = `order ${orderId ?? clientOrderId ?? 'without id'} of ${symbol}`;
    const message = `${name}: ${kind}: ${source} tells ${told}, known was ${known}`;
    super('malformed_response', { message, outcome: 'unknown', venue });
    this.conflict = conflict;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), conflict: this.conflict };
  }
}

/** Reports a conflict of one order. */
export type RaiseConflict = (kind: OrderConflictKind, known: string, told: string) => void;

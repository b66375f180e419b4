import type { Decimal } from './decimal.js';
import type { PositionSide } from './position.js';
import type { Side } from './side.js';
import type { MarketSymbol } from './symbol.js';
import type { VenueId } from './venue-id.js';

export type OrderType = 'limit' | 'market';

/** `GTC`: rests until canceled. `IOC`: the rest that does not fill at once is canceled. `FOK`: all at once or nothing. */
export type TimeInForce = 'GTC' | 'IOC' | 'FOK';

/**
 * `pending`: handed over, its fate not told yet. `open`: rests, nothing filled. `partially_filled`: rests, some filled.
 * `filled`, `canceled` (also after a part was filled), `rejected`, `expired`: final. `unknown`: the venue may or may not
 * have it; evidence is being gathered, or could not decide.
 */
export type OrderState =
  | 'pending'
  | 'open'
  | 'partially_filled'
  | 'filled'
  | 'canceled'
  | 'rejected'
  | 'expired'
  | 'unknown';

/** What is known of one order. Money is decimal text, digit for digit as the venue sent it. */
export interface Order {
  readonly venue: VenueId;
  readonly symbol: MarketSymbol;
  /** The venue's id; absent until the venue has told it. */
  readonly orderId?: string;
  /** Our id; absent on orders that were placed elsewhere without one. */
  readonly clientOrderId?: string;
  readonly side: Side;
  readonly type: OrderType;
  /** Absent where the venue does not say. */
  readonly timeInForce?: TimeInForce;
  /** Refused instead of taking liquidity; absent where the venue does not say. */
  readonly postOnly?: boolean;
  /** Perpetuals: never opens or turns a position; absent where the venue does not say. */
  readonly reduceOnly?: boolean;
  /** Perpetuals in hedge mode: whose position it is meant for; absent where the venue does not say. */
  readonly positionSide?: PositionSide;
  /** Quote per base; absent on market orders. */
  readonly price?: Decimal;
  /** Base asset; absent where `quoteQuantity` rules. */
  readonly quantity?: Decimal;
  /** Quote asset: what market orders spend or receive, and the exact size of inverse contracts. */
  readonly quoteQuantity?: Decimal;
  /** Base asset executed so far; never falls. Inverse contracts: rounded to 20 decimals. */
  readonly filledQuantity: Decimal;
  /** Quote asset executed so far, before fees; absent where the venue does not say. */
  readonly filledQuoteQuantity?: Decimal;
  readonly state: OrderState;
  /** `external`: not placed by this client; never touched unless you ask for it by id. */
  readonly origin: 'own' | 'external';
  /** Why it ended, in the venue's word: `'stp'`, `'ioc'`; what the venue closed by force: `'liquidation'`, `'auto_deleveraging'`. */
  readonly reason?: string;
  /** Epoch ms by the venue's clock; absent until told. */
  readonly createdAt?: number;
  /** Epoch ms by the venue's clock of the newest news; absent until told. */
  readonly updatedAt?: number;
  /** Epoch ms by our clock of the newest news. */
  readonly receivedAt: number;
}

const FINAL: ReadonlySet<OrderState> = new Set(['filled', 'canceled', 'rejected', 'expired']);

/** Whether nothing can change any more. */
export function isFinal(state: OrderState): boolean {
  return FINAL.has(state);
}

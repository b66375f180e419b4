import type { Decimal } from '../../model/decimal.js';
import type { VenueId } from '../../model/venue-id.js';
import type { OrderFills, OrderNews } from '../strategy/strategy-event.js';
import type { LegOrder, StrategyState } from '../strategy/strategy-state.js';
import type { StrategyTerms } from '../strategy/strategy-terms.js';

/** What a comparison of the accounts found. */
export interface SyncReport {
  /** Orders with an id of the task that it does not remember. */
  readonly strays: readonly LegOrder[];
}

/** Does what a task decided, at the venues or on paper. Everything but `place` may be done again. */
export interface OrderDesk {
  /** Hands an order over, once. Resolves with what is known of it; never rejects. */
  place(terms: StrategyTerms, order: LegOrder): Promise<OrderNews>;
  cancel(terms: StrategyTerms, order: LegOrder): Promise<OrderNews>;
  /** Looks for an order whose fate is not known. `undefined`: nothing new. @param known every order of the cycle. */
  locate(terms: StrategyTerms, order: LegOrder, known: readonly LegOrder[]): Promise<OrderNews | undefined>;
  /** Compares what is remembered with the accounts. @throws when an account cannot be read. */
  sync(terms: StrategyTerms, state: StrategyState): Promise<SyncReport>;
  /** The fills of every order that was filled. @throws when they do not (yet) add up to what the orders say. */
  settle(terms: StrategyTerms, state: StrategyState): Promise<{ fills: readonly OrderFills[]; funding: Decimal }>;
  /** What can be spent; `undefined`: not known. */
  free(venue: VenueId, asset: string): Decimal | undefined;
  /** Calls back with news of any order that this desk hears of by itself. */
  onNews(handler: (news: OrderNews) => void): void;
  close(): Promise<void>;
}

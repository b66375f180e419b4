import type { Decimal } from '../../model/decimal.js';
import type { FundingTerms } from '../detector/expect-funding.js';
import type { CycleResult, LegOrder, StrategyState, TradePlan } from './strategy-state.js';

/** Best prices of one market, from a book that is proven; quote per base. */
export interface MarketQuote {
  readonly bid: number;
  readonly ask: number;
  readonly funding?: FundingTerms;
}

/** News of an order, from whatever source. */
export interface OrderNews {
  /** Client order id. */
  readonly id: string;
  readonly status: 'open' | 'unknown' | 'ended';
  /** Base asset. */
  readonly filled: Decimal;
  /** Quote asset. */
  readonly filledQuote: Decimal;
  readonly orderId?: string;
  readonly end?: NonNullable<LegOrder['end']>;
  /** Why, in words, where it was refused. */
  readonly reason?: string;
}

/** The fills of one order, added up. */
export interface OrderFills {
  /** Client order id. */
  readonly id: string;
  /** Base asset. */
  readonly quantity: Decimal;
  /** Quote asset. */
  readonly quote: Decimal;
  /** In quote, whatever it was paid in. */
  readonly fee: Decimal;
  /** Base asset that the fee took out of what was bought. */
  readonly feeBase: Decimal;
}

export const EVENT_NAMES = [
  'start',
  'pause',
  'stop',
  'kill',
  'recovered',
  'tick',
  'synced',
  'sync_failed',
  'opportunity',
  'quotes',
  'order',
  'stray',
  'settled',
  'settle_failed',
  'recorded',
] as const;

export type EventName = (typeof EVENT_NAMES)[number];

interface Timed {
  /** Epoch ms by our clock. */
  readonly at: number;
}

/** What can happen to a task. `quotes` has a hole where a book is not proven. `stray`: an own order that it forgot. */
export type StrategyEvent =
  | (Timed & { readonly type: 'start' | 'pause' | 'stop' | 'kill' | 'recovered' | 'tick' | 'synced' | 'recorded' })
  | (Timed & { readonly type: 'sync_failed' | 'settle_failed'; readonly reason: string })
  | (Timed & { readonly type: 'opportunity'; readonly plan: TradePlan })
  | (Timed & { readonly type: 'quotes'; readonly quotes: readonly (MarketQuote | undefined)[] })
  | (Timed & { readonly type: 'order'; readonly news: OrderNews })
  | (Timed & { readonly type: 'stray'; readonly order: LegOrder })
  | (Timed & { readonly type: 'settled'; readonly fills: readonly OrderFills[]; readonly funding: Decimal });

/**
 * What is to be done outside. All but `place` may be done again; `place` only ever follows the step that decided it.
 * `sync`: compare the accounts. `analyze`: tell of opportunities. `quote`: tell the prices. `locate`: find out what became
 * of an order. `settle`: read the fills. `record`: hand out a result. `alarm`: call a person.
 */
export type StrategyEffect =
  | { readonly type: 'sync' | 'analyze' | 'quote' | 'settle' }
  | { readonly type: 'place' | 'cancel' | 'locate'; readonly order: LegOrder }
  | { readonly type: 'record'; readonly result: CycleResult }
  | { readonly type: 'alarm'; readonly reason: string };

/** The next state and what is to be done after it has been written down. */
export interface Step {
  readonly state: StrategyState;
  readonly effects: readonly StrategyEffect[];
}

import type { Decimal } from '../../model/decimal.js';
import type { Side } from '../../model/side.js';

export const STATE_NAMES = [
  'IDLE',
  'SYNCING',
  'ANALYZING',
  'REBALANCING',
  'MANAGING_ORDERS',
  'WAITING_ORDERS',
  'MONITORING',
  'COMPLETING',
  'FINALIZING',
  'UNWINDING',
  'HALTED',
] as const;

/**
 * `IDLE`: nothing under way. `SYNCING`: the accounts are being compared with what is remembered. `ANALYZING`: waits for
 * something that pays. `REBALANCING`: a quantity without a counterpart was found and is about to be closed.
 * `MANAGING_ORDERS`: orders are chosen and handed over. `WAITING_ORDERS`: all are at the venues, some have not ended.
 * `MONITORING`: both legs are held, waiting for an exit. `COMPLETING`: flat again; the fills are read and added up.
 * `FINALIZING`: the result is handed out. `UNWINDING`: gets rid of what could not be hedged. `HALTED`: waits for a person.
 */
export type StateName = (typeof STATE_NAMES)[number];

export type OrderPurpose = 'entry' | 'hedge' | 'exit' | 'rebalance' | 'unwind';

/** An order of a task. Its id is chosen and remembered before it is handed over, and handed over at most once. */
export interface LegOrder {
  /** Client order id. */
  readonly id: string;
  /** Index into the task's markets. */
  readonly market: number;
  readonly side: Side;
  readonly purpose: OrderPurpose;
  /** Limit, quote per base; immediate or cancel. */
  readonly price: Decimal;
  /** Base asset. */
  readonly quantity: Decimal;
  readonly reduceOnly: boolean;
  /** Epoch ms by our clock at which it was decided. */
  readonly decidedAt: number;
  /** `sending`: decided, no answer yet. `unknown`: the venue may or may not have it. Only `ended` is settled. */
  readonly status: 'sending' | 'open' | 'unknown' | 'ended';
  /** Base asset; never falls. */
  readonly filled: Decimal;
  /** Quote asset. */
  readonly filledQuote: Decimal;
  /** Base asset that fees took out of what was bought: by the rate of its market until the fills are read. */
  readonly feeBase?: Decimal;
  /** The venue's id, once told. */
  readonly orderId?: string;
  /** How it ended: `refused` and `absent` never were at the venue. */
  readonly end?: 'filled' | 'canceled' | 'refused' | 'absent';
  readonly cancelAskedAt?: number;
}

/** What an opportunity comes to as two orders. */
export interface TradePlan {
  /** Indexes into the task's markets. */
  readonly buy: number;
  readonly sell: number;
  /** Base asset, a whole number of lots in both. */
  readonly quantity: Decimal;
  /** Limits, quote per base, slippage included. */
  readonly buyPrice: Decimal;
  readonly sellPrice: Decimal;
  /** Whether the legs are held until the prices meet (a perpetual is among them), or the profit is made at once. */
  readonly holds: boolean;
  /** Sequential tasks begin with it. */
  readonly first: Side;
  readonly expectedBps: number;
}

/** What a finished cycle came to; quote asset unless said otherwise. */
export interface CycleResult {
  readonly cycle: number;
  readonly endedAt: number;
  /** Received minus paid, without fees, what is left over valued at the last price. */
  readonly gross: Decimal;
  /** Fees in whatever asset, in quote. */
  readonly fees: Decimal;
  /** Payments received (positive) or made. */
  readonly funding: Decimal;
  /** Gross minus fees plus funding. */
  readonly net: Decimal;
  /** Traded value of all orders. */
  readonly volume: Decimal;
  /** Base asset that was left without a counterpart, too little to trade. */
  readonly dust: Decimal;
  readonly orders: number;
}

export interface StrategyTotals {
  /** Number of the UTC day (epoch ms / 86,400,000) of the last cycle. */
  readonly day: number;
  /** Net of that day's cycles, quote asset. */
  readonly dayNet: Decimal;
  readonly cycles: number;
  readonly net: Decimal;
  readonly fees: Decimal;
  readonly funding: Decimal;
  readonly volume: Decimal;
}

/** Everything that a task remembers. A value: a step makes a new one. Plain data, so that it can be written down. */
export interface StrategyState {
  readonly name: StateName;
  /** Steps so far. */
  readonly step: number;
  /** Epoch ms by our clock at which this state was entered. */
  readonly since: number;
  /** Epoch ms by our clock at which the accounts were last found as remembered; absent in journals of older versions. */
  readonly syncedAt?: number;
  /** What its owner wants: `pause`: nothing new; `stop`: close what is held, then rest; `kill`: flatten and halt. */
  readonly wish: 'run' | 'pause' | 'stop' | 'kill';
  readonly cycle: number;
  /** Why orders are being placed. */
  readonly phase: 'none' | OrderPurpose;
  readonly plan?: TradePlan;
  /** Of this cycle, oldest first. */
  readonly orders: readonly LegOrder[];
  /** Number of the next order's id. */
  readonly nextOrder: number;
  /** Tries in this phase. */
  readonly attempts: number;
  /** Epoch ms since which hedges have been tried. */
  readonly hedgingSince?: number;
  /** Base asset, signed, by market: left over from earlier cycles. */
  readonly carried: readonly Decimal[];
  /** Part of what is bought that fees take, by market, as the last fills showed; absent before the first. */
  readonly baseFees?: readonly number[];
  /** Last price that was seen, quote per base; values what is left over. */
  readonly mark?: number;
  /** Epoch ms since which more than `maxDelta` may be without a counterpart. */
  readonly unhedgedSince?: number;
  readonly hasAlarmed: boolean;
  /** Failures in a row of reading. */
  readonly failures: number;
  readonly halt?: string;
  readonly totals: StrategyTotals;
  readonly last?: CycleResult;
}

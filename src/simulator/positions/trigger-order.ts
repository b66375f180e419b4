import type { FuturesAccount } from './futures-account.js';
import type { FuturesOrderRequest } from './futures-request.js';
import type { PerpetualMarket } from './perpetual-market.js';

export interface TriggerRequest {
  readonly market: PerpetualMarket;
  /** Units of `10^-markDecimals`. */
  readonly triggerTicks: number;
  readonly rule: 'at_or_above' | 'at_or_below';
  readonly reference: 'last' | 'mark' | 'index';
  /** `undefined` = never. */
  readonly expiresAfterMs: number | undefined;
  /** What is placed when it fires. */
  readonly order: FuturesOrderRequest;
  /** Whether a trigger that is reached already is refused. */
  readonly refusesReached: boolean;
  /** What the wire wants to see again. */
  readonly extra: Readonly<Record<string, unknown>> | undefined;
}

/** An order that waits for a price. */
export interface TriggerOrder {
  /** Consecutive per venue, from 1; ids are up to the wire. */
  readonly number: number;
  readonly account: FuturesAccount;
  request: TriggerRequest;
  status: 'open' | 'fired' | 'failed' | 'canceled' | 'expired';
  /** Of the order that it placed. */
  orderId: string | undefined;
  /** Why that order was refused. */
  failure: string | undefined;
  /** Epoch ms by the venue's clock. */
  readonly createdAt: number;
  updatedAt: number;
  endedAt: number | undefined;
}

/** Where orders wait for a price. */
export interface TriggerDesk {
  /** @throws {FuturesRefusal} when it would fire at once and is not to. */
  place(account: FuturesAccount, request: TriggerRequest): TriggerOrder;
  /** Returns whether it was open. */
  cancel(trigger: TriggerOrder): boolean;
  /** @throws {FuturesRefusal} when it is over, or would fire at once and is not to. */
  amend(trigger: TriggerOrder, request: TriggerRequest): void;
  /** All of an account, oldest first. */
  of(account: FuturesAccount): readonly TriggerOrder[];
}

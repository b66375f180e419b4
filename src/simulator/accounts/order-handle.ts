import type { TapeTrade } from '../contract.js';
import type { MeetingRule, OrderHandler } from '../matching/order.js';
import type { Account } from './account.js';
import type { SelfTradeRule } from './account-order.js';

const MEETINGS: Readonly<Record<SelfTradeRule, MeetingRule>> = {
  cancel_newest: 'cancel_taker',
  cancel_oldest: 'cancel_maker',
  cancel_both: 'cancel_both',
};

/** An account's order as the engine knows it. */
export class OrderHandle implements OrderHandler {
  readonly account: Account;
  readonly #rule: SelfTradeRule | undefined;
  readonly #life: Pick<OrderHandler, 'fill' | 'prevented'>;
  /** It met an order of its own group and lost. */
  isStopped = false;

  constructor(account: Account, rule: SelfTradeRule | undefined, life: Pick<OrderHandler, 'fill' | 'prevented'>) {
    this.account = account;
    this.#rule = rule;
    this.#life = life;
  }

  fill(trade: TapeTrade, liquidity: 'maker' | 'taker', other: OrderHandler | undefined): void {
    this.#life.fill(trade, liquidity, other);
  }

  prevented(): void {
    this.#life.prevented();
  }

  /** Only orders within one group avoid each other, and only when the newer one asks for it. */
  meets(maker: OrderHandler): MeetingRule | undefined {
    const group = this.account.settings.selfTradeGroup;
    if (this.#rule === undefined || group === undefined || !(maker instanceof OrderHandle)) return undefined;
    if (maker.account.settings.selfTradeGroup !== group) return undefined;
    const meeting = MEETINGS[this.#rule];
    this.isStopped = meeting !== 'cancel_maker';
    return meeting;
  }
}

const NOTHING: Pick<OrderHandler, 'fill' | 'prevented'> = { fill() {}, prevented() {} };

/** A handle that only asks who would meet whom. */
export function askingHandle(account: Account, rule: SelfTradeRule | undefined): OrderHandle {
  return new OrderHandle(account, rule, NOTHING);
}

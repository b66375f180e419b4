import type { TapeTrade } from '../contract.js';
import type { MeetingRule, OrderHandler } from '../matching/order.js';
import type { AccountSettings } from './account-options.js';
import type { SelfTradeRule } from './account-order.js';

const MEETINGS: Readonly<Record<SelfTradeRule, MeetingRule>> = {
  cancel_newest: 'cancel_taker',
  cancel_oldest: 'cancel_maker',
  cancel_both: 'cancel_both',
};

/** Who places orders, as far as matching is concerned. */
interface Owner {
  readonly settings: Pick<AccountSettings, 'selfTradeGroup'>;
}

type Life = Pick<OrderHandler, 'fill' | 'prevented' | 'most'>;

/** An account's order as the engine knows it. */
export class OrderHandle implements OrderHandler {
  readonly account: Owner;
  readonly #rule: SelfTradeRule | undefined;
  readonly #life: Life;
  readonly most?: () => number;
  /** It met an order of its own group and lost. */
  isStopped = false;

  constructor(account: Owner, rule: SelfTradeRule | undefined, life: Life) {
    if (life.most !== undefined) this.most = life.most;
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

const NOTHING: Life = { fill() {}, prevented() {} };

/** A handle that only asks who would meet whom. */
export function askingHandle(account: Owner, rule: SelfTradeRule | undefined): OrderHandle {
  return new OrderHandle(account, rule, NOTHING);
}

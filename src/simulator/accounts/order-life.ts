import type { Clock } from '../../transport/clock.js';
import type { TapeTrade } from '../contract.js';
import type { OrderHandler } from '../matching/order.js';
import type { Account } from './account.js';
import {
  type AccountOrder,
  baseAmount,
  type EndReason,
  feeAsset,
  leftLots,
  lockOf,
  paidAsset,
  quoteAmount,
} from './account-order.js';
import { parseAmount, shareOf } from './amount.js';
import type { Ledger } from './ledger.js';
import { OrderHandle } from './order-handle.js';

/** What happens to an order once it is accepted: fills, their money, and its end. */
export class OrderLife {
  readonly #ledger: Ledger;
  readonly #clock: Clock;

  constructor(ledger: Ledger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** @param endsWhenFilled whether nothing left means filled. */
  handlerOf(account: Account, order: AccountOrder, endsWhenFilled: boolean): OrderHandle {
    return new OrderHandle(account, order.selfTradeRule, {
      fill: (trade, liquidity, other) => {
        this.#settle(account, order, trade, liquidity, other);
        if (endsWhenFilled && leftLots(order) === 0) this.end(account, order, 'filled', 'filled');
        else account.announce(order, 'filled');
      },
      prevented: () => this.end(account, order, 'canceled', 'self_trade'),
    });
  }

  end(account: Account, order: AccountOrder, status: 'filled' | 'canceled', reason: EndReason): void {
    order.status = status;
    order.endReason = reason;
    order.updatedAt = Math.floor(this.#clock.now());
    order.endedAt = this.#clock.monotonic();
    order.engineId = undefined;
    const rest = order.locked;
    order.locked = 0n;
    account.openOrders.delete(order);
    account.post('order_ended', paidAsset(order), rest, -rest, this.#ledger.counterparty);
    account.announce(order, 'ended');
  }

  #settle(
    account: Account,
    order: AccountOrder,
    { id, priceTicks, lots }: TapeTrade,
    liquidity: 'maker' | 'taker',
    other: OrderHandler | undefined,
  ): void {
    const { spec } = order.market;
    const { counterparty, fees } = this.#ledger;
    const [base, quote] = [baseAmount(order, lots), quoteAmount(order, priceTicks, lots)];
    const [paid, received] = order.side === 'buy' ? [quote, base] : [base, quote];
    const fee = shareOf(received, rateOf(liquidity === 'maker' ? spec.makerFee : spec.takerFee));
    order.filledLots += lots;
    order.filledQuote += quote;
    order.fee += fee;
    order.locked -= paid;
    order.updatedAt = Math.floor(this.#clock.now());
    account.post('fill', paidAsset(order), 0n, -paid, counterparty);
    account.post('fill', feeAsset(order), received, 0n, counterparty);
    account.post('fee', feeAsset(order), -fee, 0n, fees);
    this.#releaseImprovement(account, order);
    account.addFill({
      tradeId: id,
      order,
      priceTicks,
      lots,
      liquidity,
      fee,
      feeAsset: feeAsset(order),
      isSelfTrade: other instanceof OrderHandle && other.account === account,
      at: order.updatedAt,
    });
  }

  /** A buy that paid less than its price needs less for what is left. */
  #releaseImprovement(account: Account, order: AccountOrder): void {
    if (order.type === 'market') return;
    const excess = order.locked - lockOf(order, order.priceTicks, leftLots(order));
    order.locked -= excess;
    account.post('fill', paidAsset(order), excess, -excess, this.#ledger.counterparty);
  }
}

/** A rate may be negative: then the venue pays. */
function rateOf(text: string): bigint {
  return text.startsWith('-') ? -parseAmount(text.slice(1))! : parseAmount(text)!;
}

import type { Clock } from '../../transport/clock.js';
import { parseAmount, shareOf } from '../accounts/amount.js';
import type { Ledger, Pocket } from '../accounts/ledger.js';
import { OrderHandle } from '../accounts/order-handle.js';
import type { TapeTrade } from '../contract.js';
import type { OrderHandler } from '../matching/order.js';
import type { FuturesAccount } from './futures-account.js';
import { type FuturesEndReason, type FuturesFill, type FuturesOrder, leftLotsOf } from './futures-order.js';
import { closableLots, refreshOrderMargins } from './margins.js';
import type { PerpetualMarket } from './perpetual-market.js';
import { tradePosition } from './trade-position.js';
import { bookPrice, valueAt } from './valuation.js';

/** An execution as it comes to an order. */
export interface Execution {
  /** 0 = not on the tape. */
  readonly tradeId: number;
  readonly priceTicks: number;
  readonly lots: number;
  readonly liquidity: 'maker' | 'taker';
  readonly isSelfTrade: boolean;
  /** Who pays the profit. */
  readonly other: Pocket;
}

/** What happens to a futures order once it is accepted: fills, their money and positions, and its end. */
export class FuturesLife {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #insurance: Pocket;
  readonly #traded: (account: FuturesAccount, market: PerpetualMarket) => void;
  #positions = 0;

  /** @param traded is called after each match in which an account traded. */
  constructor(
    ledger: Ledger,
    clock: Clock,
    insurance: Pocket,
    traded: (account: FuturesAccount, market: PerpetualMarket) => void,
  ) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#insurance = insurance;
    this.#traded = traded;
  }

  handlerOf(account: FuturesAccount, order: FuturesOrder): OrderHandle {
    let isVain = false;
    const { counterparty } = this.#ledger;
    return new OrderHandle(account, order.selfTradeRule, {
      fill: (trade: TapeTrade, liquidity, other: OrderHandler | undefined) => {
        const isSelfTrade = other instanceof OrderHandle && other.account === account;
        const { id: tradeId, priceTicks, lots } = trade;
        this.execute(account, order, { tradeId, priceTicks, lots, liquidity, isSelfTrade, other: counterparty });
        order.market.market.defer(() => this.#traded(account, order.market));
        if (leftLotsOf(order) === 0) this.end(account, order, 'filled', 'filled');
        else account.tell((listener) => listener.order?.(order, 'filled'));
      },
      prevented: () => this.end(account, order, 'canceled', isVain ? 'reduce_only' : 'self_trade'),
      ...(order.reduceOnly
        ? {
            most: () => {
              const closable = closableLots(account, order.market, order.positionSide, order.side);
              isVain = closable === 0;
              return closable;
            },
          }
        : {}),
    });
  }

  execute(account: FuturesAccount, order: FuturesOrder, execution: Execution): void {
    const { market, side } = order;
    const { priceTicks, lots, liquidity, tradeId, other } = execution;
    const { spec, terms } = market;
    const at = Math.floor(this.#clock.now());
    const value = valueAt(market, lots, bookPrice(market, priceTicks));
    const fee = shareOf(value, rateOf(liquidity === 'maker' ? spec.makerFee : spec.takerFee));
    const position = account.position(market, order.positionSide);
    const signed = side === 'buy' ? lots : -lots;
    const number = position.number;
    const trade = tradePosition(position, { lots: signed, value, fee, orderId: order.id, at }, () => ++this.#positions);
    order.filledLots += lots;
    order.filledValue += value;
    order.filledTickLots += BigInt(priceTicks) * BigInt(lots);
    if (liquidity === 'maker') order.makerFee += fee;
    else order.takerFee += fee;
    order.pnl += trade.pnl;
    order.version++;
    order.updatedAt = at;
    refreshOrderMargins(account, market);
    const subject = { market, orderId: order.id, tradeId };
    account.post('pnl', terms.settle, trade.pnl, other, subject);
    account.post('fee', terms.settle, -fee, this.#ledger.fees, subject);
    const fill: FuturesFill = {
      tradeId,
      number: account.fills.length + 1,
      order,
      priceTicks,
      lots,
      closedLots: trade.closedLots,
      value,
      liquidity,
      fee,
      pnl: trade.pnl,
      positionNumber: position.lots === 0 ? number : position.number,
      isSelfTrade: execution.isSelfTrade,
      at,
    };
    account.fills.push(fill);
    account.tell((listener) => listener.fill?.(fill));
    if (trade.closed !== undefined) {
      const { closed } = trade;
      account.closedPositions.push(closed);
      account.tell((listener) => listener.closed?.(closed));
    }
    account.tell((listener) => listener.position?.(position));
  }

  end(account: FuturesAccount, order: FuturesOrder, status: 'filled' | 'canceled', reason: FuturesEndReason): void {
    order.status = status;
    order.endReason = reason;
    order.version++;
    order.updatedAt = Math.floor(this.#clock.now());
    order.endedAt = this.#clock.monotonic();
    order.engineId = undefined;
    order.margin = 0n;
    account.openOrders.delete(order);
    refreshOrderMargins(account, order.market);
    account.tell((listener) => listener.order?.(order, 'ended'));
  }

  /** Nobody owes the venue anything: what is missing comes from the insurance fund. */
  coverDeficit(account: FuturesAccount, asset: string): void {
    const balance = account.balance(asset);
    if (balance < 0n) account.post('insurance', asset, -balance, this.#insurance);
  }
}

/** A rate may be negative: then the venue pays. */
function rateOf(text: string): bigint {
  return text.startsWith('-') ? -parseAmount(text.slice(1))! : parseAmount(text)!;
}

import { type Amount, amountOf } from '../accounts/amount.js';
import type { FuturesAccount } from './futures-account.js';
import { type FuturesOrder, leftLotsOf } from './futures-order.js';
import { bankruptcyPrice, liquidationPrice } from './liquidation-price.js';
import type { ListedPerpetual } from './listed-perpetual.js';
import { crossPositions, summarize } from './margins.js';
import type { PerpetualMarket } from './perpetual-market.js';
import type { Liquidation, Position } from './position.js';
import type { TradingDesk } from './trading-desk.js';
import { entryPrice, maintenanceMargin, markPrice, unrealisedPnl } from './valuation.js';

/** Closes positions whose margin has fallen below maintenance. */
export class Liquidator {
  readonly #desk: TradingDesk;
  readonly #listed: ReadonlyMap<PerpetualMarket, ListedPerpetual>;
  #count = 0;

  constructor(desk: TradingDesk, listed: readonly ListedPerpetual[]) {
    this.#desk = desk;
    this.#listed = new Map(listed.map((one) => [one, one]));
  }

  /** Looks at every position. Never to be called in the middle of a match. */
  check(): void {
    for (const account of this.#desk.accounts.values()) {
      for (const position of account.positions()) if (isIsolatedShort(position)) this.#liquidate(position);
      for (const asset of account.assets()) this.#checkCross(account, asset);
    }
  }

  /** First the orders go; then positions, the one that needs most first, until what is left is covered. */
  #checkCross(account: FuturesAccount, asset: string): void {
    while (isCrossShort(account, asset)) {
      const [first] = crossPositions(account, asset).sort((a, b) =>
        maintenanceMargin(a) < maintenanceMargin(b) ? 1 : -1,
      );
      if (first === undefined) return;
      for (const order of [...account.openOrders]) {
        const isShared = order.market.terms.settle === asset && order.marginMode === 'cross';
        if (isShared) this.#desk.cancel(account, order, 'liquidation_canceled');
      }
      this.#liquidate(first);
    }
  }

  #liquidate(position: Position): void {
    const { account, market, lots, margin, leverage, marginMode, number, side } = position;
    position.isLiquidating = true;
    for (const order of [...account.openOrders]) {
      const isAbout = order.market === market && order.positionSide === side;
      if (isAbout) this.#desk.cancel(account, order, 'liquidation_canceled');
    }
    const facts = {
      number: ++this.#count,
      market,
      positionNumber: number,
      positionSide: side,
      lots,
      leverage,
      marginMode,
      margin,
      entryPrice: entryPrice(position),
      liquidationPrice: liquidationPrice(position),
      markPrice: markPrice(market),
    };
    const priceTicks = bankruptTicks(position);
    const before = balanceEffect(account, market);
    const order = this.#desk.createLiquidation(position, priceTicks);
    this.#desk.submit(account, order, priceTicks);
    this.#takeOver(account, order);
    if (marginMode === 'isolated') this.#seize(account, market, margin + balanceEffect(account, market) - before);
    position.isLiquidating = false;
    this.#desk.life.coverDeficit(account, market.terms.settle);
    this.#record({ ...facts, ...orderFacts(order), at: Math.floor(this.#desk.clock.now()) }, order, account);
  }

  /** What the book does not take, the insurance fund takes at the same price: nobody loses more than he has set aside. */
  #takeOver(account: FuturesAccount, order: FuturesOrder): void {
    const lots = leftLotsOf(order);
    if (order.status !== 'open') return;
    const { life, insurance } = this.#desk;
    const { priceTicks } = order;
    if (lots > 0) {
      life.execute(account, order, {
        tradeId: 0,
        priceTicks,
        lots,
        liquidity: 'taker',
        isSelfTrade: false,
        other: insurance,
      });
    }
    life.end(account, order, 'filled', 'liquidated');
  }

  /** What is left of an isolated margin goes to the insurance fund; what is missing comes from it. */
  #seize(account: FuturesAccount, market: PerpetualMarket, left: Amount): void {
    account.post('insurance', market.terms.settle, -left, this.#desk.insurance, { market });
  }

  #record(liquidation: Liquidation, order: FuturesOrder, account: FuturesAccount): void {
    account.liquidations.push(liquidation);
    account.tell((listener) => listener.liquidation?.(liquidation));
    const listed = this.#listed.get(liquidation.market)!;
    const fillTicks = order.filledLots === 0 ? 0 : Number(order.filledTickLots / BigInt(order.filledLots));
    listed.addLiquidation({ lots: liquidation.lots, orderTicks: order.priceTicks, fillTicks, at: liquidation.at });
  }
}

function isIsolatedShort(position: Position): boolean {
  if (position.lots === 0 || position.marginMode !== 'isolated') return false;
  return position.margin + unrealisedPnl(position) < maintenanceMargin(position);
}

function isCrossShort(account: FuturesAccount, asset: string): boolean {
  const { balance, isolatedMargin, crossUnrealised, crossMaintenance } = summarize(account, asset);
  return crossMaintenance > 0n && balance - isolatedMargin + crossUnrealised < crossMaintenance;
}

/** Profit and fees so far: their change is what closing cost. */
function balanceEffect(account: FuturesAccount, { terms: { settle } }: PerpetualMarket): Amount {
  return account.total(settle, 'pnl') + account.total(settle, 'fee');
}

/** Rounded so that the account does not lose more; at least one tick. */
function bankruptTicks(position: Position): number {
  const tick = amountOf(1, position.market.spec.priceDecimals);
  const price = bankruptcyPrice(position);
  const down = price / tick;
  const ticks = position.lots > 0 && price % tick !== 0n ? down + 1n : down;
  return Math.max(1, Number(ticks));
}

function orderFacts(order: FuturesOrder): Pick<Liquidation, 'orderId' | 'orderPrice' | 'fillPrice'> {
  const { spec } = order.market;
  const average = order.filledLots === 0 ? 0n : order.filledTickLots / BigInt(order.filledLots);
  return {
    orderId: order.id,
    orderPrice: amountOf(order.priceTicks, spec.priceDecimals),
    fillPrice: amountOf(average, spec.priceDecimals),
  };
}

import { ValidationError } from '../errors/kinds.js';
import type { DecimalInput } from '../model/decimal.js';
import type { Side } from '../model/side.js';
import type { MarketSymbol } from '../model/symbol.js';
import type { MarketSpec } from './contract.js';
import type { SimulatedMarket } from './market.js';
import type { Execution, NewOrder } from './matching/order.js';
import { baseOf, toUnits } from './units.js';

/** An order that somebody else at the venue places. */
export interface InjectedOrder {
  readonly symbol: MarketSymbol;
  readonly side: Side;
  /** Default `limit` with a price, `market` without. */
  readonly type?: 'limit' | 'market';
  /** Quote per base, a whole number of ticks; limit orders only. */
  readonly price?: DecimalInput;
  /** Base asset, a whole number of lots. Not for inverse contracts. */
  readonly quantity?: DecimalInput;
  /** Instead of a quantity, perpetuals only. */
  readonly contracts?: DecimalInput;
  readonly timeInForce?: 'gtc' | 'ioc' | 'fok';
  readonly postOnly?: boolean;
  /** Default `'injected'`. The synthetic flow leaves orders of others alone, but trades with them. */
  readonly owner?: string;
}

/** What became of an {@link InjectedOrder}. */
export interface InjectedExecution {
  readonly orderId: number;
  readonly status: Execution['status'];
  /** Base asset. */
  readonly filledQuantity: number;
  /** Base asset that rests in the book now. */
  readonly restingQuantity: number;
}

/** @throws {ValidationError} that names the field, before anything happens. */
export function injectOrder(market: SimulatedMarket, order: InjectedOrder): InjectedExecution {
  const asked = readOrder(market, order);
  const { orderId, status, filledLots, restingLots, quoteTickLots } = market.submit(asked);
  return {
    orderId,
    status,
    filledQuantity: baseOf(market.spec, filledLots, quoteTickLots / Math.max(1, filledLots)),
    restingQuantity: baseOf(market.spec, restingLots, asked.priceTicks ?? market.lastTicks),
  };
}

function readOrder(market: SimulatedMarket, order: InjectedOrder): NewOrder {
  const { priceDecimals } = market.spec;
  const { side, price, timeInForce, postOnly, type = price === undefined ? 'market' : 'limit' } = order;
  requireOneOf('side', side, ['buy', 'sell']);
  requireOneOf('type', type, ['limit', 'market']);
  if (timeInForce !== undefined) requireOneOf('timeInForce', timeInForce, ['gtc', 'ioc', 'fok']);
  if ((type === 'limit') !== (price !== undefined)) {
    throw new ValidationError({ field: 'price', expected: type === 'limit' ? 'a price' : 'no price', received: price });
  }
  return {
    owner: order.owner ?? 'injected',
    side,
    lots: readLots(market.spec, order),
    ...(price === undefined ? {} : { priceTicks: toUnits(price, priceDecimals, 'price') }),
    ...(timeInForce === undefined ? {} : { timeInForce }),
    ...(postOnly === undefined ? {} : { postOnly }),
  };
}

function readLots({ quantityDecimals, perpetual }: MarketSpec, { quantity, contracts }: InjectedOrder): number {
  if (contracts !== undefined && perpetual !== undefined) return toUnits(contracts, quantityDecimals, 'contracts');
  if (quantity === undefined || perpetual?.isInverse) {
    throw new ValidationError({
      field: 'quantity',
      expected: 'a quantity, or contracts of a perpetual',
      received: quantity,
    });
  }
  if (perpetual === undefined) return toUnits(quantity, quantityDecimals, 'quantity');
  const { contractSize } = perpetual;
  const decimals = contractSize.split('.')[1]?.length ?? 0;
  const size = Number(contractSize.replace('.', ''));
  const lots = toUnits(quantity, decimals + quantityDecimals, 'quantity') / size;
  if (Number.isInteger(lots)) return lots;
  throw new ValidationError({ field: 'quantity', expected: `a multiple of ${contractSize}`, received: quantity });
}

function requireOneOf(field: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value)) throw new ValidationError({ field, expected: allowed.join(', '), received: value });
}

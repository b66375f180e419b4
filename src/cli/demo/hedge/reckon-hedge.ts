import {
  addDecimals,
  type Decimal,
  type Fill,
  type FundingPayment,
  multiplyDecimals,
  subtractDecimals,
  toDecimal,
} from '../../../index.js';

/** What a pair of legs that was opened and closed has brought. Money in quote asset; losses are below zero. */
export interface HedgeResult {
  /** Of the spot leg, before fees. */
  readonly spotPnl: Decimal;
  /** Of the perpetual, before fees and funding. */
  readonly perpetualPnl: Decimal;
  /** Of all fills, paid; those taken in base asset at the price of their fill. */
  readonly fees: Decimal;
  /** Received. */
  readonly funding: Decimal;
  /** What the account has more of the quote asset than before. */
  readonly realizedPnl: Decimal;
  /** Base asset that was bought and not sold. */
  readonly left: Decimal;
}

interface HedgeEvents {
  readonly base: string;
  readonly spot: readonly Fill[];
  readonly perpetual: readonly Fill[];
  readonly payments: readonly FundingPayment[];
}

const ZERO = toDecimal('0');

/** Exact arithmetic on what the venues report. A linear perpetual that is flat in the end has earned its sales less its purchases. */
export function reckonHedge({ base, spot, perpetual, payments }: HedgeEvents): HedgeResult {
  const fills = [...spot, ...perpetual];
  const isInBase = ({ feeAsset }: Fill): boolean => feeAsset === base;
  const quoteFees = sum(fills.filter((fill) => !isInBase(fill)).map(({ fee = ZERO }) => fee));
  const baseFees = fills.filter(isInBase);
  const baseFeesValue = sum(baseFees.map(({ fee = ZERO, price }) => multiplyDecimals(fee, price)));
  const spotCash = sum(spot.map(cashOf));
  const perpetualPnl = sum(perpetual.map(cashOf));
  const funding = sum(payments.map(({ amount }) => amount));
  const bought = sum(spot.map(({ side, quantity }) => signed(quantity, side === 'buy')));
  return {
    spotPnl: addDecimals(spotCash, baseFeesValue),
    perpetualPnl,
    fees: addDecimals(quoteFees, baseFeesValue),
    funding,
    realizedPnl: subtractDecimals(sum([spotCash, perpetualPnl, funding]), quoteFees),
    left: subtractDecimals(bought, sum(baseFees.map(({ fee = ZERO }) => fee))),
  };
}

function cashOf({ side, price, quantity }: Fill): Decimal {
  return signed(multiplyDecimals(price, quantity), side === 'sell');
}

function signed(amount: Decimal, isPositive: boolean): Decimal {
  return isPositive ? amount : subtractDecimals(ZERO, amount);
}

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce(addDecimals, ZERO);
}

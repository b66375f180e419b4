import type { MarketSpec, TapeCandle } from '../../contract.js';
import type { CandleSource } from '../gateio/candle-windows.js';
import { printUnits } from '../gateio/print-units.js';
import type { Contract, Contracts } from './contracts.js';
import type { Sizes } from './sizes.js';

/** What a name of candles means: a contract's trades, or its mark or index price (`mark_BTC_USDT`). */
export interface NamedCandles {
  readonly contract: Contract;
  readonly kind: 'trades' | 'mark' | 'index';
  readonly source: CandleSource;
  /** Decimals of its prices. */
  readonly priceDecimals: number;
}

/** `undefined` when there is no such contract. Source: Gate API v4 docs, futures candlesticks. */
export function namedCandles(name: string, contracts: Contracts): NamedCandles | undefined {
  const [, kind, id] = /^(?:(mark|index)_)?(.+)$/s.exec(name) ?? [];
  const contract = contracts.get(id ?? '');
  if (contract === undefined) return undefined;
  const { market, prices, spec, terms } = contract.perpetual;
  if (kind !== 'mark' && kind !== 'index') {
    return { contract, kind: 'trades', source: market, priceDecimals: spec.priceDecimals };
  }
  const source: CandleSource = { candles: (intervalMs, from, to) => prices.candles(kind, intervalMs, from, to) };
  return { contract, kind, source, priceDecimals: terms.markDecimals };
}

/** Open, high, low and close as text. */
export function candlePrices(candle: TapeCandle, priceDecimals: number): Record<'o' | 'h' | 'l' | 'c', string> {
  return {
    o: printUnits(candle.openTicks, priceDecimals),
    h: printUnits(candle.highTicks, priceDecimals),
    l: printUnits(candle.lowTicks, priceDecimals),
    c: printUnits(candle.closeTicks, priceDecimals),
  };
}

/** Quote asset, text. */
export function quoteVolume(candle: TapeCandle, { spec, terms }: Contract['perpetual']): string {
  const size = Number(terms.contractSize);
  const contracts = candle.baseLots / 10 ** spec.quantityDecimals;
  const traded = (candle.quoteTickLots / 10 ** (spec.quantityDecimals + spec.priceDecimals)) * size;
  return plain(terms.isInverse ? contracts * size : traded);
}

/** Base asset, text. */
export function baseVolume(candle: TapeCandle, { spec, terms }: Contract['perpetual']): string {
  const underlying = (candle.baseLots / 10 ** spec.quantityDecimals) * Number(terms.contractSize);
  return plain(terms.isInverse ? underlying / (candle.closeTicks / 10 ** spec.priceDecimals) : underlying);
}

export function contractVolume(candle: TapeCandle, spec: MarketSpec, sizes: Sizes): string | number {
  return sizes.print(spec, candle.baseLots);
}

function plain(value: number): string {
  return value.toFixed(8).replace(/\.?0+$/, '');
}

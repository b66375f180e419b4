import type { MarketSpec, TrueLevel } from '../../contract.js';
import { printUnits } from '../gateio/print-units.js';

/** A size in contracts: text where the client asked for decimals, else a whole number. */
export type Size = string | number;

/** How sizes are printed for one client. */
export interface Sizes {
  /** Whether the client sent `X-Gate-Size-Decimal: 1`. */
  readonly areDecimal: boolean;
  /** @param lots may have a sign. Without decimals the fraction is cut off. */
  print(spec: MarketSpec, lots: number): Size;
  /** As JSON text. */
  printJson(spec: MarketSpec, lots: number): string;
}

const DECIMAL: Sizes = {
  areDecimal: true,
  print: signedText,
  printJson: (spec, lots) => `"${signedText(spec, lots)}"`,
};

const WHOLE: Sizes = {
  areDecimal: false,
  print: wholeContracts,
  printJson: (spec, lots) => String(wholeContracts(spec, lots)),
};

/** Source: Gate API v4 docs, futures, X-Gate-Size-Decimal. @param headers names in lower case. */
export function sizesFor(headers: Readonly<Record<string, string>> | undefined): Sizes {
  return headers?.['x-gate-size-decimal'] === '1' ? DECIMAL : WHOLE;
}

/** `[{"p":"91236","s":"2245"}]`, best price first; size 0 = gone. */
export function printLevelObjects(spec: MarketSpec, levels: readonly TrueLevel[], sizes: Sizes): string {
  const rows = levels.map(
    ({ priceTicks, lots }) =>
      `{"p":"${printUnits(priceTicks, spec.priceDecimals)}","s":${sizes.printJson(spec, lots)}}`,
  );
  return `[${rows.join(',')}]`;
}

/** `[["91236","2245"]]`. */
export function printLevelArrays(spec: MarketSpec, levels: readonly TrueLevel[], sizes: Sizes): string {
  const rows = levels.map(
    ({ priceTicks, lots }) => `["${printUnits(priceTicks, spec.priceDecimals)}",${sizes.printJson(spec, lots)}]`,
  );
  return `[${rows.join(',')}]`;
}

function signedText({ quantityDecimals }: MarketSpec, lots: number): string {
  const text = printUnits(Math.abs(lots), quantityDecimals);
  return lots < 0 ? `-${text}` : text;
}

function wholeContracts({ quantityDecimals }: MarketSpec, lots: number): number {
  // Adding 0 turns -0 into 0.
  return Math.trunc(lots / 10 ** quantityDecimals) + 0;
}

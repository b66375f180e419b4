import type { MarketSpec, TrueLevel } from '../../contract.js';
import { printUnits } from '../gateio/print-units.js';

/** `[["91235","0.4"],["91234","0"]]`: price and amount as text, amount `"0"` = gone. */
export function printLevels({ priceDecimals, quantityDecimals }: MarketSpec, levels: readonly TrueLevel[]): string {
  let text = '[';
  for (const { priceTicks, lots } of levels) {
    if (text.length > 1) text += ',';
    text += `["${printUnits(priceTicks, priceDecimals)}","${printUnits(lots, quantityDecimals)}"]`;
  }
  return `${text}]`;
}

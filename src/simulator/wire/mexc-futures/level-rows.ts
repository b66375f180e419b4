import type { LevelChange } from '../../contract.js';
import { type Contract, priceNumber, volNumber } from './contracts.js';

/** `[price, contracts, orders]`; 0 contracts remove the level. The model does not count the orders of a level. */
export type LevelRow = readonly [price: number, vol: number, orders: number];

export function levelRow(
  contract: Contract,
  { priceTicks, lots }: { readonly priceTicks: number; readonly lots: number },
): LevelRow {
  return [priceNumber(contract, priceTicks), volNumber(contract, lots), lots === 0 ? 0 : 1];
}

/** What is left of some changes: the last value of each level. */
export function lastValues(
  contract: Contract,
  changes: readonly LevelChange[],
): { readonly asks: readonly LevelRow[]; readonly bids: readonly LevelRow[] } {
  const [asks, bids] = [new Map<number, LevelRow>(), new Map<number, LevelRow>()];
  for (const change of changes) {
    (change.side === 'ask' ? asks : bids).set(change.priceTicks, levelRow(contract, change));
  }
  return { asks: [...asks.values()], bids: [...bids.values()] };
}

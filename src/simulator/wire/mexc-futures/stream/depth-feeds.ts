import type { TrueLevel } from '../../../contract.js';
import { type Contract, priceNumber, volNumber } from '../contracts.js';
import { lastValues, levelRow } from '../level-rows.js';

/** Looks at the market and gives the data of each push that is due now. @param now epoch ms by the venue's clock, whole. */
export type Feed = (now: number) => readonly unknown[];

/**
 * Changes since the last push, the last value of each level, with the range of versions that it spans: the next push
 * begins where this one ended. Where the journal was too short the missing versions show as a gap.
 * Source: published measurements, 2026; the docs do not know `begin` and `end`.
 */
export function createMergedDepthFeed(contract: Contract): Feed {
  const { view } = contract;
  let version = view.sequence;
  return () => {
    const changes = view.changesSince(version);
    if (changes.length === 0) return [];
    version = changes.at(-1)!.sequence;
    return [{ ...lastValues(contract, changes), begin: changes[0]!.sequence, end: version, version }];
  };
}

/** One push per version, as the docs tell it of streams that are not merged. */
export function createEachDepthFeed(contract: Contract): Feed {
  const { view } = contract;
  let version = view.sequence;
  return () =>
    view.changesSince(version).map((change) => {
      version = change.sequence;
      return { ...lastValues(contract, [change]), version };
    });
}

/** The top of the book, whole, whenever the book changed. */
export function createFullDepthFeed(contract: Contract, limit: number): Feed {
  const { view } = contract;
  let version = -1;
  return () => {
    if (view.sequence === version) return [];
    const { sequence, asks, bids } = view.book(limit);
    version = sequence;
    const rows = (levels: readonly TrueLevel[]) => levels.map((level) => levelRow(contract, level));
    return [{ asks: rows(asks), bids: rows(bids), version }];
  };
}

/** The book in steps of price: bids are rounded down, asks up. */
export function createStepDepthFeed(contract: Contract, step: number): Feed {
  const { view } = contract;
  const ticks = Math.round(step * 10 ** view.spec.priceDecimals);
  let version = -1;
  return (now) => {
    if (view.sequence === version) return [];
    const { sequence, asks, bids } = view.book();
    version = sequence;
    return [
      {
        asks: aggregate(contract, asks, (price) => Math.ceil(price / ticks) * ticks),
        bids: aggregate(contract, bids, (price) => Math.floor(price / ticks) * ticks),
        askMarketLevelPrice: priceNumber(contract, asks[0]?.priceTicks ?? 0),
        bidMarketLevelPrice: priceNumber(contract, bids[0]?.priceTicks ?? 0),
        ct: now,
      },
    ];
  };
}

function aggregate(
  contract: Contract,
  levels: readonly TrueLevel[],
  round: (priceTicks: number) => number,
): readonly (readonly [price: number, vol: number, orders: number])[] {
  const steps = new Map<number, { lots: number; orders: number }>();
  for (const { priceTicks, lots } of levels) {
    const step = steps.get(round(priceTicks)) ?? { lots: 0, orders: 0 };
    steps.set(round(priceTicks), { lots: step.lots + lots, orders: step.orders + 1 });
  }
  return [...steps].map(([price, { lots, orders }]) => [
    priceNumber(contract, price),
    volNumber(contract, lots),
    orders,
  ]);
}

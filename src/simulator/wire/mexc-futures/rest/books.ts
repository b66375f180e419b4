import type { TapeTrade } from '../../../contract.js';
import { type Contract, priceNumber, volNumber } from '../contracts.js';
import { lastValues, levelRow } from '../level-rows.js';
import { type ContractCall, type ContractHandler, pathContract, readCount } from './call.js';

/** Levels per side that are served, whatever is asked. Source: published measurement, 2026. */
const MAX_LEVELS = 1_500;
const MAX_COMMITS = 1_000;
const MAX_DEALS = 100;

/** `GET contract/depth/{symbol}`. Source: MEXC contract docs, depth. */
export const depth: ContractHandler = (call) => {
  const contract = pathContract(call);
  const { view } = contract;
  const limit = readCount(call.query, 'limit', 100, MAX_LEVELS);
  const asked = call.model.snapshotSequence(view.spec.symbol);
  const { sequence, bids, asks } = (asked === undefined ? undefined : view.bookAt(asked, limit)) ?? view.book(limit);
  return {
    asks: asks.map((level) => levelRow(contract, level)),
    bids: bids.map((level) => levelRow(contract, level)),
    version: sequence,
    timestamp: call.now,
  };
};

/** `GET contract/depth_commits/{symbol}/{limit}`: newest first, as the documented sample. Source: MEXC contract docs. */
export const depthCommits: ContractHandler = (call) => {
  const contract = pathContract(call);
  const limit = readPathCount(call, MAX_COMMITS);
  const { view } = contract;
  const commits = view.changesSince(view.sequence - limit).map((change) => ({
    ...lastValues(contract, [change]),
    version: change.sequence,
  }));
  return commits.reverse();
};

/** `GET contract/deals/{symbol}`, newest first. Source: MEXC contract docs, transactions. */
export const deals: ContractHandler = (call) => {
  const contract = pathContract(call);
  const limit = readCount(call.query, 'limit', MAX_DEALS, MAX_DEALS);
  return contract.view
    .recentTrades(limit)
    .map((trade) => dealRow(contract, trade))
    .reverse();
};

/** Whether a deal opens or closes is not known to the model: `O` is always "other". Source: MEXC contract docs, deals. */
export function dealRow(
  contract: Contract,
  { id, priceTicks, lots, takerSide, at }: TapeTrade,
): Record<string, unknown> {
  return {
    p: priceNumber(contract, priceTicks),
    v: volNumber(contract, lots),
    T: takerSide === 'buy' ? 1 : 2,
    O: 3,
    M: 2,
    t: Math.floor(at),
    i: String(id),
  };
}

function readPathCount({ path }: ContractCall, max: number): number {
  return readCount(new URLSearchParams({ limit: path['limit'] ?? '' }), 'limit', max, max);
}

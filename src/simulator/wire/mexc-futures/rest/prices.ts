import type { Contract } from '../contracts.js';
import { markNumber } from '../contracts.js';
import { type ContractHandler, optionalContract, pageObject, pathContract, requireContract } from './call.js';

const HOUR_MS = 3_600_000;
const MAX_HISTORY = 1_000;

/** `GET contract/index_price/{symbol}`. Source: MEXC contract docs, index price. */
export const indexPrice: ContractHandler = (call) => {
  const contract = pathContract(call);
  const { indexTicks } = contract.perpetual.prices;
  return { symbol: contract.id, indexPrice: markNumber(contract, indexTicks), timestamp: call.now };
};

/** `GET contract/fair_price/{symbol}`: the mark price. Source: MEXC contract docs, fair price. */
export const fairPrice: ContractHandler = (call) => {
  const contract = pathContract(call);
  const { markTicks } = contract.perpetual.prices;
  return { symbol: contract.id, fairPrice: markNumber(contract, markTicks), timestamp: call.now };
};

/** `GET contract/funding_rate/{symbol}`. Source: MEXC contract docs, funding rate. */
export const fundingRate: ContractHandler = (call) => fundingRow(pathContract(call), call.now);

/** `GET contract/funding_rate`: of all. Source: maintained clients; it is not in the docs. */
export const fundingRates: ContractHandler = (call) => {
  const one = optionalContract(call);
  return one === undefined
    ? [...call.contracts.values()].map((contract) => fundingRow(contract, call.now))
    : fundingRow(one, call.now);
};

/** `GET contract/funding_rate/history`, newest first. Source: MEXC contract docs, funding rate history. */
export const fundingHistory: ContractHandler = (call) => {
  const contract = requireContract(call);
  const { prices } = contract.perpetual;
  const rows = prices.fundingHistory.map(({ at, rateMillionths }) => ({
    symbol: contract.id,
    fundingRate: rateMillionths / 1_000_000,
    settleTime: at,
    collectCycle: cycleHours(contract),
  }));
  return pageObject(call.query, rows.reverse(), MAX_HISTORY);
};

/** `GET contract/risk_reverse`: the insurance fund, which never changes here. Source: MEXC contract docs, risk fund. */
export const riskReserve: ContractHandler = (call) =>
  [...call.contracts.values()].map((contract) => ({
    symbol: contract.id,
    currency: contract.perpetual.terms.settle,
    available: 15_000_000.1,
    timestamp: call.now,
  }));

function fundingRow(contract: Contract, now: number): Record<string, unknown> {
  const { prices, terms } = contract.perpetual;
  return {
    symbol: contract.id,
    fundingRate: prices.fundingRateMillionths / 1_000_000,
    maxFundingRate: Number(terms.maxFundingRate),
    minFundingRate: -Number(terms.maxFundingRate),
    collectCycle: cycleHours(contract),
    nextSettleTime: prices.nextFundingAt,
    idxPrice: markNumber(contract, prices.indexTicks),
    fairPrice: markNumber(contract, prices.markTicks),
    timestamp: now,
  };
}

function cycleHours({ perpetual }: Contract): number {
  return perpetual.terms.fundingIntervalMs / HOUR_MS;
}

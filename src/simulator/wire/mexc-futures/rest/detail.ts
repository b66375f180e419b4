import { type Amount, parseAmount } from '../../../accounts/amount.js';
import type { RiskTier } from '../../../contract.js';
import type { Contract } from '../contracts.js';
import { type ContractHandler, optionalContract } from './call.js';

/** Steps of the aggregated book, in ticks. */
const DEPTH_STEPS = [1, 10, 100, 1_000] as const;

/** `GET contract/ping`: the server's time. Source: MEXC contract docs, get the server time. */
export const ping: ContractHandler = ({ now }) => now;

/** `GET contract/support_currencies`. Source: MEXC contract docs, transferable currencies. */
export const supportCurrencies: ContractHandler = ({ contracts }) => [
  ...new Set([...contracts.values()].map(({ perpetual }) => perpetual.terms.settle)),
];

/** `GET contract/detail`: one object with `symbol`, else an array of all. Source: MEXC contract docs, contract information. */
export const detail: ContractHandler = (call) => {
  const one = optionalContract(call);
  return one === undefined ? [...call.contracts.values()].map(detailRow) : detailRow(one);
};

function detailRow(contract: Contract): Record<string, unknown> {
  const { id, perpetual, view } = contract;
  const { spec } = view;
  const { terms } = perpetual;
  return {
    symbol: id,
    displayName: `${id} PERPETUAL`,
    displayNameEn: `${id} PERPETUAL`,
    positionOpenType: 3,
    baseCoin: spec.base,
    quoteCoin: spec.quote,
    baseCoinName: spec.base,
    quoteCoinName: spec.quote,
    settleCoin: terms.settle,
    futureType: 1,
    contractSize: parseAmount(terms.contractSize),
    minLeverage: terms.minLeverage,
    maxLeverage: terms.maxLeverage,
    priceScale: spec.priceDecimals,
    volScale: spec.quantityDecimals,
    amountScale: 4,
    priceUnit: 1 / 10 ** spec.priceDecimals,
    volUnit: 1 / 10 ** spec.quantityDecimals,
    minVol: parseAmount(terms.minContracts),
    maxVol: parseAmount(terms.maxContracts),
    limitMaxVol: parseAmount(terms.maxContracts),
    bidLimitPriceRate: parseAmount(terms.maxPriceDeviation),
    askLimitPriceRate: parseAmount(terms.maxPriceDeviation),
    takerFeeRate: Number(spec.takerFee),
    makerFeeRate: Number(spec.makerFee),
    ...riskFields(terms.tiers, terms.tiersBy),
    liquidationFeeRate: 0.0002,
    priceCoefficientVariation: 0.1,
    triggerProtect: 0.1,
    marketOrderMaxLevel: 20,
    marketOrderPriceLimitRate1: 0.2,
    marketOrderPriceLimitRate2: 0.005,
    maxNumOrders: [200, 50],
    state: 0,
    type: 1,
    apiAllowed: true,
    isNew: false,
    isHot: true,
    isHidden: false,
    isZeroFeeRate: Number(spec.takerFee) === 0 && Number(spec.makerFee) === 0,
    depthStepList: depthSteps(contract).map(String),
    feeRateMode: 'NORMAL',
    indexOrigin: ['MXC', 'GATEIO'],
    id: contract.number,
  };
}

/** What `depth.step` can be asked for, quote per base. */
export function depthSteps({ view }: Contract): readonly number[] {
  return DEPTH_STEPS.map((ticks) => ticks / 10 ** view.spec.priceDecimals);
}

/** A ladder of even steps is told by its first step and its increments, any other one tier by tier. */
function riskFields(tiers: readonly RiskTier[], tiersBy: 'value' | 'contracts'): Record<string, unknown> {
  const rows = tiers.map(tierRow);
  const [first, second = first] = rows;
  const increments = {
    vol: second!.maxVol - first!.maxVol,
    mmr: second!.mmr - first!.mmr,
    imr: second!.imr - first!.imr,
  };
  const isEven = rows.every(
    ({ maxVol, mmr, imr }, index) =>
      maxVol === first!.maxVol + BigInt(index) * increments.vol &&
      mmr === first!.mmr + BigInt(index) * increments.mmr &&
      imr === first!.imr + BigInt(index) * increments.imr,
  );
  return {
    maintenanceMarginRate: first!.mmr,
    initialMarginRate: first!.imr,
    riskBaseVol: first!.maxVol,
    riskIncrVol: increments.vol,
    riskIncrMmr: increments.mmr,
    riskIncrImr: increments.imr,
    riskLevelLimit: rows.length,
    riskLimitType: tiersBy === 'value' ? 'BY_VALUE' : 'BY_VOLUME',
    riskLimitMode: isEven ? 'INCREASE' : 'CUSTOM',
    ...(isEven ? {} : { riskLimitCustom: rows }),
  };
}

interface TierRow {
  readonly level: number;
  readonly maxVol: Amount;
  readonly mmr: Amount;
  readonly imr: Amount;
  readonly maxLeverage: number;
}

/** Source: MEXC contract docs, contract information, riskLimitCustom. */
export function tierRow({ tier, limit, maintenanceRate, initialRate, maxLeverage }: RiskTier): TierRow {
  return {
    level: tier,
    maxVol: parseAmount(limit)!,
    mmr: parseAmount(maintenanceRate)!,
    imr: parseAmount(initialRate)!,
    maxLeverage,
  };
}

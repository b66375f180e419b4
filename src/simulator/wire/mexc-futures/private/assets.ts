import type { FuturesAccount, FuturesBalanceChange } from '../../../positions/futures-account.js';
import type { FuturesDesk } from '../../../positions/futures-model.js';
import type { Contract } from '../contracts.js';
import { optionalContract, pageObject, Refusal, requireContract } from '../rest/call.js';
import { tierRow } from '../rest/detail.js';
import type { PrivateCall, PrivateHandler } from './call.js';

const MAX_TRANSFERS = 100;

/** `GET account/assets`: of every asset that a contract is settled in. Source: MEXC contract docs, account assets. */
export const assets: PrivateHandler = (call) => assetNames(call).map((asset) => assetRow(call, asset));

/** `GET account/asset/{currency}`. Source: MEXC contract docs, account asset. */
export const asset: PrivateHandler = (call) => {
  const currency = call.path['currency']!;
  if (!assetNames(call).includes(currency)) throw new Refusal(4001, 'The currency is not supported');
  return assetRow(call, currency);
};

/** What the stream tells of it. Source: MEXC contract docs, asset push. */
export function assetPush(desk: FuturesDesk, account: FuturesAccount, currency: string): Record<string, unknown> {
  const { orderMargin, isolatedMargin, crossMargin, available } = desk.summary(account, currency);
  return {
    currency,
    positionMargin: isolatedMargin + crossMargin,
    frozenBalance: orderMargin,
    availableBalance: available > 0n ? available : 0n,
    bonus: 0,
  };
}

/** `GET account/transfer_record`, newest first. Source: MEXC contract docs, transfer records. */
export const transferRecords: PrivateHandler = ({ account, query }) => {
  const [currency, state, type] = [query.get('currency'), query.get('state'), query.get('type')];
  const isAsked = (row: ReturnType<typeof transferRow>): boolean =>
    (!currency || row.currency === currency) && (!state || row.state === state) && (!type || row.type === type);
  const rows = account.changes
    .from(0)
    .filter(({ cause }) => cause === 'transfer')
    .map(transferRow)
    .filter(isAsked);
  return pageObject(query, rows.reverse(), MAX_TRANSFERS);
};

/** `GET account/tiered_fee_rate/v2`. Source: MEXC contract docs, tiered trading fee rate. */
export const tieredFeeRate: PrivateHandler = (call) => feeRow(requireContract(call));

/** `GET account/contract/fee_rate`, of one contract or all. Source: MEXC contract docs, contract fee rates. */
export const contractFeeRates: PrivateHandler = (call) => {
  const one = optionalContract(call);
  return (one === undefined ? [...call.contracts.values()] : [one]).map(feeRow);
};

/** `GET account/discountType`: fees are never discounted here. Source: MEXC contract docs, discount type. */
export const discountType: PrivateHandler = () => ({ useFeeDiscount: false, useFeeDeduct: false });

/** `GET account/risk_limit`: by contract, a row for each side. Source: MEXC contract docs, risk limits. */
export const riskLimits: PrivateHandler = (call) => {
  const one = optionalContract(call);
  const asked = one === undefined ? [...call.contracts.values()] : [one];
  return Object.fromEntries(
    asked.map(({ id, perpetual }) => [
      id,
      [1, 2].map((positionType) => ({ symbol: id, positionType, ...tierRow(perpetual.terms.tiers[0]!) })),
    ]),
  );
};

function feeRow({ id, view: { spec } }: Contract): Record<string, unknown> {
  const [maker, taker] = [Number(spec.makerFee), Number(spec.takerFee)];
  return {
    symbol: id,
    level: 0,
    makerFee: maker,
    takerFee: taker,
    makerFeeDiscount: 1,
    takerFeeDiscount: 1,
    realMakerFee: maker,
    realTakerFee: taker,
  };
}

function assetNames({ account, contracts }: PrivateCall): string[] {
  const settles = [...contracts.values()].map(({ perpetual }) => perpetual.terms.settle);
  return [...new Set([...account.assets(), ...settles])];
}

function assetRow({ model, account }: PrivateCall, currency: string): Record<string, unknown> {
  const summary = model.desk.summary(account, currency);
  const unrealized = summary.isolatedUnrealised + summary.crossUnrealised;
  const { positionMargin, frozenBalance, availableBalance } = assetPush(model.desk, account, currency);
  return {
    currency,
    positionMargin,
    availableBalance,
    cashBalance: availableBalance,
    frozenBalance,
    equity: summary.balance + unrealized,
    unrealized,
    bonus: 0,
  };
}

function transferRow({ number, asset: currency, change, at }: FuturesBalanceChange) {
  const amount = change < 0n ? -change : change;
  return {
    id: number,
    txid: String(number).padStart(32, '0'),
    currency,
    amount,
    type: change < 0n ? 'OUT' : 'IN',
    state: 'SUCCESS',
    createTime: at,
    updateTime: at,
  };
}

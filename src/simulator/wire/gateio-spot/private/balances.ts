import type { BalanceCause, BalanceChange } from '../../../accounts/account.js';
import { printAmount } from '../../../accounts/amount.js';
import { readPage, readRange } from '../../gateio/rest/paging.js';
import { readRequired } from '../../gateio/rest/params.js';
import { invalidValue } from '../../gateio/rest/refusal.js';
import { toSeconds, wallMs } from '../../gateio/wall-time.js';
import type { Pair } from '../pairs.js';
import { findCurrency, listCurrencies } from '../rest/currencies.js';
import { findPair } from '../rest/params.js';
import { optionalPair, type PrivateCall, type PrivateHandler } from './call.js';

const MAX_ROWS = 1_000;
const MAX_FEE_PAIRS = 50;
const THIRTY_DAYS_S = 30 * 86_400;

/** Source: Gate.io spot WebSocket v4 docs, balances, change_type; account_book does not list its types. */
export const CHANGE_TYPES: Readonly<Record<BalanceCause, string>> = {
  deposit: 'deposit',
  withdrawal: 'withdraw',
  transfer: 'future-transfer',
  order_placed: 'order-create',
  order_amended: 'order-update',
  order_ended: 'order-update',
  fill: 'order-match',
  fee: 'trade-fee-deduct',
};

/** `GET /spot/accounts`. Source: Gate.io API v4 docs, list spot accounts. */
export const listAccounts: PrivateHandler = ({ account, query, pairs }) => {
  const one = query.get('currency');
  const all = [...new Set([...listCurrencies(pairs), ...account.assets()])];
  const asked = one === null || one === '' ? all.filter((asset) => account.version(asset) > 0) : [one];
  if (one) requireKnown(one, all, pairs);
  return asked.map((asset) => ({
    currency: asset,
    available: printAmount(account.free.get(asset)),
    locked: printAmount(account.locked.get(asset)),
    update_id: account.version(asset),
  }));
};

function requireKnown(asset: string, all: readonly string[], pairs: PrivateCall['pairs']): void {
  if (!all.includes(asset)) findCurrency(pairs, asset);
}

/** `GET /wallet/fee` and the older `GET /spot/fee`. Source: Gate.io API v4 docs, trading fee rates. */
export const tradingFee: PrivateHandler = (call) => feeFields(call, optionalPair(call) ?? [...call.pairs.values()][0]!);

/** `GET /spot/batch_fee`. Source: Gate.io API v4 docs, batch of fee rates. */
export const batchFee: PrivateHandler = (call) => {
  const ids = readRequired(call.query, 'currency_pairs').split(',');
  if (ids.length > MAX_FEE_PAIRS) throw invalidValue('currency_pairs');
  return Object.fromEntries(ids.map((id) => [id, feeFields(call, findPair(call.pairs, id))]));
};

function feeFields({ account }: PrivateCall, { id, market: { spec } }: Pair): Record<string, unknown> {
  return {
    user_id: Number(account.settings.userId),
    currency_pair: id,
    taker_fee: spec.takerFee,
    maker_fee: spec.makerFee,
    rpi_maker_fee: spec.makerFee,
    gt_discount: false,
    gt_taker_fee: '0',
    gt_maker_fee: '0',
    loan_fee: '0',
    point_type: '1',
    futures_taker_fee: '0.0005',
    futures_maker_fee: '0.0002',
    futures_rpi_maker_fee: '0.0002',
    delivery_taker_fee: '0.0005',
    delivery_maker_fee: '0.0002',
    debit_fee: 3,
    rpi_mm: 1,
  };
}

/** `GET /spot/account_book`, newest first. Source: Gate.io API v4 docs, account book. */
export const accountBook: PrivateHandler = ({ account, query, model }) => {
  const asset = query.get('currency');
  const nowS = toSeconds(wallMs(model.clock));
  const { fromMs, toMs } = readRange(query, { defaultSeconds: THIRTY_DAYS_S, maxSeconds: THIRTY_DAYS_S, nowS });
  const rows = account.changes
    .from(0)
    .filter((one) => one.freeChange + one.lockedChange !== 0n && one.at >= fromMs && one.at < toMs)
    .filter((one) => asset === null || one.asset === asset)
    .map(bookRow);
  return readPage(query, MAX_ROWS).cut(rows.reverse());
};

function bookRow(change: BalanceChange): Record<string, unknown> {
  return {
    id: String(change.number),
    time: change.at,
    currency: change.asset,
    change: printAmount(change.freeChange + change.lockedChange),
    balance: printAmount(change.free + change.locked),
    type: CHANGE_TYPES[change.cause],
    code: '',
    text: '',
  };
}

/** `GET /account/rate_limit`. Source: Gate.io API v4 docs, rate limit tier. */
export const rateLimitTier: PrivateHandler = ({ model }) => [
  { tier: '1', ratio: '0', main_ratio: '0', updated_at: String(toSeconds(wallMs(model.clock))) },
];

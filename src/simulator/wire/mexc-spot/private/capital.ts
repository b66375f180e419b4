import { createHash } from 'node:crypto';
import { type Amount, parseAmount, printAmount } from '../../../accounts/amount.js';
import { type Network, networksOf } from '../../../accounts/networks.js';
import type { Deposit, Withdrawal } from '../../../accounts/wallet.js';
import { missing, Refusal, readLimit, readTimes, wrong } from '../rest-call.js';
import type { PrivateCall, PrivateHandler } from './call.js';

const DAY_MS = 86_400_000;
/** Source: MEXC spot v3 docs, deposit and withdrawal history. */
const WINDOW_MS = 7 * DAY_MS;
const REACH_MS = 90 * DAY_MS;

/** Source: MEXC spot v3 docs, withdraw history, status. */
const STATUSES: Readonly<Record<Withdrawal['status'], number>> = { requested: 1, sent: 4, done: 7, canceled: 9 };
const DEPOSIT_SUCCESS = 5;

/** `GET /api/v3/capital/config/getall`. Source: MEXC spot v3 docs, currency information. */
export const currencies: PrivateHandler = (call) =>
  assetsOf(call).map((coin) => ({
    coin,
    name: coin,
    networkList: networksOf(coin).map((network) => ({
      coin,
      depositDesc: null,
      depositEnable: true,
      minConfirm: 20,
      name: coin,
      network: network.title,
      netWork: network.id,
      withdrawEnable: true,
      withdrawFee: network.withdrawFee,
      withdrawIntegerMultiple: null,
      withdrawMax: '10000000.000000000000000000',
      withdrawMin: network.withdrawMin,
      sameAddress: false,
      contract: network.contract === '' ? null : network.contract,
      withdrawTips: null,
      depositTips: null,
    })),
  }));

/** `POST /api/v3/capital/withdraw`: the fee is part of the amount. Source: MEXC spot v3 docs, withdraw. */
export const withdraw: PrivateHandler = (call) => {
  const { account, model, query } = call;
  const asset = assetOf(call, 'coin');
  const address = required(call, 'address');
  const amount = amountOf(call);
  const network = networkOf(asset, query.get('netWork'), 'netWork');
  if (account.settings.withdrawalAddresses?.has(address) === false) {
    throw new Refusal(10212, 'The withdrawal address is not in the address list');
  }
  if (amount < parseAmount(network.withdrawMin)!) throw new Refusal(10097, 'Amount error');
  if (account.free.get(asset) < amount) throw new Refusal(10101, 'Insufficient balance');
  const withdrawal = model.wallet.withdraw({
    account,
    asset,
    network: network.id,
    address,
    memo: query.get('memo') ?? '',
    clientId: query.get('withdrawOrderId') ?? '',
    amount,
    fee: parseAmount(network.withdrawFee)!,
  });
  return { id: idOf('withdrawal', withdrawal.number) };
};

/** `DELETE /api/v3/capital/withdraw`. Source: MEXC spot v3 docs, cancel withdraw. */
export const cancelWithdrawal: PrivateHandler = (call) => {
  const id = required(call, 'id');
  const found = call.model.wallet.withdrawals.find(
    (one) => one.account === call.account && idOf('withdrawal', one.number) === id,
  );
  if (found === undefined || !call.model.wallet.cancel(found)) throw new Refusal(22222, 'Record does not exist');
  return { id };
};

/** `GET /api/v3/capital/withdraw/history`, newest first. Source: MEXC spot v3 docs, withdraw history. */
export const withdrawalHistory: PrivateHandler = (call) => {
  const isMeant = filterOf(call);
  return call.model.wallet.withdrawals
    .filter((one) => isMeant(one, one.createdAt, STATUSES[one.status]))
    .reverse()
    .slice(0, readLimit(call, 1_000, 1_000))
    .map(withdrawalRow);
};

/** `GET /api/v3/capital/withdraw/address`. Source: MEXC spot v3 docs, withdraw address. */
export const withdrawalAddresses: PrivateHandler = (call) => {
  const coin = call.query.get('coin') ?? 'USDT';
  const { id, title } = networksOf(coin)[0]!;
  const data = [...(call.account.settings.withdrawalAddresses ?? [])].map((address) => ({
    coin,
    network: title,
    netWork: id,
    address,
    addressTag: '',
    memo: '',
  }));
  return { data, totalRecords: data.length, page: 1, totalPageNum: 1 };
};

/** `GET` and `POST /api/v3/capital/deposit/address`. Source: MEXC spot v3 docs, deposit address. */
export const depositAddress: PrivateHandler = (call) => {
  const coin = assetOf(call, 'coin');
  const asked = call.query.get('network');
  const networks = asked === null ? networksOf(coin) : [networkOf(coin, asked, 'network')];
  return networks.map((network) => ({ coin, network: network.title, address: addressOf(call, network), memo: null }));
};

/** `GET /api/v3/capital/deposit/hisrec`, newest first. Source: MEXC spot v3 docs, deposit history. */
export const depositHistory: PrivateHandler = (call) => {
  const isMeant = filterOf(call);
  return call.model.wallet.deposits
    .filter((one) => isMeant(one, one.at, DEPOSIT_SUCCESS))
    .reverse()
    .slice(0, readLimit(call, 1_000, 1_000))
    .map((one) => depositRow(one));
};

function withdrawalRow(one: Withdrawal): Record<string, unknown> {
  const txId = one.status === 'done' ? `${idOf('transaction', one.number)}:0` : null;
  return {
    id: idOf('withdrawal', one.number),
    withdrawOrderId: one.clientId === '' ? null : one.clientId,
    coin: one.asset,
    network: networkOf(one.asset, one.network, '').title,
    netWork: one.network,
    address: one.address,
    memo: one.memo,
    amount: printAmount(one.amount),
    transactionFee: printAmount(one.fee),
    transferType: 0,
    status: STATUSES[one.status],
    confirmNo: null,
    applyTime: one.createdAt,
    updateTime: one.updatedAt,
    txId,
    transHash: txId,
    explorerUrl: null,
    remark: null,
    coinId: idOf('coin', 0),
    vcoinId: idOf('coin', 0),
  };
}

function depositRow({ number, account, asset, network, amount, at }: Deposit): Record<string, unknown> {
  const txId = `${idOf('deposit', number)}:0`;
  return {
    amount: printAmount(amount),
    coin: asset,
    network: networkOf(asset, network, '').title,
    netWork: network,
    status: DEPOSIT_SUCCESS,
    address: `sim-${network}-${account.settings.userId}`,
    addressTag: null,
    txId,
    transHash: txId,
    insertTime: at,
    updateTime: at,
    unlockConfirm: '20',
    confirmTimes: '20',
    memo: null,
  };
}

type Filter = (row: { readonly account: unknown; readonly asset: string }, at: number, status: number) => boolean;

function filterOf(call: PrivateCall): Filter {
  const { account, query, now } = call;
  const { start, end = now } = readTimes(call);
  const from = start ?? end - WINDOW_MS;
  if (end - from > WINDOW_MS) throw wrong('startTime');
  // The same code means a missing key elsewhere; the text tells them apart.
  if (from < now - REACH_MS) throw new Refusal(400, 'The start time cannot be earlier than 90 days');
  const [coin, status] = [query.get('coin'), query.get('status')];
  return (row, at, state) =>
    row.account === account &&
    at >= from &&
    at <= end &&
    (coin ?? row.asset) === row.asset &&
    (status ?? String(state)) === String(state);
}

/** 32 hex digits. */
function idOf(kind: string, number: number): string {
  return createHash('md5').update(`${kind} ${number}`).digest('hex');
}

function addressOf({ account }: PrivateCall, { id }: Network): string {
  return `sim-${id}-${account.settings.userId}`;
}

function networkOf(asset: string, name: string | null, field: string): Network {
  const networks = networksOf(asset);
  const found = name === null ? networks[0] : networks.find(({ id, title }) => id === name || title === name);
  if (found === undefined) throw wrong(field);
  return found;
}

function assetsOf({ markets, account }: PrivateCall): string[] {
  const traded = [...markets.values()].flatMap(({ view: { spec } }) => [spec.base, spec.quote]);
  return [...new Set([...traded, ...account.assets()])];
}

/** The asset that a parameter names. @throws {Refusal} */
export function assetOf(call: PrivateCall, name: string): string {
  const asset = required(call, name);
  if (assetsOf(call).includes(asset)) return asset;
  throw new Refusal(10232, 'Unknown currency');
}

/** @throws {Refusal} unless above zero. */
export function amountOf(call: PrivateCall): Amount {
  const amount = parseAmount(required(call, 'amount'));
  if (amount === undefined) throw new Refusal(10097, 'Amount error');
  if (amount === 0n) throw new Refusal(10102, 'Amount cannot be zero or negative');
  return amount;
}

function required({ query }: PrivateCall, name: string): string {
  const text = query.get(name);
  if (text === null || text === '') throw missing(name);
  return text;
}

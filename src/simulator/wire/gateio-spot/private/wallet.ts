import { type Amount, parseAmount, printAmount } from '../../../accounts/amount.js';
import { type Network, networksOf } from '../../../accounts/networks.js';
import type { Deposit, Withdrawal } from '../../../accounts/wallet.js';
import { type Fields, readObject, requiredText, textOf } from '../../gateio/rest/fields.js';
import { readPage, readRange } from '../../gateio/rest/paging.js';
import { readInteger, readRequired } from '../../gateio/rest/params.js';
import { invalidValue, RestRefusal, unknownCurrency } from '../../gateio/rest/refusal.js';
import { toSeconds, wallMs } from '../../gateio/wall-time.js';
import { findCurrency, listCurrencies } from '../rest/currencies.js';
import type { PrivateCall, PrivateHandler } from './call.js';

const FIRST_WITHDRAWAL = 1_879_219_000;
const FIRST_TRANSFER = 59_636_381_000;
const DAY_S = 86_400;
const MAX_ROWS = 500;
const TRANSFER_DECIMALS = 8;

/** Source: Gate.io API v4 docs, withdrawal statuses. */
const STATUSES: Readonly<Record<Withdrawal['status'], string>> = {
  requested: 'REQUEST',
  sent: 'EXTPEND',
  done: 'DONE',
  canceled: 'CANCEL',
};

/** `POST /withdrawals`. That the fee is part of the amount is a choice. Source: Gate.io API v4 docs, withdraw. */
export const withdraw: PrivateHandler = (call) => {
  const fields = readObject(call);
  const { account, model } = call;
  const asset = currencyOf(fields, call);
  const chain = requiredText(fields, 'chain');
  const network = networksOf(asset).find(({ id }) => id === chain);
  if (network === undefined) throw invalidValue('chain');
  const address = requiredText(fields, 'address');
  const clientId = textOf(fields, 'withdraw_order_id') ?? '';
  if (clientId.length > 32) throw invalidValue('withdraw_order_id');
  const amount = amountOf(fields);
  if (clientId !== '' && mine(call).some((one) => one.clientId === clientId)) {
    throw new RestRefusal(400, 'DUPLICATE_REQUEST', 'This withdraw_order_id was used before');
  }
  if (account.settings.withdrawalAddresses?.has(address) === false) {
    throw new RestRefusal(400, 'ADDRESS_NOT_USED', 'The address has to be verified first');
  }
  if (amount < parseAmount(network.withdrawMin)!) {
    throw new RestRefusal(400, 'AMOUNT_TOO_LITTLE', `The minimum is ${network.withdrawMin}`);
  }
  requireFunds(account.free.get(asset), amount);
  const memo = textOf(fields, 'memo') ?? '';
  const fee = parseAmount(network.withdrawFee)!;
  const request = { account, asset, network: chain, address, memo, clientId, amount, fee };
  return withdrawalFields(model.wallet.withdraw(request));
};

/** `DELETE /withdrawals/{id}`. Source: Gate.io API v4 docs, cancel withdrawal. */
export const cancelWithdrawal: PrivateHandler = (call) => {
  const withdrawal = mine(call).find((one) => idOf(one) === call.name);
  if (withdrawal === undefined) throw new RestRefusal(400, 'INVALID_WITHDRAW_ID', 'No such withdrawal');
  if (!call.model.wallet.cancel(withdrawal)) {
    throw new RestRefusal(400, 'INVALID_WITHDRAW_CANCEL_STATUS', 'It can no longer be cancelled');
  }
  return withdrawalFields(withdrawal);
};

/** `GET /wallet/withdrawals`, newest first. Source: Gate.io API v4 docs, withdrawal records. */
export const listWithdrawals: PrivateHandler = (call) => {
  const { query } = call;
  const id = query.get('withdraw_id');
  const { fromMs, toMs } = range(call);
  const rows = mine(call).filter(
    (one) =>
      (id === null ? one.createdAt >= fromMs && one.createdAt < toMs : idOf(one) === id) &&
      (query.get('withdraw_order_id') ?? one.clientId) === one.clientId &&
      (query.get('currency') ?? one.asset) === one.asset,
  );
  return readPage(query, MAX_ROWS)
    .cut(rows.reverse())
    .map((one) => ({
      ...withdrawalFields(one),
      block_number: '',
      fee: printAmount(one.fee),
      type: 'PC',
      fail_reason: '',
      timestamp2: String(toSeconds(one.updatedAt)),
    }));
};

/** `GET /wallet/deposits`, newest first. Source: Gate.io API v4 docs, deposit records. */
export const listDeposits: PrivateHandler = (call) => {
  const { account, query, model } = call;
  const { fromMs, toMs } = range(call);
  const rows = model.wallet.deposits.filter(
    (one) =>
      one.account === account &&
      one.at >= fromMs &&
      one.at < toMs &&
      (query.get('currency') ?? one.asset) === one.asset,
  );
  return readPage(query, MAX_ROWS).cut(rows.reverse()).map(depositFields);
};

/** `GET /wallet/deposit_address`. Source: Gate.io API v4 docs, deposit address. */
export const depositAddress: PrivateHandler = ({ account, query, pairs }) => {
  const asset = findCurrency(pairs, readRequired(query, 'currency'));
  const addresses = networksOf(asset).map(({ id }) => ({
    chain: id,
    address: `sim-${id}-${account.settings.userId}`,
    payment_id: '',
    payment_name: '',
    obtain_failed: 0,
    min_confirms: 1,
  }));
  const { address } = addresses[0]!;
  return { currency: asset, address, min_deposit_amount: '0', multichain_addresses: addresses };
};

/** `GET /wallet/withdraw_status`. Source: Gate.io API v4 docs, withdrawal status. */
export const withdrawStatus: PrivateHandler = ({ query, pairs }) => {
  const one = query.get('currency');
  const asked = one === null ? listCurrencies(pairs) : [findCurrency(pairs, one)];
  return asked.map((asset) => {
    const networks = networksOf(asset);
    const byChain = (print: (network: Network) => string) =>
      Object.fromEntries(networks.map((network) => [network.id, print(network)]));
    return {
      currency: asset,
      name: asset,
      name_cn: asset,
      deposit: '0',
      withdraw_percent: '0%',
      withdraw_fix: networks[0]!.withdrawFee,
      withdraw_day_limit: '20000000',
      withdraw_day_limit_remain: '20000000',
      withdraw_amount_mini: networks[0]!.withdrawMin,
      withdraw_eachtime_limit: '20000000',
      withdraw_fix_on_chains: byChain(({ withdrawFee }) => withdrawFee),
      withdraw_percent_on_chains: byChain(() => '0%'),
    };
  });
};

/** `POST /wallet/transfers`, between spot and futures only. Source: Gate.io API v4 docs, transfer between accounts. */
export const transfer: PrivateHandler = (call) => {
  const fields = readObject(call);
  const asset = currencyOf(fields, call);
  const [from, to] = [accountName(fields, 'from'), accountName(fields, 'to')];
  if (from === to) throw invalidValue('to');
  if (textOf(fields, 'settle') === undefined) throw invalidValue('settle');
  const amount = amountOf(fields);
  if (amount % 10n ** BigInt(36 - TRANSFER_DECIMALS) !== 0n) {
    throw new RestRefusal(400, 'INVALID_PRECISION', `At most ${TRANSFER_DECIMALS} decimals`);
  }
  const { account, model } = call;
  const has = from === 'spot' ? account.free.get(asset) : model.wallet.inFutures(account, asset);
  requireFunds(has, amount, from === 'spot' ? 'BALANCE_NOT_ENOUGH' : 'FUTURES_BALANCE_NOT_ENOUGH');
  return { tx_id: FIRST_TRANSFER + model.wallet.transfer(account, asset, amount, from, to).number };
};

/** `GET /wallet/transfers`. Source: Gate.io API v4 docs, transfer status. */
export const transferStatus: PrivateHandler = ({ account, query, model }) => {
  const id = readInteger(query, 'tx_id', 0, Number.MAX_SAFE_INTEGER);
  const found = model.wallet.transfers.find((one) => one.account === account && FIRST_TRANSFER + one.number === id);
  if (found === undefined) throw invalidValue('tx_id');
  return {
    tx_id: id,
    status: 'success',
    currency: found.asset,
    amount: printAmount(found.amount),
    from_account: found.from,
    to_account: found.to,
    settle: 'usdt',
    currency_pair: '',
  };
};

/** `GET /wallet/saved_address`. Source: Gate.io API v4 docs, saved addresses. */
export const savedAddresses: PrivateHandler = ({ account, query, pairs }) => {
  const asset = findCurrency(pairs, readRequired(query, 'currency'));
  const rows = [...(account.settings.withdrawalAddresses ?? [])].map((address) => ({
    currency: asset,
    chain: networksOf(asset)[0]!.id,
    address,
    name: address,
    tag: '',
    verified: '1',
  }));
  return readPage(query, 100).cut(rows);
};

function withdrawalFields(one: Withdrawal): Record<string, unknown> {
  return {
    id: idOf(one),
    txid: one.status === 'done' ? `sim-${one.number}` : '',
    withdraw_order_id: one.clientId,
    timestamp: String(toSeconds(one.createdAt)),
    amount: printAmount(one.amount),
    currency: one.asset,
    address: one.address,
    memo: one.memo,
    status: STATUSES[one.status],
    chain: one.network,
  };
}

function depositFields(one: Deposit): Record<string, unknown> {
  return {
    id: `d${one.number}`,
    txid: `sim-deposit-${one.number}`,
    timestamp: String(toSeconds(one.at)),
    amount: printAmount(one.amount),
    currency: one.asset,
    address: `sim-${one.network}-${one.account.settings.userId}`,
    memo: '',
    status: 'DONE',
    chain: one.network,
  };
}

function idOf({ number }: Withdrawal): string {
  return `w${FIRST_WITHDRAWAL + number}`;
}

function mine({ account, model }: PrivateCall): Withdrawal[] {
  return model.wallet.withdrawals.filter((one) => one.account === account);
}

function range({ query, model }: PrivateCall): { readonly fromMs: number; readonly toMs: number } {
  const nowS = toSeconds(wallMs(model.clock));
  return readRange(query, { defaultSeconds: 7 * DAY_S, maxSeconds: 30 * DAY_S, nowS });
}

function currencyOf(fields: Fields, { account, pairs }: PrivateCall): string {
  const asset = requiredText(fields, 'currency');
  if (listCurrencies(pairs).includes(asset) || account.version(asset) > 0) return asset;
  throw unknownCurrency(asset);
}

function amountOf(fields: Fields): Amount {
  const amount = parseAmount(requiredText(fields, 'amount'));
  if (amount === undefined || amount === 0n) throw invalidValue('amount');
  return amount;
}

function accountName(fields: Fields, name: string): 'spot' | 'futures' {
  const text = requiredText(fields, name);
  if (text === 'spot' || text === 'futures') return text;
  throw invalidValue(name);
}

function requireFunds(has: Amount, needs: Amount, label = 'BALANCE_NOT_ENOUGH'): void {
  if (has < needs) throw new RestRefusal(400, label, 'Not enough balance');
}

import type { WithdrawalRules } from '../../../adapter/account-endpoints.js';
import type { DecodeContext } from '../../../adapter/endpoint.js';
import { omitUndefined } from '../../../adapter/omit-undefined.js';
import { malformed, readArray, readId, readObject, readOptional, readText } from '../../../adapter/read.js';
import { isZero, stepOf } from '../../../model/decimal.js';
import type { Currency, Deposit, DepositAddress, Network, Withdrawal } from '../../../model/wallet.js';
import { readSeconds } from '../times.js';
import { readAmount } from './order-amounts.js';
import { readState } from './wallet-states.js';

/** Source: Gate API v4 docs, list all currencies' details. @throws {MalformedResponseError} */
export function decodeCurrency(value: unknown): Currency {
  const { currency, name, chains } = readObject(value, 'currency');
  const networks = (readOptional(chains, 'currency chains', readArray) ?? []).map((item) => {
    const { name: chain, addr, deposit_disabled, withdraw_disabled } = readObject(item, 'currency chain');
    return {
      network: readText(chain, 'currency chain name'),
      ...omitUndefined({ contractAddress: readWord(addr) }),
      depositEnabled: isOpen(deposit_disabled),
      withdrawEnabled: isOpen(withdraw_disabled),
    };
  });
  return { asset: readText(currency, 'currency name'), ...omitUndefined({ name: readWord(name) }), networks };
}

/** Source: Gate API v4 docs, list chains supported for specified currency. @throws {MalformedResponseError} */
export function decodeChain(value: unknown): Network {
  const { chain, contract_address, is_disabled, is_deposit_disabled, is_withdraw_disabled, decimal, is_tag } =
    readObject(value, 'chain');
  const decimals = readOptional(decimal, 'chain decimal', readDecimals);
  const isOn = isOpen(is_disabled ?? 0);
  return {
    network: readText(chain, 'chain name'),
    ...omitUndefined({ contractAddress: readWord(contract_address) }),
    depositEnabled: isOn && isOpen(is_deposit_disabled),
    withdrawEnabled: isOn && isOpen(is_withdraw_disabled),
    ...omitUndefined({
      withdrawStep: decimals === undefined ? undefined : stepOf(decimals),
      memoRequired: is_tag === undefined ? undefined : is_tag !== 0 && is_tag !== '0' && is_tag !== false,
    }),
  };
}

/**
 * Fees and limits per network. A fee that is a share of the amount is no fixed fee: it is absent. The limits are those of
 * the currency, on every network. Source: Gate API v4 docs, retrieve withdrawal status.
 * @throws {MalformedResponseError}
 */
export function decodeWithdrawalRules(value: unknown): WithdrawalRules[] {
  const row = readObject(value, 'withdraw_status');
  const { withdraw_amount_mini, withdraw_eachtime_limit, withdraw_fix_on_chains, withdraw_percent_on_chains } = row;
  const shares = readOptional(withdraw_percent_on_chains, 'withdraw_percent_on_chains', readObject) ?? {};
  const fees = readOptional(withdraw_fix_on_chains, 'withdraw_fix_on_chains', readObject) ?? {};
  const limits = omitUndefined({
    minWithdrawal: readOptional(withdraw_amount_mini, 'withdraw_amount_mini', readAmount),
    maxWithdrawal: readLimit(withdraw_eachtime_limit),
  });
  return Object.entries(fees).map(([network, fee]) => ({
    network,
    ...(isNoShare(shares[network]) ? { withdrawFee: readAmount(fee, 'withdraw_fix_on_chains') } : {}),
    ...limits,
  }));
}

/**
 * Addresses that exist; while one is made the venue sends a sentence instead, or marks it as failed.
 * Source: Gate API v4 docs, generate currency deposit address. @throws {MalformedResponseError}
 */
export function decodeAddresses(body: unknown, asset: string): DepositAddress[] {
  const { multichain_addresses } = readObject(body, 'deposit_address');
  return (readOptional(multichain_addresses, 'multichain_addresses', readArray) ?? []).flatMap((item) => {
    const { chain, address, payment_id, obtain_failed } = readObject(item, 'deposit address');
    if (typeof address !== 'string' || !/^\S+$/.test(address) || !isOpen(obtain_failed ?? 0)) return [];
    const network = readText(chain, 'deposit address chain');
    return [{ asset, network, address, ...omitUndefined({ memo: readWord(payment_id) }) }];
  });
}

/** Source: Gate API v4 docs, retrieve deposit records. @throws {MalformedResponseError} */
export function decodeDeposit(value: unknown, { drift }: Pick<DecodeContext, 'drift'>): Deposit {
  const { id, currency, chain, amount, address, memo, txid, status, timestamp } = readObject(value, 'deposit');
  return {
    ...omitUndefined({ id: readOptional(id, 'deposit id', readId) }),
    asset: readText(currency, 'deposit currency'),
    ...omitUndefined({ network: readWord(chain) }),
    amount: readAmount(amount, 'deposit amount'),
    ...omitUndefined({ address: readWord(address), memo: readWord(memo), transactionId: readWord(txid) }),
    state: readState('deposit', status, drift),
    venueState: readText(status, 'deposit status'),
    createdAt: readSeconds(timestamp, 'deposit timestamp'),
  };
}

/** Source: Gate API v4 docs, withdraw; retrieve withdrawal records. @throws {MalformedResponseError} */
export function decodeWithdrawal(value: unknown, { drift }: Pick<DecodeContext, 'drift'>): Withdrawal {
  const row = readObject(value, 'withdrawal');
  const { id, withdraw_order_id, currency, chain, amount, fee, address, memo, txid, status, timestamp } = row;
  return {
    id: readId(id, 'withdrawal id'),
    ...omitUndefined({ clientWithdrawalId: readWord(withdraw_order_id) }),
    asset: readText(currency, 'withdrawal currency'),
    ...omitUndefined({
      network: readWord(chain),
      amount: readOptional(amount, 'withdrawal amount', readAmount),
      fee: readOptional(fee, 'withdrawal fee', readAmount),
      address: readWord(address),
      memo: readWord(memo),
      transactionId: readWord(txid),
    }),
    state: readState('withdrawal', status, drift),
    ...omitUndefined({
      venueState: readWord(status),
      createdAt: readOptional(timestamp, 'withdrawal timestamp', readSeconds),
    }),
  };
}

/** Oldest first; the wire has the newest first. */
export function oldestFirst<T extends { readonly createdAt?: number }>(rows: T[]): T[] {
  return rows.reverse().sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0));
}

/** Flags that say "disabled" come as true, false, 0 or 1; what is not said to be on is off. */
function isOpen(disabled: unknown): boolean {
  return disabled === false || disabled === 0 || disabled === '0';
}

function readWord(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function readLimit(value: unknown): ReturnType<typeof readAmount> | undefined {
  const limit = readOptional(value, 'withdraw_eachtime_limit', readAmount);
  return limit === undefined || isZero(limit) ? undefined : limit;
}

function isNoShare(share: unknown): boolean {
  return share === undefined || (typeof share === 'string' && /^0(?:\.0+)?%?$/.test(share));
}

function readDecimals(value: unknown, where: string): number {
  const decimals = Number(value);
  if (
    (typeof value === 'number' || typeof value === 'string') &&
    Number.isInteger(decimals) &&
    decimals >= 0 &&
    decimals <= 40
  )
    return decimals;
  throw malformed(where, 'a number of decimals', value);
}

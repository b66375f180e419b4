import { ConfigurationError } from '../../errors/kinds.js';
import { type Amount, parseAmount } from './amount.js';

/** What a key may do. Everything that only looks needs `read`. */
export type AccountPermission = 'read' | 'trade' | 'transfer' | 'withdraw';

/** A user with one key. Every venue credits the same start balances to an account of its own. */
export interface AccountOption {
  readonly apiKey: string;
  readonly secretKey: string;
  /** What it starts with, by asset: `{ USDT: '1000' }`. */
  readonly balances: Readonly<Record<string, string>>;
  /** Default: all. */
  readonly permissions?: readonly AccountPermission[];
  /** The venue's number of the user, digits. Default: a number of its own. */
  readonly userId?: string;
  /** Accounts with the same number do not trade with each other when an order asks for that. Default: in no group. */
  readonly selfTradeGroup?: number;
  /** Addresses the key may be used from. Default: any. */
  readonly ips?: readonly string[];
  /** Addresses that can be withdrawn to. Default: any. */
  readonly withdrawalAddresses?: readonly string[];
}

/** An account after validation. */
export interface AccountSettings {
  readonly apiKey: string;
  readonly secretKey: string;
  readonly balances: ReadonlyMap<string, Amount>;
  readonly permissions: ReadonlySet<AccountPermission>;
  readonly userId: string;
  readonly selfTradeGroup: number | undefined;
  readonly ips: ReadonlySet<string> | undefined;
  readonly withdrawalAddresses: ReadonlySet<string> | undefined;
}

const NAMES = [
  'apiKey',
  'secretKey',
  'balances',
  'permissions',
  'userId',
  'selfTradeGroup',
  'ips',
  'withdrawalAddresses',
];
const PERMISSIONS: readonly AccountPermission[] = ['read', 'trade', 'transfer', 'withdraw'];
const FIRST_USER_ID = 3_497_082;

/** @throws {ConfigurationError} that names the field; never shows a secret. */
export function readAccounts(options: readonly AccountOption[]): readonly AccountSettings[] {
  if (!Array.isArray(options)) fail('accounts', 'a list of accounts', typeof options);
  const accounts = options.map((option, index) => readAccount(option, index));
  requireDistinct('apiKey', accounts);
  requireDistinct('userId', accounts);
  return accounts;
}

function readAccount(option: AccountOption, index: number): AccountSettings {
  const field = `accounts[${index}]`;
  if (typeof option !== 'object' || option === null) fail(field, 'an account', typeof option);
  for (const name of Object.keys(option)) {
    if (!NAMES.includes(name)) fail(`${field}.${name}`, `one of ${NAMES.join(', ')}`, name);
  }
  const { apiKey, secretKey, selfTradeGroup, ips, withdrawalAddresses } = option;
  if (typeof apiKey !== 'string' || !/^[\x21-\x7e]+$/.test(apiKey)) fail(`${field}.apiKey`, 'a text', typeof apiKey);
  if (typeof secretKey !== 'string' || secretKey === '') fail(`${field}.secretKey`, 'a text', typeof secretKey);
  const userId = option.userId ?? String(FIRST_USER_ID + index);
  if (!/^[1-9]\d{0,14}$/.test(userId)) fail(`${field}.userId`, 'digits', userId);
  if (selfTradeGroup !== undefined && !(Number.isSafeInteger(selfTradeGroup) && selfTradeGroup > 0)) {
    fail(`${field}.selfTradeGroup`, 'a whole number above zero', selfTradeGroup);
  }
  return {
    apiKey,
    secretKey,
    balances: readBalances(option.balances, `${field}.balances`),
    permissions: readPermissions(option.permissions ?? PERMISSIONS, `${field}.permissions`),
    userId,
    selfTradeGroup,
    ips: ips && new Set(ips),
    withdrawalAddresses: withdrawalAddresses && new Set(withdrawalAddresses),
  };
}

function readBalances(balances: unknown, field: string): ReadonlyMap<string, Amount> {
  if (typeof balances !== 'object' || balances === null) fail(field, "amounts by asset: { USDT: '1000' }", balances);
  const read = new Map<string, Amount>();
  for (const [asset, text] of Object.entries(balances as object)) {
    const amount = typeof text === 'string' ? parseAmount(text) : undefined;
    if (amount === undefined) fail(`${field}.${asset}`, "a plain decimal such as '1000'", text);
    read.set(asset, amount);
  }
  return read;
}

function readPermissions(list: readonly AccountPermission[], field: string): ReadonlySet<AccountPermission> {
  if (!Array.isArray(list)) fail(field, `some of ${PERMISSIONS.join(', ')}`, list);
  for (const one of list) if (!PERMISSIONS.includes(one)) fail(field, `some of ${PERMISSIONS.join(', ')}`, one);
  return new Set(list);
}

function requireDistinct(name: 'apiKey' | 'userId', accounts: readonly AccountSettings[]): void {
  const seen = new Set<string>();
  accounts.forEach((account, index) => {
    if (seen.has(account[name])) fail(`accounts[${index}].${name}`, 'each one once', 'a second one');
    seen.add(account[name]);
  });
}

function fail(field: string, expected: string, received: unknown): never {
  throw new ConfigurationError({ field, expected, received });
}

import type { WalletEndpoints } from '../../adapter/account-endpoints.js';
import { NotFoundError, PermissionDeniedError, ValidationError } from '../../errors/kinds.js';
import { compareDecimals, type Decimal, type DecimalInput, isMultipleOf, toDecimal } from '../../model/decimal.js';
import type { Currency, Deposit, DepositAddress, Transfer, WalletAccount, Withdrawal } from '../../model/wallet.js';
import { asGiven, requireTime } from '../check-input.js';
import type { ExchangeCore } from '../exchange-core.js';
import type { AllowedAddress } from './private-options.js';

export interface WalletHistoryRequest {
  readonly asset?: string;
  /** Epoch ms, inclusive; default the venue's longest span before `until`. */
  readonly since?: number;
  /** Epoch ms, inclusive; default now. */
  readonly until?: number;
  /** Rows at most; default the venue's maximum. */
  readonly limit?: number;
}

export interface Withdraw {
  readonly asset: string;
  /** The venue's id of the network, as {@link WalletFacet.getCurrencies} lists it. */
  readonly network: string;
  readonly address: string;
  readonly memo?: string;
  /** In the asset. */
  readonly amount: DecimalInput;
  /** Yours, for finding it again; made up where absent. */
  readonly clientWithdrawalId?: string;
}

/** Deposits, withdrawals and transfers. Lists come out oldest first. */
export interface WalletFacet {
  /** Every asset with its networks, fees and limits. */
  getCurrencies(): Promise<ReadonlyMap<string, Currency>>;
  getDepositAddress(asset: string, network?: string): Promise<DepositAddress>;
  getDeposits(request?: WalletHistoryRequest): Promise<Deposit[]>;
  /**
   * Sends money away. Never repeated: on an error with outcome `unknown` look into {@link getWithdrawals} for the
   * `clientWithdrawalId` before you try again.
   * @throws {PermissionDeniedError} `not_sent`, unless the option `allowWithdrawals` lists the address.
   * @throws {ValidationError} for an amount outside the network's limits, before anything is sent.
   */
  withdraw(request: Withdraw): Promise<Withdrawal>;
  cancelWithdrawal(id: string): Promise<Withdrawal>;
  /** @throws {NotFoundError} when it is not among those of the last 89 days. */
  getWithdrawal(id: string): Promise<Withdrawal>;
  getWithdrawals(request?: WalletHistoryRequest): Promise<Withdrawal[]>;
  /** Between the pockets of the account. Never repeated. */
  transfer(request: {
    readonly asset: string;
    readonly amount: DecimalInput;
    readonly from: WalletAccount;
    readonly to: WalletAccount;
  }): Promise<Transfer>;
}

/** A day less than the venues remember, so that no clock makes it too far. */
const LOOK_BACK_MS = 89 * 86_400_000;
/** Shorter windows are not halved any more, ms. */
const SHORTEST_WINDOW_MS = 2_000;
const ACCOUNTS: readonly string[] = ['spot', 'futures'];

export function createWalletFacet(
  core: ExchangeCore,
  endpoints: WalletEndpoints,
  allowed: readonly AllowedAddress[],
  nextId: () => string,
): WalletFacet {
  const { rest, venue } = core;
  // What may be done later does not change with the caller's list.
  const mayLeaveTo = allowed.map((one) => ({ ...one }));

  /** Networks with their limits, from as many calls as the venue spreads them over. */
  async function networksOf(asset: string): Promise<Currency | undefined> {
    const found =
      endpoints.currencyNetworks === undefined
        ? (await rest.call(endpoints.currencies, undefined)).find((currency) => currency.asset === asset)
        : await rest.call(endpoints.currencyNetworks, { asset });
    if (found === undefined || endpoints.withdrawalRules === undefined) return found;
    const rules = new Map((await rest.call(endpoints.withdrawalRules, { asset })).map((rule) => [rule.network, rule]));
    return { ...found, networks: found.networks.map((one) => ({ ...one, ...rules.get(one.network) })) };
  }

  /** The venue's own limits, where it states them. */
  async function checkAmount({ asset, network, memo }: Withdraw, amount: Decimal): Promise<void> {
    const currency = await networksOf(asset);
    const rules = currency?.networks.find((one) => one.network === network);
    if (rules === undefined) {
      const known = currency?.networks.map((one) => one.network).join(', ') ?? 'none';
      throw new ValidationError({ field: 'network', expected: `a network of ${asset} (${known})`, received: network });
    }
    if (!rules.withdrawEnabled) {
      const expected = 'a network that takes withdrawals now';
      throw new ValidationError({ field: 'network', expected, received: network });
    }
    if (rules.memoRequired === true && memo === undefined) {
      const expected = `the memo (tag) that ${asset} needs on ${network}; without it the money is lost`;
      throw new ValidationError({ field: 'memo', expected, received: memo });
    }
    const { minWithdrawal: least, maxWithdrawal: most, withdrawStep: step } = rules;
    if (step !== undefined && !isMultipleOf(amount, step))
      throw new ValidationError({ field: 'amount', expected: `a multiple of ${step} ${asset}`, received: amount });
    if (least !== undefined && compareDecimals(amount, least) < 0)
      throw new ValidationError({ field: 'amount', expected: `at least ${least} ${asset}`, received: amount });
    if (most !== undefined && compareDecimals(amount, most) > 0)
      throw new ValidationError({ field: 'amount', expected: `at most ${most} ${asset}`, received: amount });
  }

  /** The addresses by the ids of their networks, where the venue has named them by label. */
  async function withIds(asset: string, addresses: readonly DepositAddress[]): Promise<readonly DepositAddress[]> {
    if (addresses.length === 0) return addresses;
    const networks = (await networksOf(asset))?.networks ?? [];
    const isId = (name: string): boolean => networks.some(({ network }) => network === name);
    return addresses.map((one) => {
      const labelled = networks.filter(({ label }) => label === one.network);
      const [only] = labelled;
      return isId(one.network) || only === undefined || labelled.length > 1 ? one : { ...one, network: only.network };
    });
  }

  function requireAllowed({ asset, network, address, memo }: Withdraw): void {
    const isListed = mayLeaveTo.some(
      (one) =>
        one.address === address &&
        (one.asset === undefined || one.asset === asset) &&
        (one.network === undefined || one.network === network) &&
        one.memo === memo,
    );
    if (isListed) return;
    throw new PermissionDeniedError({
      message: 'withdraw: expected an address (with its memo) that the option allowWithdrawals lists; nothing was sent',
      outcome: 'not_sent',
      venue: venue.id,
    });
  }

  function list<Row>(
    call: (params: { asset?: string; from: number; to: number; limit: number }) => Promise<readonly Row[]>,
    { asset, since, until = core.time.now(), limit = endpoints.maxLimit }: WalletHistoryRequest = {},
  ): Promise<Row[]> {
    core.requireOpen();
    requireTime('since', since);
    requireTime('until', until);
    if (!Number.isInteger(limit) || limit < 1)
      throw new ValidationError({ field: 'limit', expected: 'a whole number above zero', received: limit });
    return readWindows(call, { asset, from: since ?? until - endpoints.maxSpanMs, to: until, limit }, endpoints);
  }

  const facet: WalletFacet = {
    async getCurrencies() {
      core.requireOpen();
      const currencies = await rest.call(endpoints.currencies, undefined);
      return new Map(currencies.map((currency) => [currency.asset, currency]));
    },
    async getDepositAddress(asset, network) {
      core.requireOpen();
      requireText('asset', asset);
      const params = network === undefined ? { asset } : { asset, network };
      const addresses = await rest.call(endpoints.depositAddress, params);
      const named = endpoints.addressesByLabel === true ? await withIds(asset, addresses) : addresses;
      const found = named.find((one) => network === undefined || one.network === network);
      if (found !== undefined) return found;
      const message = `no deposit address of ${asset}${network === undefined ? '' : ` on ${network}`}`;
      throw new NotFoundError({ message, outcome: 'rejected', venue: venue.id });
    },
    getDeposits: (request) => list((params) => rest.call(endpoints.deposits, params), request),
    async withdraw(given) {
      const request = asGiven(given);
      core.requireOpen();
      for (const field of ['asset', 'network', 'address'] as const) requireText(field, request?.[field]);
      if (request.memo !== undefined) requireText('memo', request.memo);
      const amount = requirePositive(request.amount);
      requireAllowed(request);
      await checkAmount(request, amount);
      const { clientWithdrawalId = nextId() } = request;
      if (typeof clientWithdrawalId !== 'string' || !/^[\w-]{1,32}$/.test(clientWithdrawalId)) {
        const expected = '1 to 32 letters, digits, - and _';
        throw new ValidationError({ field: 'clientWithdrawalId', expected, received: clientWithdrawalId });
      }
      return rest.call(endpoints.withdraw, { ...request, amount, clientWithdrawalId });
    },
    async cancelWithdrawal(id) {
      core.requireOpen();
      requireText('id', id);
      return rest.call(endpoints.cancelWithdrawal, { id });
    },
    async getWithdrawal(id) {
      requireText('id', id);
      const now = core.time.now();
      const rows = await facet.getWithdrawals({ since: now - LOOK_BACK_MS, until: now, limit: 10_000 });
      const found = rows.find((row) => row.id === id || row.clientWithdrawalId === id);
      if (found !== undefined) return found;
      throw new NotFoundError({ message: 'no such withdrawal in 89 days', outcome: 'rejected', venue: venue.id });
    },
    getWithdrawals: (request) => list((params) => rest.call(endpoints.withdrawals, params), request),
    async transfer({ asset, amount, from, to }) {
      core.requireOpen();
      requireText('asset', asset);
      for (const [field, value] of Object.entries({ from, to })) {
        if (!ACCOUNTS.includes(value))
          throw new ValidationError({ field, expected: `one of ${ACCOUNTS.join(', ')}`, received: value });
      }
      if (from === to) throw new ValidationError({ field: 'to', expected: 'another account than from', received: to });
      return rest.call(endpoints.transfer, { asset, amount: requirePositive(amount), from, to });
    },
  };
  return facet;
}

/** From the newest window backwards, until there are enough rows; a window with more rows than one answer is halved. */
async function readWindows<Row>(
  call: (params: { asset?: string; from: number; to: number; limit: number }) => Promise<readonly Row[]>,
  wanted: { asset: string | undefined; from: number; to: number; limit: number },
  { maxSpanMs, maxLimit }: WalletEndpoints,
): Promise<Row[]> {
  const asset = wanted.asset === undefined ? {} : { asset: wanted.asset };
  async function read(from: number, to: number): Promise<readonly Row[]> {
    const rows = await call({ ...asset, from, to, limit: maxLimit });
    if (rows.length < maxLimit || to - from < SHORTEST_WINDOW_MS) return rows;
    const middle = Math.floor((from + to) / 2);
    const newer = await read(middle + 1, to);
    return newer.length >= wanted.limit ? newer : [...(await read(from, middle)), ...newer];
  }
  let rows: Row[] = [];
  for (let to = wanted.to; to >= wanted.from && rows.length < wanted.limit; to -= maxSpanMs + 1) {
    rows = [...(await read(Math.max(wanted.from, to - maxSpanMs), to)), ...rows];
  }
  return rows.slice(-wanted.limit);
}

function requirePositive(amount: DecimalInput): Decimal {
  const decimal = toDecimal(amount, 'amount');
  if (compareDecimals(decimal, toDecimal('0')) > 0) return decimal;
  throw new ValidationError({ field: 'amount', expected: 'a decimal above zero', received: amount });
}

function requireText(field: string, value: unknown): void {
  if (typeof value !== 'string' || value === '')
    throw new ValidationError({ field, expected: 'a text that is not empty', received: value });
}

import type {
  TransferRequest,
  WalletEndpoints,
  WalletListParams,
  WithdrawalRules,
  WithdrawRequest,
} from '../../../adapter/account-endpoints.js';
import { defineEndpoint, type QueryValue } from '../../../adapter/endpoint.js';
import { readArray, readId, readObject } from '../../../adapter/read.js';
import { ValidationError } from '../../../errors/kinds.js';
import { type Decimal, normalizeDecimal } from '../../../model/decimal.js';
import type { Currency, Deposit, DepositAddress, Transfer, Withdrawal } from '../../../model/wallet.js';
import { spanInSeconds } from '../times.js';
import { MAX_SPAN_MS } from './rest-order-reads.js';
import {
  decodeAddresses,
  decodeChain,
  decodeCurrency,
  decodeDeposit,
  decodeWithdrawal,
  decodeWithdrawalRules,
  oldestFirst,
} from './wallet-rows.js';

const READ = { method: 'GET', auth: 'signed', cost: { wallet: 1 }, idempotent: true, lane: 'query' } as const;
const PUBLIC = { method: 'GET', auth: 'none', cost: { public: 1 }, idempotent: true } as const;

const WITHDRAWAL_ID = /^w[0-9A-Za-z]{1,62}$/;
const LONGEST_CLIENT_ID = 32;
const TRANSFER_DECIMALS = 8;

/** All assets; a row that cannot be read is left out and reported. Source: Gate API v4 docs, list all currencies' details. */
const currencies = defineEndpoint<void, readonly Currency[]>({
  ...PUBLIC,
  path: '/spot/currencies',
  encode: () => ({}),
  decode: (body, _params, { drift }) =>
    readArray(body, 'currencies').flatMap((row) => {
      try {
        return [decodeCurrency(row)];
      } catch (error) {
        drift(`currencies row left out: ${error instanceof Error ? error.message : String(error)}`);
        return [];
      }
    }),
});

/** Source: Gate API v4 docs, list chains supported for specified currency. */
const currencyNetworks = defineEndpoint<{ readonly asset: string }, Currency>({
  ...PUBLIC,
  path: '/wallet/currency_chains',
  encode: ({ asset }) => ({ query: { currency: asset } }),
  decode: (body, { asset }) => ({ asset, networks: readArray(body, 'currency_chains').map(decodeChain) }),
});

/** Source: Gate API v4 docs, retrieve withdrawal status. */
const withdrawalRules = defineEndpoint<{ readonly asset: string }, readonly WithdrawalRules[]>({
  ...READ,
  path: '/wallet/withdraw_status',
  encode: ({ asset }) => ({ query: { currency: asset } }),
  decode: (body, { asset }) =>
    readArray(body, 'withdraw_status')
      .filter((row) => readObject(row, 'withdraw_status')['currency'] === asset)
      .flatMap(decodeWithdrawalRules),
});

/** On every network at once. Source: Gate API v4 docs, generate currency deposit address. */
const depositAddress = defineEndpoint<{ readonly asset: string }, readonly DepositAddress[]>({
  ...READ,
  path: '/wallet/deposit_address',
  encode: ({ asset }) => ({ query: { currency: asset } }),
  decode: (body, { asset }) => decodeAddresses(body, asset),
});

/** Source: Gate API v4 docs, retrieve deposit records. */
const deposits = defineEndpoint<WalletListParams, readonly Deposit[]>({
  ...READ,
  path: '/wallet/deposits',
  encode: (params) => ({ query: listQuery(params) }),
  decode: (body, _params, context) =>
    oldestFirst(readArray(body, 'deposits').map((row) => decodeDeposit(row, context))),
});

/** Source: Gate API v4 docs, retrieve withdrawal records. */
const withdrawals = defineEndpoint<WalletListParams, readonly Withdrawal[]>({
  ...READ,
  path: '/wallet/withdrawals',
  encode: (params) => ({ query: listQuery(params) }),
  decode: (body, _params, context) =>
    oldestFirst(readArray(body, 'withdrawals').map((row) => decodeWithdrawal(row, context))),
});

/** To an address that was verified at the venue before. Source: Gate API v4 docs, withdraw. */
const withdraw = defineEndpoint<WithdrawRequest, Withdrawal>({
  method: 'POST',
  path: '/withdrawals',
  auth: 'signed',
  cost: { withdraw: 1 },
  idempotent: false,
  encode({ asset, network, address, memo, amount, clientWithdrawalId }) {
    if (clientWithdrawalId === '' || clientWithdrawalId.length > LONGEST_CLIENT_ID)
      refuse('clientWithdrawalId', `1 to ${LONGEST_CLIENT_ID} characters`, clientWithdrawalId);
    const body = { currency: asset, amount, chain: network, address, withdraw_order_id: clientWithdrawalId };
    return { body: memo === undefined ? body : { ...body, memo } };
  },
  decode: (body, _params, context) => decodeWithdrawal(body, context),
});

/** Source: Gate API v4 docs, cancel withdrawal with specified ID. */
const cancelWithdrawal = defineEndpoint<{ readonly id: string }, Withdrawal>({
  method: 'DELETE',
  path: '/withdrawals/{withdrawal_id}',
  auth: 'signed',
  cost: { wallet: 1 },
  idempotent: true,
  lane: 'cancel',
  encode: ({ id }) => ({
    path: `/withdrawals/${WITHDRAWAL_ID.test(id) ? id : refuse('id', "'w' and then letters or digits", id)}`,
  }),
  decode: (body, _params, context) => decodeWithdrawal(body, context),
});

/**
 * Between spot and futures; the futures account is the one that settles in the asset itself.
 * Source: Gate API v4 docs, transfer between trading accounts.
 */
const transfer = defineEndpoint<TransferRequest, Transfer>({
  method: 'POST',
  path: '/wallet/transfers',
  auth: 'signed',
  cost: { transfer: 1 },
  idempotent: false,
  encode({ asset, amount, from, to }) {
    if (decimalsOf(amount) > TRANSFER_DECIMALS) refuse('amount', `at most ${TRANSFER_DECIMALS} decimals`, amount);
    return { body: { currency: asset, from, to, amount, settle: asset.toLowerCase() } };
  },
  decode(body, { asset, amount, from, to }) {
    const { tx_id } = readObject(body, 'transfer');
    return { id: readId(tx_id, 'transfer tx_id'), asset, amount, from, to };
  },
});

/** The wallet calls of Gate.io. Whether the fee comes out of a withdrawal's amount or on top of it is not documented. */
export const gateioSpotWallet: WalletEndpoints = {
  currencies,
  currencyNetworks,
  withdrawalRules,
  depositAddress,
  deposits,
  withdraw,
  cancelWithdrawal,
  withdrawals,
  transfer,
  maxSpanMs: MAX_SPAN_MS,
  maxLimit: 500,
};

function listQuery({ asset, from, to, limit }: WalletListParams): Record<string, QueryValue> {
  return { currency: asset, ...spanInSeconds(from, to), limit };
}

function decimalsOf(amount: Decimal): number {
  return normalizeDecimal(amount).split('.')[1]?.length ?? 0;
}

function refuse(field: string, expected: string, received: unknown): never {
  throw new ValidationError({ field, expected, received, venue: 'gateio_spot' });
}

import type {
  TransferRequest,
  WalletEndpoints,
  WalletListParams,
  WithdrawRequest,
} from '../../../adapter/account-endpoints.js';
import { defineEndpoint, type Endpoint } from '../../../adapter/endpoint.js';
import { omitUndefined } from '../../../adapter/omit-undefined.js';
import { malformed, readArray, readId, readObject } from '../../../adapter/read.js';
import type { Currency, Deposit, DepositAddress, Transfer, WalletAccount, Withdrawal } from '../../../model/wallet.js';
import { decodeCurrencies } from './decode-currencies.js';
import { decodeDeposit, decodeDepositAddress, decodeWithdrawal } from './decode-wallet.js';
import { keyedCost } from './limits.js';

const DAY_MS = 86_400_000;
const WITHDRAW = '/api/v3/capital/withdraw';

/** Every asset in one call. Source: MEXC spot v3 docs, currency information. */
const currencies: Endpoint<void, readonly Currency[]> = defineEndpoint({
  method: 'GET',
  path: '/api/v3/capital/config/getall',
  auth: 'signed',
  cost: keyedCost(10),
  idempotent: true,
  encode: () => ({}),
  decode: (body, _params, { drift }) => decodeCurrencies(body, drift),
});

/**
 * Answers the addresses that were made before; makes none. Whether a network is asked for by its id or by its label is not
 * documented, so all are asked for. Source: MEXC spot v3 docs, deposit address.
 */
const depositAddress: WalletEndpoints['depositAddress'] = defineEndpoint({
  method: 'GET',
  path: '/api/v3/capital/deposit/address',
  auth: 'signed',
  cost: keyedCost(10),
  idempotent: true,
  encode: ({ asset }: { asset: string }) => ({ query: { coin: asset } }),
  decode: (body, { asset }): readonly DepositAddress[] =>
    readArray(body, 'deposit addresses').map((row) => decodeDepositAddress(row, asset)),
});

/** Source: MEXC spot v3 docs, deposit history. */
const deposits: Endpoint<WalletListParams, readonly Deposit[]> = defineEndpoint({
  method: 'GET',
  path: '/api/v3/capital/deposit/hisrec',
  auth: 'signed',
  cost: keyedCost(10),
  idempotent: true,
  encode: (params) => ({ query: listQuery(params) }),
  decode: (body, _params, context) =>
    readArray(body, 'deposits')
      .map((row) => decodeDeposit(row, context))
      .sort((a, b) => a.createdAt - b.createdAt),
});

/** Answers the id alone. Source: MEXC spot v3 docs, withdraw. */
const withdraw: Endpoint<WithdrawRequest, Withdrawal> = defineEndpoint({
  method: 'POST',
  path: WITHDRAW,
  auth: 'signed',
  cost: keyedCost(1),
  idempotent: false,
  lane: 'place',
  expires: true,
  encode: ({ asset, network, address, memo, amount, clientWithdrawalId }) => ({
    query: { coin: asset, netWork: network, address, memo, amount, withdrawOrderId: clientWithdrawalId },
  }),
  decode: (body, { clientWithdrawalId, asset, network, amount, address, memo }) => ({
    id: readId(readObject(body, 'withdrawal')['id'], 'withdrawal id'),
    clientWithdrawalId,
    asset,
    network,
    amount,
    address,
    ...omitUndefined({ memo }),
    state: 'pending',
  }),
});

/** Answers the id alone, so how it ended shows in the history only. Source: MEXC spot v3 docs, cancel withdraw. */
const cancelWithdrawal: WalletEndpoints['cancelWithdrawal'] = defineEndpoint({
  method: 'DELETE',
  path: WITHDRAW,
  auth: 'signed',
  cost: keyedCost(1),
  idempotent: true,
  lane: 'cancel',
  encode: ({ id }: { readonly id: string }) => ({ query: { id } }),
  decode: (body, { id }): Withdrawal => {
    const told = readId(readObject(body, 'withdrawal')['id'], 'withdrawal id');
    if (told !== id) throw malformed('withdrawal id', 'the id that was sent', told);
    return { id, state: 'pending' };
  },
});

/** Source: MEXC spot v3 docs, withdraw history. */
const withdrawals: Endpoint<WalletListParams, readonly Withdrawal[]> = defineEndpoint({
  method: 'GET',
  path: '/api/v3/capital/withdraw/history',
  auth: 'signed',
  cost: keyedCost(1),
  idempotent: true,
  encode: (params) => ({ query: listQuery(params) }),
  decode: (body, _params, context) =>
    readArray(body, 'withdrawals')
      .map((row) => decodeWithdrawal(row, context))
      .sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0)),
});

/** Answers an object or a list of one. Source: MEXC spot v3 docs, user universal transfer. */
const transfer: Endpoint<TransferRequest, Transfer> = defineEndpoint({
  method: 'POST',
  path: '/api/v3/capital/transfer',
  auth: 'signed',
  cost: keyedCost(1),
  idempotent: false,
  lane: 'place',
  expires: true,
  encode: ({ asset, amount, from, to }) => ({
    query: { fromAccountType: accountName(from), toAccountType: accountName(to), asset, amount },
  }),
  decode: (body, { asset, amount, from, to }) => {
    const row = Array.isArray(body) && body.length === 1 ? body[0] : body;
    return { id: readId(readObject(row, 'transfer')['tranId'], 'transfer tranId'), asset, amount, from, to };
  },
});

/** MEXC spot's wallet. A list covers 7 days and reaches back 90. Source: MEXC spot v3 docs, deposit and withdraw history. */
export const mexcSpotWallet: WalletEndpoints = {
  currencies,
  depositAddress,
  addressesByLabel: true,
  deposits,
  withdraw,
  cancelWithdrawal,
  withdrawals,
  transfer,
  maxSpanMs: 7 * DAY_MS,
  maxLimit: 1_000,
};

function accountName(account: WalletAccount): 'SPOT' | 'FUTURES' {
  return account === 'spot' ? 'SPOT' : 'FUTURES';
}

/** Rounded inwards: one millisecond more would be more than the venue takes. */
function listQuery({ asset, from, to, limit }: WalletListParams) {
  return {
    coin: asset,
    startTime: from === undefined ? undefined : Math.ceil(from),
    endTime: to === undefined ? undefined : Math.floor(to),
    limit,
  };
}

import { printAmount } from '../../../accounts/amount.js';
import { requireMarket, wrong } from '../rest-call.js';
import type { PrivateHandler } from './call.js';

/** `GET /api/v3/account`: assets that are not zero. Source: MEXC spot v3 docs, account information. */
export const accountInfo: PrivateHandler = ({ account }) => ({
  makerCommission: null,
  takerCommission: null,
  buyerCommission: null,
  sellerCommission: null,
  canTrade: account.settings.permissions.has('trade'),
  canWithdraw: account.settings.permissions.has('withdraw'),
  canDeposit: true,
  updateTime: null,
  accountType: 'SPOT',
  balances: account
    .assets()
    .filter((asset) => account.free.get(asset) + account.locked.get(asset) !== 0n)
    .map((asset) => {
      const free = printAmount(account.free.get(asset));
      return { asset, free, locked: printAmount(account.locked.get(asset)), available: free };
    }),
  permissions: ['SPOT'],
});

/** `GET /api/v3/tradeFee`: the rates are JSON numbers. Source: MEXC spot v3 docs, symbol commission. */
export const tradeFee: PrivateHandler = (call) => {
  const { makerFee, takerFee } = requireMarket(call).view.spec;
  const data = { makerCommission: Number(makerFee), takerCommission: Number(takerFee) };
  return { data, code: 0, msg: 'success', timestamp: call.now };
};

/** `GET /api/v3/uid`. Source: MEXC spot v3 docs, query UID. */
export const userId: PrivateHandler = ({ account }) => ({ uid: account.settings.userId });

/** `GET /api/v3/kyc/status`. Source: MEXC spot v3 docs, KYC status. */
export const kycStatus: PrivateHandler = () => ({ status: '3' });

/** `GET /api/v3/selfSymbols`. Source: MEXC spot v3 docs, user API default symbols. */
export const selfSymbols: PrivateHandler = ({ markets }) => ({ code: 200, data: [...markets.keys()], msg: null });

/** `GET /api/v3/mxDeduct/enable`: fees are never taken in MX here. Source: MEXC spot v3 docs, MX deduct status. */
export const mxDeduct: PrivateHandler = ({ now }) => ({
  data: { mxDeductEnable: false },
  code: 0,
  msg: 'success',
  timestamp: now,
});

/** `POST /api/v3/mxDeduct/enable`: it can only be switched off. Source: MEXC spot v3 docs, enable MX deduct. */
export const setMxDeduct: PrivateHandler = (call) => {
  if (call.query.get('mxDeductEnable') !== 'false') throw wrong('mxDeductEnable');
  return mxDeduct(call);
};

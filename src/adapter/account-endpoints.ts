import type { Balance } from '../model/balance.js';
import type { Decimal } from '../model/decimal.js';
import type { MarketSymbol } from '../model/symbol.js';
import type { TradingFees } from '../model/trading-fees.js';
import type {
  Currency,
  Deposit,
  DepositAddress,
  Network,
  Transfer,
  WalletAccount,
  Withdrawal,
} from '../model/wallet.js';
import type { Endpoint } from './endpoint.js';

export interface AccountEndpoints {
  /** All assets that the venue lists for the account. */
  readonly balances: Endpoint<void, readonly Balance[]>;
  readonly tradingFees: Endpoint<{ readonly symbol: MarketSymbol }, TradingFees>;
}

/** Cancels all open orders of the account at the venue unless it is called again in time. */
export interface DeadManEndpoints {
  /** `timeoutMs` 0 disarms. @returns epoch ms at which it fires, where the venue says so. */
  readonly arm: Endpoint<{ readonly timeoutMs: number; readonly symbol?: MarketSymbol }, number | undefined>;
  /** Shortest time-out, ms; the venue counts in steps of `stepMs`. */
  readonly minTimeoutMs: number;
  readonly stepMs: number;
}

export interface WithdrawRequest {
  readonly asset: string;
  readonly network: string;
  readonly address: string;
  readonly memo?: string;
  readonly amount: Decimal;
  readonly clientWithdrawalId: string;
}

export interface WalletListParams {
  readonly asset?: string;
  /** Epoch ms, inclusive. */
  readonly from?: number;
  readonly to?: number;
  readonly limit: number;
}

export interface TransferRequest {
  readonly asset: string;
  readonly amount: Decimal;
  readonly from: WalletAccount;
  readonly to: WalletAccount;
}

/** What a venue says of withdrawing over one network in a call of its own. */
export type WithdrawalRules = Pick<Network, 'network' | 'withdrawFee' | 'minWithdrawal' | 'maxWithdrawal'>;

/** Deposits, withdrawals, transfers. Lists come out oldest first. */
export interface WalletEndpoints {
  /** One or several calls that together list every asset with its networks. */
  readonly currencies: Endpoint<void, readonly Currency[]>;
  /** Networks of one asset, where {@link currencies} does not carry fees and limits; absent where it does. */
  readonly currencyNetworks?: Endpoint<{ readonly asset: string }, Currency>;
  /** Fees and limits of one asset, where neither call above carries them; merge them by network. */
  readonly withdrawalRules?: Endpoint<{ readonly asset: string }, readonly WithdrawalRules[]>;
  /** May answer addresses of other networks too. */
  readonly depositAddress: Endpoint<{ readonly asset: string; readonly network?: string }, readonly DepositAddress[]>;
  /** Whether {@link depositAddress} may name a network by its label. */
  readonly addressesByLabel?: boolean;
  readonly deposits: Endpoint<WalletListParams, readonly Deposit[]>;
  readonly withdraw: Endpoint<WithdrawRequest, Withdrawal>;
  readonly cancelWithdrawal: Endpoint<{ readonly id: string }, Withdrawal>;
  readonly withdrawals: Endpoint<WalletListParams, readonly Withdrawal[]>;
  readonly transfer: Endpoint<TransferRequest, Transfer>;
  /** Longest span of one list call, ms. */
  readonly maxSpanMs: number;
  readonly maxLimit: number;
}

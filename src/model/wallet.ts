import type { Decimal } from './decimal.js';

/** One chain that an asset moves over. */
export interface Network {
  /** The venue's id of it, as deposits and withdrawals want it. */
  readonly network: string;
  /** Its other name, where the venue has two. */
  readonly label?: string;
  /** Token contract; absent for a native coin, or where the venue does not say. */
  readonly contractAddress?: string;
  readonly depositEnabled: boolean;
  readonly withdrawEnabled: boolean;
  /** Per withdrawal, in the asset. */
  readonly withdrawFee?: Decimal;
  readonly minWithdrawal?: Decimal;
  readonly maxWithdrawal?: Decimal;
  /** Step of the amount. */
  readonly withdrawStep?: Decimal;
  /** Confirmations until a deposit counts. */
  readonly confirmations?: number;
  /** Whether the address needs a memo (tag) beside it; absent where the venue does not say. */
  readonly memoRequired?: boolean;
}

/** An asset and the networks it moves over. */
export interface Currency {
  readonly asset: string;
  readonly name?: string;
  readonly networks: readonly Network[];
}

export interface DepositAddress {
  readonly asset: string;
  readonly network: string;
  readonly address: string;
  readonly memo?: string;
}

/** `unknown`: a state that this version does not know; never taken for an end. */
export type WalletState = 'pending' | 'completed' | 'failed' | 'canceled' | 'unknown';

export interface Deposit {
  /** The venue's id; absent where it sends none. */
  readonly id?: string;
  readonly asset: string;
  readonly network?: string;
  readonly amount: Decimal;
  readonly address?: string;
  readonly memo?: string;
  readonly transactionId?: string;
  readonly state: WalletState;
  /** The venue's own word for the state. */
  readonly venueState: string;
  /** Epoch ms by the venue's clock. */
  readonly createdAt: number;
}

export interface Withdrawal {
  readonly id: string;
  /** Ours, where it was given. */
  readonly clientWithdrawalId?: string;
  /** Absent where the venue does not say. */
  readonly asset?: string;
  readonly network?: string;
  /** In the asset, as the venue counts it; see the venue's page for whether the fee is inside. */
  readonly amount?: Decimal;
  readonly fee?: Decimal;
  readonly address?: string;
  readonly memo?: string;
  readonly transactionId?: string;
  readonly state: WalletState;
  readonly venueState?: string;
  /** Epoch ms by the venue's clock; absent where it sends none. */
  readonly createdAt?: number;
}

/** Which pocket of the account. */
export type WalletAccount = 'spot' | 'futures';

export interface Transfer {
  readonly id: string;
  readonly asset: string;
  readonly amount: Decimal;
  readonly from: WalletAccount;
  readonly to: WalletAccount;
}

import type { Decimal } from './decimal.js';

/** What the account holds of one asset. */
export interface Balance {
  readonly asset: string;
  /** Can be spent. */
  readonly free: Decimal;
  /** Held by open orders and withdrawals; of perpetuals also the margin of positions, without their profit or loss. */
  readonly locked: Decimal;
  /** Epoch ms by the venue's clock; absent where it sends none. */
  readonly updatedAt?: number;
  /** Epoch ms by our clock. */
  readonly receivedAt: number;
}

/** What a venue does differently from others when it takes an order. */
export interface DeskRules {
  /** The venue's id of the n-th order, from 1. */
  orderId(n: number): string;
  /** Quote asset; absent = no bound. */
  readonly maxNotional?: string;
  readonly maxMarketNotional?: string;
  /** Orders of one account that are not filled whole. Absent = no bound. */
  readonly maxOpenOrders?: number;
  /** What becomes of a post-only order that would take, and of a fill-or-kill that cannot be filled: refused, or accepted and canceled at once. */
  readonly impossibleOrders: 'refused' | 'canceled';
  /** The same for a market order while nobody is on the other side. */
  readonly emptyBook: 'refused' | 'canceled';
}

export const PLAIN_RULES: DeskRules = { orderId: String, impossibleOrders: 'refused', emptyBook: 'canceled' };

import type { DeskRules } from '../../accounts/desk-rules.js';

/**
 * Source: MEXC spot v3 docs, order ids, open order limit, exchange information (bounds, as this wire lists them). That a
 * post-only or fill-or-kill order which cannot be is canceled, not refused, is a choice: no code is documented for it.
 */
export const MEXC_SPOT_RULES: DeskRules = {
  orderId: (n) => `C02__${740_112_233_445_000_000n + BigInt(n)}`,
  maxNotional: '4000000',
  maxMarketNotional: '4000000',
  maxOpenOrders: 500,
  impossibleOrders: 'canceled',
  emptyBook: 'refused',
};

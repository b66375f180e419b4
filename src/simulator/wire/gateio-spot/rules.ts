import type { DeskRules } from '../../accounts/desk-rules.js';

/** Source: Gate.io API v4 docs, order object (ids), currency pairs (bounds, as this wire lists them), error labels. */
export const GATEIO_SPOT_RULES: DeskRules = {
  orderId: (n) => String(882_211_000_000 + n),
  maxNotional: '5000000',
  maxMarketNotional: '1000000',
  impossibleOrders: 'refused',
  emptyBook: 'canceled',
};

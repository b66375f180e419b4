import type { Holder } from '../accounts.js';

/** `GET /account/detail`. Source: Gate.io API v4 docs, account detail. */
export function accountDetail({ account: { settings } }: { readonly account: Holder }): unknown {
  return {
    user_id: Number(settings.userId),
    ip_whitelist: [...(settings.ips ?? [])],
    currency_pairs: [],
    tier: 0,
    key: { mode: 1 },
    copy_trading_role: 0,
  };
}

/** `GET /unified/unified_mode`: every account here is a classic one. Source: Gate.io API v4 docs, unified mode. */
export function unifiedMode(): unknown {
  return { mode: 'classic', settings: {} };
}

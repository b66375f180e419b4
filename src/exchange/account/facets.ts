import type { PublicExchange } from '../public-exchange.js';
import type { AmendFacet, DeadManSwitchFacet, PrivateExchange } from './private-exchange.js';
import type { WalletFacet } from './wallet-facet.js';

type AnyExchange = PublicExchange | PrivateExchange;

/** Whether it can place orders: whether it is a private exchange. */
export function supportsTrading(exchange: AnyExchange): exchange is PrivateExchange {
  return 'placeOrder' in exchange;
}

export function supportsWallet(exchange: AnyExchange): exchange is PrivateExchange & { readonly wallet: WalletFacet } {
  return 'wallet' in exchange && exchange.wallet !== undefined;
}

export function supportsAmend(exchange: AnyExchange): exchange is PrivateExchange & { readonly amend: AmendFacet } {
  return 'amend' in exchange && exchange.amend !== undefined;
}

export function supportsDeadManSwitch(
  exchange: AnyExchange,
): exchange is PrivateExchange & { readonly deadManSwitch: DeadManSwitchFacet } {
  return 'deadManSwitch' in exchange && exchange.deadManSwitch !== undefined;
}

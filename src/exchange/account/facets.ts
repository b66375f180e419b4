import type { FundingFacet } from '../funding-facet.js';
import type { PublicExchange } from '../public-exchange.js';
import type { PositionsFacet } from './positions-facet.js';
import type { AmendFacet, DeadManSwitchFacet, PrivateExchange } from './private-exchange.js';
import type { TriggersFacet } from './triggers-facet.js';
import type { WalletFacet } from './wallet-facet.js';

type AnyExchange = PublicExchange | PrivateExchange;

/** Whether it can place orders: whether it is a private exchange. */
export function supportsTrading(exchange: AnyExchange): exchange is PrivateExchange {
  return 'placeOrder' in exchange;
}

export function supportsWallet(exchange: AnyExchange): exchange is PrivateExchange & { readonly wallet: WalletFacet } {
  return 'wallet' in exchange && exchange.wallet !== undefined;
}

export function supportsFunding(
  exchange: AnyExchange,
): exchange is PublicExchange & { readonly funding: FundingFacet } {
  return 'funding' in exchange && exchange.funding !== undefined;
}

export function supportsPositions(
  exchange: AnyExchange,
): exchange is PrivateExchange & { readonly positions: PositionsFacet } {
  return 'positions' in exchange && exchange.positions !== undefined;
}

export function supportsTriggers(
  exchange: AnyExchange,
): exchange is PrivateExchange & { readonly triggers: TriggersFacet } {
  return 'triggers' in exchange && exchange.triggers !== undefined;
}

export function supportsAmend(exchange: AnyExchange): exchange is PrivateExchange & { readonly amend: AmendFacet } {
  return 'amend' in exchange && exchange.amend !== undefined;
}

export function supportsDeadManSwitch(
  exchange: AnyExchange,
): exchange is PrivateExchange & { readonly deadManSwitch: DeadManSwitchFacet } {
  return 'deadManSwitch' in exchange && exchange.deadManSwitch !== undefined;
}

import { unknownCurrency } from '../../gateio/rest/refusal.js';
import type { Pairs } from '../pairs.js';

interface Chain {
  readonly name: string;
  readonly title: string;
  /** Invented: no contract of any real network. `''` for a network's own coin. */
  readonly contract: string;
}

const TOKEN_CHAINS: readonly Chain[] = [
  { name: 'ETH', title: 'Ethereum/ERC20', contract: `0x${'51'.repeat(20)}` },
  { name: 'TRX', title: 'Tron/TRC20', contract: 'TSimulatedContract' },
];
/** Currencies of the simulator that are tokens on other networks; every other one lives on a network of its own. */
const TOKENS: readonly string[] = ['USDT', 'USDC'];

/** Every currency of every market, each once, in the order of the markets. */
export function listCurrencies(pairs: Pairs): string[] {
  const currencies = new Set<string>();
  for (const { market } of pairs.values()) currencies.add(market.spec.base).add(market.spec.quote);
  return [...currencies];
}

/** `GET /spot/currencies` and `/{currency}`. Source: Gate.io API v4 docs, currencies. */
export function describeCurrency(currency: string): Record<string, unknown> {
  const open = { withdraw_disabled: false, withdraw_delayed: false, deposit_disabled: false };
  const chains = chainsOf(currency);
  return {
    currency,
    name: currency,
    delisted: false,
    ...open,
    trade_disabled: false,
    chain: chains[0]!.name,
    chains: chains.map(({ name, contract }) => ({ name, addr: contract, ...open })),
  };
}

/** `GET /wallet/currency_chains`. Source: Gate.io API v4 docs, chains supported for a currency. */
export function describeChains(currency: string): Record<string, unknown>[] {
  return chainsOf(currency).map(({ name, title, contract }) => ({
    chain: name,
    name_cn: title,
    name_en: title,
    contract_address: contract,
    is_disabled: 0,
    is_deposit_disabled: 0,
    is_withdraw_disabled: 0,
    decimal: '6',
    is_tag: 0,
  }));
}

/** @throws {RestRefusal} when no market uses the currency. */
export function findCurrency(pairs: Pairs, currency: string): string {
  if (!listCurrencies(pairs).includes(currency)) throw unknownCurrency(currency);
  return currency;
}

function chainsOf(currency: string): readonly Chain[] {
  return TOKENS.includes(currency) ? TOKEN_CHAINS : [{ name: currency, title: currency, contract: '' }];
}

import type { PrivateExchange } from '../../exchange/account/private-exchange.js';
import type { PublicExchange } from '../../exchange/public-exchange.js';
import { toDecimal } from '../../model/decimal.js';
import { refuse } from '../read-options.js';
import { ZERO } from '../strategy/position.js';
import type { MarketTerms, StrategyTerms } from '../strategy/strategy-terms.js';
import type { CheckedSpec, TaskSpec } from './task-spec.js';

/** Fees of a market whose venue tells none, fraction: high enough to be safe. */
const CAUTIOUS_FEE = 0.002;

type Exchanges = { readonly public: PublicExchange; readonly private?: PrivateExchange };

/**
 * Asks the venues for the rules of every market and the account's fees.
 * @throws {InvalidSymbolError} for a market that its venue does not have.
 * @throws {ConfigurationError} for a market that takes no orders, or limits that no order could keep.
 */
export async function resolveTerms(
  { markets, limits, legs }: CheckedSpec,
  names: { readonly id: string; readonly tag: string },
  venueOf: (venue: string) => Exchanges,
): Promise<StrategyTerms> {
  const resolved = await Promise.all(markets.map((market, at) => resolveMarket(market, at, venueOf(market.venue))));
  const least = resolved.find(({ minNotional }) => Number(minNotional) > limits.maxNotional);
  if (least !== undefined) {
    const expected = `at least the smallest order of ${least.venue} ${least.symbol}, ${least.minNotional}`;
    refuse('limits.maxNotional', expected, limits.maxNotional);
  }
  return { ...names, markets: resolved, limits, legs };
}

async function resolveMarket(
  { venue, symbol }: TaskSpec['markets'][number],
  at: number,
  exchanges: Exchanges,
): Promise<MarketTerms> {
  const instrument = await exchanges.public.getInstrument(symbol);
  const { kind, status, tickSize, lotSize, minQuantity, minNotional = ZERO } = instrument;
  if (status !== 'trading') refuse(`markets[${at}]`, 'a market in state trading', `${venue} ${symbol} is ${status}`);
  const takerFee = Number(await feeOf(exchanges, symbol, instrument.takerFee ?? toDecimal(CAUTIOUS_FEE)));
  return { venue, symbol, kind, tickSize, lotSize, minQuantity, minNotional, takerFee };
}

async function feeOf({ private: account }: Exchanges, symbol: MarketTerms['symbol'], usual: string): Promise<string> {
  return account === undefined ? usual : (await account.getTradingFees(symbol)).taker;
}

import { type ExchangeError, isExchangeError, type MarketSymbol, type Order } from '../../src/index.js';
import type { Claim, TradingClient, TradingVenue, World } from './trading-client.js';

/** Where somebody trades. */
export interface TradingPlace {
  readonly sim: World;
  readonly account: ReturnType<World['account']>;
  readonly venue: TradingVenue;
  readonly symbols: readonly MarketSymbol[];
  readonly claims: Claim[];
  /** Client order ids that were given so far, and who gave them last. */
  readonly names: Map<string, TradingClient>;
  /** Names that were given once more, after a refusal. */
  readonly again: string[];
  /** Triggers that clients were told to be placed. */
  readonly triggers: { readonly id: string; readonly symbol: MarketSymbol }[];
  /** Calls that place a trigger, answered or not. */
  triggerCalls: number;
}

type Asked = Omit<Claim, 'order' | 'orders' | 'error'>;
type Answer = Order | Array<Order | ExchangeError> | undefined;

/** A client order id that nobody has given yet. */
export function newName({ names, venue }: TradingPlace): string {
  const name = `w${names.size}`;
  return venue.startsWith('gateio') ? `t-${name}` : name;
}

/** What came of a call, as the client was told. */
export async function claim({ claims }: TradingPlace, asked: Asked, call: Promise<Answer>): Promise<void> {
  try {
    const answer = await call;
    if (Array.isArray(answer)) claims.push({ ...asked, orders: answer.filter(isOrder) });
    else claims.push(answer === undefined ? asked : { ...asked, order: answer });
  } catch (error) {
    if (!isExchangeError(error)) throw error;
    claims.push({ ...asked, error });
  }
}

export function isOrder(answer: Order | ExchangeError): answer is Order {
  return !isExchangeError(answer);
}

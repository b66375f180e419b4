import { isExchangeError } from '../../errors/exchange-error.js';
import type { PrivateExchange } from '../../exchange/account/private-exchange.js';
import type { Order } from '../../model/order.js';
import type { Clock } from '../../transport/clock.js';
import { ZERO } from '../strategy/position.js';
import type { OrderNews } from '../strategy/strategy-event.js';
import type { LegOrder } from '../strategy/strategy-state.js';
import type { MarketTerms } from '../strategy/strategy-terms.js';
import { couldBe, newsOf } from './order-words.js';

const REACH_BACK_MS = 60_000;
const MAX_ROWS = 1_000;
/** Between two looks for the same order, ms. */
const PAUSES_MS = [250, 500, 1_000, 2_000] as const;
const LONGEST_PAUSE_MS = 4_000;

interface Search {
  /** Monotonic. */
  readonly firstAt: number;
  nextAt: number;
  looks: number;
}

/**
 * Finds out what became of an order that may or may not be at the venue, by evidence alone: by our id, among the open, the
 * ended and the fills. Where the venue has forgotten our id, the only row of the same terms and time is ours. Absence
 * counts only when everything was read after the time in which a command that was on its way could still arrive.
 */
export class OrderSearch {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #provenAbsentAfterMs: number;
  readonly #searches = new Map<string, Search>();

  constructor(clock: Pick<Clock, 'monotonic'>, provenAbsentAfterMs: number) {
    this.#clock = clock;
    this.#provenAbsentAfterMs = provenAbsentAfterMs;
  }

  /**
   * @param order decided at a time by the venue's clock.
   * @returns `undefined`: not found and not proven absent.
   * @throws what reading throws: no answer is no evidence.
   */
  async find(
    exchange: PrivateExchange,
    market: MarketTerms,
    order: LegOrder,
    known: readonly LegOrder[],
  ): Promise<OrderNews | undefined> {
    const startedAt = this.#clock.monotonic();
    const search = this.#searches.get(order.id) ?? { firstAt: startedAt, nextAt: startedAt, looks: 0 };
    this.#searches.set(order.id, search);
    if (startedAt < search.nextAt) return undefined;
    search.nextAt = startedAt + (PAUSES_MS[search.looks] ?? LONGEST_PAUSE_MS);
    search.looks++;
    const found = (await byId(exchange, market, order)) ?? (await this.#inLists(exchange, market, order, known));
    if (found === 'perhaps') return undefined;
    if (found !== undefined) return this.#ended(newsOf(order.id, found));
    if (startedAt - search.firstAt < this.#provenAbsentAfterMs || order.orderId !== undefined) return undefined;
    return this.#ended({ id: order.id, status: 'ended', end: 'absent', filled: ZERO, filledQuote: ZERO });
  }

  #ended(news: OrderNews): OrderNews {
    if (news.status === 'ended') this.#searches.delete(news.id);
    return news;
  }

  async #inLists(
    exchange: PrivateExchange,
    { symbol }: MarketTerms,
    order: LegOrder,
    known: readonly LegOrder[],
  ): Promise<Order | 'perhaps' | undefined> {
    const since = order.decidedAt - REACH_BACK_MS;
    const open = await exchange.getOpenOrders(symbol);
    const ended = await exchange.getOrderHistory(symbol, { since, limit: MAX_ROWS });
    const rows = [...ended, ...open];
    const named = rows.find(({ clientOrderId }) => clientOrderId === order.id);
    if (named !== undefined) return named;
    const fills = await exchange.getFills(symbol, { since, limit: MAX_ROWS });
    const fill = fills.find(({ clientOrderId }) => clientOrderId === order.id);
    if (fill !== undefined) return exchange.getOrder({ symbol, orderId: fill.orderId });
    const nameless = rows.filter((row) => couldBe(row, order) && !known.some(({ orderId }) => orderId === row.orderId));
    if (nameless.length > 1) return 'perhaps';
    return nameless[0];
  }
}

async function byId(exchange: PrivateExchange, { symbol }: MarketTerms, order: LegOrder): Promise<Order | undefined> {
  const { id, orderId } = order;
  try {
    return await exchange.getOrder(orderId === undefined ? { symbol, clientOrderId: id } : { symbol, orderId });
  } catch (error) {
    if (isExchangeError(error, 'order_not_found')) return undefined;
    throw error;
  }
}

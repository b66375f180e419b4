import type { OrderRef, OrderReport } from '../../adapter/order-endpoints.js';
import type { PrivateVenue } from '../../adapter/private-venue.js';
import { isExchangeError } from '../../errors/exchange-error.js';
import type { Fill } from '../../model/fill.js';
import type { MarketSymbol } from '../../model/symbol.js';
import { UNNOTICED_MS } from '../clock-sync.js';
import { collectRows, type RowPage, type Rows, type RowsWanted } from '../collect-rows.js';
import type { ExchangeCore } from '../exchange-core.js';

interface ReadWindow {
  /** Epoch ms, inclusive. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** The newest so many; default all. */
  readonly limit?: number | undefined;
}

/** Reads orders and fills as the venue lists them. Everything here may be repeated. */
export class OrderReads {
  readonly #core: ExchangeCore;
  readonly #venue: PrivateVenue;
  readonly #knows: (row: { readonly orderId?: string }) => boolean;
  /** Until the venue refuses one. */
  #takesEndsAhead = true;

  /** @param knows whether an order of this id is somebody's already. */
  constructor(core: ExchangeCore, venue: PrivateVenue, knows: (row: { readonly orderId?: string }) => boolean) {
    this.#core = core;
    this.#venue = venue;
    this.#knows = knows;
  }

  /** Whether this client has an order of that id already. */
  knows(row: { readonly orderId?: string }): boolean {
    return this.#knows(row);
  }

  /** Whether a trigger placed the order: it has no id of ours either, and is not one that was sent. */
  async isFired({ symbol, orderId }: OrderReport): Promise<boolean> {
    const { triggers } = this.#venue;
    if (triggers === undefined) return false;
    const mapper = await this.#core.catalog.mapper();
    const newest = { symbol, state: 'ended', page: 1, limit: triggers.listRules.maxLimit } as const;
    const rows = await this.#core.rest.call(triggers.list, newest, { mapper });
    return rows.some((row) => row.orderId === orderId);
  }

  /** @throws {OrderNotFoundError} */
  async report(ref: OrderRef): Promise<OrderReport> {
    return this.#core.rest.call(this.#venue.orders.get, ref, { mapper: await this.#core.catalog.mapper() });
  }

  /** All open orders, of one market or of all. */
  async openReports(symbol: MarketSymbol | undefined): Promise<Rows<OrderReport>> {
    const { open, openRules } = this.#venue.orders;
    const mapper = await this.#core.catalog.mapper();
    const rows = new Map<string, OrderReport>();
    for (let page = 1; page <= MAX_PAGES; page++) {
      const params = { ...(symbol === undefined ? {} : { symbol }), page, limit: openRules.maxLimit };
      const part = await this.#core.rest.call(open, params, { mapper });
      const before = rows.size;
      for (const row of part) rows.set(row.orderId ?? '', row);
      // A venue that does not page answers the same rows again.
      if (part.length < openRules.maxLimit || rows.size === before) return { rows: byTime(rows), isComplete: true };
      if (openRules.paging === 'time') return { rows: byTime(rows), isComplete: false };
    }
    return { rows: byTime(rows), isComplete: false };
  }

  /** @param isWanted which rows count; some venues list open orders beside the ended ones. */
  async historyReports(
    symbol: MarketSymbol,
    window: ReadWindow,
    isWanted: (row: OrderReport) => boolean = () => true,
  ): Promise<Rows<OrderReport>> {
    const { history, historyRules } = this.#venue.orders;
    const mapper = await this.#core.catalog.mapper();
    const reader = {
      rules: historyRules,
      fetch: (page: RowPage) => this.#core.rest.call(history, { symbol, ...page }, { mapper }),
      idOf: (row: OrderReport) => row.orderId ?? '',
      timeOf: (row: OrderReport) => row.createdAt ?? row.updatedAt ?? 0,
      isWanted,
    };
    return this.#list(window, (wanted) => collectRows(reader, wanted));
  }

  async fillRows(symbol: MarketSymbol, window: ReadWindow & { readonly orderId?: string }): Promise<Rows<Fill>> {
    const { fills, fillsRules } = this.#venue.orders;
    const mapper = await this.#core.catalog.mapper();
    const order = window.orderId === undefined ? {} : { orderId: window.orderId };
    const reader = {
      rules: fillsRules,
      fetch: (page: RowPage) => this.#core.rest.call(fills, { symbol, ...order, ...page }, { mapper }),
      // A trade with oneself has one id on both sides.
      idOf: (row: Fill) => `${row.orderId} ${row.id}`,
      timeOf: (row: Fill) => row.filledAt,
    };
    return this.#list(window, (wanted) => collectRows(reader, wanted));
  }

  /**
   * Up to now means up to an end that is still to come: where our clock is behind, the newest rows lie there. No document says
   * that every venue takes such an end; where one does not, its clock is asked right before each list.
   */
  async #list<Row>(window: ReadWindow, read: (wanted: RowsWanted) => Promise<Rows<Row>>): Promise<Rows<Row>> {
    const { since, until, limit = Number.POSITIVE_INFINITY } = window;
    if (until !== undefined) return read({ since, until, limit });
    const { time } = this.#core;
    if (this.#takesEndsAhead) {
      try {
        return await read({ since, until: time.now() + UNNOTICED_MS + CLOCK_SLACK_MS, limit });
      } catch (error) {
        if (!isExchangeError(error, 'bad_request')) throw error;
      }
    }
    await time.probe();
    const rows = await read({ since, until: time.now() + CLOCK_SLACK_MS, limit });
    this.#takesEndsAhead = false;
    return rows;
  }
}

const MAX_PAGES = 20;
/** A venue may count its time up to a second ahead of what it says. */
const CLOCK_SLACK_MS = 1_000;

function byTime(rows: ReadonlyMap<string, OrderReport>): OrderReport[] {
  return [...rows.values()].sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0));
}

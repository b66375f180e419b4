import type { OrderRef, OrderReport } from '../../adapter/order-endpoints.js';
import { MalformedResponseError, ValidationError } from '../../errors/kinds.js';
import type { Fill } from '../../model/fill.js';
import { isFinal, type Order } from '../../model/order.js';
import { type MarketSymbol, parseSymbol } from '../../model/symbol.js';
import type { ExchangeCore } from '../exchange-core.js';
import { readHistoryWindow } from '../history-window.js';
import { refOf } from '../orders/order-ref.js';
import type { OrderTracker } from '../orders/order-tracker.js';
import type { CommandDoor } from './command-door.js';
import type { OrderReads } from './order-reads.js';
import type { AddressedOrder, FillsRequest, HistoryRequest } from './private-exchange.js';

/** Reads orders and fills for users; what is read is merged into what is known. */
export class OrderQueries {
  readonly #core: ExchangeCore;
  readonly #reads: OrderReads;
  readonly #tracker: OrderTracker;
  readonly #door: CommandDoor;

  constructor(core: ExchangeCore, reads: OrderReads, tracker: OrderTracker, door: CommandDoor) {
    this.#door = door;
    this.#core = core;
    this.#reads = reads;
    this.#tracker = tracker;
  }

  async order(ref: AddressedOrder): Promise<Order> {
    await this.checkRef(ref);
    return this.merge(await this.#door.get(ref, ref.via ?? 'rest'), ref);
  }

  async openOrders(symbol: MarketSymbol | undefined): Promise<Order[]> {
    await this.#check(symbol);
    const { rows, isComplete } = await this.#reads.openReports(symbol);
    if (isComplete) return rows.map((row) => this.merge(row, row));
    throw new MalformedResponseError({
      message: 'more open orders than the venue lists',
      outcome: 'unknown',
      venue: this.#core.venue.id,
    });
  }

  async history(symbol: MarketSymbol, request: HistoryRequest = {}): Promise<Order[]> {
    const window = await this.#window(symbol, request);
    const hasEnded = ({ state }: OrderReport): boolean => state !== undefined && isFinal(state);
    const { rows } = await this.#reads.historyReports(symbol, window, hasEnded);
    return rows.flatMap((row) => this.#tracker.look(row) ?? []);
  }

  async fills(symbol: MarketSymbol, request: FillsRequest = {}): Promise<Fill[]> {
    const window = await this.#window(symbol, request);
    const { orderId } = request;
    const { rows } = await this.#reads.fillRows(symbol, orderId === undefined ? window : { ...window, orderId });
    // A look at the past is no news: only orders that are known learn from it.
    for (const fill of rows) {
      const { symbol, orderId } = fill;
      if (this.#tracker.get({ symbol, orderId }) !== undefined) this.#tracker.applyFill(fill);
    }
    return rows;
  }

  /** The order after what the venue said of it was merged. */
  merge(report: OrderReport, ref: OrderRef): Order {
    const { symbol, orderId, clientOrderId } = ref;
    const whole = { ...refOf(ref), ...report, symbol };
    const order = this.#tracker.look(whole);
    if (order !== undefined) return order;
    const message = `an order without its side, type or id: ${orderId ?? clientOrderId ?? 'no id'}`;
    throw new MalformedResponseError({ message, outcome: 'unknown', venue: this.#core.venue.id });
  }

  /** @throws {ValidationError | InvalidSymbolError} before anything is sent. */
  async checkRef(ref: AddressedOrder): Promise<void> {
    if (typeof ref !== 'object' || ref === null)
      throw new ValidationError({ field: 'order', expected: 'an object with symbol and an id', received: ref });
    const { orderId, clientOrderId } = ref;
    for (const [field, id] of Object.entries({ orderId, clientOrderId })) {
      if (id !== undefined && !(typeof id === 'string' && /^[\w.~-]{1,64}$/.test(id)))
        throw new ValidationError({ field, expected: 'up to 64 letters, digits and -_.~', received: id });
    }
    if (ref.via !== undefined && ref.via !== 'rest' && ref.via !== 'ws')
      throw new ValidationError({ field: 'via', expected: "'rest' or 'ws'", received: ref.via });
    if (orderId === undefined && clientOrderId === undefined)
      throw new ValidationError({ field: 'orderId', expected: 'orderId or clientOrderId', received: undefined });
    await this.#check(ref.symbol, true);
  }

  async #check(symbol: MarketSymbol | undefined, isNeeded = false): Promise<void> {
    this.#core.requireOpen();
    if (symbol === undefined && !isNeeded) {
      await this.#core.catalog.usable();
      return;
    }
    parseSymbol(symbol as MarketSymbol);
    await this.#core.ready();
    if (isNeeded) await this.#core.catalog.check(symbol as MarketSymbol);
    else await this.#core.catalog.instrument(symbol as MarketSymbol);
  }

  async #window(symbol: MarketSymbol, request: HistoryRequest) {
    const window = readHistoryWindow(request);
    await this.#check(symbol, true);
    return window;
  }
}

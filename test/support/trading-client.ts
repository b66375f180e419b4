import type { IntentLog } from '../../src/exchange/orders/intent-log.js';
import { OrderConflictError } from '../../src/exchange/orders/order-conflict.js';
import type { ExchangeError, Fill, MarketSymbol, Order, PlaceTrigger, PrivateExchange } from '../../src/index.js';
import type { Simulator } from '../../src/simulator/index.js';
import type { VirtualClock } from '../../src/transport/virtual-clock.js';

export type TradingVenue = 'mexc_spot' | 'gateio_spot' | 'mexc_futures' | 'gateio_futures';
export type World = Simulator<VirtualClock>;
type Account = ReturnType<World['account']>;
/** Orders as the venue really has them. */
export type Truth = ReturnType<Account['orders']>;
export type TrueFills = ReturnType<Account['fills']>;

/** What one call said. */
export interface Claim {
  /** `place`, `batch`, `cancel`, `cancelAll`, `amend`, `get`, `open`; `trigger`, `cancelTrigger`, `close`; `arm`. */
  readonly kind: string;
  readonly via: 'rest' | 'ws';
  readonly client: TradingClient;
  readonly symbol: MarketSymbol;
  /** Of an order that is placed. */
  readonly clientOrderId?: string;
  /** Of the order that is acted on. */
  readonly orderId?: string;
  /** That order before, as it really was. */
  readonly before?: Truth[number];
  readonly change?: { readonly price?: string; readonly quantity?: string };
  /** Orders that were open before it began. */
  readonly openBefore?: readonly string[];
  /** That was asked for. */
  readonly trigger?: PlaceTrigger;
  /** Of the trigger that was placed, or is acted on. */
  readonly triggerId?: string;
  readonly order?: Order;
  readonly orders?: readonly Order[];
  readonly error?: ExchangeError;
}

/** A client of the account, and the last that its streams told. */
export class TradingClient {
  readonly name: string;
  readonly exchange: PrivateExchange;
  readonly byOrderId = new Map<string, Order>();
  readonly byClientId = new Map<string, Order>();
  readonly fills: Fill[] = [];
  readonly balances = new Map<string, { readonly free: string; readonly locked: string }>();
  readonly conflicts: OrderConflictError[] = [];
  /** Why its streams ended. */
  end: string | undefined;
  /** What had happened before its streams were live for the first time; nobody promises to tell it. */
  before: { readonly orders: ReadonlySet<string>; readonly fills: number } = { orders: new Set(), fills: 0 };

  /** Resolves when its process has died: nothing more is heard from it. */
  readonly gone: Promise<void>;
  readonly #die: () => void;
  readonly log: IntentLog;

  /** Whether it always looks at all markets; else what others canceled without a fill in a gap need not be told. */
  readonly looksAtAll: boolean;

  /** @param kill ends its process. */
  constructor(
    name: string,
    exchange: PrivateExchange,
    account: Account,
    looksAtAll: boolean,
    kill: () => void,
    log: IntentLog,
  ) {
    this.looksAtAll = looksAtAll;
    this.name = name;
    this.exchange = exchange;
    this.log = log;
    let leave = (): void => undefined;
    this.gone = new Promise((resolve) => {
      leave = resolve;
    });
    this.#die = () => {
      kill();
      leave();
    };
    let wasLive = false;
    exchange.on('status', ({ status }) => {
      if (status !== 'live' || wasLive) return;
      wasLive = true;
      const ended = account.orders().filter((one) => one.status !== 'open');
      this.before = { orders: new Set(ended.map(({ id }) => id)), fills: account.fills().length };
    });
    exchange.on('error', (error) => {
      if (error instanceof OrderConflictError) this.conflicts.push(error);
    });
    const orders = exchange.watchOrders((order) => {
      if (order.orderId !== undefined) this.byOrderId.set(order.orderId, order);
      if (order.clientOrderId !== undefined) this.byClientId.set(order.clientOrderId, order);
    });
    const fills = exchange.watchFills((fill) => void this.fills.push(fill));
    const balances = exchange.watchBalances(({ asset, free, locked }) => this.balances.set(asset, { free, locked }));
    for (const { ready } of [orders, fills, balances]) {
      ready.catch((error: unknown) => {
        this.end = String(error);
      });
    }
  }

  die(): void {
    this.#die();
  }
}

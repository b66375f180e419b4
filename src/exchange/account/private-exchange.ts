import type { OrderRef } from '../../adapter/order-endpoints.js';
import type { ExchangeError } from '../../errors/exchange-error.js';
import type { Balance } from '../../model/balance.js';
import type { DecimalInput } from '../../model/decimal.js';
import type { Fill } from '../../model/fill.js';
import type { HealthReport } from '../../model/health.js';
import type { MetricsSnapshot } from '../../model/metrics.js';
import type { Order } from '../../model/order.js';
import type { MarketSymbol } from '../../model/symbol.js';
import type { TradingFees } from '../../model/trading-fees.js';
import type { VenueId } from '../../model/venue-id.js';
import type { ExchangeEventName, ExchangeEvents, ExchangeStatus } from '../exchange-events.js';
import type { PlaceLimitOrder, PlaceMarketOrder, PlaceOrderInput } from '../orders/place-order.js';
import type { RawCall } from '../raw-call.js';
import type { Subscription } from '../subscription.js';
import type { PositionsFacet } from './positions-facet.js';
import type { TriggersFacet } from './triggers-facet.js';
import type { WalletFacet } from './wallet-facet.js';

/** A time window and a number of rows; the newest rows where there are more. */
export interface HistoryRequest {
  /** Epoch ms, inclusive. */
  readonly since?: number;
  /** Epoch ms, inclusive; default now. */
  readonly until?: number;
  /** Rows wanted, default 100; pages over the venue's limit. */
  readonly limit?: number;
}

export interface FillsRequest extends HistoryRequest {
  readonly orderId?: string;
}

/** One order, and which way the command goes out. */
export interface AddressedOrder extends OrderRef {
  /** `ws`: over the authenticated socket, where the venue has order entry over one. Default `rest`. */
  readonly via?: 'rest' | 'ws';
}

/** Changes a resting order. */
export interface AmendOrder extends AddressedOrder {
  /** New limit price, quote per base. */
  readonly price?: DecimalInput;
  /** New whole quantity, base asset, what is filled included. */
  readonly quantity?: DecimalInput;
  /** Inverse contracts: new whole size, quote asset, what is filled included. */
  readonly quoteQuantity?: DecimalInput;
}

export interface AmendFacet {
  /** @throws {OrderNotFoundError} when it has ended. @throws {ValidationError} before anything is sent. */
  amendOrder(change: AmendOrder): Promise<Order>;
}

/** The venue cancels every open order of the account unless it is armed again in time. */
export interface DeadManSwitchFacet {
  /**
   * Arms it, and keeps it armed by calling again after each third of the time, until {@link disarm} or `close`. Whether a
   * refresh failed shows as an `error` event.
   * @param timeoutMs at least the venue's shortest, in its steps.
   */
  arm(timeoutMs: number): Promise<void>;
  disarm(): Promise<void>;
}

export interface CloseOptions {
  /**
   * What happens to resting orders first: `own` = those of this client. Default `none`. It is tried for three times `timeoutMs` at
   * most; an `error` event names the orders that may be left.
   */
  readonly cancelOrders?: 'none' | 'own' | 'all';
}

/**
 * Trading and account of one venue. Every command ends in one of three ways: its order; an error whose `outcome` is
 * `not_sent` or `rejected` (the venue does not have it); or an error with outcome `unknown`, after evidence could not
 * decide, while the order stays visible with state `unknown` until it can.
 */
export interface PrivateExchange extends AsyncDisposable {
  readonly venue: VenueId;
  getBalances(): Promise<ReadonlyMap<string, Balance>>;
  /** Zero where the venue lists nothing of it. */
  getBalance(asset: string): Promise<Balance>;
  /**
   * Places an order once. A lost answer is resolved by evidence before this settles.
   * @throws {ValidationError | InvalidOrderError | TradingDisabledError | UnsupportedError} before anything is sent.
   * @throws {AccountNotReadyError} `not_sent`, while what was missed during a reconnect is being fetched.
   */
  placeOrder(order: PlaceOrderInput): Promise<Order>;
  placeLimitOrder(order: PlaceLimitOrder): Promise<Order>;
  placeMarketOrder(order: PlaceMarketOrder): Promise<Order>;
  /** One answer per order, in the order given; those that break a rule are refused alone, the others are sent. */
  placeOrders(orders: readonly PlaceOrderInput[]): Promise<Array<Order | ExchangeError>>;
  /** Has the venue check an order without placing it; where it cannot, only our own rules are checked. */
  testOrder(order: PlaceOrderInput): Promise<void>;
  /**
   * @returns the order as it ended; it may have been filled. Still `open` where the venue has taken the cancel and does not
   * show it after some seconds. @throws {OrderNotFoundError}
   */
  cancelOrder(order: AddressedOrder): Promise<Order>;
  /** One answer per order, in the order given. */
  cancelOrders(orders: readonly OrderRef[]): Promise<Array<Order | ExchangeError>>;
  /** All open orders of the account, in one market or in all; also those placed elsewhere. */
  cancelAllOrders(symbol?: MarketSymbol): Promise<Order[]>;
  getOrder(order: AddressedOrder): Promise<Order>;
  /** Oldest first. */
  getOpenOrders(symbol?: MarketSymbol): Promise<Order[]>;
  /** Ended orders, oldest first, as far back as the venue remembers. */
  getOrderHistory(symbol: MarketSymbol, request?: HistoryRequest): Promise<Order[]>;
  /** Oldest first. */
  getFills(symbol: MarketSymbol, request?: FillsRequest): Promise<Fill[]>;
  getTradingFees(symbol: MarketSymbol): Promise<TradingFees>;
  /** Every change of every order of the account; nothing is lost: a consumer that is 10,000 behind ends with an error. */
  watchOrders(handler?: (order: Order) => unknown): Subscription<Order>;
  /** Every fill once; lossless like {@link watchOrders}. */
  watchFills(handler?: (fill: Fill) => unknown): Subscription<Fill>;
  /** Balances as they change, after one of each asset at the start; the newest per asset counts. */
  watchBalances(handler?: (balance: Balance) => unknown): Subscription<Balance>;
  readonly wallet?: WalletFacet;
  /** Perpetuals only. */
  readonly positions?: PositionsFacet;
  readonly triggers?: TriggersFacet;
  readonly amend?: AmendFacet;
  readonly deadManSwitch?: DeadManSwitchFacet;
  readonly status: ExchangeStatus;
  on<N extends ExchangeEventName>(
    event: N,
    handler: (event: ExchangeEvents[N]) => void,
    options?: { readonly signal?: AbortSignal },
  ): void;
  /** Any endpoint of the venue, signed, limited and classified. Repeated only when it is a GET. */
  request(call: RawCall): Promise<unknown>;
  metrics(): MetricsSnapshot;
  health(): Promise<HealthReport>;
  /**
   * Gets ready for the first order: learns instruments and the venue's clock and opens a connection, which is kept for 30 s
   * without use; with `warmOrderSocket` the socket for orders too; of perpetuals how the account trades the markets of the
   * option `symbols`. Call it again after a long rest.
   */
  warm(): Promise<void>;
  close(options?: CloseOptions): Promise<void>;
}

import type { ExchangeError } from '../errors/exchange-error.js';
import type { Decimal } from '../model/decimal.js';
import type { Fill } from '../model/fill.js';
import type { OrderState, OrderType, TimeInForce } from '../model/order.js';
import type { PositionSide } from '../model/position.js';
import type { Side } from '../model/side.js';
import type { MarketSymbol } from '../model/symbol.js';
import type { Endpoint } from './endpoint.js';
import type { OrderPosition } from './position-endpoints.js';

/** An order to place, checked against the market's rules. Decimals are in plain notation. */
export interface OrderRequest {
  readonly symbol: MarketSymbol;
  readonly side: Side;
  readonly type: OrderType;
  /** `GTC` for limit orders unless told otherwise; market orders are `IOC`. */
  readonly timeInForce: TimeInForce;
  readonly postOnly: boolean;
  /** Limit orders only. */
  readonly price?: Decimal;
  /** Base asset; exactly one of this and `quoteQuantity`. */
  readonly quantity?: Decimal;
  /** Quote asset; market orders, and every order of inverse contracts: exact in contracts. */
  readonly quoteQuantity?: Decimal;
  readonly clientOrderId: string;
  readonly reduceOnly?: boolean;
  /** Perpetuals only, and always there. */
  readonly position?: OrderPosition;
}

/** Names one order; at least one id. */
export interface OrderRef {
  readonly symbol: MarketSymbol;
  readonly orderId?: string | undefined;
  readonly clientOrderId?: string | undefined;
}

/** What one message of a venue says of an order; what it does not say is absent, never guessed. */
export interface OrderReport {
  readonly symbol: MarketSymbol;
  readonly orderId?: string;
  readonly clientOrderId?: string;
  readonly side?: Side;
  readonly type?: OrderType;
  readonly timeInForce?: TimeInForce;
  readonly postOnly?: boolean;
  readonly reduceOnly?: boolean;
  /** Perpetuals in hedge mode. */
  readonly positionSide?: PositionSide;
  readonly price?: Decimal;
  /** Base asset; inverse contracts: absent, {@link quoteQuantity} rules. */
  readonly quantity?: Decimal;
  readonly quoteQuantity?: Decimal;
  /** Base asset; inverse contracts: at the average price. */
  readonly filledQuantity?: Decimal;
  /** Inverse contracts: exact and always there where {@link filledQuantity} is. */
  readonly filledQuoteQuantity?: Decimal;
  readonly state?: OrderState;
  readonly reason?: string;
  /** Placed by the venue itself or by hand, as it says: never an order of ours whose id was forgotten. */
  readonly isForeign?: true;
  /** Epoch ms by the venue's clock. */
  readonly createdAt?: number;
  /** Epoch ms by the venue's clock. */
  readonly updatedAt?: number;
}

/** The venue's answer to one order of a batch, in the order of the request. */
export type BatchAnswer = OrderReport | ExchangeError;

export interface AmendRequest extends OrderRef {
  /** Of the order; there with a new amount of contracts, which some venues sign. */
  readonly side?: Side;
  /** New limit price. */
  readonly price?: Decimal;
  /** New whole quantity in base asset, what is filled included. */
  readonly quantity?: Decimal;
  /** Inverse contracts, instead of {@link quantity}: new whole size in quote asset, what is filled included. */
  readonly quoteQuantity?: Decimal;
}

export interface OrderListParams {
  /** Absent: all markets, where the venue's `openNeedsSymbol` is false. */
  readonly symbol?: MarketSymbol;
  /** From 1. */
  readonly page: number;
  readonly limit: number;
}

export interface OrderHistoryParams {
  readonly symbol: MarketSymbol;
  /** Epoch ms, inclusive. */
  readonly from?: number;
  readonly to?: number;
  readonly page: number;
  readonly limit: number;
}

export interface FillsParams extends OrderHistoryParams {
  readonly orderId?: string;
}

/** How a list is read to its end. */
export interface ListRules {
  /** Rows of one answer at most. */
  readonly maxLimit: number;
  /** `page`: `page` counts from 1. `time`: the next call ends at the oldest row's time; `page` is always 1. */
  readonly paging: 'page' | 'time';
  /** Longest span of one call, ms; `Infinity` where there is none. */
  readonly maxSpanMs: number;
  /** How far back the venue remembers, ms; `Infinity` where there is no bound. */
  readonly reachMs: number;
}

/** The order calls of a venue. Lists come out oldest first. */
export interface OrderEndpoints {
  readonly place: Endpoint<OrderRequest, OrderReport>;
  /** Validates without placing. Absent where the venue has no such call. */
  readonly test?: Endpoint<OrderRequest, void>;
  readonly placeBatch?: {
    readonly endpoint: Endpoint<readonly OrderRequest[], readonly BatchAnswer[]>;
    readonly maxOrders: number;
    /** Whether all orders of one call must be of one market. */
    readonly oneSymbol: boolean;
  };
  /** @returns what the venue says of the order afterwards; may say little. */
  readonly cancel: Endpoint<OrderRef, OrderReport>;
  /** Of one market. */
  readonly cancelAll: Endpoint<{ readonly symbol: MarketSymbol }, readonly OrderReport[]>;
  readonly get: Endpoint<OrderRef, OrderReport>;
  readonly open: Endpoint<OrderListParams, readonly OrderReport[]>;
  readonly openRules: ListRules & { readonly needsSymbol: boolean };
  readonly history: Endpoint<OrderHistoryParams, readonly OrderReport[]>;
  readonly historyRules: ListRules;
  readonly fills: Endpoint<FillsParams, readonly Fill[]>;
  readonly fillsRules: ListRules;
  readonly amend?: Endpoint<AmendRequest, OrderReport>;
  readonly rules: OrderPlacing;
}

/** What a venue accepts and how it forgets; facts that decide about orders. */
export interface OrderPlacing {
  /** Whether a market buy may be given in base asset. */
  readonly marketBuyByBase: boolean;
  /** Whether a market sell may be given in quote asset. */
  readonly marketSellByQuote: boolean;
  /** Prefix that every client order id must have; `''` for none. */
  readonly clientIdPrefix: string;
  /** Longest client order id, prefix included. */
  readonly clientIdLength: number;
  /** What a client order id may hold besides letters and digits. Default `'-_'`. */
  readonly clientIdPunctuation?: string;
  /** A new order may be hidden from reads for so long, ms. */
  readonly visibilityLagMs: number;
  /** Client order ids can be looked up for so long after an order has ended, ms. */
  readonly clientIdLifeMs: number;
  /** Whether reads by client order id find every order that the venue still lists. */
  readonly forgetsClientIds: boolean;
}

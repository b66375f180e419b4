import type { Decimal } from '../model/decimal.js';
import type { Side } from '../model/side.js';
import type { MarketSymbol } from '../model/symbol.js';
import type { Clock } from '../transport/clock.js';
import type { Random } from '../transport/random.js';
import type { Account } from './accounts/account.js';
import type { AccountOrder } from './accounts/account-order.js';
import type { Countdowns } from './accounts/countdown.js';
import type { Desk } from './accounts/desk.js';
import type { Wallet } from './accounts/wallet.js';

/** The rules of one simulated market. Prices are whole ticks and quantities whole lots inside the simulator. */
export interface MarketSpec {
  readonly symbol: MarketSymbol;
  readonly base: string;
  readonly quote: string;
  /** Decimals of a price; one tick is `10^-priceDecimals`. */
  readonly priceDecimals: number;
  /** Decimals of a quantity; one lot is `10^-quantityDecimals`. */
  readonly quantityDecimals: number;
  /** Price around which the flow starts, quote per base. */
  readonly startPrice: number;
  readonly minQuantity: Decimal;
  readonly minNotional: Decimal;
  /** Fractions. */
  readonly makerFee: Decimal;
  readonly takerFee: Decimal;
  /** What makes it a perpetual; absent on spot. Its quantities are contracts, its `quantityDecimals` decimals of a contract. */
  readonly perpetual?: PerpetualTerms;
}

/** One step of the ladder of risk limits: the larger a position, the more margin it needs. */
export interface RiskTier {
  /** From 1. */
  readonly tier: number;
  /** The largest position: value in the settle asset, or contracts, as {@link PerpetualTerms.tiersBy} says. */
  readonly limit: Decimal;
  /** Fractions of the position's value. */
  readonly initialRate: Decimal;
  readonly maintenanceRate: Decimal;
  readonly maxLeverage: number;
  /** Settle asset; the maintenance margin is value × rate - deduction. */
  readonly deduction: Decimal;
}

/** The terms of one perpetual contract. */
export interface PerpetualTerms {
  /** Asset of margin, profit, fees and funding. */
  readonly settle: string;
  /** Linear: settled in the quote asset. Inverse: settled in the base asset. */
  readonly isInverse: boolean;
  /** One contract: base asset when linear, quote asset when inverse. */
  readonly contractSize: Decimal;
  /** Contracts of one order. */
  readonly minContracts: Decimal;
  readonly maxContracts: Decimal;
  /** Decimals of mark and index prices; one more than the book's. */
  readonly markDecimals: number;
  readonly minLeverage: number;
  readonly maxLeverage: number;
  readonly tiersBy: 'value' | 'contracts';
  /** The smallest first. */
  readonly tiers: readonly RiskTier[];
  readonly fundingIntervalMs: number;
  /** Bound of the funding rate either way, fraction. */
  readonly maxFundingRate: Decimal;
  /** Part of the funding rate that does not come from the premium, fraction per interval. */
  readonly interestRate: Decimal;
  /** How far limit prices may be from the mark price, fraction; on which side of it is the venue's rule. */
  readonly maxPriceDeviation: Decimal;
}

/** One price of the true book. */
export interface TrueLevel {
  readonly priceTicks: number;
  readonly lots: number;
}

/** The true book at one sequence number: bids from the highest, asks from the lowest. */
export interface TrueBook {
  readonly sequence: number;
  readonly bids: readonly TrueLevel[];
  readonly asks: readonly TrueLevel[];
}

/** One step of the book: the level now holds `lots` (0 = gone). Each step has a sequence number of its own. */
export interface LevelChange {
  readonly sequence: number;
  readonly side: 'bid' | 'ask';
  readonly priceTicks: number;
  readonly lots: number;
  /** What the level held before. */
  readonly previousLots: number;
  /** Epoch ms by the simulator's clock. */
  readonly at: number;
}

export interface TapeTrade {
  /** Consecutive per market, from 1. */
  readonly id: number;
  readonly priceTicks: number;
  readonly lots: number;
  readonly takerSide: Side;
  readonly at: number;
}

export interface TapeCandle {
  readonly openedAt: number;
  readonly openTicks: number;
  readonly highTicks: number;
  readonly lowTicks: number;
  readonly closeTicks: number;
  readonly baseLots: number;
  /** Quote volume in ticks × lots. */
  readonly quoteTickLots: number;
}

/** What a wire may read of one market. */
export interface MarketView {
  readonly spec: MarketSpec;
  /** Sequence number of the newest change; starts in the tens of thousands of millions, as real venues' do. */
  readonly sequence: number;
  /** Epoch ms of the newest change. */
  readonly changedAt: number;
  /** The book now; `depth` levels per side. */
  book(depth?: number): TrueBook;
  /** The book as it was at `sequence`; `undefined` when the journal no longer reaches back so far. */
  bookAt(sequence: number, depth?: number): TrueBook | undefined;
  /** All changes with a sequence number above `sequence`, oldest first; bounded by the journal (100,000 steps). */
  changesSince(sequence: number): readonly LevelChange[];
  /** Newest last. */
  recentTrades(limit: number): readonly TapeTrade[];
  /** Trades with an id above `id`, oldest first. */
  tradesSince(id: number): readonly TapeTrade[];
  /** Candles whose opening time lies in [from, to], oldest first, made from the tape and, before its start, from a seeded past. */
  candles(intervalMs: number, from: number, to: number): readonly TapeCandle[];
  /** The last 24 hours, the seeded past included. */
  statistics(): {
    readonly openTicks: number;
    readonly highTicks: number;
    readonly lowTicks: number;
    readonly lastTicks: number;
    readonly baseLots: number;
    readonly quoteTickLots: number;
  };
}

/** What every wire gets of its venue, whatever is traded there. */
export interface VenueBase {
  /** The venue's clock: its `now` may be wrong on purpose. */
  readonly clock: Clock;
  readonly random: Random;
  /** Sequence number that a book snapshot must be served at (a `stale snapshot` fault); `undefined` = the newest. */
  snapshotSequence(symbol: MarketSymbol): number | undefined;
  readonly service: ServiceFaults;
}

/** The simulated spot exchange behind one venue, as its wire sees it. */
export interface VenueModel extends VenueBase {
  readonly markets: ReadonlyMap<MarketSymbol, MarketView>;
  /** Accounts and their orders. */
  readonly desk: Desk;
  readonly wallet: Wallet;
  readonly countdowns: Countdowns<Account, AccountOrder>;
}

/** How a venue can fail in its own words. */
export type ServiceState = 'maintenance' | 'limited' | 'banned';

/** What becomes of a command over a socket: it never arrives, or is carried out without an answer, or is served. */
export type CommandFate =
  | { readonly kind: 'lost' }
  | { readonly kind: 'unanswered'; readonly afterMs: number }
  | { readonly kind: 'served'; readonly answerAfterMs: number };

/** Faults that only a wire can act out. */
export interface ServiceFaults {
  /** To be asked once per command over a socket: faults of requests act on commands too. @param call `WS spot.order_place`. */
  fateOf(call: string): CommandFate;
  /** To be asked once per request; `undefined` = it is served. @param call method and path: `POST /api/v3/order`. */
  stateOf(call: string): ServiceState | undefined;
  /** Called when every listen key is to end before its time; returns how many did. */
  onListenKeysExpired(callback: () => number): void;
}

export interface SimHttpRequest {
  readonly method: string;
  /** Path without query: `/api/v3/depth`. */
  readonly path: string;
  /** Raw query string without `?`; `''` = none. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The caller's address; limits are metered by it. */
  readonly ip: string;
}

export interface SimHttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One frame to a client. Faults act on `data` frames of a topic; control frames are acknowledgements and pongs. */
export interface SimFrame {
  readonly data: string | Uint8Array;
  readonly kind: 'data' | 'control';
  /** The venue's name of the subscription; `''` for control frames. */
  readonly topic: string;
}

/** The client's side of a socket, as the wire sees it. */
export interface SimConnection {
  readonly ip: string;
  /** Path and query of the upgrade request. */
  readonly url: string;
  /** Of the upgrade request, names in lower case. Absent = none that matter. */
  readonly headers?: Readonly<Record<string, string>>;
  send(frame: SimFrame): void;
  close(code: number, reason: string): void;
}

/** The wire's side of a socket. */
export interface SimSession {
  receive(data: string | Uint8Array): void;
  /** The socket is gone, whoever closed it. */
  closed(): void;
}

/** A venue's wire protocol over the model; written from the fact sheets, without the SDK's own encoders. */
export interface VenueWire {
  http(request: SimHttpRequest): SimHttpResponse;
  connect(connection: SimConnection): SimSession;
  /** Stops every publisher timer. */
  close(): void;
}

export type CreateWire = (model: VenueModel) => VenueWire;

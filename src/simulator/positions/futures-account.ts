import type { MarketSymbol } from '../../model/symbol.js';
import type { Clock } from '../../transport/clock.js';
import type { AccountSettings } from '../accounts/account-options.js';
import type { Amount } from '../accounts/amount.js';
import type { Ledger, Pocket } from '../accounts/ledger.js';
import { Ring } from '../ring.js';
import type { FuturesFill, FuturesOrder } from './futures-order.js';
import type { FuturesRules } from './futures-rules.js';
import type { PerpetualMarket } from './perpetual-market.js';
import type { ClosedPosition, FundingPayment, Liquidation, Position, PositionMode, PositionSide } from './position.js';
import type { TriggerOrder } from './trigger-order.js';

/** Newest balance changes that are kept. */
const KEPT_CHANGES = 10_000;

/** Why a balance changed. */
export type FuturesBalanceCause = 'deposit' | 'transfer' | 'pnl' | 'fee' | 'funding' | 'insurance';

/** One change of the balance of one asset. */
export interface FuturesBalanceChange {
  /** Consecutive per account, from 1. */
  readonly number: number;
  readonly asset: string;
  readonly change: Amount;
  /** Afterwards. */
  readonly balance: Amount;
  readonly cause: FuturesBalanceCause;
  /** What it is about, where that is known. */
  readonly market: PerpetualMarket | undefined;
  readonly orderId: string | undefined;
  /** 0 = none. */
  readonly tradeId: number;
  /** Epoch ms by the venue's clock. */
  readonly at: number;
}

/** What a balance change is about. */
export interface ChangeSubject {
  readonly market?: PerpetualMarket;
  readonly orderId?: string;
  readonly tradeId?: number;
}

/** The money of one account in one settle asset, at the mark prices of now. */
export interface MarginSummary {
  readonly asset: string;
  /** What there is, without unrealised profit. */
  readonly balance: Amount;
  /** Set aside for open orders. */
  readonly orderMargin: Amount;
  /** Set aside in isolated positions. */
  readonly isolatedMargin: Amount;
  /** Initial margin of cross positions. */
  readonly crossMargin: Amount;
  readonly isolatedUnrealised: Amount;
  readonly crossUnrealised: Amount;
  readonly isolatedMaintenance: Amount;
  readonly crossMaintenance: Amount;
  /** What orders may use and transfers may take; below zero when losses have eaten into what is set aside. */
  readonly available: Amount;
}

/**
 * Hears everything that happens to an account, in order, in the middle of a match: it must not throw or place orders.
 * A private stream is fed by it.
 */
export interface FuturesListener {
  /** `placed` comes before its first fill, `ended` once and last. */
  order?(order: FuturesOrder, event: FuturesOrderEvent): void;
  fill?(fill: FuturesFill): void;
  /** Something about it has changed, other than the mark price. */
  position?(position: Position): void;
  closed?(closed: ClosedPosition): void;
  balance?(change: FuturesBalanceChange): void;
  trigger?(trigger: TriggerOrder): void;
  liquidation?(liquidation: Liquidation): void;
}

export type FuturesOrderEvent = 'placed' | 'filled' | 'amended' | 'ended';

/** One user's futures account at one venue: money, positions, orders. Its history is never forgotten; only the desk changes it. */
export class FuturesAccount {
  readonly settings: AccountSettings;
  positionMode: PositionMode;
  /** Every order ever, oldest first. */
  readonly orders: FuturesOrder[] = [];
  readonly ordersById = new Map<string, FuturesOrder>();
  /** Oldest first. */
  readonly openOrders = new Set<FuturesOrder>();
  /** Every fill ever, oldest first. */
  readonly fills: FuturesFill[] = [];
  readonly closedPositions: ClosedPosition[] = [];
  readonly liquidations: Liquidation[] = [];
  readonly fundingPayments: FundingPayment[] = [];
  readonly changes = new Ring<FuturesBalanceChange>(KEPT_CHANGES);
  readonly #pocket: Pocket;
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #rules: FuturesRules;
  readonly #positions: Position[] = [];
  readonly #versions = new Map<string, number>();
  readonly #totals = new Map<string, Amount>();
  readonly #listeners = new Set<FuturesListener>();

  /** @param assets those that are settled in here; absent = any. */
  constructor(
    settings: AccountSettings,
    options: {
      readonly ledger: Ledger;
      readonly clock: Clock;
      readonly rules: FuturesRules;
      readonly assets: readonly string[] | undefined;
    },
  ) {
    const { ledger, clock, rules, assets } = options;
    this.settings = settings;
    this.#ledger = ledger;
    this.#clock = clock;
    this.#rules = rules;
    this.positionMode = rules.positionMode;
    this.#pocket = ledger.open(settings.userId);
    for (const [asset, amount] of settings.balances) {
      if (assets?.includes(asset) !== false) this.post('deposit', asset, amount, ledger.outside);
    }
  }

  /** Epoch ms by the venue's clock. */
  now(): number {
    return this.#clock.now();
  }

  /** Settle assets that it ever held; none = the futures account was never opened. */
  assets(): string[] {
    return [...this.#versions.keys()];
  }

  balance(asset: string): Amount {
    return this.#pocket.get(asset);
  }

  /** The sum of all balance changes of this cause. */
  total(asset: string, cause: FuturesBalanceCause): Amount {
    return this.#totals.get(`${cause} ${asset}`) ?? 0n;
  }

  /** How often the balance of this asset has changed. */
  version(asset: string): number {
    return this.#versions.get(asset) ?? 0;
  }

  /** Made on first use: a position with 0 lots is the place for one. `net` in one-way mode, else `long` or `short`. */
  position(market: PerpetualMarket, side: PositionSide): Position {
    const found = this.#positions.find((one) => one.market === market && one.side === side);
    if (found !== undefined) return found;
    const { leverage, marginMode } = this.#rules;
    const bounded = Math.min(leverage, market.terms.maxLeverage);
    const position = emptyPosition(this, market, side, bounded, marginMode);
    this.#positions.push(position);
    return position;
  }

  /** All places that were ever used, those of this market or all. */
  positions(symbol?: MarketSymbol): readonly Position[] {
    return symbol === undefined
      ? this.#positions
      : this.#positions.filter(({ market }) => market.spec.symbol === symbol);
  }

  /** Returns what ends it. */
  listen(listener: FuturesListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Changes the balance; what it gains comes from `other`. */
  post(cause: FuturesBalanceCause, asset: string, change: Amount, other: Pocket, subject: ChangeSubject = {}): void {
    if (change === 0n) return;
    this.#ledger.move(asset, change, other, this.#pocket);
    this.#versions.set(asset, this.version(asset) + 1);
    this.#totals.set(`${cause} ${asset}`, this.total(asset, cause) + change);
    const event: FuturesBalanceChange = {
      number: this.changes.total + 1,
      asset,
      change,
      balance: this.balance(asset),
      cause,
      market: subject.market,
      orderId: subject.orderId,
      tradeId: subject.tradeId ?? 0,
      at: Math.floor(this.#clock.now()),
    };
    this.changes.push(event);
    for (const listener of this.#listeners) listener.balance?.(event);
  }

  addOrder(order: FuturesOrder): void {
    this.orders.push(order);
    this.ordersById.set(order.id, order);
    this.openOrders.add(order);
  }

  /** Hands an event to everybody who listens. */
  tell(event: (listener: FuturesListener) => void): void {
    for (const listener of this.#listeners) event(listener);
  }
}

function emptyPosition(
  account: FuturesAccount,
  market: PerpetualMarket,
  side: PositionSide,
  leverage: number,
  marginMode: Position['marginMode'],
): Position {
  return {
    account,
    market,
    side,
    number: 0,
    lots: 0,
    entryValue: 0n,
    margin: 0n,
    leverage,
    marginMode,
    riskLimit: undefined,
    pnl: 0n,
    fees: 0n,
    funding: 0n,
    mostLots: 0,
    closedLots: 0,
    openedLots: 0,
    openedValue: 0n,
    closedValue: 0n,
    historyPnl: 0n,
    lastPnl: 0n,
    isLiquidating: false,
    version: 0,
    openedAt: 0,
    updatedAt: 0,
  };
}

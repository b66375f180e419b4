import { compareDecimals, type Decimal, isZero, toDecimal } from '../../model/decimal.js';
import type { Position } from '../../model/position.js';
import type { MarketSymbol } from '../../model/symbol.js';

const ZERO: Decimal = toDecimal(0);

interface Known {
  readonly position: Position;
  /** Monotonic ms. */
  readonly learnedAt: number;
}

/** The newest known state of each position, from lists and pushes that may overtake each other. */
export class PositionBook {
  readonly #known = new Map<string, Known>();
  /** Markets of which a push told that something was traded, since somebody asked. */
  readonly #pushed = new Set<MarketSymbol>();

  /** Open ones. */
  values(): Position[] {
    return [...this.#known.values()].flatMap(({ position }) => (isZero(position.contracts) ? [] : position));
  }

  /** Open ones of a market. */
  of(symbol: MarketSymbol): Position[] {
    return this.values().filter((position) => position.symbol === symbol);
  }

  /** Markets in which a whole list shows another position than is known, or pushes told of another one since the last. */
  movedIn(positions: readonly Position[]): Set<MarketSymbol> {
    const listed = new Map(positions.map((position) => [keyOf(position), position]));
    const all = new Set([...listed.keys(), ...this.#known.keys()]);
    const moved = new Set(this.#pushed);
    this.#pushed.clear();
    for (const key of all) {
      const [before, now] = [this.#known.get(key)?.position, listed.get(key)];
      const symbol = (before ?? now)?.symbol as MarketSymbol;
      if (hasTraded(before, now)) moved.add(symbol);
    }
    return moved;
  }

  /** One push. @returns whether it is news. @param now monotonic ms. */
  push(position: Position, now: number): boolean {
    const key = keyOf(position);
    const known = this.#known.get(key)?.position;
    if (known !== undefined && isOlder(position, known)) return false;
    this.#known.set(key, { position, learnedAt: now });
    if (hasTraded(known, position)) this.#pushed.add(position.symbol);
    return known === undefined ? !isZero(position.contracts) : differs(known, position);
  }

  /**
   * A whole list of open positions that was asked for at `askedAt` (monotonic ms); what was pushed since is newer, unless
   * the venue numbers say otherwise. @returns the news; positions that are gone with a quantity of zero.
   */
  replace(positions: readonly Position[], askedAt: number, receivedAt: number): Position[] {
    const news: Position[] = [];
    const listed = new Set<string>();
    for (const position of positions) {
      const key = keyOf(position);
      listed.add(key);
      const known = this.#known.get(key);
      if (known !== undefined && (isOlder(position, known.position) || isOvertaken(position, known, askedAt))) continue;
      this.#known.set(key, { position, learnedAt: askedAt });
      if (known === undefined || differs(known.position, position)) news.push(position);
    }
    for (const [key, { position, learnedAt }] of this.#known) {
      if (listed.has(key) || learnedAt > askedAt) continue;
      this.#known.delete(key);
      if (!isZero(position.contracts)) news.push(closed(position, receivedAt));
    }
    return news;
  }
}

/** In one-way mode a market has one position, whichever side it is on. */
export function keyOf({ symbol, mode, side }: Position): string {
  return mode === 'hedge' ? `${symbol} ${side}` : symbol;
}

/** Whether the venue's own numbers say that `told` came before `known`. */
function isOlder(told: Position, known: Position): boolean {
  if (told.id === known.id) {
    if (told.version !== undefined && known.version !== undefined) return told.version < known.version;
  } else if (isZero(told.contracts) && !isZero(known.contracts)) {
    // The end of another position than the one that is open now.
    return true;
  }
  return told.updatedAt !== undefined && known.updatedAt !== undefined && told.updatedAt < known.updatedAt;
}

function isOvertaken(told: Position, { position, learnedAt }: Known, askedAt: number): boolean {
  if (learnedAt <= askedAt) return false;
  return !(told.version !== undefined && told.id === position.id && told.version > (position.version ?? told.version));
}

/** Whether somebody must have traded in between. */
function hasTraded(before: Position | undefined, now: Position | undefined): boolean {
  if (compareDecimals(before?.contracts ?? ZERO, now?.contracts ?? ZERO) !== 0) return true;
  if (before === undefined || now === undefined || isZero(now.contracts)) return false;
  // The same size again is not the same position.
  return before.id !== now.id || before.side !== now.side || hasChanged(['entryPrice', 'realizedPnl'], before, now);
}

const FIELDS = ['entryPrice', 'liquidationPrice', 'leverage', 'margin', 'realizedPnl'] as const;

/** Whether anything has changed but what moves with the market. What one of them does not say is no change. */
function differs(known: Position, told: Position): boolean {
  if (isZero(known.contracts) && isZero(told.contracts)) return false;
  if (known.id !== told.id || known.side !== told.side || known.marginMode !== told.marginMode) return true;
  if (compareDecimals(known.contracts, told.contracts) !== 0) return true;
  return hasChanged(FIELDS, known, told);
}

function hasChanged(fields: readonly (typeof FIELDS)[number][], before: Position, now: Position): boolean {
  return fields.some((field) => {
    const [one, other] = [before[field], now[field]];
    return one !== undefined && other !== undefined && compareDecimals(one, other) !== 0;
  });
}

/** As the venue would tell it; what it was worth when it ended nobody has said. */
function closed(position: Position, receivedAt: number): Position {
  const { symbol, id, side, mode, marginMode, leverage, settle } = position;
  return {
    symbol,
    ...(id === undefined ? {} : { id }),
    side,
    mode,
    quantity: ZERO,
    contracts: ZERO,
    marginMode,
    ...(leverage === undefined ? {} : { leverage }),
    settle,
    receivedAt,
  };
}

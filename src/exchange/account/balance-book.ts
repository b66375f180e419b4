import type { Balance } from '../../model/balance.js';
import { compareDecimals, type Decimal } from '../../model/decimal.js';

/** The newest known balance of each asset, from answers and pushes that may overtake each other. */
export class BalanceBook {
  readonly #balances = new Map<string, { balance: Balance; learnedAt: number }>();
  /** When the last whole list was asked for, monotonic ms. */
  #listedAt = Number.NEGATIVE_INFINITY;

  get(asset: string): Balance | undefined {
    return this.#balances.get(asset)?.balance;
  }

  values(): Balance[] {
    return [...this.#balances.values()].map(({ balance }) => balance);
  }

  /** One push. @returns whether it is news. @param now monotonic ms. */
  push(balance: Balance, now: number): boolean {
    const known = this.#balances.get(balance.asset);
    if (known !== undefined && (known.balance.updatedAt ?? 0) > (balance.updatedAt ?? Number.POSITIVE_INFINITY))
      return false;
    this.#balances.set(balance.asset, { balance, learnedAt: now });
    return known === undefined || differs(known.balance, balance);
  }

  /**
   * The assets that have moved since the last whole list: pushed since then, or another amount in this list. None while
   * nothing is known.
   */
  movedIn(balances: readonly Balance[]): ReadonlySet<string> {
    const moved = new Set<string>();
    if (this.#balances.size === 0) return moved;
    const listed = new Map(balances.map((balance) => [balance.asset, balance]));
    for (const asset of new Set([...listed.keys(), ...this.#balances.keys()])) {
      const known = this.#balances.get(asset);
      const isPushed = known !== undefined && known.learnedAt > this.#listedAt;
      if (isPushed || differs(known?.balance ?? ZERO, listed.get(asset) ?? ZERO)) moved.add(asset);
    }
    return moved;
  }

  /** A whole list that was asked for at `askedAt` (monotonic ms); what was pushed since is newer. @returns the news. */
  replace(balances: readonly Balance[], askedAt: number): Balance[] {
    const news: Balance[] = [];
    this.#listedAt = askedAt;
    const listed = new Set<string>();
    for (const balance of balances) {
      listed.add(balance.asset);
      const known = this.#balances.get(balance.asset);
      if (known !== undefined && known.learnedAt > askedAt) continue;
      this.#balances.set(balance.asset, { balance, learnedAt: askedAt });
      if (known === undefined || differs(known.balance, balance)) news.push(balance);
    }
    for (const [asset, { balance, learnedAt }] of this.#balances) {
      if (listed.has(asset) || learnedAt > askedAt) continue;
      this.#balances.delete(asset);
      const receivedAt = balances[0]?.receivedAt ?? balance.receivedAt;
      if (differs(balance, ZERO)) news.push({ ...ZERO, asset, receivedAt });
    }
    return news;
  }
}

const ZERO = { asset: '', free: '0', locked: '0', receivedAt: 0 } as unknown as Balance;

function differs(a: Balance, b: Balance): boolean {
  return isOther(a.free, b.free) || isOther(a.locked, b.locked);
}

/** Answers and pushes may print the same number in two ways. */
function isOther(a: Decimal, b: Decimal): boolean {
  return a !== b && compareDecimals(a, b) !== 0;
}

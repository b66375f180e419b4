import type { Balance } from '../../model/balance.js';

/** The newest known balance of each asset, from answers and pushes that may overtake each other. */
export class BalanceBook {
  readonly #balances = new Map<string, { balance: Balance; learnedAt: number }>();

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

  /** A whole list that was asked for at `askedAt` (monotonic ms); what was pushed since is newer. @returns the news. */
  replace(balances: readonly Balance[], askedAt: number): Balance[] {
    const news: Balance[] = [];
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
  return a.free !== b.free || a.locked !== b.locked;
}

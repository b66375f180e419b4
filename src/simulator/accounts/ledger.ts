import type { Amount } from './amount.js';

/** Money in one place. Only the {@link Ledger} that opened it changes it. */
export class Pocket {
  readonly name: string;
  readonly #held = new Map<string, Amount>();

  constructor(name: string) {
    this.name = name;
  }

  get(asset: string): Amount {
    return this.#held.get(asset) ?? 0n;
  }

  /** Every asset that ever was in it, in the order in which they came. */
  assets(): string[] {
    return [...this.#held.keys()];
  }

  add(asset: string, amount: Amount): void {
    this.#held.set(asset, this.get(asset) + amount);
  }
}

/** Double entry: whatever leaves one pocket arrives in another, so all pockets of an asset always sum to zero. */
export class Ledger {
  readonly #pockets: Pocket[] = [];
  /** The world beyond the venue: deposits come from it, withdrawals go to it. It is as far below zero as the venue holds. */
  readonly outside = this.open('outside');
  /** What the venue has earned. */
  readonly fees = this.open('fees');
  /** The other side of every fill: the synthetic flow, and nothing where two accounts trade with each other. */
  readonly counterparty = this.open('counterparty');

  open(name: string): Pocket {
    const pocket = new Pocket(name);
    this.#pockets.push(pocket);
    return pocket;
  }

  /** A negative amount goes the other way. */
  move(asset: string, amount: Amount, from: Pocket, to: Pocket): void {
    if (amount === 0n) return;
    from.add(asset, -amount);
    to.add(asset, amount);
  }

  /** The sum over all pockets by asset. */
  totals(): ReadonlyMap<string, Amount> {
    const totals = new Map<string, Amount>();
    for (const pocket of this.#pockets) {
      for (const asset of pocket.assets()) totals.set(asset, (totals.get(asset) ?? 0n) + pocket.get(asset));
    }
    return totals;
  }
}

import type { PrivateExchange } from '../../exchange/account/private-exchange.js';
import type { Subscription } from '../../exchange/subscription.js';
import type { Balance } from '../../model/balance.js';
import type { Decimal } from '../../model/decimal.js';
import type { VenueId } from '../../model/venue-id.js';

/** What can be spent, as the streams say after a read. Every sync reads again. */
export class FreeBalances {
  readonly #free = new Map<VenueId, Map<string, Decimal>>();
  readonly #watches: Subscription<Balance>[] = [];

  follow(exchange: PrivateExchange): void {
    const { venue } = exchange;
    // Before the first read the streams alone do not say all.
    this.#watches.push(exchange.watchBalances(({ asset, free }) => void this.#free.get(venue)?.set(asset, free)));
  }

  async read(exchange: PrivateExchange): Promise<void> {
    const balances = await exchange.getBalances();
    this.#free.set(exchange.venue, new Map([...balances].map(([asset, { free }]) => [asset, free])));
  }

  free(venue: VenueId, asset: string): Decimal | undefined {
    const known = this.#free.get(venue);
    return known === undefined ? undefined : (known.get(asset) ?? ('0' as Decimal));
  }

  async close(): Promise<void> {
    await Promise.all(this.#watches.map((watch) => watch.close()));
  }
}

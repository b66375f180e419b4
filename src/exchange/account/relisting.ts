import type { ExchangeCore } from '../exchange-core.js';

/** The instrument list is read again for an unknown market not more often than this, ms. */
const RELIST_MS = 60_000;

/**
 * For a market that was listed after the list was read: what a push said of it is read again once the list knows it.
 * @param listed called when the list has been read again.
 * @returns to be called for each unknown market; never knows it at once.
 */
export function createRelisting(core: ExchangeCore, listed: () => void): () => undefined {
  let askedAt = Number.NEGATIVE_INFINITY;
  return () => {
    const now = core.clock.monotonic();
    if (now - askedAt < RELIST_MS) return;
    askedAt = now;
    core.catalog.instruments(true).then(listed, core.report);
  };
}

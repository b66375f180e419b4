/** The currency that a futures account of Gate.io is kept in; each has its own paths, sockets and contracts. */
export type FuturesSettle = 'usdt' | 'btc';

/** Id of the venue that settles in it. */
export function venueIdOf(settle: FuturesSettle): string {
  return settle === 'usdt' ? 'gateio_futures' : 'gateio_futures_btc';
}

/** The asset of profit and loss. */
export function assetOf(settle: FuturesSettle): string {
  return settle.toUpperCase();
}

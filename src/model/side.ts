/** `buy` or `sell`; of the taker on a {@link Trade}, your own on an order or fill. */
export type Side = 'buy' | 'sell';

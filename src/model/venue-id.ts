/**
 * Id of one venue, that is one market of an exchange: `'mexc_spot'`, `'gateio_spot'`. Open, so that an adapter of
 * your own can be plugged in.
 */
export type VenueId = string;

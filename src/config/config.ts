import type { PublicExchangeOptions } from '../exchange/options.js';
import type { VenueId } from '../model/venue-id.js';

/** The options of a factory that a file can hold: those that are plain data. */
export type ConfiguredOptions = Pick<
  PublicExchangeOptions,
  'endpoints' | 'timeoutMs' | 'retry' | 'reconnect' | 'rateLimit' | 'proxy' | 'compression' | 'symbols'
>;

/** What the configuration says about one venue. */
export interface VenueConfig {
  /** For the public and the private factory alike. */
  readonly options: ConfiguredOptions;
  /** A function, so that printing the configuration shows no secret. Absent = none configured. */
  readonly credentials?: () => { readonly apiKey: string; readonly secretKey: string };
  /** How long a signed request stays valid, ms; for the private factory. */
  readonly recvWindowMs?: number;
}

export interface Config {
  /** Venues that the file or the environment names. */
  readonly venues: readonly VenueId[];
  /**
   * A venue's part, the defaults included; the defaults alone for a venue that is not named.
   * @throws {ConfigurationError} for a venue that was not among the known ones.
   */
  forVenue(venue: VenueId): VenueConfig;
}

/** The hosts of one venue as it documents them; the in-memory door goes by them, the loopback door by their paths. */
export interface VenueHosts {
  /** REST base without a trailing slash. */
  readonly rest: string;
  readonly ws: string;
  /** What the paths of its calls begin with, where another venue has the same host. Default: what no other venue takes. */
  readonly paths?: readonly string[];
}

/** The hosts of one venue as it documents them; the in-memory door goes by them, the loopback door by their paths. */
export interface VenueHosts {
  /** REST base without a trailing slash. */
  readonly rest: string;
  readonly ws: string;
}

/** Host names of both doors of a venue, for telling whose a request is. */
export function hostsOf(hosts: VenueHosts): readonly string[] {
  return [new URL(hosts.rest).host, new URL(hosts.ws).host];
}

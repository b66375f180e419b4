import type { Gateway } from './gateway.js';
import type { VenueHosts } from './hosts.js';

interface Entry {
  /** Host, and what the path begins with. */
  readonly prefix: string;
  readonly gateway: Gateway;
}

/** Tells whose a request is: by its host, and by its path where venues share one. The longest prefix that fits counts. */
export class Directory {
  readonly #entries: Entry[] = [];

  add(hosts: VenueHosts, gateway: Gateway): void {
    const rest = new URL(hosts.rest).host;
    const { host, pathname } = new URL(hosts.ws);
    const prefixes = [...(hosts.paths ?? ['']).map((path) => rest + path), host + pathname.replace(/\/$/, '')];
    for (const prefix of prefixes) this.#entries.push({ prefix, gateway });
    this.#entries.sort((a, b) => b.prefix.length - a.prefix.length);
  }

  /** Whether some venue has this host. */
  has({ host }: URL): boolean {
    return this.#entries.some(({ prefix }) => isOf(host, prefix));
  }

  /** `undefined` for a host of nobody; a path of nobody goes to one of the host's venues, which knows its own words for that. */
  find({ host, pathname }: URL): Gateway | undefined {
    const candidates = this.#entries.filter(({ prefix }) => isOf(host, prefix));
    return (candidates.find(({ prefix }) => (host + pathname).startsWith(prefix)) ?? candidates.at(-1))?.gateway;
  }
}

function isOf(host: string, prefix: string): boolean {
  return prefix === host || prefix.startsWith(`${host}/`);
}

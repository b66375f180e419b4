interface Route<T> {
  readonly channel: string;
  readonly key: string;
  readonly entry: T;
}

/** Who gets the pushes of a socket, by the two parts of their route. */
export class TopicRoutes<T> {
  /** Of channels that say it all, and of those whose pushes a key tells apart. */
  readonly #alone = new Map<string, T>();
  readonly #byKey = new Map<string, Map<string, T>>();
  /** What was found with a hint, by the hint: comparing a text with itself costs less than looking it up. */
  #hinted: (Route<T> | undefined)[] = [];

  /** @param hint comes with the same route as a rule; -1: none. */
  find(channel: string, key: string, hint = -1): T | undefined {
    const known = hint < 0 ? undefined : this.#hinted[hint];
    if (known !== undefined && known.channel === channel && known.key === key) return known.entry;
    const entry = key === '' ? this.#alone.get(channel) : this.#byKey.get(channel)?.get(key);
    if (entry !== undefined && hint >= 0) this.#remember(hint, { channel, key, entry });
    return entry;
  }

  set(channel: string, key: string, entry: T): void {
    this.#hinted = [];
    if (key === '') {
      this.#alone.set(channel, entry);
      return;
    }
    const keys = this.#byKey.get(channel) ?? new Map<string, T>();
    this.#byKey.set(channel, keys.set(key, entry));
  }

  delete(channel: string, key: string): void {
    this.#hinted = [];
    if (key === '') {
      this.#alone.delete(channel);
      return;
    }
    const keys = this.#byKey.get(channel);
    keys?.delete(key);
    if (keys?.size === 0) this.#byKey.delete(channel);
  }

  #remember(hint: number, route: Route<T>): void {
    while (this.#hinted.length < hint) this.#hinted.push(undefined);
    this.#hinted[hint] = route;
  }
}

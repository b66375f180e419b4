/** Who gets the pushes of a socket, by the two parts of their route. */
export class TopicRoutes<T> {
  /** Of channels that say it all, and of those whose pushes a key tells apart. */
  readonly #alone = new Map<string, T>();
  readonly #byKey = new Map<string, Map<string, T>>();
  /** The channel asked for last: most pushes in a row are of one. */
  #channel = '';
  #keys: Map<string, T> | undefined;

  find(channel: string, key: string): T | undefined {
    if (key === '') return this.#alone.get(channel);
    if (channel !== this.#channel) {
      this.#channel = channel;
      this.#keys = this.#byKey.get(channel);
    }
    return this.#keys?.get(key);
  }

  set(channel: string, key: string, entry: T): void {
    if (key === '') {
      this.#alone.set(channel, entry);
      return;
    }
    const keys = this.#byKey.get(channel) ?? new Map<string, T>();
    this.#byKey.set(channel, keys.set(key, entry));
    this.#channel = '';
    this.#keys = undefined;
  }

  delete(channel: string, key: string): void {
    if (key === '') {
      this.#alone.delete(channel);
      return;
    }
    const keys = this.#byKey.get(channel);
    keys?.delete(key);
    if (keys?.size === 0) this.#byKey.delete(channel);
    this.#channel = '';
    this.#keys = undefined;
  }
}

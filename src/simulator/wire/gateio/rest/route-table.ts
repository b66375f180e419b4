/** A private endpoint as the venue meters it, and the name that its path holds, empty for none. */
export interface FoundRoute<R> {
  readonly endpoint: string;
  readonly route: R;
  readonly name: string;
}

/** Private endpoints by method and path. */
export interface RouteTable<R> {
  /** `undefined` when no endpoint has this path with this method. */
  find(method: string, path: string): FoundRoute<R> | undefined;
  /** Whether an endpoint has this path with any method. */
  knows(path: string): boolean;
}

/** @param routes by method and path after `/api/v4/`; `*` is a name, the last part of the path or the one before. */
export function createRouteTable<R>(routes: ReadonlyMap<string, R>): RouteTable<R> {
  const methods = new Set([...routes.keys()].map((key) => key.slice(0, key.indexOf(' '))));
  const find = (method: string, path: string): FoundRoute<R> | undefined => {
    const exact = routes.get(`${method} ${path}`);
    if (exact !== undefined) return { endpoint: `${method} ${path}`, route: exact, name: '' };
    const parts = path.split('/');
    for (const at of [parts.length - 1, parts.length - 2]) {
      const part = parts[at];
      if (!part) continue;
      const endpoint = `${method} ${parts.with(at, '*').join('/')}`;
      const route = routes.get(endpoint);
      if (route !== undefined) return { endpoint, route, name: decodeName(part) };
    }
    return undefined;
  };
  return { find, knows: (path) => [...methods].some((method) => find(method, path) !== undefined) };
}

/** A part of a path as it is meant; as it came where it cannot be decoded. */
export function decodeName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

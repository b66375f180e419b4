/** What a request asks for, and what stood in its path. */
export interface RouteMatch<R> {
  /** Method and pattern: limits are counted by it. */
  readonly name: string;
  readonly route: R;
  readonly path: Readonly<Record<string, string>>;
}

/** Finds routes by method and path. */
export type RouteTable<R> = (method: string, path: string) => RouteMatch<R> | undefined;

interface Pattern<R> {
  readonly name: string;
  readonly method: string;
  readonly parts: readonly string[];
  readonly route: R;
}

/** @param routes by `GET contract/depth/{symbol}`; exact parts count before named ones. */
export function createRouteTable<R>(prefix: string, routes: Readonly<Record<string, R>>): RouteTable<R> {
  const patterns = Object.entries(routes).map(([name, route]): Pattern<R> => {
    const [method = '', path = ''] = name.split(' ');
    return { name, method, parts: path.split('/'), route };
  });
  patterns.sort((a, b) => countNames(a.parts) - countNames(b.parts));
  return (method, path) => {
    if (!path.startsWith(prefix)) return undefined;
    const parts = path.slice(prefix.length).split('/');
    for (const pattern of patterns) {
      const named = pattern.method === method ? match(pattern.parts, parts) : undefined;
      if (named !== undefined) return { name: pattern.name, route: pattern.route, path: named };
    }
    return undefined;
  };
}

function countNames(parts: readonly string[]): number {
  return parts.filter((part) => part.startsWith('{')).length;
}

function match(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const named: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const given = parts[index]!;
    if (!part.startsWith('{')) {
      if (part !== given) return undefined;
    } else {
      const value = decode(given);
      if (value === undefined || value === '') return undefined;
      named[part.slice(1, -1)] = value;
    }
  }
  return named;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

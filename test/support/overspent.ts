import type { Endpoint } from '../../src/adapter/endpoint.js';
import type { LimitBucket, LimitTable } from '../../src/adapter/limits.js';

/** A request as the venue meters it. */
export interface Usage {
  readonly endpoint: Pick<Endpoint<unknown, unknown>, 'method' | 'path' | 'cost'>;
  readonly symbol: string;
  /** When it arrived, ms. */
  readonly at: number;
}

/** Windows that hold more than the venue allows, by its own table: knows nothing of how a limiter counts. */
export function overspent(used: readonly Usage[], limits: LimitTable): string[] {
  const meters = new Map<string, { bucket: LimitBucket; spent: (readonly [at: number, weight: number])[] }>();
  for (const { endpoint, symbol, at } of used) {
    for (const [name, weight] of Object.entries(endpoint.cost)) {
      const bucket = limits[name] as LimitBucket;
      const key = keyOf(name, bucket, endpoint, symbol);
      const meter = meters.get(key) ?? { bucket, spent: [] };
      meters.set(key, meter);
      meter.spent.push([at, weight]);
    }
  }
  return [...meters].flatMap(([key, { bucket, spent }]) => worstOf(key, bucket, spent) ?? []);
}

function keyOf(name: string, { scope }: LimitBucket, { method, path }: Usage['endpoint'], symbol: string): string {
  if (scope === 'endpoint') return `${name} of ${method} ${path}`;
  return scope === 'market' ? `${name} of ${symbol}` : name;
}

function worstOf(
  key: string,
  { capacity, intervalMs }: LimitBucket,
  spent: (readonly [at: number, weight: number])[],
): string | undefined {
  spent.sort(([a], [b]) => a - b);
  let sum = 0;
  let first = 0;
  for (const [at, weight] of spent) {
    sum += weight;
    for (; (spent[first] as readonly [number, number])[0] <= at - intervalMs; first++)
      sum -= (spent[first] as readonly [number, number])[1];
    if (sum > capacity) return `${key}: ${sum} of ${capacity} in ${intervalMs} ms up to ${at}`;
  }
  return undefined;
}

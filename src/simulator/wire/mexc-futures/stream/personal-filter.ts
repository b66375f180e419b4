import { StreamRefusal } from './channel.js';
import type { StreamRequest } from './request.js';

/** Which private pushes a socket wants. @param symbol `undefined` where a push has none. */
export type PersonalFilter = (kind: string, symbol: string | undefined) => boolean;

/** Source: MEXC contract docs, personal filters. */
const KINDS: ReadonlySet<string> = new Set([
  'order',
  'order.deal',
  'position',
  'plan.order',
  'stop.order',
  'stop.planorder',
  'risk.limit',
  'adl.level',
  'asset',
]);

export const everything: PersonalFilter = () => true;
export const nothing: PersonalFilter = () => false;

/** Reads a `personal.filter`, which replaces the one before; without filters everything is wanted. @throws {StreamRefusal} */
export function readFilter({ param }: StreamRequest): PersonalFilter {
  const filters: unknown = param['filters'] ?? [];
  if (!Array.isArray(filters)) throw new StreamRefusal('Parameter error: filters');
  const rules = new Map(filters.map(readOne));
  if (rules.size === 0) return everything;
  return (kind, symbol) => {
    const symbols = rules.get(kind);
    return symbols !== undefined && (symbols.size === 0 || symbol === undefined || symbols.has(symbol));
  };
}

/** No symbols = all. */
function readOne(value: unknown): [kind: string, symbols: ReadonlySet<string>] {
  const { filter, rules = [] } = (value ?? {}) as { readonly filter?: unknown; readonly rules?: unknown };
  if (typeof filter !== 'string' || !KINDS.has(filter)) throw new StreamRefusal('Parameter error: filter');
  if (!Array.isArray(rules) || !rules.every((one) => typeof one === 'string')) {
    throw new StreamRefusal('Parameter error: rules');
  }
  return [filter, new Set(rules)];
}

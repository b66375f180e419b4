/** Batches of at most `size` orders of one market each, in the order in which their first ones came. */
export function groupByMarket<T extends { readonly sent: { readonly request: { readonly symbol: string } } }>(
  all: readonly T[],
  size: number,
): T[][] {
  const groups: T[][] = [];
  const open = new Map<string, T[]>();
  for (const one of all) {
    const { symbol } = one.sent.request;
    const group = open.get(symbol);
    if (group !== undefined && group.length < size) {
      group.push(one);
      continue;
    }
    const started = [one];
    groups.push(started);
    open.set(symbol, started);
  }
  return groups;
}

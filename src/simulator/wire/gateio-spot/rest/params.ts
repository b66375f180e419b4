import { readRequired } from '../../gateio/rest/params.js';
import { unknownPair } from '../../gateio/rest/refusal.js';
import type { Pair, Pairs } from '../pairs.js';

/** @throws {RestRefusal} when `currency_pair` is absent or unknown. */
export function readPair(query: URLSearchParams, pairs: Pairs): Pair {
  return findPair(pairs, readRequired(query, 'currency_pair'));
}

/** @throws {RestRefusal} when the venue has no such pair; names are case-sensitive. */
export function findPair(pairs: Pairs, id: string): Pair {
  const pair = pairs.get(id);
  if (pair === undefined) throw unknownPair(id);
  return pair;
}

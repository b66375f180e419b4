import type { FuturesModel } from '../../../positions/futures-model.js';
import type { Contract, Contracts } from '../contracts.js';

/** What a handler works with. */
export interface ContractCall {
  readonly model: FuturesModel;
  readonly contracts: Contracts;
  /** What stood in the path, by name, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Epoch ms by the venue's clock, whole. */
  readonly now: number;
}

/** Makes `data` of the envelope; `undefined` = there is none. @throws {Refusal} */
export type ContractHandler = (call: ContractCall) => unknown;

/** A refusal in the venue's words; nearly always with the HTTP status 200. Source: MEXC contract docs, error codes. */
export class Refusal extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Source: MEXC contract docs, error code 510. */
export function tooFrequent(): Refusal {
  return new Refusal(510, 'Requests are too frequent, please try again later');
}

export function wrong(name: string): Refusal {
  return new Refusal(600, `Parameter error: ${name}`);
}

/** @throws {Refusal} 1001 for an unknown or lower-case name. */
export function findContract(contracts: Contracts, id: string): Contract {
  const contract = contracts.get(id);
  if (contract === undefined) throw new Refusal(1001, 'Contract does not exist');
  return contract;
}

/** The contract that the path names. @throws {Refusal} */
export function pathContract({ contracts, path }: ContractCall): Contract {
  return findContract(contracts, path['symbol'] ?? '');
}

/** The contract that the optional `symbol` names; `undefined` = all are asked for. @throws {Refusal} */
export function optionalContract({ contracts, query }: ContractCall): Contract | undefined {
  const id = query.get('symbol');
  return id === null || id === '' ? undefined : findContract(contracts, id);
}

/** @throws {Refusal} */
export function requireContract(call: ContractCall): Contract {
  const contract = optionalContract(call);
  if (contract === undefined) throw wrong('symbol');
  return contract;
}

/** A whole number; `undefined` when it was not sent. @throws {Refusal} */
export function readWhole(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) throw wrong(name);
  return value;
}

/** A whole number above zero; more than `max` is cut silently. @throws {Refusal} */
export function readCount(query: URLSearchParams, name: string, fallback: number, max: number): number {
  const count = readWhole(query, name) ?? fallback;
  if (count < 1) throw wrong(name);
  return Math.min(count, max);
}

/** One page of the rows, newest first as they are. @throws {Refusal} */
export function cutPage<T>(query: URLSearchParams, rows: readonly T[], maxSize: number): T[] {
  const [page, size] = [readCount(query, 'page_num', 1, 1e9), readCount(query, 'page_size', 20, maxSize)];
  return rows.slice((page - 1) * size, page * size);
}

/** The same with its counts. Source: MEXC contract docs, funding rate history. */
export function pageObject<T>(query: URLSearchParams, rows: readonly T[], maxSize: number): Record<string, unknown> {
  const pageSize = readCount(query, 'page_size', 20, maxSize);
  return {
    pageSize,
    totalCount: rows.length,
    totalPage: Math.ceil(rows.length / pageSize),
    currentPage: readCount(query, 'page_num', 1, 1e9),
    resultList: cutPage(query, rows, maxSize),
  };
}

import { readRequired } from '../../gateio/rest/params.js';
import { RestRefusal } from '../../gateio/rest/refusal.js';
import type { Contract, Contracts } from '../contracts.js';

/** @throws {RestRefusal} when the venue has no such contract; names are case-sensitive. */
export function findContract(contracts: Contracts, id: string): Contract {
  const contract = contracts.get(id);
  if (contract === undefined) throw new RestRefusal(400, 'CONTRACT_NOT_FOUND', `contract ${id} not found`);
  return contract;
}

/** @throws {RestRefusal} when `contract` is absent or unknown. */
export function readContract(query: URLSearchParams, contracts: Contracts): Contract {
  return findContract(contracts, readRequired(query, 'contract'));
}

/** The contract that the query names, if it does. @throws {RestRefusal} */
export function optionalContract(query: URLSearchParams, contracts: Contracts): Contract | undefined {
  const id = query.get('contract');
  return id === null || id === '' ? undefined : findContract(contracts, id);
}

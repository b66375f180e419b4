import { tickerRow } from '../ticker-row.js';
import { type ContractHandler, optionalContract } from './call.js';

/** `GET contract/ticker`: one object with `symbol`, else an array of all. Source: MEXC contract docs, ticker. */
export const ticker: ContractHandler = (call) => {
  const one = optionalContract(call);
  if (one !== undefined) return tickerRow(one, call.now);
  return [...call.contracts.values()].map((contract) => tickerRow(contract, call.now));
};

import type { FuturesModel } from '../../../positions/futures-model.js';
import type { Contracts } from '../contracts.js';
import type { Sizes } from '../sizes.js';

/** One public request. */
export interface PublicCall {
  readonly model: FuturesModel;
  readonly contracts: Contracts;
  readonly sizes: Sizes;
  readonly query: URLSearchParams;
  /** The last part of the path where the endpoint has one: a contract. */
  readonly name: string;
  /** Raw text. */
  readonly body: string;
}

/** Makes the answer; text is JSON already. @throws {RestRefusal} */
export type PublicHandler = (call: PublicCall) => unknown;

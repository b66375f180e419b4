import type { DecodeContext } from '../../../adapter/endpoint.js';
import { type JsonObject, readOptional } from '../../../adapter/read.js';
import { isZero } from '../../../model/decimal.js';
import type { InstrumentStatus } from '../../../model/instrument.js';
import { readSize } from './read-size.js';

const STATUS: ReadonlyMap<unknown, InstrumentStatus> = new Map<unknown, InstrumentStatus>([
  ['prelaunch', 'halted'],
  ['trading', 'trading'],
  ['delisting', 'reduce_only'],
  ['delisted', 'delisted'],
  ['circuit_breaker', 'halted'],
  ['suspend', 'halted'],
]);

/**
 * Whether a contract takes orders. One that is being delisted takes only those that reduce a position; without open
 * positions it is gone. Source: Gate API v4 docs, futures contract.
 */
export function readStatus(
  contract: JsonObject,
  name: string,
  { drift }: Pick<DecodeContext, 'drift'>,
): InstrumentStatus {
  const { status: word, in_delisting, position_size } = contract;
  const status = STATUS.get(word);
  if (status === undefined) {
    drift(`${name} status ${typeof word === 'string' ? word.slice(0, 40) : typeof word}`);
    return 'unknown';
  }
  if (in_delisting !== true || (status !== 'trading' && status !== 'reduce_only')) return status;
  const held = readOptional(position_size, `${name} position_size`, readSize);
  return held !== undefined && isZero(held) ? 'delisted' : 'reduce_only';
}

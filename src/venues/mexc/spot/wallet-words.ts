import type { DecodeContext } from '../../../adapter/endpoint.js';
import type { WalletState } from '../../../model/wallet.js';

type Word = readonly [venueState: string, state: WalletState];

/** Source: MEXC spot v3 docs, deposit history. A refund went back to its sender: it did not arrive. */
const DEPOSIT_STATES: ReadonlyMap<string, Word> = new Map<string, Word>([
  ['1', ['SMALL', 'pending']],
  ['2', ['TIME_DELAY', 'pending']],
  ['3', ['LARGE_DELAY', 'pending']],
  ['4', ['PENDING', 'pending']],
  ['5', ['SUCCESS', 'completed']],
  ['6', ['AUDITING', 'pending']],
  ['7', ['REJECTED', 'failed']],
  ['8', ['REFUND', 'failed']],
  ['9', ['PRE_SUCCESS', 'pending']],
  ['10', ['INVALID', 'failed']],
  ['11', ['RESTRICTED', 'pending']],
  ['12', ['COMPLETED', 'completed']],
]);

/** Source: MEXC spot v3 docs, withdraw history. */
const WITHDRAWAL_STATES: ReadonlyMap<string, Word> = new Map<string, Word>([
  ['1', ['APPLY', 'pending']],
  ['2', ['AUDITING', 'pending']],
  ['3', ['WAIT', 'pending']],
  ['4', ['PROCESSING', 'pending']],
  ['5', ['WAIT_PACKAGING', 'pending']],
  ['6', ['WAIT_CONFIRM', 'pending']],
  ['7', ['SUCCESS', 'completed']],
  ['8', ['FAILED', 'failed']],
  ['9', ['CANCEL', 'canceled']],
  ['10', ['MANUAL', 'pending']],
]);

/** How the deposit calls label networks that all other calls know by an id. Source: MEXC spot v3 docs, currency information. */
const TOKEN_STANDARDS: ReadonlyMap<string, string> = new Map([
  ['TRC20', 'TRX'],
  ['ERC20', 'ETH'],
  ['BEP20', 'BSC'],
]);

export interface WalletWord {
  readonly state: WalletState;
  readonly venueState: string;
}

export function depositState(status: unknown, drift: DecodeContext['drift']): WalletWord {
  return lookUp(DEPOSIT_STATES, 'deposit', status, drift);
}

export function withdrawalState(status: unknown, drift: DecodeContext['drift']): WalletWord {
  return lookUp(WITHDRAWAL_STATES, 'withdrawal', status, drift);
}

/**
 * The id of a network from what a deposit call says: its id where it is sent, else the old label, of which only `Tron(TRC20)`
 * and the like can be told. Any other label stays as it is, because money that goes to a guessed network is lost.
 */
export function networkId(netWork: string | undefined, label: string | undefined): string | undefined {
  if (netWork !== undefined || label === undefined) return netWork;
  const standard = /\(([^()]+)\)$/.exec(label)?.[1];
  return (standard === undefined ? undefined : TOKEN_STANDARDS.get(standard)) ?? label;
}

/** Numbers come as numbers or as text. A state that is not listed is never taken for an end. */
function lookUp(
  table: ReadonlyMap<string, Word>,
  what: string,
  status: unknown,
  drift: DecodeContext['drift'],
): WalletWord {
  const text = typeof status === 'string' || typeof status === 'number' ? String(status).slice(0, 40) : typeof status;
  const word = table.get(text);
  if (word !== undefined) return { venueState: word[0], state: word[1] };
  drift(`${what} status: ${text}`);
  return { venueState: text, state: 'unknown' };
}

import type { WalletState } from '../../../model/wallet.js';

/** Source: Gate API v4 docs, deposit records, status. */
const DEPOSITS: Readonly<Record<string, WalletState>> = {
  DONE: 'completed',
  INVALID: 'failed',
  ...pending('BLOCKED', 'DEP_CREDITED', 'MANUAL', 'PEND', 'REVIEW', 'TRACK'),
};

/** Source: Gate API v4 docs, withdrawal records, status. */
const WITHDRAWALS: Readonly<Record<string, WalletState>> = {
  DONE: 'completed',
  CANCEL: 'canceled',
  FAIL: 'failed',
  INVALID: 'failed',
  REJECT: 'failed',
  ...pending('BCODE', 'CANCELPEND', 'DMOVE', 'EXTPEND', 'FVERIFY', 'LOCKED', 'MANUAL', 'PEND', 'PROCES'),
  ...pending('REQUEST', 'REVIEW', 'VERIFY'),
};

/** `unknown` for a word that is not in the documents; it is reported, and never taken for an end. */
export function readState(what: 'deposit' | 'withdrawal', word: unknown, drift: (what: string) => void): WalletState {
  const states = what === 'deposit' ? DEPOSITS : WITHDRAWALS;
  const state = typeof word === 'string' && Object.hasOwn(states, word) ? states[word] : undefined;
  if (state === undefined) drift(`${what} status ${typeof word === 'string' ? word.slice(0, 40) : typeof word}`);
  return state ?? 'unknown';
}

function pending(...words: readonly string[]): Record<string, WalletState> {
  return Object.fromEntries(words.map((word) => [word, 'pending' as const]));
}

import { isDecimal } from '../../model/decimal.js';
import { encodeFrame, readFrames } from '../../transport/log/log-frames.js';
import type { StrategyState } from '../strategy/strategy-state.js';
import { STATE_NAMES } from '../strategy/strategy-state.js';
import type { TaskRecord } from './task-journal.js';

/** Raised when a record's meaning changes; a journal of a newer version is refused. */
const VERSION = 1;

type Head = { readonly log: 'tasks'; readonly version: number; readonly account: string };
/** The terms are written once. */
type Row =
  | ({ readonly kind: 'task' } & TaskRecord)
  | { readonly kind: 'state'; readonly task: string; readonly recoveries: number; readonly state: StrategyState };

/** What a journal held: its tasks, the bytes of a torn tail, and what is damaged. */
export interface JournalContent {
  readonly records: ReadonlyMap<string, TaskRecord>;
  readonly tornBytes: number;
  readonly damage: string | undefined;
  /** It is whole but not for us: another account's, or of a newer version. */
  readonly refusal: string | undefined;
}

export function encodeHead(account: string): Uint8Array {
  return encode({ log: 'tasks', version: VERSION, account });
}

export function encodeTask(record: TaskRecord): Uint8Array {
  const { terms, state, createdAt, recoveries, mode } = record;
  return encode({ kind: 'task', terms, state, createdAt, recoveries, ...(mode === undefined ? {} : { mode }) });
}

export function encodeState({ terms, state, recoveries }: TaskRecord): Uint8Array {
  return encode({ kind: 'state', task: terms.id, recoveries, state });
}

/** Reads as far as it checks. @param account whose it has to be; `undefined`: anybody's. */
export function readJournal(content: Uint8Array, account: string | undefined): JournalContent {
  const { texts, goodBytes, damagedAt } = readFrames(content);
  const records = new Map<string, TaskRecord>();
  const tornBytes = content.length - goodBytes;
  const result = (damage: string | undefined, refusal?: string) => ({ records, tornBytes, damage, refusal });
  const [first, ...rest] = texts;
  if (first === undefined)
    return result(damagedAt === undefined ? 'no head of a journal' : `damage at byte ${damagedAt}`);
  const head = parse(first) as Partial<Head> | undefined;
  if (head?.log !== 'tasks') return result('no head of a journal');
  if (head.version !== VERSION) return result(undefined, `version ${head.version}, this one reads ${VERSION}`);
  if (account !== undefined && head.account !== account)
    return result(undefined, `the journal of account ${head.account}`);
  for (const [index, text] of rest.entries()) {
    if (!replay(text, records)) return result(`an unknown record ${index + 1}`);
  }
  return result(damagedAt === undefined ? undefined : `damage at byte ${damagedAt}`);
}

function replay(text: string, records: Map<string, TaskRecord>): boolean {
  const row = parse(text) as Partial<Row> | undefined;
  if (row === undefined || !isState(row.state)) return false;
  if (row.kind === 'task' && row.terms !== undefined && Number.isFinite(row.createdAt)) {
    const { terms, state, createdAt, recoveries, mode } = row as TaskRecord;
    records.set(terms.id, { terms, state, createdAt, recoveries, ...(mode === undefined ? {} : { mode }) });
    return true;
  }
  const known = row.kind === 'state' ? records.get(row.task ?? '') : undefined;
  if (known === undefined) return false;
  records.set(known.terms.id, { ...known, state: row.state, recoveries: row.recoveries ?? 0 });
  return true;
}

/** The frame's check has passed, so this is for files that something else has written. */
function isState(state: StrategyState | undefined): state is StrategyState {
  if (typeof state !== 'object' || state === null || !STATE_NAMES.includes(state.name)) return false;
  if (!Array.isArray(state.orders) || !Array.isArray(state.carried)) return false;
  const decimals = state.orders.flatMap(({ quantity, filled, price }) => [quantity, filled, price]);
  return [...decimals, ...state.carried].every(isDecimal);
}

function encode(row: Head | Row): Uint8Array {
  return encodeFrame(JSON.stringify(row));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

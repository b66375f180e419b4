import type { OrderRequest } from '../../adapter/order-endpoints.js';
import { isDecimal } from '../../model/decimal.js';
import { join } from '../../transport/log/group-commit.js';
import { encodeFrame, readFrames } from '../../transport/log/log-frames.js';
import type { Intent, IntentOutcome, IntentTable } from './intent-log.js';

/** Raised when a record's meaning changes; a log of a newer version is refused. */
const VERSION = 1;
/** Ids of one record of a compacted log. */
const IDS_PER_RECORD = 500;
const REQUEST_DECIMALS = ['price', 'quantity', 'quoteQuantity'] as const;

type Record =
  | { readonly log: 'intents'; readonly version: number }
  | ({ readonly kind: 'intent' } & Intent)
  | ({ readonly kind: 'settled'; readonly id: string } & IntentOutcome)
  | { readonly kind: 'used'; readonly ids: readonly string[] };

export function encodeIntent({ venue, request, since, fence }: Intent): Uint8Array {
  return encode({ kind: 'intent', venue, request, since, fence });
}

export function encodeSettled(id: string, { result, orderId }: IntentOutcome): Uint8Array {
  return encode({ kind: 'settled', id, result, ...(orderId === undefined ? {} : { orderId }) });
}

/** A log that says what the table says, in as few bytes as it takes. */
export function encodeTable(table: IntentTable): Uint8Array {
  const frames = [encode({ log: 'intents', version: VERSION })];
  const { used } = table;
  for (let at = 0; at < used.length; at += IDS_PER_RECORD) {
    frames.push(encode({ kind: 'used', ids: used.slice(at, at + IDS_PER_RECORD) }));
  }
  return join([...frames, ...table.open.map(encodeIntent)]);
}

/** How reading a log ended: the bytes of a torn tail that were left out, or what is wrong with it. */
export type Recovery = { readonly tornBytes: number } | { readonly problem: string };

/** Reads a log into an empty table. */
export function recover(content: Uint8Array, table: IntentTable): Recovery {
  const { texts, goodBytes, damagedAt } = readFrames(content);
  if (damagedAt !== undefined) return { problem: `damage at byte ${damagedAt}` };
  if (texts.length === 0) return { problem: 'no head of an intent log' };
  for (const [index, text] of texts.entries()) {
    const problem = index === 0 ? checkHead(text) : replay(text, table);
    if (problem !== undefined) return { problem: `${problem} in record ${index}` };
  }
  return { tornBytes: content.length - goodBytes };
}

function encode(record: Record): Uint8Array {
  return encodeFrame(JSON.stringify(record));
}

function checkHead(text: string): string | undefined {
  const head = parse(text);
  if (head === undefined || !('log' in head) || head.log !== 'intents') return 'no head of an intent log';
  return head.version === VERSION ? undefined : `version ${head.version}, this one reads ${VERSION}`;
}

/** @returns what is wrong with the record. */
function replay(text: string, table: IntentTable): string | undefined {
  const record = parse(text);
  if (record === undefined || 'log' in record) return 'no record';
  if (record.kind === 'used') for (const id of record.ids) table.remember(id);
  else if (record.kind === 'settled') table.settle(record.id, record);
  else if (record.kind !== 'intent' || !isRequest(record.request)) return 'an unknown record';
  // A rewrite may come between taking an intent in and writing it down; the log then has it twice.
  else if (!table.knows(record.request.clientOrderId)) {
    const { venue, request, since, fence } = record;
    table.add({ venue, request, since, fence });
  }
  return undefined;
}

function parse(text: string): Record | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record) : undefined;
  } catch {
    return undefined;
  }
}

/** The frame's check has passed, so this is for files that something else has written. */
function isRequest(request: OrderRequest | undefined): boolean {
  if (typeof request !== 'object' || request === null || typeof request.clientOrderId !== 'string') return false;
  return REQUEST_DECIMALS.every((field) => request[field] === undefined || isDecimal(request[field]));
}

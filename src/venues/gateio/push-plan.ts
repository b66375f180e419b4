import type { RowPlan, ShapePlan, Slot, SlotKind } from '../../adapter/frame-shape.js';
import type { JsonObject } from '../../adapter/read.js';
import { PLACES } from './push-views.js';
import { bookKey, type GateioWire } from './wire.js';

const KINDS = ['book', 'ticker', 'trade', 'trades'] as const;

type PushKind = (typeof KINDS)[number];

/** What goes with every frame of a shape. */
export interface PushNote {
  readonly kind: PushKind;
  /** Place of the kind in the list of kinds. */
  readonly kindAt: number;
  readonly channel: string;
  /** Place of the envelope's time: that of ms, that of seconds, or -1. */
  readonly timeAt: number;
  readonly isFull: boolean;
  /** Levels of the book, where its key names them; else 0. */
  readonly levels: number;
}

const slot = (kind: SlotKind, place = 0): Slot => ({ kind, place });

const ENVELOPE = { time: slot('whole', PLACES.time), time_ms: slot('whole', PLACES.timeMs) };
const BOOK = {
  ...ENVELOPE,
  'result.t': slot('whole', PLACES.at),
  'result.U': slot('whole', PLACES.first),
  'result.u': slot('whole', PLACES.last),
  'result.s': slot('name'),
  'result.b': slot('bids'),
  'result.a': slot('asks'),
};
const TICKER = {
  ...ENVELOPE,
  'result.t': slot('whole', PLACES.at),
  'result.u': slot('whole', PLACES.last),
  'result.s': slot('name'),
  'result.b': slot('decimal', PLACES.bidPrice),
  'result.B': slot('decimal', PLACES.bidQuantity),
  'result.a': slot('decimal', PLACES.askPrice),
  'result.A': slot('decimal', PLACES.askQuantity),
};
const TRADE: ShapePlan<PushNote>['slots'] = {
  ...ENVELOPE,
  'result.id': slot('digits'),
  'result.side': { kind: 'either', place: PLACES.isBuy, texts: ['sell', 'buy'] },
  'result.create_time_ms': slot('milliseconds', PLACES.at),
  'result.currency_pair': slot('name'),
  'result.price': slot('decimal', PLACES.bidPrice),
  'result.amount': slot('decimal', PLACES.bidQuantity),
};
const TRADES: ShapePlan<PushNote>['slots'] = { ...ENVELOPE, result: slot('rows') };
const TRADES_ROW: RowPlan = {
  slots: {
    id: slot('digits'),
    contract: slot('name'),
    size: slot('signed', PLACES.row.size),
    price: slot('decimal', PLACES.row.price),
    create_time_ms: slot('whole', PLACES.row.at),
  },
  fixed: new Set(),
};
const FIXED = new Set(['channel', 'event', 'result.e', 'result.l']);

/** How frames like this one are read; `undefined` for those that are left to the general decoder. */
export function planPush(message: JsonObject, wire: GateioWire): ShapePlan<PushNote> | undefined {
  const { channel, event, error, result } = message;
  if (event !== 'update' || (error !== undefined && error !== null) || typeof channel !== 'string') return undefined;
  const plan = isObject(result) ? planResult(channel, result, wire) : planRows(channel, result, wire);
  if (plan === undefined) return undefined;
  const hasMs = 'time_ms' in message;
  const timeAt = hasMs ? PLACES.timeMs : 'time' in message ? PLACES.time : -1;
  const note = { timeAt, isFull: false, levels: 0, kindAt: KINDS.indexOf(plan.note.kind), ...plan.note };
  const rows = plan.row === undefined ? {} : { row: plan.row };
  const skip = wire.prefix.length + 1;
  return {
    note,
    slots: hasMs ? { ...plan.slots, time: slot('ignored') } : plan.slots,
    fixed: FIXED,
    probe: { path: 'channel', skip },
    levels: plan.levels,
    ...rows,
  };
}

interface ResultPlan {
  readonly note: Pick<PushNote, 'kind' | 'channel'> & Partial<PushNote>;
  readonly slots: ShapePlan<PushNote>['slots'];
  readonly levels: 'pair' | 'named';
  readonly row?: RowPlan;
}

function planResult(channel: string, result: JsonObject, wire: GateioWire): ResultPlan | undefined {
  if (!channel.startsWith(`${wire.prefix}.`)) return undefined;
  switch (channel.slice(wire.prefix.length + 1)) {
    case 'order_book_update':
      return planBook(result, true, wire.bookLevels, channel);
    case 'obu':
      return planBook(result, false, 'pair', channel);
    case 'book_ticker': {
      const isWhole = has(result, ['t', 'u', 's', 'b', 'B', 'a', 'A']);
      return isWhole ? { note: { kind: 'ticker', channel }, slots: TICKER, levels: 'pair' } : undefined;
    }
    case 'trades':
      return wire.rowChannels.has(channel) ? undefined : planTrade(result, channel);
    default:
      return undefined;
  }
}

/** A change of `order_book_update` names both sides, even those that have not changed; whole books always do. */
function planBook(
  result: JsonObject,
  isUpdate: boolean,
  levels: 'pair' | 'named',
  channel: string,
): ResultPlan | undefined {
  const { full, l } = result;
  const isFull = full === true;
  if (!has(result, ['t', 'u', 's']) || (full !== undefined && typeof full !== 'boolean')) return undefined;
  if ((isUpdate || isFull) && !has(result, ['b', 'a'])) return undefined;
  if (!isFull && !has(result, ['U'])) return undefined;
  const saysLevels = isUpdate && l !== undefined;
  if (saysLevels && typeof l !== 'string' && typeof l !== 'number') return undefined;
  const depth = saysLevels ? Number(l) : 0;
  if (saysLevels && !(depth > 0)) return undefined;
  return {
    note: { kind: 'book', channel, isFull, levels: bookKey('', depth) === '' ? 0 : depth },
    slots: BOOK,
    levels,
  };
}

function planTrade(result: JsonObject, channel: string): ResultPlan | undefined {
  const { side } = result;
  if (side !== 'buy' && side !== 'sell') return undefined;
  if (!has(result, ['id', 'create_time_ms', 'currency_pair', 'price', 'amount'])) return undefined;
  return { note: { kind: 'trade', channel }, slots: TRADE, levels: 'pair' };
}

/** Every row says when it was matched, in ms: then seconds need not be told from them. */
function planRows(channel: string, result: unknown, wire: GateioWire): ResultPlan | undefined {
  if (channel !== `${wire.prefix}.trades` || !wire.rowChannels.has(channel) || !Array.isArray(result)) return undefined;
  const [row] = result as unknown[];
  if (!isObject(row) || !has(row, ['id', 'contract', 'size', 'price', 'create_time_ms'])) return undefined;
  return { note: { kind: 'trades', channel }, slots: TRADES, levels: 'pair', row: TRADES_ROW };
}

function has(result: JsonObject, fields: readonly string[]): boolean {
  return fields.every((field) => Object.hasOwn(result, field));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import type { ShapePlan, Slot, SlotKind } from '../../adapter/frame-shape.js';
import type { JsonObject } from '../../adapter/read.js';
import { PLACES } from './push-views.js';
import { bookKey, type GateioWire } from './wire.js';

/** What goes with every frame of a shape. */
export interface PushNote {
  readonly kind: 'book' | 'ticker' | 'trade';
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
const FIXED = new Set(['channel', 'event', 'result.e', 'result.l']);

/** How frames like this one are read; `undefined` for those that are left to the general decoder. */
export function planPush(message: JsonObject, wire: GateioWire): ShapePlan<PushNote> | undefined {
  const { channel, event, error, result } = message;
  if (event !== 'update' || (error !== undefined && error !== null) || !isObject(result)) return undefined;
  const plan = planResult(channel, result, wire);
  if (plan === undefined) return undefined;
  const hasMs = 'time_ms' in message;
  const timeAt = hasMs ? PLACES.timeMs : 'time' in message ? PLACES.time : -1;
  const note = { timeAt, isFull: result['full'] === true, levels: 0, ...plan.note };
  const skip = wire.prefix.length + 1;
  return {
    note,
    slots: hasMs ? { ...plan.slots, time: slot('ignored') } : plan.slots,
    fixed: FIXED,
    probe: { path: 'channel', skip },
    levels: plan.levels,
  };
}

interface ResultPlan {
  readonly note: Pick<PushNote, 'kind' | 'channel'> & Partial<PushNote>;
  readonly slots: ShapePlan<PushNote>['slots'];
  readonly levels: 'pair' | 'named';
}

function planResult(channel: unknown, result: JsonObject, wire: GateioWire): ResultPlan | undefined {
  if (typeof channel !== 'string' || !channel.startsWith(`${wire.prefix}.`)) return undefined;
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
  return { note: { kind: 'book', channel, levels: bookKey('', depth) === '' ? 0 : depth }, slots: BOOK, levels };
}

function planTrade(result: JsonObject, channel: string): ResultPlan | undefined {
  const { side } = result;
  if (side !== 'buy' && side !== 'sell') return undefined;
  if (!has(result, ['id', 'create_time_ms', 'currency_pair', 'price', 'amount'])) return undefined;
  return { note: { kind: 'trade', channel }, slots: TRADE, levels: 'pair' };
}

function has(result: JsonObject, fields: readonly string[]): boolean {
  return fields.every((field) => Object.hasOwn(result, field));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

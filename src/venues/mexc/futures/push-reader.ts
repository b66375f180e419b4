import type { FrameHandler } from '../../../adapter/frame-codec.js';
import type { RowPlan, ShapePlan, Slot } from '../../../adapter/frame-shape.js';
import { parseJson } from '../../../adapter/json.js';
import type { JsonObject } from '../../../adapter/read.js';
import { ShapeReader } from '../../../adapter/shape-reader.js';
import type { BookUpdate } from '../../../model/book-update.js';
import { DEPTH_ROUTE } from './topics.js';

/** Numbers stand in the places 0: time of the push, 1 and 2: range of the versions. */
const DEPTH: Readonly<Record<string, Slot>> = {
  symbol: { kind: 'name', place: 0 },
  ts: { kind: 'whole', place: 0 },
  'data.begin': { kind: 'whole', place: 1 },
  'data.end': { kind: 'whole', place: 2 },
  'data.bids': { kind: 'bids', place: 0 },
  'data.asks': { kind: 'asks', place: 0 },
};
const DEALS: Readonly<Record<string, Slot>> = {
  symbol: { kind: 'name', place: 0 },
  ts: { kind: 'whole', place: 0 },
  data: { kind: 'rows', place: 0 },
};
/** Numbers of row n stand 8 × n behind those of the first. */
const DEAL: RowPlan = {
  slots: {
    p: { kind: 'decimal', place: 8 },
    v: { kind: 'decimal', place: 9 },
    T: { kind: 'whole', place: 10 },
    t: { kind: 'whole', place: 11 },
    i: { kind: 'digits', place: 0 },
  },
  fixed: new Set(),
};
const FIXED: ReadonlySet<string> = new Set(['channel']);
const UTF8 = new TextDecoder();

/**
 * A push of book changes, read in place; refilled by the next one. The order book and its whole top share a route, so
 * whoever did not ask for changes finds the fields of the message here, parsed at that moment.
 */
export class DepthView {
  readonly update: BookUpdate;
  #frame: Uint8Array = new Uint8Array();

  constructor(update: BookUpdate) {
    this.update = update;
  }

  refill(frame: Uint8Array): void {
    this.#frame = frame;
  }

  /** The message as the general decoder hands it over. */
  parse(): unknown {
    return (parseJson(UTF8.decode(this.#frame)) as JsonObject)['data'];
  }
}

/** Trades of one market, read in place, in the order of the wire; refilled by the next push. */
export class DealsView {
  count = 0;
  readonly #numbers: Float64Array;
  readonly #ids: readonly string[];

  constructor(numbers: Float64Array, ids: readonly string[]) {
    this.#numbers = numbers;
    this.#ids = ids;
  }

  price(row: number): number {
    return this.#numbers[8 + 8 * row] as number;
  }

  contracts(row: number): number {
    return this.#numbers[9 + 8 * row] as number;
  }

  /** 1: the taker bought, 2: it sold. */
  type(row: number): number {
    return this.#numbers[10 + 8 * row] as number;
  }

  /** Epoch ms. */
  matchedAt(row: number): number {
    return this.#numbers[11 + 8 * row] as number;
  }

  /** `''` where the venue sent none. */
  id(row: number): string {
    return this.#ids[row] as string;
  }
}

/**
 * Reads MEXC futures' merged book changes and trades where they stand in the frame, whatever the order of their keys; all
 * other frames are left to `JSON.parse`, and so is each that is not plain. Source: MEXC contract API docs, depth and deal
 * streams; the range as observed.
 */
export class PushReader {
  readonly #shapes = new ShapeReader(planPush);
  readonly #depth = new DepthView(this.#shapes.update);
  readonly #deals = new DealsView(this.#shapes.numbers, this.#shapes.ids);

  /** Routes of this market come out with this very string as their key. */
  learn(key: string): void {
    this.#shapes.names.learn(key);
  }

  /** @returns `false`, before anything was handed over, for a frame that it does not take. */
  read(bytes: Uint8Array, handler: FrameHandler): boolean {
    const shapes = this.#shapes;
    const kind = shapes.read(bytes);
    const time = shapes.numbers[0] as number;
    if (kind === undefined || shapes.name === undefined || time === 0) return false;
    const { text, index } = shapes.name;
    if (kind === 'deal') {
      if (!this.#fillDeals()) return false;
      handler.data('deal', text, this.#deals, time, 2 * index);
    } else {
      if (!this.#fillDepth(bytes)) return false;
      handler.data(DEPTH_ROUTE, text, this.#depth, time, 2 * index + 1);
    }
    return true;
  }

  #fillDepth(bytes: Uint8Array): boolean {
    const { numbers, update } = this.#shapes;
    update.firstSequence = numbers[1] as number;
    update.lastSequence = numbers[2] as number;
    this.#depth.refill(bytes);
    return update.firstSequence <= update.lastSequence;
  }

  #fillDeals(): boolean {
    const deals = this.#deals;
    deals.count = this.#shapes.rows;
    for (let row = 0; row < deals.count; row++) {
      const type = deals.type(row);
      if (deals.price(row) === 0 || deals.contracts(row) === 0 || deals.matchedAt(row) === 0) return false;
      if (type !== 1 && type !== 2) return false;
    }
    return true;
  }
}

function planPush({ channel, symbol, ts, data }: JsonObject): ShapePlan<'depth' | 'deal'> | undefined {
  if (typeof symbol !== 'string' || typeof ts !== 'number' || typeof data !== 'object' || data === null)
    return undefined;
  // Behind `push.`
  const probe = { path: 'channel', skip: 5 };
  if (channel === 'push.depth') {
    if (!['begin', 'end', 'bids', 'asks'].every((field) => Object.hasOwn(data, field))) return undefined;
    return { note: 'depth', slots: DEPTH, fixed: FIXED, probe, levels: 'pair' };
  }
  if (channel !== 'push.deal' || !Array.isArray(data)) return undefined;
  const [row] = data as unknown[];
  if (typeof row !== 'object' || row === null) return undefined;
  if (!['p', 'v', 'T', 't'].every((field) => Object.hasOwn(row, field))) return undefined;
  return { note: 'deal', slots: DEALS, fixed: FIXED, probe, levels: 'pair', row: DEAL };
}

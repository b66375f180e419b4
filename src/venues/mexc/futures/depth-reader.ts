import type { FrameHandler } from '../../../adapter/frame-codec.js';
import type { ShapePlan, Slot } from '../../../adapter/frame-shape.js';
import { parseJson } from '../../../adapter/json.js';
import type { JsonObject } from '../../../adapter/read.js';
import { ShapeReader } from '../../../adapter/shape-reader.js';
import type { BookUpdate } from '../../../model/book-update.js';
import { DEPTH_ROUTE } from './topics.js';

/** Places of the numbers of a push. */
const TIME = 0;
const BEGIN = 1;
const END = 2;

const SLOTS: Readonly<Record<string, Slot>> = {
  symbol: { kind: 'name', place: 0 },
  ts: { kind: 'whole', place: TIME },
  'data.begin': { kind: 'whole', place: BEGIN },
  'data.end': { kind: 'whole', place: END },
  'data.bids': { kind: 'bids', place: 0 },
  'data.asks': { kind: 'asks', place: 0 },
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

/**
 * Reads MEXC futures' merged book changes where they stand in the frame, whatever the order of their keys; all other
 * frames are left to `JSON.parse`, and so is each that is not plain. Source: MEXC contract API docs, depth stream; the
 * range as observed.
 */
export class DepthReader {
  readonly #shapes = new ShapeReader(planDepth);
  readonly #view = new DepthView(this.#shapes.update);

  /** Routes of this market come out with this very string as their key. */
  learn(key: string): void {
    this.#shapes.names.learn(key);
  }

  /** @returns `false`, before anything was handed over, for a frame that it does not take. */
  read(bytes: Uint8Array, handler: FrameHandler): boolean {
    const shapes = this.#shapes;
    if (shapes.read(bytes) === undefined || shapes.name === undefined) return false;
    const { numbers, update } = shapes;
    update.firstSequence = numbers[BEGIN] as number;
    update.lastSequence = numbers[END] as number;
    if (update.firstSequence > update.lastSequence || numbers[TIME] === 0) return false;
    this.#view.refill(bytes);
    handler.data(DEPTH_ROUTE, shapes.name.text, this.#view, numbers[TIME] as number);
    return true;
  }
}

function planDepth({ channel, symbol, ts, data }: JsonObject): ShapePlan<true> | undefined {
  if (channel !== 'push.depth' || typeof symbol !== 'string' || typeof ts !== 'number') return undefined;
  if (typeof data !== 'object' || data === null) return undefined;
  if (!['begin', 'end', 'bids', 'asks'].every((field) => Object.hasOwn(data, field))) return undefined;
  return { note: true, slots: SLOTS, fixed: FIXED, probe: { path: 'channel', skip: 0 }, levels: 'pair' };
}

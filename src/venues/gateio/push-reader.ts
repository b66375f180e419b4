import type { FrameHandler } from '../../adapter/frame-codec.js';
import { ShapeReader } from '../../adapter/shape-reader.js';
import { type PushNote, planPush } from './push-plan.js';
import { TickerView, TradesView, TradeView } from './push-views.js';
import { bookKey, type GateioWire } from './wire.js';

/** Names of markets whose keys are remembered, for each number of levels; then they are forgotten. */
const MOST_KEYS = 8_192;

/**
 * Reads Gate.io's frequent pushes (`order_book_update`, `obu`, `book_ticker`, `trades`) where they stand in the frame; all
 * others are left to `JSON.parse`, and so is each frame that is not plain. Payloads are a `BookUpdate`, a `TickerView`, a
 * `TradeView` or a `TradesView`, each refilled by the next frame. Source: Gate WebSocket v4 docs, server notification.
 */
export class PushReader {
  readonly #shapes: ShapeReader<PushNote>;
  readonly #ticker: TickerView;
  readonly #trade: TradeView;
  readonly #trades: TradesView;
  readonly #keys = new Map<number, Map<string, string>>();

  constructor(wire: GateioWire) {
    this.#shapes = new ShapeReader((message) => planPush(message, wire));
    this.#ticker = new TickerView(this.#shapes.numbers);
    this.#trade = new TradeView(this.#shapes.numbers);
    this.#trades = new TradesView(this.#shapes.numbers, this.#shapes.ids);
  }

  /** Routes of this topic come out with this very string as their key. */
  learn({ key }: { readonly key: string }): void {
    this.#shapes.names.learn(key);
  }

  /** @returns `false`, before anything was handed over, for a frame that it does not take. */
  read(bytes: Uint8Array, handler: FrameHandler): boolean {
    const shapes = this.#shapes;
    const note = shapes.read(bytes);
    const { name } = shapes;
    if (note === undefined || name === undefined) return false;
    const payload = this.#payload(note);
    if (payload === undefined) return false;
    const key = note.levels === 0 ? name.text : this.#keyOf(name.text, note.levels);
    // A market has at most one book on a socket as a rule, one ticker and one list of trades.
    handler.data(note.channel, key, payload, timeOf(shapes.numbers, note.timeAt), 4 * name.index + note.kindAt);
    return true;
  }

  /** Numbers by their places in `PLACES`. */
  #payload(note: PushNote): object | undefined {
    const { numbers, update } = this.#shapes;
    if (note.kind === 'book') {
      update.full = note.isFull;
      update.lastSequence = numbers[4] as number;
      update.firstSequence = note.isFull ? update.lastSequence : (numbers[3] as number);
      update.venueTime = numbers[2] as number;
      return update.firstSequence <= update.lastSequence ? update : undefined;
    }
    if (note.kind === 'trades') return this.#readTrades();
    if (numbers[5] === 0) return undefined;
    if (note.kind === 'ticker') return numbers[7] === 0 ? undefined : this.#ticker;
    this.#trade.id = this.#shapes.digits;
    return numbers[6] === 0 ? undefined : this.#trade;
  }

  #readTrades(): TradesView | undefined {
    const trades = this.#trades;
    trades.count = this.#shapes.rows;
    for (let row = 0; row < trades.count; row++) {
      // Anything else may be meant as seconds or as microseconds.
      const isMs = trades.matchedAt(row) >= 1e11 && trades.matchedAt(row) < 1e14;
      if (!isMs || trades.size(row) === 0 || trades.price(row) === 0) return undefined;
    }
    return trades;
  }

  #keyOf(market: string, levels: number): string {
    let keys = this.#keys.get(levels);
    if (keys === undefined) {
      keys = new Map();
      this.#keys.set(levels, keys);
    }
    let key = keys.get(market);
    if (key === undefined) {
      if (keys.size === MOST_KEYS) keys.clear();
      key = bookKey(market, levels);
      keys.set(market, key);
    }
    return key;
  }
}

/** Epoch ms: the envelope has ms in place 1, or seconds in place 0, or says nothing. */
function timeOf(numbers: Float64Array, place: number): number {
  if (place < 0) return Number.NaN;
  return place === 1 ? (numbers[1] as number) : (numbers[0] as number) * 1_000;
}

import type { LiveOrderBook } from '../../src/index.js';
import { type MarketSymbol, makeSymbol } from '../../src/model/symbol.js';

/** Levels that a side may have. */
const TICKS = 40;
const FIRST_SEQUENCE = 1_000_000_000;
const SCALE = 1_000;

/** Where in the frame what changes stands. */
type Places = Readonly<Record<'t' | 'U' | 'u' | 'bid' | 'bidSize' | 'ask' | 'askSize' | 'time', number>>;

/** A book whose changes are frames of Gate.io's order book v2; made so fast that whoever reads them is what is measured. */
export class SoakMarket {
  readonly symbol: MarketSymbol;
  readonly id: string;
  sequence = FIRST_SEQUENCE;
  /** Thousandths of the base asset by tick; bids count down from the spread, asks up. */
  readonly #bids = new Int32Array(TICKS);
  readonly #asks = new Int32Array(TICKS);
  readonly #frame: Buffer;
  readonly #at: Places;
  #random: number;

  constructor(base: string, seed: number) {
    this.symbol = makeSymbol(base, 'USDT');
    this.id = `${base}_USDT`;
    this.#random = seed | 1;
    this.#bids.fill(1_500);
    this.#asks.fill(2_500);
    const parts = [
      ['t', '{"channel":"spot.obu","result":{"t":', '1767225600123'],
      ['U', `,"s":"ob.${this.id}.50","U":`, '1000000000'],
      ['u', ',"u":', '1000000000'],
      ['bid', ',"b":[["4999.', '50'],
      ['bidSize', '","', '1.000'],
      ['ask', '"]],"a":[["5000.', '50'],
      ['askSize', '","', '1.000'],
      ['time', '"]]},"time_ms":', '1767225600124'],
    ] as const;
    let text = '';
    const at: Partial<Record<keyof Places, number>> = {};
    for (const [name, before, value] of parts) {
      text += before;
      at[name] = text.length;
      text += value;
    }
    this.#at = at as Places;
    this.#frame = Buffer.from(`${text},"event":"update"}`);
  }

  /** The next change, in memory that the change after it takes over. @param now epoch ms. */
  next(now: number): Buffer {
    const frame = this.#frame;
    const at = this.#at;
    this.sequence++;
    digits(frame, at.t, 13, now);
    digits(frame, at.time, 13, now);
    digits(frame, at.U, 10, this.sequence);
    digits(frame, at.u, 10, this.sequence);
    this.#change(this.#bids, frame, at.bid, at.bidSize, 99 - 1);
    this.#change(this.#asks, frame, at.ask, at.askSize, -10);
    return frame;
  }

  /** The whole book. */
  snapshot(now: number): string {
    const side = (sizes: Int32Array, price: (tick: number) => string) =>
      Array.from(sizes, (size, tick) => [price(tick), text(size)] as const).filter(([, size]) => size !== text(0));
    const b = side(this.#bids, (tick) => `4999.${98 - tick}`);
    const a = side(this.#asks, (tick) => `5000.${10 + tick}`);
    const result = { t: now, full: true, s: `ob.${this.id}.50`, u: this.sequence, b, a };
    return JSON.stringify({ channel: 'spot.obu', result, time_ms: now, event: 'update' });
  }

  /** What of the book is not as it is here; `undefined`: nothing. */
  differs(book: LiveOrderBook): string | undefined {
    if (book.state !== 'live') return `${this.id} is ${book.state}`;
    if (Number(book.sequence) !== this.sequence)
      return `${this.id} stands at ${book.sequence}, not at ${this.sequence}`;
    const shown = book.snapshot();
    const told = [...shown.bids, ...shown.asks].map(({ price, quantity }) => `${quantity}@${price}`);
    const level = (price: number) => (size: number, tick: number) => [size, price, tick] as const;
    const real = [
      ...Array.from(this.#bids, level(4_999.98)).map(([size, top, tick]) => [size, top - tick / 100] as const),
      ...Array.from(this.#asks, level(5_000.1)).map(([size, top, tick]) => [size, top + tick / 100] as const),
    ].flatMap(([size, price]) => (size === 0 ? [] : [`${size / SCALE}@${Number(price.toFixed(2))}`]));
    return told.join() === real.join() ? undefined : `${this.id} at ${this.sequence}: ${told} instead of ${real}`;
  }

  /** One level gets another size, seldom none. @param base of the cents: at tick 0, downwards; negative: upwards. */
  #change(sizes: Int32Array, frame: Buffer, priceAt: number, sizeAt: number, base: number): void {
    let random = this.#random;
    random ^= random << 13;
    random ^= random >>> 17;
    random ^= random << 5;
    this.#random = random;
    const drawn = random >>> 0;
    const tick = drawn % TICKS;
    const size = drawn % 64 === 7 && tick > 4 ? 0 : 1 + ((drawn >>> 8) % 9_998);
    sizes[tick] = size;
    digits(frame, priceAt, 2, base > 0 ? base - tick : tick - base);
    frame[sizeAt] = 0x30 + Math.floor(size / SCALE);
    digits(frame, sizeAt + 2, 3, size % SCALE);
  }
}

function digits(frame: Buffer, at: number, count: number, value: number): void {
  let left = value;
  for (let place = at + count - 1; place >= at; place--) {
    const rest = Math.floor(left / 10);
    frame[place] = 0x30 + left - rest * 10;
    left = rest;
  }
}

function text(size: number): string {
  return (size / SCALE).toFixed(3);
}

/** What the venue answers besides its frames. */
export class SoakVenue {
  readonly markets: readonly SoakMarket[];

  constructor(count: number, seed: number) {
    this.markets = Array.from({ length: count }, (_, at) => new SoakMarket(`COIN${at}`, seed + at));
  }

  /** An answer of REST. */
  body(path: string, now: number): string {
    if (path.endsWith('/spot/time')) return JSON.stringify({ server_time: now });
    return JSON.stringify(
      this.markets.map(({ id }) => {
        const [base, quote] = id.split('_');
        return { id, base, quote, fee: '0.2', precision: 2, amount_precision: 3, trade_status: 'tradable' };
      }),
    );
  }

  /** What comes back for a text that a client sent. */
  answers(sent: string, now: number): string[] {
    const { id, channel, event, payload } = JSON.parse(sent) as {
      readonly id?: number;
      readonly channel: string;
      readonly event?: string;
      readonly payload?: readonly string[];
    };
    const time = Math.floor(now / 1_000);
    if (channel === 'spot.ping') return [JSON.stringify({ time, channel: 'spot.pong', event: '', result: null })];
    if (event !== 'subscribe' || payload === undefined) return [];
    const wanted = this.markets.filter((market) => payload.includes(`ob.${market.id}.50`));
    const result = { status: 'success' };
    return [JSON.stringify({ time, id, channel, event, result }), ...wanted.map((market) => market.snapshot(now))];
  }
}

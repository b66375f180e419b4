import { toDecimal } from '../../src/model/decimal.js';
import type { Side } from '../../src/model/side.js';
import type { MarketSymbol } from '../../src/model/symbol.js';
import type {
  LevelChange,
  MarketSpec,
  MarketView,
  SimFrame,
  SimSession,
  TapeCandle,
  TapeTrade,
  TrueBook,
  TrueLevel,
  VenueModel,
} from '../../src/simulator/contract.js';
import type { GateioWire } from '../../src/simulator/wire/gateio/stream/sockets.js';
import { createGateioSpotWire } from '../../src/simulator/wire/gateio-spot/wire.js';
import type { Random } from '../../src/transport/random.js';
import { createVirtualClock, type VirtualClock } from '../../src/transport/virtual-clock.js';
import { createIdleDesk } from './idle-desk-wire-world.js';

/** 2026-01-01T00:00:00Z. */
export const START_AT = 1_767_225_600_000;

function marketSpec(symbol: MarketSymbol, priceDecimals: number, quantityDecimals: number): MarketSpec {
  const [base = '', quote = ''] = symbol.split('/');
  return {
    symbol,
    base,
    quote,
    priceDecimals,
    quantityDecimals,
    startPrice: 1,
    minQuantity: toDecimal('0.0001'),
    minNotional: toDecimal('3'),
    makerFee: toDecimal('0.001'),
    takerFee: toDecimal('0.002'),
  };
}

/** A market that does only what a test tells it, with the whole journal kept. */
export class ScriptedMarket implements MarketView {
  readonly spec: MarketSpec;
  readonly #now: () => number;
  readonly #start: number;
  readonly #changes: LevelChange[] = [];
  readonly #trades: TapeTrade[] = [];
  /** The journal forgets what is older than this many steps. */
  journalSteps = Number.POSITIVE_INFINITY;
  statisticsNow = { openTicks: 1, highTicks: 1, lowTicks: 1, lastTicks: 1, baseLots: 0, quoteTickLots: 0 };
  candlesNow: (intervalMs: number, from: number, to: number) => readonly TapeCandle[] = () => [];

  constructor(spec: MarketSpec, now: () => number, sequence = 48_776_300) {
    this.spec = spec;
    this.#now = now;
    this.#start = sequence;
  }

  get sequence(): number {
    return this.#start + this.#changes.length;
  }

  get changedAt(): number {
    return this.#changes.at(-1)?.at ?? START_AT;
  }

  set(side: 'bid' | 'ask', priceTicks: number, lots: number): void {
    const level = this.book()[side === 'bid' ? 'bids' : 'asks'].find((one) => one.priceTicks === priceTicks);
    const [sequence, at, previousLots] = [this.sequence + 1, this.#now(), level?.lots ?? 0];
    this.#changes.push({ sequence, side, priceTicks, lots, previousLots, at });
  }

  trade(takerSide: Side, priceTicks: number, lots: number): void {
    this.#trades.push({ id: this.#trades.length + 1, priceTicks, lots, takerSide, at: this.#now() });
  }

  book(depth = Number.POSITIVE_INFINITY): TrueBook {
    return this.bookAt(this.sequence, depth)!;
  }

  bookAt(sequence: number, depth = Number.POSITIVE_INFINITY): TrueBook | undefined {
    if (sequence < this.sequence - this.journalSteps) return undefined;
    const sides = { bid: new Map<number, number>(), ask: new Map<number, number>() };
    for (const { side, priceTicks, lots, sequence: at } of this.#changes) {
      if (at <= sequence) sides[side].set(priceTicks, lots);
    }
    const levels = (side: ReadonlyMap<number, number>, best: 1 | -1): TrueLevel[] =>
      [...side]
        .filter(([, lots]) => lots > 0)
        .map(([priceTicks, lots]) => ({ priceTicks, lots }))
        .sort((a, b) => (a.priceTicks - b.priceTicks) * best)
        .slice(0, depth);
    return { sequence, bids: levels(sides.bid, -1), asks: levels(sides.ask, 1) };
  }

  changesSince(sequence: number): readonly LevelChange[] {
    return this.#changes.filter((one) => one.sequence > Math.max(sequence, this.sequence - this.journalSteps));
  }

  recentTrades(limit: number): readonly TapeTrade[] {
    return this.#trades.slice(-limit);
  }

  tradesSince(id: number): readonly TapeTrade[] {
    return this.#trades.filter((one) => one.id > id);
  }

  candles(intervalMs: number, from: number, to: number): readonly TapeCandle[] {
    return this.candlesNow(intervalMs, from, to);
  }

  statistics(): MarketView['statistics'] extends () => infer S ? S : never {
    return this.statisticsNow;
  }
}

/** What one client of the wire sent and got. */
export interface WireClient {
  readonly session: SimSession;
  readonly frames: SimFrame[];
  /** Frames parsed and forgotten, oldest first. */
  take(): Record<string, unknown>[];
  send(message: Record<string, unknown>): void;
}

export interface GateioWireWorld {
  readonly clock: VirtualClock;
  readonly wire: GateioWire;
  readonly btc: ScriptedMarket;
  readonly eth: ScriptedMarket;
  /** Sequence that snapshots are served at; `undefined` = the newest. */
  staleAt: number | undefined;
  /** What the wire draws next; 0.9 unless set: no whole book out of turn, the first book after its acknowledgement. */
  chance: number;
  get(
    path: string,
    query?: string,
    ip?: string,
  ): { status: number; headers: Readonly<Record<string, string>>; body: unknown };
  connect(): WireClient;
}

/** BTC/USDT (1 and 6 decimals) and ETH/USDT (2 and 4) with empty books, on a virtual clock that starts at {@link START_AT}. */
export function createGateioWireWorld(): GateioWireWorld {
  const clock = createVirtualClock({ startAt: START_AT });
  const btc = new ScriptedMarket(marketSpec('BTC/USDT', 1, 6), clock.now.bind(clock));
  const eth = new ScriptedMarket(marketSpec('ETH/USDT', 2, 4), clock.now.bind(clock));
  const random: Random = { next: () => world.chance };
  const model: VenueModel = {
    clock,
    random,
    markets: new Map([btc, eth].map((market) => [market.spec.symbol, market])),
    snapshotSequence: () => world.staleAt,
    ...createIdleDesk(clock),
  };
  const wire = createGateioSpotWire(model);
  const world: GateioWireWorld = {
    clock,
    wire,
    btc,
    eth,
    staleAt: undefined,
    chance: 0.9,
    get(path, query = '', ip = '127.0.0.1') {
      const answer = wire.http({ method: 'GET', path: `/api/v4${path}`, query, headers: {}, body: '', ip });
      return { ...answer, body: JSON.parse(answer.body) };
    },
    connect: () => connectClient(wire, clock),
  };
  return world;
}

function connectClient(wire: GateioWire, clock: VirtualClock): WireClient {
  const frames: SimFrame[] = [];
  const connection = {
    ip: '127.0.0.1',
    url: '/ws/v4/',
    send: (frame: SimFrame) => void frames.push(frame),
    close() {},
  };
  const session = wire.connect(connection);
  return {
    session,
    frames,
    take: () => frames.splice(0).map(({ data }) => JSON.parse(String(data))),
    send: (message) => session.receive(JSON.stringify({ time: Math.floor(clock.now() / 1_000), ...message })),
  };
}

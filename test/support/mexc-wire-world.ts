import type { MarketSymbol } from '../../src/model/symbol.js';
import type { SimFrame, SimHttpResponse, SimSession, VenueModel, VenueWire } from '../../src/simulator/contract.js';
import { createMexcSpotWire } from '../../src/simulator/wire/mexc-spot/wire.js';
import { createVirtualClock, type VirtualClock } from '../../src/transport/virtual-clock.js';
import { BTC_SPEC, FakeMarketView } from './fake-market-view.js';
import { createIdleDesk } from './idle-desk-wire-world.js';

/** One client of the wire, with everything that it was sent. */
export interface WireClient {
  readonly session: SimSession;
  readonly frames: SimFrame[];
  /** The close code, once the venue dropped it. */
  readonly closedWith: number | undefined;
  send(message: unknown): void;
  /** Texts received so far. */
  texts(): string[];
  /** Protobuf frames received so far. */
  pushes(): Uint8Array[];
}

export interface WireWorld {
  readonly clock: VirtualClock;
  readonly wire: VenueWire;
  readonly btc: FakeMarketView;
  readonly eth: FakeMarketView;
  /** What the next snapshots are served at; `undefined` = the newest. */
  snapshotSequence: number | undefined;
  get(pathAndQuery: string, ip?: string): SimHttpResponse;
  connect(url?: string): WireClient;
}

export const START = 1_782_900_000_000;

/** The wire over two quiet markets. `chance` is what the wire's random draws give. */
export function createWireWorld(chance = 0.9): WireWorld {
  const clock = createVirtualClock({ startAt: START });
  const btc = new FakeMarketView(clock);
  const eth = new FakeMarketView(
    clock,
    { ...BTC_SPEC, symbol: 'ETH/USDT', base: 'ETH', startPrice: 3_000 },
    70_000_000_000,
  );
  const model: VenueModel = {
    clock,
    random: { next: () => chance },
    markets: new Map<MarketSymbol, FakeMarketView>([
      ['BTC/USDT', btc],
      ['ETH/USDT', eth],
    ]),
    snapshotSequence: () => world.snapshotSequence,
    ...createIdleDesk(clock),
  };
  const wire = createMexcSpotWire(model);
  const world: WireWorld = {
    clock,
    wire,
    btc,
    eth,
    snapshotSequence: undefined,
    get(pathAndQuery, ip = '10.0.0.1') {
      const [path = '', query = ''] = pathAndQuery.split('?');
      return wire.http({ method: 'GET', path, query, headers: {}, body: '', ip });
    },
    connect: (url = '/ws') => connectClient(wire, url),
  };
  return world;
}

function connectClient(wire: VenueWire, url: string): WireClient {
  const frames: SimFrame[] = [];
  let closedWith: number | undefined;
  const session = wire.connect({
    ip: '10.0.0.1',
    url,
    send: (frame) => frames.push(frame),
    close: (code) => {
      closedWith = code;
    },
  });
  return {
    session,
    frames,
    get closedWith() {
      return closedWith;
    },
    send: (message) => session.receive(typeof message === 'string' ? message : JSON.stringify(message)),
    texts: () => frames.flatMap(({ data }) => (typeof data === 'string' ? [data] : [])),
    pushes: () => frames.flatMap(({ data }) => (typeof data === 'string' ? [] : [data])),
  };
}

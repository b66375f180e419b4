import type { SeededRandom } from '../../src/transport/seeded-random.js';
import type { TradingVenue, World } from './trading-client.js';

interface Names {
  /** Calls that place, cancel and amend, as faults know them. */
  readonly calls: readonly string[];
  /** Frames of the account's streams. */
  readonly frames: string;
  /** Commands over a socket, where there are any. */
  readonly socket?: string;
}

const NAMES: Readonly<Record<TradingVenue, Names>> = {
  mexc_spot: {
    calls: ['POST /api/v3/order', 'POST /api/v3/batchOrders', 'DELETE /api/v3/o'],
    frames: 'spot@private',
  },
  gateio_spot: {
    calls: [
      'POST /api/v4/spot/orders',
      'POST /api/v4/spot/batch_orders',
      'DELETE /api/v4/spot/orders',
      'PATCH /api/v4/spot/orders',
    ],
    frames: 'spot.',
    socket: 'spot',
  },
  mexc_futures: {
    calls: ['POST /api/v1/private/order/create', 'POST /api/v1/private/order/cancel'],
    frames: 'personal',
  },
  gateio_futures: {
    calls: [
      'POST /api/v4/futures/usdt/orders',
      'POST /api/v4/futures/usdt/batch_orders',
      'DELETE /api/v4/futures/usdt/orders',
      'PUT /api/v4/futures/usdt/orders',
    ],
    frames: 'futures.',
    socket: 'futures',
  },
};

type Strike = (faults: World['faults'], venue: TradingVenue, what: string, random: SeededRandom) => void;

/** What may happen to a call and its answer. */
const CALL_FATES: readonly Strike[] = [
  (faults, venue, call) => faults.loseRequest(venue, call),
  (faults, venue, call) => faults.timeoutHttp(venue, call),
  (faults, venue, call, random) => faults.acceptLate(venue, call, { delayMs: random.int(4_000) }),
  (faults, venue, call) => faults.respond(venue, call, { status: 502, body: '{}', processed: false }),
  (faults, venue, call) => faults.respond(venue, call, { status: 500, body: '', processed: true }),
  (faults, venue, call) => faults.respond(venue, call, { status: 200, body: '<html>', processed: true }),
  (faults, venue, call) => faults.truncateBody(venue, call),
  (faults, venue, call, random) => faults.delayHttp(venue, call, { delayMs: random.int(2_500) }),
  (faults, venue, call, random) => faults.limitRequests(venue, { call, times: 1 + random.int(2) }),
];

/** What may happen to a command over a socket and its answer. */
const COMMAND_FATES: readonly Strike[] = [
  (faults, venue, command) => faults.loseRequest(venue, `WS ${command}`),
  (faults, venue, command) => faults.timeoutHttp(venue, `WS ${command}`),
  (faults, venue, command, random) => faults.acceptLate(venue, `WS ${command}`, { delayMs: random.int(4_000) }),
  (faults, venue, command, random) => faults.delayHttp(venue, `WS ${command}`, { delayMs: random.int(4_000) }),
  (faults, venue, command) => faults.limitRequests(venue, { call: `WS ${command}` }),
  (faults, venue, command) => faults.drop(venue, { topic: `${command}.result` }),
  (faults, venue, command) => faults.duplicate(venue, { topic: command, times: 2 }),
  (faults, venue, command) => faults.reorder(venue, { topic: command }),
  (faults, venue, command) => faults.corrupt(venue, { topic: command }),
  (faults, venue, command) => faults.drop(venue, { topic: `${command.split('.')[0]}.login` }),
];
const COMMANDS = ['place', 'place', 'cancel', 'amend', 'status'] as const;
const FRAME_KINDS = ['drop', 'duplicate', 'reorder', 'delay', 'corrupt'] as const;

/** What else may happen, and how probable it is in one round. */
const HAPPENINGS: readonly (readonly [chance: number, strike: Strike])[] = [
  [
    0.35,
    (faults, venue, topic, random) => faults[random.pick(FRAME_KINDS)](venue, { topic, times: 1 + random.int(3) }),
  ],
  [0.1, (faults, venue) => faults.cut(venue)],
  [0.05, (faults, venue) => faults.halfOpen(venue)],
  [0.05, (faults, venue, _, random) => faults.refuseConnections(venue, 1 + random.int(3))],
  [0.15, (faults, venue, _, random) => faults.hideOrders(venue, { lagMs: 300 + random.int(6_000), times: 2 })],
  [0.08, (faults, venue, _, random) => faults.forgetClientIds(venue, { times: 1 + random.int(2) })],
  [0.04, (faults, venue, _, random) => faults.cancelOnly(venue, { forMs: 500 + random.int(3_000) })],
  [0.04, (faults, venue, _, random) => faults.maintenance(venue, { forMs: 200 + random.int(2_000) })],
  [0.04, (faults, venue, _, random) => faults.limitRequests(venue, { forMs: 200 + random.int(2_000) })],
  [0.02, (faults, venue, _, random) => faults.ban(venue, { forMs: 500 + random.int(2_000) })],
  [0.05, (faults, venue) => faults.expireListenKeys(venue)],
];

/** Draws what goes wrong in one round of trading. */
export function disturb({ faults }: World, venue: TradingVenue, random: SeededRandom): void {
  const { calls, frames, socket } = NAMES[venue];
  for (let i = random.int(4); i > 0; i--) {
    random.pick(CALL_FATES)(faults, venue, random.pick([...calls, 'GET ', 'GET ']), random);
  }
  if (socket !== undefined && random.chance(0.8)) {
    random.pick(COMMAND_FATES)(faults, venue, `${socket}.order_${random.pick(COMMANDS)}`, random);
  }
  for (const [chance, strike] of HAPPENINGS) if (random.chance(chance)) strike(faults, venue, frames, random);
}

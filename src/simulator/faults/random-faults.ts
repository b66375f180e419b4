import { ConfigurationError } from '../../errors/kinds.js';
import type { MarketSymbol } from '../../model/symbol.js';
import type { Clock, Timer } from '../../transport/clock.js';
import type { SeededRandom } from '../../transport/seeded-random.js';
import type { FaultKind } from './fault-rule.js';
import type { Faults } from './faults.js';

/** Faults by chance, as the seed wants it. */
export interface RandomFaultPlan {
  /** Mean time between two faults, all venues together, ms. */
  readonly meanIntervalMs: number;
  /** Default: all kinds, those that need accounts only where there are any. */
  readonly kinds?: readonly FaultKind[];
  /** No new ones after this time since the start, ms; those that still wait are taken back then. Default: never. */
  readonly untilMs?: number;
}

type Draw = (faults: Faults, venue: string, symbol: MarketSymbol, random: SeededRandom) => void;

const ANSWERS = [
  { status: 429, headers: { 'retry-after': '1' }, body: '{"code":429,"msg":"Too Many Requests"}' },
  { status: 500, body: '' },
  { status: 503, headers: { 'content-type': 'text/html' }, body: '<html><body>503 Service Unavailable</body></html>' },
  { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body>Please wait</body></html>' },
];

const DRAWS: Readonly<Record<FaultKind, Draw>> = {
  cut: (faults, venue) => faults.cut(venue),
  halfOpen: (faults, venue) => faults.halfOpen(venue),
  mute: (faults, venue, _symbol, random) => faults.mute(venue, '', { forMs: 500 + random.int(10_000) }),
  drop: (faults, venue, _symbol, random) => faults.drop(venue, { times: 1 + random.int(3) }),
  duplicate: (faults, venue, _symbol, random) => faults.duplicate(venue, { times: 1 + random.int(3) }),
  reorder: (faults, venue, _symbol, random) => faults.reorder(venue, { times: 1 + random.int(3) }),
  delay: (faults, venue, _symbol, random) => faults.delay(venue, { delayMs: 50 + random.int(3_000) }),
  corrupt: (faults, venue, _symbol, random) => faults.corrupt(venue, { times: 1 + random.int(2) }),
  refuseConnections: (faults, venue, _symbol, random) => faults.refuseConnections(venue, 1 + random.int(3)),
  respond: (faults, venue, _symbol, random) =>
    faults.respond(venue, '', { ...random.pick(ANSWERS), times: 1 + random.int(2) }),
  truncateBody: (faults, venue) => faults.truncateBody(venue, ''),
  delayHttp: (faults, venue, _symbol, random) => faults.delayHttp(venue, '', { delayMs: 100 + random.int(3_000) }),
  timeoutHttp: (faults, venue) => faults.timeoutHttp(venue, ''),
  staleSnapshot: (faults, venue, symbol, random) =>
    faults.staleSnapshot(venue, symbol, 1 + random.int(200), 1 + random.int(3)),
  loseRequest: (faults, venue) => faults.loseRequest(venue, ''),
  acceptLate: (faults, venue, _symbol, random) => faults.acceptLate(venue, '', { delayMs: 100 + random.int(20_000) }),
  hideOrders: (faults, venue, symbol, random) => faults.hideOrders(venue, { symbol, lagMs: 100 + random.int(10_000) }),
  forgetClientIds: (faults, venue, symbol) => faults.forgetClientIds(venue, { symbol }),
  cancelOnly: (faults, venue, symbol, random) => faults.cancelOnly(venue, { symbol, forMs: 500 + random.int(5_000) }),
  maintenance: (faults, venue, _symbol, random) => faults.maintenance(venue, { forMs: 200 + random.int(3_000) }),
  limitRequests: (faults, venue, _symbol, random) => faults.limitRequests(venue, { times: 1 + random.int(3) }),
  ban: (faults, venue, _symbol, random) => faults.ban(venue, { forMs: 500 + random.int(3_000) }),
  skewClock: (faults, venue, _symbol, random) =>
    faults.skewClock(venue, random.chance(0.5) ? 0 : random.int(20_000) - 10_000),
  expireListenKeys: (faults, venue) => faults.expireListenKeys(venue),
};

/** They are drawn by default only where somebody could place an order. */
const NEED_ACCOUNTS: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'loseRequest',
  'acceptLate',
  'hideOrders',
  'forgetClientIds',
  'cancelOnly',
  'maintenance',
  'limitRequests',
  'ban',
  'skewClock',
  'expireListenKeys',
]);

/** @throws {ConfigurationError} that names the field of a wrong plan. */
export function startRandomFaults(options: {
  readonly plan: RandomFaultPlan;
  readonly faults: Faults;
  readonly venues: readonly string[];
  readonly symbols: readonly MarketSymbol[];
  readonly clock: Clock;
  readonly random: SeededRandom;
  /** Whether there are accounts. */
  readonly hasAccounts: boolean;
}): { close(): void } {
  const { plan, faults, venues, symbols, clock, random } = options;
  const all = Object.keys(DRAWS) as FaultKind[];
  const kinds = plan.kinds ?? all.filter((kind) => options.hasAccounts || !NEED_ACCOUNTS.has(kind));
  requirePlan(plan, kinds);
  const endsAt = clock.monotonic() + (plan.untilMs ?? Number.POSITIVE_INFINITY);
  let timer: Timer | undefined;
  const arm = (): void => {
    const delayMs = 1 + 2 * plan.meanIntervalMs * random.next();
    const left = endsAt - clock.monotonic();
    timer =
      delayMs < left
        ? clock.setTimer(delayMs, draw, { background: true })
        : clock.setTimer(left, end, { background: true });
  };
  const end = (): void => faults.clear();
  const draw = (): void => {
    arm();
    DRAWS[random.pick(kinds)](faults, random.pick(venues), random.pick(symbols), random);
  };
  arm();
  return { close: () => timer?.cancel() };
}

function requirePlan(plan: RandomFaultPlan, kinds: readonly FaultKind[]): void {
  const { meanIntervalMs, untilMs = 0 } = plan;
  if (!(Number.isFinite(meanIntervalMs) && meanIntervalMs > 0)) {
    throw new ConfigurationError({
      field: 'faults.meanIntervalMs',
      expected: 'a number above zero',
      received: meanIntervalMs,
    });
  }
  if (!(untilMs >= 0)) {
    throw new ConfigurationError({ field: 'faults.untilMs', expected: 'a number of at least 0', received: untilMs });
  }
  const unknown = kinds.find((kind) => !Object.hasOwn(DRAWS, kind));
  if (unknown === undefined && kinds.length > 0) return;
  throw new ConfigurationError({
    field: 'faults.kinds',
    expected: `some of ${Object.keys(DRAWS).join(', ')}`,
    received: unknown,
  });
}

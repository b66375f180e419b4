import type { OrderReport } from '../../src/adapter/order-endpoints.js';
import { OrderTracker } from '../../src/exchange/orders/order-tracker.js';
import { compareDecimals, type Decimal, isZero, normalizeDecimal } from '../../src/model/decimal.js';
import type { Fill } from '../../src/model/fill.js';
import { isFinal, type Order } from '../../src/model/order.js';
import { isInverseSymbol } from '../../src/model/symbol.js';
import { createSeededRandom, type SeededRandom } from '../../src/transport/seeded-random.js';
import type { WorldResult } from './many-worlds.js';
import { type Life, makeLife, type News } from './order-lives.js';

/** Ways in which a tracker could be wrong; each must be noticed. */
export const TRACKER_MISTAKES = [
  'counts a repeated fill again',
  'lets an ended order open again',
  'takes a lower filled quantity',
  'drops a fill that comes before its order',
  'tells what has not changed',
] as const;
type Mistake = (typeof TRACKER_MISTAKES)[number];

export async function prepareWorlds(): Promise<void> {}

/** A few orders of one account, whose news arrive lost, repeated and mixed up, and then what reading it says. */
export async function runWorld(seed: string, { mistake }: { readonly mistake?: Mistake } = {}): Promise<WorldResult> {
  const random = createSeededRandom(seed);
  const lives = Array.from({ length: 1 + random.int(4) }, (_, number) => makeLife(random, number));
  const failures: string[] = [];
  const { tracker, tellTwice, reportsOf } = createSubject(failures, mistake);
  const told = new Map<string, Order>();
  const fills: string[] = [];
  const receive = (order: Order): void => {
    const shown = distort(order, mistake, reportsOf);
    const key = shown.clientOrderId ?? `${shown.symbol} ${shown.orderId}`;
    const before = told.get(key);
    if (before !== undefined) failures.push(...compareSteps(before, shown));
    told.set(key, shown);
  };
  tracker.on('order', (order) => {
    receive(order);
    if (tellTwice) receive(order);
  });
  tracker.on('fill', ({ symbol, orderId, id }) => fills.push(`${symbol} ${orderId} ${id.split('#')[0]}`));

  for (const { request } of lives) if (request !== undefined) tracker.begin(request);
  const faults = { lost: 0, repeated: 0, overtaken: 0 };
  const news = schedule(lives, random, faults);
  for (const one of news) apply(tracker, one, mistake, reportsOf);
  for (const life of lives) failures.push(...compareEnd(life, tracker, (order) => distort(order, mistake, reportsOf)));
  failures.push(...compareFills(lives, fills));
  const open = tracker.open().map(({ symbol, orderId }) => `${symbol} ${orderId}`);
  const live = lives.filter(({ end }) => !isFinal(end.state)).map(({ end }) => `${end.symbol} ${end.orderId}`);
  if (open.sort().join() !== live.sort().join()) failures.push(`open ${open.join()} instead of ${live.join()}`);
  const outcomes: Record<string, number> = {};
  for (const { end } of lives) outcomes[end.state] = (outcomes[end.state] ?? 0) + 1;
  return { seed, sort: `${lives.length} orders`, count: 1, checks: news.length, faults, outcomes, failures };
}

interface Subject {
  readonly tracker: OrderTracker;
  readonly tellTwice: boolean;
  readonly reportsOf: Map<string, OrderReport>;
}

function createSubject(failures: string[], mistake: Mistake | undefined): Subject {
  let now = 1_000_000;
  const tracker = new OrderTracker({
    venue: 'test_spot',
    clock: { now: () => now++, monotonic: () => 0 },
    conflict: ({ message }) => failures.push(message),
  });
  return { tracker, tellTwice: mistake === 'tells what has not changed', reportsOf: new Map() };
}

/** Loses, repeats and mixes up the news; what reading says comes somewhere in the second half, whole. */
function schedule(
  lives: readonly Life[],
  random: SeededRandom,
  faults: Record<'lost' | 'repeated' | 'overtaken', number>,
): News[] {
  const news: { readonly at: number; readonly one: News }[] = [];
  const chaos = random.pick([0, 0.5, 3, 100]);
  for (const { news: told, evidence } of lives) {
    for (const [index, one] of told.entries()) {
      if (random.chance(0.2)) {
        faults.lost++;
        continue;
      }
      const copies = random.chance(0.25) ? 2 + random.int(2) : 1;
      faults.repeated += copies - 1;
      for (let copy = 0; copy < copies; copy++) news.push({ at: index + random.next() * chaos + copy, one });
    }
    const readAt = told.length * (0.5 + random.next());
    for (const one of evidence) news.push({ at: readAt + random.next() * chaos, one });
  }
  const told = news.map(({ one }) => one);
  const heard = news.sort((a, b) => a.at - b.at).map(({ one }) => one);
  faults.overtaken += heard.filter((one, at) => one !== told[at]).length;
  return heard;
}

let repeated = 0;

function apply(
  tracker: OrderTracker,
  one: News,
  mistake: Mistake | undefined,
  reportsOf: Map<string, OrderReport>,
): void {
  if (one.kind === 'unknown') return tracker.mark(one.clientOrderId, 'unknown');
  if (one.kind === 'report') {
    reportsOf.set(`${one.report.symbol} ${one.report.orderId}`, one.report);
    tracker.apply(one.report, 'stream');
    return;
  }
  applyFill(tracker, one.fill, mistake);
}

function applyFill(tracker: OrderTracker, fill: Fill, mistake: Mistake | undefined): void {
  const { symbol, orderId } = fill;
  if (mistake === 'counts a repeated fill again') tracker.applyFill({ ...fill, id: `${fill.id}#${repeated++}` });
  else if (mistake !== 'drops a fill that comes before its order') tracker.applyFill(fill);
  else if (tracker.get({ symbol, orderId }) !== undefined) tracker.applyFill(fill);
}

/** The order as a tracker with the mistake would show it. */
function distort(order: Order, mistake: Mistake | undefined, reportsOf: ReadonlyMap<string, OrderReport>): Order {
  const last = reportsOf.get(`${order.symbol} ${order.orderId}`);
  if (mistake === 'lets an ended order open again' && last?.state !== undefined) return { ...order, state: last.state };
  if (mistake === 'takes a lower filled quantity' && last?.filledQuantity !== undefined) {
    return { ...order, filledQuantity: last.filledQuantity };
  }
  return order;
}

function compareSteps(before: Order, now: Order): string[] {
  const failures: string[] = [];
  if (compareDecimals(now.filledQuantity, before.filledQuantity) < 0) {
    failures.push(`filled fell from ${before.filledQuantity} to ${now.filledQuantity}`);
  }
  if (isFinal(before.state) && now.state !== before.state) failures.push(`${before.state} became ${now.state}`);
  if (before.orderId !== undefined && now.orderId !== before.orderId) failures.push('the order id changed');
  const { receivedAt: a, updatedAt: b, createdAt: c, ...one } = before;
  const { receivedAt: d, updatedAt: e, createdAt: f, ...other } = now;
  if (JSON.stringify(one) === JSON.stringify(other)) failures.push('told twice');
  return failures;
}

/** Each once, and none that never was; all of them where reading the account shows all. */
function compareFills(lives: readonly Life[], told: readonly string[]): string[] {
  const nameOf = ({ symbol, orderId, id }: Fill): string => `${symbol} ${orderId} ${id}`;
  const real = new Set(lives.flatMap(({ fills }) => fills.map(nameOf)));
  const certain = lives.flatMap(({ hasAllFills, fills }) => (hasAllFills ? fills.map(nameOf) : []));
  return [
    ...(new Set(told).size === told.length ? [] : [`a fill came twice: ${told.join()}`]),
    ...told.filter((fill) => !real.has(fill)).map((fill) => `fill ${fill} never was`),
    ...certain.filter((fill) => !told.includes(fill)).map((fill) => `fill ${fill} is missing`),
  ];
}

function compareEnd({ end }: Life, tracker: OrderTracker, show: (order: Order) => Order): string[] {
  const { symbol, orderId, clientOrderId } = end;
  const found = tracker.get({ symbol, orderId: orderId as string });
  if (found === undefined) return [`order ${orderId} is gone`];
  const order = show(found);
  const failures: string[] = [];
  const check = (name: string, got: string | undefined, wanted: string | undefined): void => {
    if (got !== wanted) failures.push(`${name} of order ${orderId} is ${got} instead of ${wanted}`);
  };
  check('state', order.state, end.state);
  check('origin', order.origin, end.origin);
  check('side', order.side, end.side);
  check('type', order.type, end.type);
  check('client order id', order.clientOrderId, clientOrderId);
  for (const name of ['filledQuantity', 'filledQuoteQuantity', 'price', 'quantity', 'quoteQuantity'] as const) {
    // Where nothing is filled nobody need say what it cost.
    const isSilent = name === 'filledQuoteQuantity' && order[name] === undefined && isZero(end.filledQuantity);
    if (isSilent) continue;
    // Only the quote asset of such contracts is exact.
    if (name === 'filledQuantity' && isInverseSymbol(symbol)) {
      const [got, wanted] = [Number(order[name]), Number(end[name])];
      if (Math.abs(got - wanted) > 1e-7 * wanted) failures.push(`${name} of order ${orderId} is ${got}, not ${wanted}`);
    } else check(name, plain(order[name]), plain(end[name]));
  }
  return failures;
}

/** Digits without the zeros that say nothing. */
function plain(value: Decimal | undefined): string | undefined {
  return value === undefined ? undefined : normalizeDecimal(value);
}

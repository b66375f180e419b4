import type { OrderRef } from '../../adapter/order-endpoints.js';
import type { PrivateVenue } from '../../adapter/private-venue.js';
import { isExchangeError } from '../../errors/exchange-error.js';
import { MalformedResponseError } from '../../errors/kinds.js';
import type { Balance } from '../../model/balance.js';
import { isFinal, type Order } from '../../model/order.js';
import type { Position } from '../../model/position.js';
import type { MarketSymbol } from '../../model/symbol.js';
import { type Moment, UNNOTICED_MS } from '../clock-sync.js';
import type { ExchangeCore } from '../exchange-core.js';
import { refOf } from '../orders/order-ref.js';
import type { OrderTracker } from '../orders/order-tracker.js';
import type { BalanceBook } from './balance-book.js';
import type { OrderReads } from './order-reads.js';
import type { PositionBook } from './position-book.js';
import type { PositionSettingsBook } from './position-settings.js';

/** What happened, or was told, so long before the streams were lost is looked at again, ms. */
const OVERLAP_MS = 5_000;

/** What an account is known by. */
interface Account {
  readonly core: ExchangeCore;
  readonly venue: PrivateVenue;
  readonly tracker: OrderTracker;
  readonly reads: OrderReads;
  readonly balances: BalanceBook;
  readonly positions: PositionBook;
  /** Perpetuals only. */
  readonly settings: PositionSettingsBook | undefined;
  /** Monotonic ms of the last news, by market. */
  readonly movedAt: Map<MarketSymbol, number>;
  /** Markets that are always looked at. */
  readonly symbols: readonly MarketSymbol[];
  /** Orders that are neither listed nor found: since when, monotonic ms. */
  readonly missing: Map<string, number>;
}

/** A push comes within this, ms. */
const PUSH_WITHIN_MS = 5_000;

interface AccountNews {
  readonly balances: Balance[];
  readonly positions: Position[];
  /** Fills since the last look that should long have been pushed. */
  readonly lateFills: number;
}

/**
 * Reads the account and merges it; everything is merged by id, so reading too much does no harm. Venues list ended orders
 * and fills market by market: looked at are those with open orders, with news of late, those named in the options, and
 * those of which base and quote, or the position, have moved: somebody may have traded there.
 * @param completeTo up to when nothing was missed.
 * @returns what is news. @throws what reading throws.
 */
export async function catchUp(account: Account, completeTo: Moment, signal: AbortSignal): Promise<AccountNews> {
  const { core, venue, tracker, reads, movedAt, missing } = account;
  const instruments = await core.catalog.usable();
  // What the venue still hid from the last look is older than that look.
  const overlapMs = OVERLAP_MS + venue.orders.rules.visibilityLagMs;
  const since = core.time.earliest(completeTo) - overlapMs - UNNOTICED_MS;
  const begunAt = core.clock.now();
  const askedAt = core.clock.monotonic();
  // The venue may be so late with what it lists.
  const asOf = askedAt - venue.orders.rules.visibilityLagMs;
  const balances = await core.rest.call(venue.account.balances, undefined);
  const positions = await readPositions(account);
  for (const symbol of account.positions.movedIn(positions)) movedAt.set(symbol, askedAt);
  const touched = account.balances.movedIn(balances);
  // As news of its own: it is looked at the next time, too, when the venue shows what it may still hide.
  for (const { symbol, base, quote } of touched.size < 2 ? [] : instruments.values())
    if (touched.has(base) && touched.has(quote)) movedAt.set(symbol, askedAt);
  const wereOpen = tracker.open();
  // An order that has just ended may have fills that were never pushed.
  const moved = [...movedAt].flatMap(([symbol, at]) => (at >= completeTo.monotonic - overlapMs ? [symbol] : []));
  const symbols = new Set([...wereOpen.map(({ symbol }) => symbol), ...moved, ...account.symbols]);
  let listsAreWhole = true;
  let lateFills = 0;
  const lateFrom = core.time.earliest(completeTo);
  const lateTo = core.time.now() - PUSH_WITHIN_MS;
  for (const symbol of venue.orders.openRules.needsSymbol ? symbols : [undefined]) {
    const open = await reads.openReports(symbol);
    listsAreWhole &&= open.isComplete;
    if (!open.isComplete) tellCut(core, 'open orders', symbol);
    for (const row of open.rows) {
      symbols.add(row.symbol);
      tracker.apply(row, 'query', asOf);
    }
  }
  for (const symbol of symbols) {
    const history = await reads.historyReports(symbol, { since });
    for (const row of history.rows) tracker.apply(row, 'query', asOf);
    const fills = await reads.fillRows(symbol, { since });
    for (const fill of fills.rows)
      if (tracker.applyFill(fill) && fill.filledAt >= lateFrom && fill.filledAt < lateTo) lateFills++;
    if (!history.isComplete) tellCut(core, 'ended orders', symbol);
    if (!fills.isComplete) tellCut(core, 'fills', symbol);
  }
  const areOpen = new Set(wereOpen.map(keyOf));
  for (const key of missing.keys()) if (!areOpen.has(key)) missing.delete(key);
  for (const ref of wereOpen.map(refOf)) {
    const now = tracker.get(ref);
    if (now === undefined || isFinal(now.state) || now.state === 'unknown' || now.receivedAt >= begunAt) continue;
    if (await refresh(account, ref, asOf)) missing.delete(keyOf(ref));
    else if (listsAreWhole) await forgotten(account, now, since);
  }
  if (signal.aborted) return { balances: [], positions: [], lateFills: 0 };
  return {
    balances: account.balances.replace(balances, askedAt),
    positions: account.positions.replace(positions, askedAt, core.clock.now()),
    lateFills,
  };
}

function keyOf({ symbol, orderId }: OrderRef): string {
  return `${symbol} ${orderId}`;
}

/** Open positions; none on spot. Not every venue says their mode with them, and it may have been changed elsewhere. */
async function readPositions({ core, venue, settings }: Account): Promise<readonly Position[]> {
  if (venue.positions === undefined || settings === undefined) return [];
  await settings.renewMode();
  return settings.complete(await core.rest.call(venue.positions.list, {}, { mapper: await core.catalog.mapper() }));
}

/** Nobody else would tell that something may be missing for good. */
function tellCut(core: ExchangeCore, what: string, symbol: MarketSymbol | undefined): void {
  const where = symbol === undefined ? 'of the account' : `of ${symbol}`;
  const message = `more ${what} ${where} than the venue lists since the streams were lost: some may be missing`;
  core.report(new MalformedResponseError({ message, outcome: 'unknown', venue: core.venue.id }));
}

/** An order that was open and is not listed. @returns whether the venue still knows it. */
async function refresh({ reads, tracker }: Account, ref: ReturnType<typeof refOf>, asOf: number): Promise<boolean> {
  try {
    tracker.apply({ ...ref, ...(await reads.report(ref)) }, 'query', asOf);
    return true;
  } catch (error) {
    if (isExchangeError(error, 'order_not_found')) return false;
    throw error;
  }
}

/**
 * Neither among the open orders nor found by its id. A new order may just be hidden for a moment, by the venue's clock and by
 * ours: either may be off. An older one has ended, and so long ago that the venue has forgotten it; Gate.io does so within a
 * minute where nothing was filled.
 */
async function forgotten(account: Account, order: Order, since: number): Promise<void> {
  const { core, reads, tracker, venue, missing } = account;
  const { symbol, orderId, createdAt } = order;
  if (orderId === undefined || createdAt === undefined) return;
  const now = core.clock.monotonic();
  const missedSince = missing.get(keyOf(order)) ?? now;
  missing.set(keyOf(order), missedSince);
  const lagMs = venue.orders.rules.visibilityLagMs + OVERLAP_MS;
  if (core.time.now() - createdAt <= lagMs || now - missedSince <= lagMs) return;
  const fills = await reads.fillRows(symbol, { since: Math.min(since, createdAt - UNNOTICED_MS), orderId });
  for (const fill of fills.rows) tracker.applyFill(fill);
  if (!fills.isComplete || isFinal(tracker.get({ symbol, orderId })?.state ?? 'open')) return;
  tracker.apply({ symbol, orderId, state: 'canceled', reason: 'the venue does not list it any more' }, 'query');
}

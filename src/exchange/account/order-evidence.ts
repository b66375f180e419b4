import type { OrderRef, OrderReport, OrderRequest } from '../../adapter/order-endpoints.js';
import { isExchangeError } from '../../errors/exchange-error.js';
import { compareDecimals, type Decimal } from '../../model/decimal.js';
import { UNNOTICED_MS } from '../clock-sync.js';
import type { OrderReads } from './order-reads.js';

/** A row without our id is of the same moment within this, ms: clocks and rounding. */
const MOMENT_MS = 2_000;

/** What a look at the venue said about an order that may exist. */
export type Evidence =
  | { readonly found: OrderReport }
  /** `isComplete`: every place where it could be was read to its end, and it was nowhere. */
  | { readonly found: undefined; readonly isComplete: boolean };

/** The order that is looked for. */
export interface Sought {
  readonly request: OrderRequest;
  /** Epoch ms by the venue's clock before which it was not sent. */
  readonly since: number;
  /** Epoch ms by the venue's clock after which the venue does not take it any more. */
  readonly fence: number;
  /** As far off by our monotonic clock when it left, ms: the venue's may be set while it is on its way. */
  readonly fenceMonotonic: number;
  /** Orders of our id that are older than `since` by up to this are ours, too, ms: how far its clock may have been off. Default 60,000. */
  readonly clockErrorMs?: number;
}

/**
 * Looks for an order in every place where the venue may show it: by our id, among the open ones, among the ended ones,
 * and in the fills. Where the venue has forgotten our id, the one order that nobody else claims, with the same terms and
 * of the same moment, is ours; two of them decide nothing. An answer that did not come is no evidence.
 * An order of our id that is older than the command is another one: venues do not keep ids unique.
 * @param isGlance looks by our id and among the open ones only: finds most orders for a part of the budget.
 * @param hasRival whether another order of ours, with the same terms, is looked for as well.
 * @throws what reading throws.
 */
export async function gatherEvidence(
  reads: OrderReads,
  sought: Sought,
  isGlance: boolean,
  hasRival: () => boolean,
): Promise<Evidence> {
  const { symbol, clientOrderId } = sought.request;
  const since = sought.since - (sought.clockErrorMs ?? UNNOTICED_MS);
  const byId = await find(reads, { symbol, clientOrderId });
  if (byId !== undefined && isSince(byId, since)) return { found: byId };
  const open = await reads.openReports(symbol);
  const resting = open.rows.find((row) => isOurs(row, clientOrderId, since));
  if (resting !== undefined) return { found: resting };
  if (isGlance) return { found: undefined, isComplete: false };
  const ended = await reads.historyReports(symbol, { since });
  const listed = [...open.rows, ...ended.rows];
  const named = listed.find((row) => isOurs(row, clientOrderId, since));
  if (named !== undefined) return { found: named };
  const fills = await reads.fillRows(symbol, { since });
  const fill = fills.rows.find((row) => row.clientOrderId === clientOrderId && row.filledAt >= since);
  if (fill !== undefined) {
    const { orderId } = fill;
    return { found: { ...(await find(reads, { symbol, orderId })), symbol, orderId, clientOrderId } };
  }
  const candidates = new Map(
    listed.filter((row) => !reads.knows(row) && couldBe(row, sought)).map((row) => [row.orderId, row]),
  );
  for (const [id, row] of candidates) if (await reads.isFired(row)) candidates.delete(id);
  const [only] = candidates.values();
  if (only !== undefined && candidates.size === 1 && !hasRival()) return { found: { ...only, clientOrderId } };
  const ids = new Set(listed.map(({ orderId }) => orderId));
  const isExplained = fills.rows.every(
    (row) => row.clientOrderId !== undefined || ids.has(row.orderId) || reads.knows(row),
  );
  const isComplete = open.isComplete && ended.isComplete && fills.isComplete && isExplained && candidates.size === 0;
  return { found: undefined, isComplete };
}

function isOurs(row: OrderReport, clientOrderId: string, since: number): boolean {
  return row.clientOrderId === clientOrderId && isSince(row, since);
}

function isSince({ createdAt }: OrderReport, since: number): boolean {
  return createdAt === undefined || createdAt >= since;
}

async function find(reads: OrderReads, ref: OrderRef): Promise<OrderReport | undefined> {
  try {
    return await reads.report(ref);
  } catch (error) {
    if (isExchangeError(error, 'order_not_found')) return undefined;
    throw error;
  }
}

/** Whether a row without our id may be our order all the same. */
function couldBe(row: OrderReport, { request, since, fence }: Sought): boolean {
  if (row.isForeign || row.clientOrderId !== undefined) return false;
  if (row.orderId === undefined || row.createdAt === undefined) return false;
  if (row.createdAt < since - MOMENT_MS || row.createdAt > fence + MOMENT_MS) return false;
  if (row.side !== request.side || row.type !== request.type) return false;
  const isSized = row.quantity !== undefined || row.quoteQuantity !== undefined;
  return (
    isSized &&
    agrees(row.price, request.price) &&
    agrees(row.quantity, request.quantity) &&
    agrees(row.quoteQuantity, request.quoteQuantity)
  );
}

/** Where only one of them says something they do not contradict each other. */
function agrees(told: Decimal | undefined, asked: Decimal | undefined): boolean {
  return told === undefined || asked === undefined || compareDecimals(told, asked) === 0;
}

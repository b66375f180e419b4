import type { TriggerEndpoints, TriggerRef } from '../../adapter/trigger-endpoints.js';
import { createExchangeError, OrderNotFoundError } from '../../errors/kinds.js';
import type { TriggerOrder } from '../../model/trigger-order.js';
import { sleep } from '../../transport/sleep.js';
import { leaveOpen } from '../call-failures.js';
import type { ExchangeCore } from '../exchange-core.js';

/** Pauses before looks at a trigger that was canceled and still waits, ms. */
const PAUSES_MS = [0, 500, 2_000] as const;
/** Of so many pages; the newest triggers come first. */
const MAX_PAGES = 20;

/**
 * Makes sure that a trigger whose canceling the venue took is canceled.
 * @throws {OrderNotFoundError} `rejected`, saying how it ended, when it ended otherwise. @throws {ExchangeError} `unknown`, when that
 * cannot be found out.
 */
export async function requireCanceled(core: ExchangeCore, endpoints: TriggerEndpoints, ref: TriggerRef): Promise<void> {
  const { id } = ref;
  const venue = core.venue.id;
  for (const pauseMs of PAUSES_MS) {
    if (pauseMs > 0) await sleep(core.clock, pauseMs, undefined);
    const found = await look(core, endpoints, ref);
    if (found?.state === 'canceled') return;
    if (found === undefined) {
      const message = `trigger ${id} is not listed any more: whether it was canceled is not known`;
      throw new OrderNotFoundError({ message, outcome: 'unknown', venue });
    }
    if (found.state !== 'waiting') {
      const { state, orderId, reason } = found;
      const how = orderId === undefined ? (reason ?? 'without an order') : `with order ${orderId}`;
      const message = `trigger ${id} was not canceled: it ended as ${state}, ${how}`;
      throw new OrderNotFoundError({ message, outcome: state === 'unknown' ? 'unknown' : 'rejected', venue });
    }
  }
  const message = `the canceling of trigger ${id} was taken, and yet it waits`;
  throw createExchangeError('unknown', { message, outcome: 'unknown', venue });
}

/** @throws what reading throws, with the outcome of the cancel open. */
async function look(
  core: ExchangeCore,
  { list, listRules }: TriggerEndpoints,
  { symbol, id }: TriggerRef,
): Promise<TriggerOrder | undefined> {
  const mapper = await core.catalog.mapper();
  const limit = listRules.maxLimit;
  try {
    for (let page = 1; page <= MAX_PAGES; page++) {
      const rows = await core.rest.call(list, { symbol, state: 'ended', page, limit }, { mapper });
      const found = rows.find((row) => row.id === id);
      if (found !== undefined || rows.length < limit) return found;
    }
    return undefined;
  } catch (error) {
    leaveOpen(error);
    throw error;
  }
}

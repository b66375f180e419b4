import type { RestingOrder } from './order.js';

/** All orders at one price, in the order in which they came. */
export interface PriceLevel {
  readonly priceTicks: number;
  /** Sum over its orders. */
  lots: number;
  /** First in line. */
  head: RestingOrder | undefined;
  tail: RestingOrder | undefined;
}

export function createPriceLevel(priceTicks: number): PriceLevel {
  return { priceTicks, lots: 0, head: undefined, tail: undefined };
}

/** Puts an order at the end of the line. */
export function enqueue(level: PriceLevel, order: RestingOrder): void {
  order.level = level;
  order.previous = level.tail;
  if (level.tail === undefined) level.head = order;
  else level.tail.next = order;
  level.tail = order;
  level.lots += order.lots;
}

/** Takes an order out of the line, with what is left of it. */
export function unlink(level: PriceLevel, order: RestingOrder): void {
  if (order.previous === undefined) level.head = order.next;
  else order.previous.next = order.next;
  if (order.next === undefined) level.tail = order.previous;
  else order.next.previous = order.previous;
  level.lots -= order.lots;
  order.lots = 0;
  order.level = undefined;
  order.previous = undefined;
  order.next = undefined;
}

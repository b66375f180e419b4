import type { FuturesOrder } from '../../../positions/futures-order.js';
import { printUnits } from '../../gateio/print-units.js';
import { type Fields, readList, readObject, requiredText, textOf } from '../../gateio/rest/fields.js';
import { invalidValue, missing, RestRefusal } from '../../gateio/rest/refusal.js';
import { atDesk, contractOf, type PrivateCall, type PrivateHandler } from './call.js';
import { findOrder, requireOpen } from './find-order.js';
import { orderFields } from './order-fields.js';
import { readOrder, readSize } from './read-order.js';

const MAX_BATCH = 10;
const MAX_BBO_LEVEL = 20;

/** `POST /futures/{settle}/orders`. Source: Gate API v4 docs, create a futures order. */
export const placeOrder: PrivateHandler = (call) => {
  call.meterOrders(1);
  return print(call, place(call, readObject(call)));
};

/** `POST /futures/{settle}/batch_orders`: each order stands alone, one that cannot be read spoils all. Source: Gate API v4 docs, batch of futures orders. */
export const placeBatch: PrivateHandler = (call) => {
  const list = readList(call);
  if (list.length > MAX_BATCH) throw tooMany();
  call.meterOrders(list.length);
  for (const fields of list) {
    const { perpetual } = contractOf(fields, call);
    readOrder(fields, call.account, perpetual, call.source);
  }
  return list.map((fields) => eachItem({ text: textOf(fields, 'text') }, () => print(call, place(call, fields))));
};

/** `POST /futures/{settle}/bbo_orders`: the price is that of a level of the book. Source: Gate API v4 docs, level-based BBO orders. */
export const placeAtLevel: PrivateHandler = (call) => {
  call.meterOrders(1);
  const fields = readObject(call);
  const { perpetual } = contractOf(fields, call);
  const level = Number(requiredText(fields, 'level'));
  if (!Number.isInteger(level) || level < 1 || level > MAX_BBO_LEVEL) throw invalidValue('level');
  const direction = requiredText(fields, 'direction');
  if (direction !== 'buy' && direction !== 'sell') throw invalidValue('direction');
  const { bids, asks } = perpetual.market.book(level);
  const found = (direction === 'buy' ? asks : bids)[level - 1];
  if (found === undefined) throw new RestRefusal(400, 'CONTRACT_NO_COUNTER', 'no such level', 'detail');
  const price = printUnits(found.priceTicks, perpetual.spec.priceDecimals);
  return print(call, place(call, { ...fields, price }));
};

/** `PUT /futures/{settle}/orders/{id}`: the size is the new total, signed. Source: Gate API v4 docs, amend a futures order. */
export const amendOrder: PrivateHandler = (call) => {
  call.meterOrders(1);
  return print(call, amend(call, call.name, readObject(call)));
};

/** `POST /futures/{settle}/batch_amend_orders`. Source: Gate API v4 docs, batch amendment. */
export const amendBatch: PrivateHandler = (call) => {
  const list = readList(call);
  if (list.length > MAX_BATCH) throw tooMany();
  call.meterOrders(list.length);
  return list.map((fields) => {
    const name = textOf(fields, 'order_id') ?? textOf(fields, 'text');
    return eachItem({ order_id: name }, () => {
      if (name === undefined) throw missing('order_id');
      return print(call, amend(call, name, fields));
    });
  });
};

/** One item of a batch: its fields, or why it was refused, always with HTTP 200. */
function eachItem(names: Fields, act: () => Record<string, unknown>): Record<string, unknown> {
  try {
    return { succeeded: true, ...act() };
  } catch (error) {
    if (!(error instanceof RestRefusal)) throw error;
    return { ...names, succeeded: false, label: error.label, detail: error.message };
  }
}

export function print({ account, sizes }: PrivateCall, order: FuturesOrder): Record<string, unknown> {
  return orderFields(order, account, sizes);
}

function place(call: PrivateCall, fields: Fields): FuturesOrder {
  const { account, model, source } = call;
  const { perpetual } = contractOf(fields, call);
  const request = readOrder(fields, account, perpetual, source);
  return atDesk(() => model.desk.place(account, perpetual, request));
}

function amend(call: PrivateCall, name: string, fields: Fields): FuturesOrder {
  const [price, size, note] = [textOf(fields, 'price'), textOf(fields, 'size'), textOf(fields, 'amend_text')];
  if (price === undefined && size === undefined) throw missing('size or price');
  const order = findOrder(call, name, 'engine');
  requireOpen(order);
  const total = size === undefined ? undefined : readSize(size);
  if (total !== undefined && total.isNegative !== (order.side === 'sell')) throw invalidValue('size');
  atDesk(() => call.model.desk.amend(call.account, order, { price, contracts: total?.digits, note }));
  return order;
}

function tooMany(): RestRefusal {
  return new RestRefusal(400, 'TOO_MANY_ORDERS', 'too many in one batch', 'detail');
}

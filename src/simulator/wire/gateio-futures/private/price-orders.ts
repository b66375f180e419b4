import { amountOf, parseAmount, printAmount } from '../../../accounts/amount.js';
import type { PerpetualMarket } from '../../../positions/perpetual-market.js';
import type { TriggerOrder, TriggerRequest } from '../../../positions/trigger-order.js';
import { type Fields, readObject, requiredText, textOf } from '../../gateio/rest/fields.js';
import { readPage } from '../../gateio/rest/paging.js';
import { invalidValue, missing } from '../../gateio/rest/refusal.js';
import { toSeconds } from '../../gateio/wall-time.js';
import { contractId } from '../contracts.js';
import { findContract, optionalContract } from '../rest/params.js';
import { atDesk, type PrivateCall, type PrivateHandler } from './call.js';
import { orderNotFound } from './find-order.js';
import { readOrder } from './read-order.js';

/** 19 digits: beyond what a JavaScript number holds. */
const FIRST_ID = 2_007_047_737_421_336_576n;
const MAX_ROWS = 100;
const REFERENCES = ['last', 'mark', 'index'] as const;
const STATUSES = {
  open: ['open', ''],
  fired: ['finished', 'succeeded'],
  failed: ['finished', 'failed'],
  canceled: ['finished', 'cancelled'],
  expired: ['finished', 'expired'],
} as const;

/** An answer that holds ids too long for a JavaScript number: their text stands where the marked text stands. */
interface LongId {
  readonly id: string;
  readonly id_string: string;
}

/** `POST /futures/{settle}/price_orders`. Source: Gate API v4 docs, create a price-triggered order. */
export const place: PrivateHandler = (call) => {
  const request = readTrigger(readObject(call), call);
  return ids(atDesk(() => call.model.desk.triggers.place(call.account, request)));
};

/** `GET /futures/{settle}/price_orders`, newest first. */
export const list: PrivateHandler = (call) => {
  const status = call.query.get('status');
  if (status === null) throw missing('status');
  if (status !== 'open' && status !== 'finished') throw invalidValue('status');
  const rows = mine(call).filter((one) => STATUSES[one.status][0] === status);
  return readPage(call.query, MAX_ROWS)
    .cut(rows.reverse())
    .map((one) => triggerFields(one));
};

/** `GET /futures/{settle}/price_orders/{id}`. */
export const getOne: PrivateHandler = (call) => triggerFields(find(call, call.name));

/** `DELETE /futures/{settle}/price_orders/{id}`. */
export const cancelOne: PrivateHandler = (call) => {
  const trigger = find(call, call.name);
  if (!call.model.desk.triggers.cancel(trigger)) throw orderNotFound();
  return triggerFields(trigger);
};

/** `DELETE /futures/{settle}/price_orders`: all of a contract, or all. */
export const cancelAll: PrivateHandler = (call) =>
  mine(call)
    .filter((one) => call.model.desk.triggers.cancel(one))
    .map((one) => triggerFields(one));

/** `PUT /futures/{settle}/price_orders/amend`. Source: Gate API v4 docs, modify a price-triggered order. */
export const amend: PrivateHandler = (call) => {
  const fields = readObject(call);
  const trigger = find(call, requiredText(fields, 'order_id'));
  const before = trigger.request.extra as { readonly initial: Fields; readonly trigger: Fields };
  const isResized = fields['size'] !== undefined;
  const initial = {
    ...before.initial,
    ...(isResized ? { amount: undefined } : {}),
    ...pick(fields, ['size', 'amount', 'price', 'auto_size', 'close']),
  };
  const [price, kind] = [textOf(fields, 'trigger_price'), textOf(fields, 'price_type')];
  const rule = {
    ...before.trigger,
    ...(price === undefined ? {} : { price }),
    ...(kind === undefined ? {} : { price_type: Number(kind) }),
  };
  const request = readTrigger({ ...trigger.request.extra, initial, trigger: rule }, call);
  atDesk(() => call.model.desk.triggers.amend(trigger, request));
  return ids(trigger);
};

/** The object as REST and the stream print it. Source: Gate API v4 docs, price-triggered order. */
export function triggerFields(one: TriggerOrder): Record<string, unknown> {
  const { request, account, createdAt, endedAt, orderId, failure } = one;
  const asked = request.extra as { readonly initial: Fields; readonly trigger: Fields; readonly order_type?: string };
  const [status, finishAs] = STATUSES[one.status];
  const { market } = request;
  return {
    ...ids(one),
    user: Number(account.settings.userId),
    trigger: {
      strategy_type: 0,
      price_type: REFERENCES.indexOf(request.reference),
      price: printAmount(amountOf(request.triggerTicks, market.terms.markDecimals)),
      rule: request.rule === 'at_or_above' ? 1 : 2,
      expiration: request.expiresAfterMs === undefined ? 0 : request.expiresAfterMs / 1_000,
    },
    initial: {
      contract: contractId(market.spec),
      ...sizeFields(sizeText(asked.initial)),
      price: textOf(asked.initial, 'price') ?? '0',
      tif: textOf(asked.initial, 'tif') ?? 'gtc',
      text: textOf(asked.initial, 'text') ?? 'api',
      iceberg: 0,
      is_close: request.order.closesAll === true && request.order.positionSide === 'net',
      is_reduce_only: request.order.reduceOnly,
      auto_size: textOf(asked.initial, 'auto_size') ?? '',
    },
    order_type: asked.order_type ?? '',
    status,
    finish_as: finishAs,
    reason: failure ?? '',
    trade_id: orderId === undefined ? 0 : Number(orderId),
    me_order_id: orderId === undefined ? 0 : Number(orderId),
    create_time: toSeconds(createdAt),
    finish_time: endedAt === undefined ? 0 : toSeconds(endedAt),
    is_stop_order: false,
    stop_trigger: { rule: 0, trigger_price: '', order_price: '' },
    parent_id: 0,
    pos_margin_mode: '',
    position_mode: account.positionMode === 'hedge' ? 'dual' : 'single',
  };
}

/** The amount with decimals wins over the whole size. */
function sizeText(initial: Fields): string {
  return textOf(initial, 'amount') ?? textOf(initial, 'size') ?? '0';
}

/** A whole number, and the text of what has a fraction. */
function sizeFields(text: string): { readonly size: number; readonly amount?: string } {
  const size = Math.trunc(Number(text));
  return text.includes('.') ? { size, amount: text } : { size };
}

function readTrigger(fields: Fields, call: PrivateCall): TriggerRequest {
  const [initial, trigger] = [objectOf(fields, 'initial'), objectOf(fields, 'trigger')];
  const { perpetual } = findContract(call.contracts, requiredText(initial, 'contract'));
  const sized = { ...initial, size: sizeText(initial) };
  const reference = REFERENCES[Number(textOf(trigger, 'price_type') ?? '0')];
  if (reference === undefined) throw invalidValue('price_type');
  const rule = requiredText(trigger, 'rule');
  if (rule !== '1' && rule !== '2') throw invalidValue('rule');
  const expiration = Number(textOf(trigger, 'expiration') ?? '0');
  if (!(expiration >= 0)) throw invalidValue('expiration');
  return {
    market: perpetual,
    triggerTicks: readTicks(requiredText(trigger, 'price'), perpetual),
    rule: rule === '1' ? 'at_or_above' : 'at_or_below',
    reference,
    expiresAfterMs: expiration === 0 ? undefined : expiration * 1_000,
    order: readOrder(sized, call.account, perpetual, 'api'),
    refusesReached: true,
    extra: fields,
  };
}

function readTicks(text: string, { terms }: PerpetualMarket): number {
  const price = parseAmount(text);
  const unit = amountOf(1, terms.markDecimals);
  if (price === undefined || price === 0n || price % unit !== 0n) throw invalidValue('trigger.price');
  return Number(price / unit);
}

function ids({ number }: TriggerOrder): LongId {
  const id = String(FIRST_ID + BigInt(number));
  return { id: `${LONG}${id}`, id_string: id };
}

/** Marks text that is to be printed as a number. */
const LONG = 'long-number:';

/** JSON text of an answer, long ids as the numbers that they are. */
export function printWithLongIds(answer: unknown): string {
  return JSON.stringify(answer).replace(/"long-number:(\d+)"/g, '$1');
}

function mine({ account, model, query, contracts }: PrivateCall): TriggerOrder[] {
  const contract = optionalContract(query, contracts);
  return model.desk.triggers
    .of(account)
    .filter(({ request }) => contract === undefined || request.market === contract.perpetual);
}

function find(call: PrivateCall, id: string): TriggerOrder {
  const trigger = call.model.desk.triggers.of(call.account).find((one) => ids(one).id_string === id);
  if (trigger === undefined) throw orderNotFound();
  return trigger;
}

function objectOf(fields: Fields, name: string): Fields {
  const value = fields[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw missing(name);
  return value as Fields;
}

function pick(fields: Fields, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]));
}

import type { SelfTradeRule } from '../../../accounts/account-order.js';
import type { OrderRequest } from '../../../accounts/order-request.js';
import { type Fields, requiredText, textOf } from '../../gateio/rest/fields.js';
import { invalidValue, missing, RestRefusal } from '../../gateio/rest/refusal.js';
import { requireSpotAccount } from './call.js';

/** At most 28 bytes after the prefix. Source: Gate.io API v4 docs, order object, text. */
const CUSTOM_ID = /^t-[0-9A-Za-z_.-]{1,28}$/;

const SELF_TRADES: Readonly<Record<string, SelfTradeRule>> = {
  cn: 'cancel_newest',
  co: 'cancel_oldest',
  cb: 'cancel_both',
};

export function isCustomId(text: string): boolean {
  return text.startsWith('t-');
}

/**
 * An order as a client describes it. Source: Gate.io API v4 docs, create an order.
 * @throws {RestRefusal}
 */
export function readOrder(fields: Fields, group: number | undefined): OrderRequest {
  requireSpotAccount(textOf(fields, 'account'));
  const side = requiredText(fields, 'side');
  if (side !== 'buy' && side !== 'sell') throw invalidValue('side');
  const type = textOf(fields, 'type') ?? 'limit';
  if (type !== 'limit' && type !== 'market') throw invalidValue('type');
  const amount = requiredText(fields, 'amount');
  const clientOrderId = readCustomId(textOf(fields, 'text'));
  if (![undefined, '0'].includes(textOf(fields, 'iceberg'))) throw invalidValue('iceberg');
  const isBudget = type === 'market' && side === 'buy';
  return {
    side,
    type,
    ...readTimeInForce(textOf(fields, 'time_in_force') ?? 'gtc', type),
    ...(type === 'limit' ? { price: requiredText(fields, 'price') } : {}),
    ...(isBudget ? { quoteQuantity: amount } : { quantity: amount }),
    clientOrderId,
    selfTradeRule: readSelfTrade(textOf(fields, 'stp_act'), group),
  };
}

function readCustomId(text: string | undefined): string | undefined {
  if (text === undefined || text === 'apiv4') return undefined;
  if (CUSTOM_ID.test(text)) return text;
  throw new RestRefusal(400, 'INVALID_CLIENT_ORDER_ID', 'text must begin with t- and have at most 28 characters more');
}

/** A market order must name `ioc` or `fok`: the default does not fit it. */
function readTimeInForce(text: string, type: 'limit' | 'market'): Pick<OrderRequest, 'timeInForce' | 'postOnly'> {
  if (text === 'ioc' || text === 'fok') return { timeInForce: text, postOnly: false };
  if (type === 'limit' && (text === 'gtc' || text === 'poc')) return { timeInForce: 'gtc', postOnly: text === 'poc' };
  throw invalidValue('time_in_force');
}

function readSelfTrade(text: string | undefined, group: number | undefined): SelfTradeRule | undefined {
  if (text === undefined || text === '-') return group === undefined ? undefined : 'cancel_newest';
  const rule = Object.hasOwn(SELF_TRADES, text) ? SELF_TRADES[text] : undefined;
  if (rule === undefined || group === undefined) throw invalidValue('stp_act');
  return rule;
}

/** `action_mode`. @throws {RestRefusal} */
export function readActionMode(text: string | undefined | null): 'ACK' | 'RESULT' | 'FULL' {
  const mode = text ?? 'FULL';
  if (mode === 'ACK' || mode === 'RESULT' || mode === 'FULL') return mode;
  throw invalidValue('action_mode');
}

/** What an amendment asks for. @throws {RestRefusal} unless it changes something. */
export function readAmendment(fields: Fields): {
  price: string | undefined;
  quantity: string | undefined;
  note: string | undefined;
} {
  const [price, quantity, note] = [textOf(fields, 'price'), textOf(fields, 'amount'), textOf(fields, 'amend_text')];
  if (price === undefined && quantity === undefined) throw missing('amount or price');
  return { price, quantity, note };
}

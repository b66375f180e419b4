import type { SelfTradeRule } from '../../../accounts/account-order.js';
import type { FuturesAccount } from '../../../positions/futures-account.js';
import type { FuturesOrderRequest } from '../../../positions/futures-request.js';
import type { PerpetualMarket } from '../../../positions/perpetual-market.js';
import { type Fields, textOf } from '../../gateio/rest/fields.js';
import { invalidValue, missing } from '../../gateio/rest/refusal.js';
import { MARKET_SLIPPAGE } from '../contract-fields.js';

/** At most 28 bytes after the prefix. Source: Gate API v4 docs, futures order, text. */
const CUSTOM_ID = /^t-[0-9A-Za-z_.-]{1,28}$/;
const SOURCES: readonly string[] = ['api', 'apiv4', 'apiv4-ws', 'web', 'app', '-'];
const SELF_TRADES: Readonly<Record<string, SelfTradeRule>> = {
  cn: 'cancel_newest',
  co: 'cancel_oldest',
  cb: 'cancel_both',
};

export function isCustomId(text: string): boolean {
  return text.startsWith('t-');
}

/** What an order is about, before its price and time in force. */
type Aim = Pick<FuturesOrderRequest, 'side' | 'positionSide' | 'reduceOnly' | 'closesAll' | 'contracts'>;

/** An order as a client describes it. Source: Gate API v4 docs, create a futures order. @throws {RestRefusal} */
export function readOrder(
  fields: Fields,
  account: FuturesAccount,
  market: PerpetualMarket,
  source: string,
): FuturesOrderRequest {
  if (!['0', undefined].includes(textOf(fields, 'iceberg'))) throw invalidValue('iceberg');
  const aim = readAim(fields, account, market);
  return {
    ...aim,
    ...readPrice(textOf(fields, 'price'), textOf(fields, 'tif') ?? 'gtc', textOf(fields, 'market_order_slip_ratio')),
    clientOrderId: readCustomId(textOf(fields, 'text')),
    source,
    selfTradeRule: readSelfTrade(textOf(fields, 'stp_act'), account.settings.selfTradeGroup),
  };
}

/** Direction is the sign of the size; what is closed whole has the size 0. */
function readAim(fields: Fields, account: FuturesAccount, market: PerpetualMarket): Aim {
  const isDual = account.positionMode === 'hedge';
  const size = readSize(textOf(fields, 'size') ?? textOf(fields, 'amount'));
  const [closes, autoSize] = [readFlag(fields, 'close'), textOf(fields, 'auto_size')];
  const reduceOnly = readFlag(fields, 'reduce_only');
  if (autoSize !== undefined) {
    if (!isDual || size.digits !== '0') throw invalidValue('auto_size');
    if (autoSize !== 'close_long' && autoSize !== 'close_short') throw invalidValue('auto_size');
    const positionSide = autoSize === 'close_long' ? 'long' : 'short';
    return { side: positionSide === 'long' ? 'sell' : 'buy', positionSide, reduceOnly: true, closesAll: true };
  }
  if (closes) {
    if (isDual || size.digits !== '0') throw invalidValue('close');
    const held = account.position(market, 'net').lots;
    return { side: held > 0 ? 'sell' : 'buy', positionSide: 'net', reduceOnly: true, closesAll: true };
  }
  const side = size.isNegative ? 'sell' : 'buy';
  const opensLong = (side === 'buy') !== reduceOnly;
  return {
    side,
    positionSide: !isDual ? 'net' : opensLong ? 'long' : 'short',
    reduceOnly,
    contracts: size.digits,
  };
}

/** @throws {RestRefusal} */
export function readSize(text: string | undefined): { readonly digits: string; readonly isNegative: boolean } {
  if (text === undefined) throw missing('size');
  const [, sign, digits] = /^(-?)(\d{1,15}(?:\.\d{1,8})?)$/.exec(text) ?? [];
  if (digits === undefined) throw invalidValue('size');
  return { digits: Number(digits) === 0 ? '0' : digits, isNegative: sign === '-' };
}

/** Price 0 with `ioc` or `fok` is a market order. */
function readPrice(
  price: string | undefined,
  tif: string,
  slippage: string | undefined,
): Pick<FuturesOrderRequest, 'type' | 'timeInForce' | 'postOnly' | 'price' | 'maxSlippage'> {
  if (!['gtc', 'ioc', 'poc', 'fok'].includes(tif)) throw invalidValue('tif');
  const postOnly = tif === 'poc';
  const timeInForce = postOnly ? 'gtc' : (tif as 'gtc' | 'ioc' | 'fok');
  if (price !== undefined && Number(price) !== 0) return { type: 'limit', timeInForce, postOnly, price };
  if (timeInForce === 'gtc') throw invalidValue('price');
  return { type: 'market', timeInForce, postOnly, maxSlippage: slippage ?? MARKET_SLIPPAGE };
}

function readCustomId(text: string | undefined): string | undefined {
  if (text === undefined || SOURCES.includes(text)) return undefined;
  if (CUSTOM_ID.test(text)) return text;
  throw invalidValue('text');
}

function readSelfTrade(text: string | undefined, group: number | undefined): SelfTradeRule | undefined {
  if (text === undefined || text === '-') return undefined;
  const rule = SELF_TRADES[text];
  if (rule === undefined || group === undefined) throw invalidValue('stp_act');
  return rule;
}

/** A JSON boolean, or its text. @throws {RestRefusal} */
function readFlag(fields: Fields, name: string): boolean {
  const value = fields[name];
  if (value === undefined || value === null || value === false || value === 'false') return false;
  if (value === true || value === 'true') return true;
  throw invalidValue(name);
}

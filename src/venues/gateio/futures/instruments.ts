import type { DecodeContext } from '../../../adapter/endpoint.js';
import {
  type JsonObject,
  malformed,
  readArray,
  readDecimal,
  readInteger,
  readNumber,
  readObject,
  readOptional,
  readPrice,
  readText,
} from '../../../adapter/read.js';
import type { ContractTerms } from '../../../model/contracts.js';
import {
  compareDecimals,
  type Decimal,
  isZero,
  multiplyDecimals,
  normalizeDecimal,
  stepOf,
  toDecimal,
} from '../../../model/decimal.js';
import type { Instrument } from '../../../model/instrument.js';
import { makeSymbol } from '../../../model/symbol.js';
import { readStatus } from './contract-status.js';
import { readMoney, readSize } from './read-size.js';
import { assetOf, type FuturesSettle } from './settle.js';

type RowContext = Pick<DecodeContext, 'drift'>;

const ONE = toDecimal('1');
/** Of contracts that may be split; the venue does not publish it, one decimal is what it prints. */
const TENTH = toDecimal('0.1');
/** Of inverse contracts, whose orders step by contracts. */
const SATOSHI = stepOf(8);
const NAME = /^([^\s/:_]+(?:_[^\s/:_]+)*)_([^\s/:_]+)$/u;

/**
 * Reads the list of contracts. A row that cannot be read is left out and reported.
 * Source: Gate API v4 docs, list all futures contracts.
 * @throws {MalformedResponseError} when the body is not a list.
 */
export function decodeInstruments(body: unknown, settle: FuturesSettle, context: RowContext): Instrument[] {
  const instruments: Instrument[] = [];
  for (const row of readArray(body, 'contracts')) {
    try {
      instruments.push(decodeInstrument(row, settle, context));
    } catch (error) {
      context.drift(`contracts row left out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return instruments;
}

/**
 * Reads one contract. A linear one is so much of its base asset; an inverse one is worth one unit of its quote asset,
 * and its multiplier is printed as zero. Fees are those of the lowest tier.
 * Source: Gate API v4 docs, futures contract.
 * @throws {MalformedResponseError | ValidationError} when a trading rule is missing or impossible, or the contract is
 * neither settled in its quote asset nor, inverse, in its base asset.
 */
export function decodeInstrument(row: unknown, settle: FuturesSettle, context: RowContext): Instrument {
  const contract = readObject(row, 'contracts row');
  const { name, order_price_round, funding_interval, leverage_min, leverage_max } = contract;
  const venueSymbol = readText(name, 'contracts row name');
  const contracts = readTerms(contract, venueSymbol);
  const { base, quote } = readAssets(venueSymbol, contracts.kind, settle);
  const asset = assetOf(settle);
  const minLeverage = readOptional(leverage_min, `${venueSymbol} leverage_min`, readAbove);
  const maxLeverage = readOptional(leverage_max, `${venueSymbol} leverage_max`, readAbove);
  const interval = readOptional(funding_interval, `${venueSymbol} funding_interval`, readInteger) ?? 0;
  return {
    symbol: makeSymbol(base, quote, asset),
    venueSymbol,
    kind: 'perpetual',
    base,
    quote,
    settle: asset,
    status: readStatus(contract, venueSymbol, context),
    tickSize: readAbove(order_price_round, `${venueSymbol} order_price_round`),
    ...amountRules(contracts),
    ...readFees(contract, venueSymbol),
    contractSize: contracts.size,
    contracts,
    ...(minLeverage === undefined ? {} : { minLeverage }),
    ...(maxLeverage === undefined ? {} : { maxLeverage }),
    ...(interval > 0 ? { fundingIntervalMs: interval * 1_000 } : {}),
    raw: row,
  };
}

function readTerms(contract: JsonObject, name: string): ContractTerms {
  const { type, quanto_multiplier, enable_decimal, order_size_min, order_size_max, market_order_size_max } = contract;
  const kind = type === 'direct' ? 'linear' : type === 'inverse' ? 'inverse' : undefined;
  if (kind === undefined) throw malformed(`${name} type`, "'direct' or 'inverse'", type);
  const isSplit = enable_decimal === true;
  const step = isSplit ? TENTH : ONE;
  const stated = readOptional(order_size_min, `${name} order_size_min`, readSize);
  const max = readLimit(order_size_max, `${name} order_size_max`);
  const maxMarket = readLimit(market_order_size_max, `${name} market_order_size_max`);
  return {
    kind,
    size: kind === 'inverse' ? ONE : readAbove(quanto_multiplier, `${name} quanto_multiplier`),
    step,
    min: stated === undefined || compareDecimals(stated, step) < 0 ? step : stated,
    ...(max === undefined ? {} : { max }),
    ...(maxMarket === undefined ? {} : { maxMarket }),
  };
}

/** The name says base and quote; it must fit the currency that is settled in, or nobody could tell what a contract is. */
function readAssets(
  name: string,
  kind: ContractTerms['kind'],
  settle: FuturesSettle,
): { readonly base: string; readonly quote: string } {
  const [, base = '', quote = ''] = NAME.exec(name) ?? [];
  const settled = kind === 'linear' ? quote : base;
  if (settled !== assetOf(settle)) throw malformed(name, `a ${kind} contract settled in ${assetOf(settle)}`, name);
  return { base, quote };
}

type AmountRules = Pick<Instrument, 'lotSize' | 'minQuantity' | 'maxQuantity' | 'minNotional' | 'maxNotional'>;

function amountRules({ kind, size, step, min, max }: ContractTerms): AmountRules {
  if (kind === 'inverse') {
    const most = max === undefined ? {} : { maxNotional: max };
    return { lotSize: SATOSHI, minQuantity: SATOSHI, minNotional: min, ...most };
  }
  return {
    lotSize: multiplyDecimals(size, step),
    minQuantity: multiplyDecimals(size, min),
    ...(max === undefined ? {} : { maxQuantity: multiplyDecimals(size, max) }),
  };
}

function readFees(
  { maker_fee_rate, taker_fee_rate }: JsonObject,
  name: string,
): Pick<Instrument, 'makerFee' | 'takerFee'> {
  const makerFee = readOptional(maker_fee_rate, `${name} maker_fee_rate`, readMoney);
  const takerFee = readOptional(taker_fee_rate, `${name} taker_fee_rate`, readMoney);
  return { ...(makerFee === undefined ? {} : { makerFee }), ...(takerFee === undefined ? {} : { takerFee }) };
}

/** No limit where the venue sends nothing or zero. */
function readLimit(value: unknown, where: string): Decimal | undefined {
  const limit = readOptional(value, where, readSize);
  if (limit === undefined || isZero(limit)) return undefined;
  readNumber(limit, where);
  return limit;
}

function readAbove(value: unknown, where: string): Decimal {
  const decimal = readDecimal(value, where);
  readPrice(decimal, where);
  return normalizeDecimal(decimal);
}

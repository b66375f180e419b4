import { omitUndefined } from '../../../adapter/omit-undefined.js';
import type { ListedPosition, PositionSettings } from '../../../adapter/position-endpoints.js';
import { type JsonObject, malformed, readInteger, readOptional } from '../../../adapter/read.js';
import { amountsOfContracts } from '../../../model/contracts.js';
import { type Decimal, isZero, normalizeDecimal, toDecimal } from '../../../model/decimal.js';
import type { MarginMode, PositionMode, PositionSide } from '../../../model/position.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { termsOf } from './contract-terms.js';
import { readMoment } from './moment.js';
import type { FuturesRowContext } from './order-decode.js';
import { magnitude } from './order-size.js';
import { readMoney, readSize } from './read-size.js';
import { assetOf, type FuturesSettle } from './settle.js';

type RowContext = Pick<FuturesRowContext, 'instrument'> & { readonly receivedAt: number };

const ZERO = toDecimal('0');

/**
 * Reads a position: contracts signed, a leverage of zero means cross margin. Pushes have neither mark price nor profit
 * at it, and a liquidation price that is no longer kept.
 * Source: Gate API v4 docs, futures position; Gate futures WebSocket v4 docs, positions.
 * @throws {MalformedResponseError} when a field that matters is missing or impossible.
 */
export function decodePosition(
  row: JsonObject,
  symbol: MarketSymbol,
  settle: FuturesSettle,
  context: RowContext,
): ListedPosition {
  const { size: sizeText, update_id, update_time, time_ms, time, mark_price, liq_price } = row;
  const { entry_price, margin, unrealised_pnl, realised_pnl } = row;
  const size = readSize(sizeText, 'position size');
  const contracts = magnitude(size);
  const entryPrice = readAbove(entry_price, 'position entry_price');
  const terms = termsOf(context.instrument(symbol));
  const { quantity = ZERO } = isZero(contracts) ? {} : amountsOfContracts(contracts, terms, entryPrice);
  if (terms.kind === 'inverse' && !isZero(contracts) && entryPrice === undefined)
    throw malformed('position entry_price', 'a price of contracts that are held', entry_price);
  const markPrice = readAbove(mark_price, 'position mark_price');
  const isPush = time_ms !== undefined;
  return {
    symbol,
    ...readSide(row, size),
    quantity,
    contracts,
    ...omitUndefined({
      entryPrice: isZero(contracts) ? undefined : entryPrice,
      markPrice,
      liquidationPrice: isPush ? undefined : readLiquidationPrice(liq_price),
      margin: readOptional(margin, 'position margin', readMoney),
      unrealizedPnl: readOptional(unrealised_pnl, 'position unrealised_pnl', readMoney),
      realizedPnl: readOptional(realised_pnl, 'position realised_pnl', readMoney),
      version: readOptional(update_id, 'position update_id', readInteger),
      updatedAt: readOptional(time_ms ?? update_time ?? time, 'position update_time', readMoment),
    }),
    ...readMargin(row),
    settle: assetOf(settle),
    receivedAt: context.receivedAt,
  };
}

/** How margin is kept, and the leverage that results. Source: Gate API v4 docs, futures position. */
function readMargin(row: JsonObject): { readonly marginMode: MarginMode; readonly leverage?: Decimal } {
  const { pos_margin_mode, leverage, lever, cross_leverage_limit } = row;
  const own = readOptional(leverage, 'position leverage', readMoney);
  const marginMode = readMarginMode(pos_margin_mode, own);
  const effective = [lever, marginMode === 'cross' ? cross_leverage_limit : leverage]
    .map((value) => readAbove(value, 'position lever'))
    .find((value) => value !== undefined);
  return { marginMode, ...(effective === undefined ? {} : { leverage: effective }) };
}

/** What the rows of one market say of its settings. */
export function settingsOf(rows: readonly JsonObject[]): Omit<PositionSettings, 'mode'> {
  const [first, second] = rows.map((row) => ({ ...readMargin(row), isShort: row['mode'] === 'dual_short' }));
  if (first === undefined) return {};
  const [long, short] = first.isShort && second !== undefined ? [second, first] : [first, second];
  return {
    marginMode: long.marginMode,
    ...(long.leverage === undefined ? {} : { leverage: long.leverage }),
    ...(short?.leverage === undefined || short.leverage === long.leverage ? {} : { shortLeverage: short.leverage }),
  };
}

function readMarginMode(word: unknown, leverage: Decimal | undefined): MarginMode {
  if (word === 'cross' || word === 'isolated') return word;
  if (leverage === undefined) throw malformed('position pos_margin_mode', "'cross' or 'isolated'", word);
  return isZero(leverage) ? 'cross' : 'isolated';
}

/** Of a flat one-way position the side means nothing. */
function readSide({ mode }: JsonObject, size: Decimal): { readonly mode: PositionMode; readonly side: PositionSide } {
  if (mode === 'dual_long') return { mode: 'hedge', side: 'long' };
  if (mode === 'dual_short') return { mode: 'hedge', side: 'short' };
  if (mode === 'single') return { mode: 'one_way', side: size.startsWith('-') ? 'short' : 'long' };
  throw malformed('position mode', "'single', 'dual_long' or 'dual_short'", mode);
}

/** No price takes a position whose margin covers more than its value: what is then printed is zero, or worked out below it. */
function readLiquidationPrice(value: unknown): Decimal | undefined {
  const price = readOptional(value, 'position liq_price', readMoney);
  return price?.startsWith('-') ? undefined : readAbove(price, 'position liq_price');
}

/** `undefined` where the venue sends nothing or zero. */
function readAbove(value: unknown, where: string): Decimal | undefined {
  const decimal = readOptional(value, where, readMoney);
  if (decimal === undefined || isZero(decimal)) return undefined;
  if (decimal.startsWith('-')) throw malformed(where, 'a number that is not negative', value);
  return normalizeDecimal(decimal);
}

import type { DecodeContext } from '../../../adapter/endpoint.js';
import { omitUndefined } from '../../../adapter/omit-undefined.js';
import type { ListedPosition } from '../../../adapter/position-endpoints.js';
import { type JsonObject, malformed, readId, readInteger, readOptional, readText } from '../../../adapter/read.js';
import { amountsOfContracts } from '../../../model/contracts.js';
import { type Decimal, isZero, toDecimal } from '../../../model/decimal.js';
import type { FundingPayment, MarginMode, PositionSide } from '../../../model/position.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { readAmount, readMoney, readSize, readTime, termsOf } from './read-numbers.js';

const ZERO = toDecimal(0);
const CLOSED = 3;

/**
 * Reads a position; calls and stream send the same row. It tells neither what it has gained or lost nor the account's
 * mode. Source: MEXC contract API docs, open positions. @throws {MalformedResponseError}
 */
export function decodePosition(
  row: JsonObject,
  symbol: MarketSymbol,
  { instrument, receivedAt }: Pick<DecodeContext, 'instrument' | 'receivedAt'>,
): ListedPosition {
  const market = instrument(symbol);
  const held = readAmount(row['holdVol'], 'position holdVol');
  const contracts = row['state'] === CLOSED ? ZERO : held;
  const entryPrice = isZero(contracts) ? undefined : readSize(row['holdAvgPrice'], 'position holdAvgPrice');
  const { quantity = ZERO } = amountsOfContracts(contracts, termsOf(market), entryPrice);
  return {
    symbol,
    id: readId(row['positionId'], 'positionId'),
    side: readPositionType(row['positionType'], 'position positionType'),
    quantity,
    contracts,
    marginMode: readOpenType(row['openType'], 'position openType'),
    ...omitUndefined({
      entryPrice,
      liquidationPrice: aboveZero(readOptional(row['liquidatePrice'], 'position liquidatePrice', readMoney)),
      leverage: readOptional(row['leverage'], 'position leverage', readSize),
      margin: readOptional(row['im'], 'position im', readAmount),
      realizedPnl: readOptional(row['realised'], 'position realised', readMoney),
      version: readOptional(row['version'], 'position version', readInteger),
      updatedAt: readOptional(row['updateTime'], 'position updateTime', readTime),
    }),
    settle: readText(market.settle, `${symbol} settle`),
    receivedAt,
  };
}

/**
 * Reads a payment; positive is received. Source: MEXC contract API docs, funding records.
 * @throws {MalformedResponseError}
 */
export function decodeFundingPayment(
  row: JsonObject,
  symbol: MarketSymbol,
  { instrument }: Pick<DecodeContext, 'instrument'>,
): FundingPayment {
  return {
    symbol,
    amount: readMoney(row['funding'], 'funding'),
    asset: readText(instrument(symbol).settle, `${symbol} settle`),
    ...omitUndefined({
      id: readOptional(row['id'], 'funding id', readId),
      rate: readOptional(row['rate'], 'funding rate', readMoney),
      side: readOptional(row['positionType'], 'funding positionType', readPositionType),
    }),
    paidAt: readTime(row['settleTime'], 'funding settleTime'),
  };
}

/** Source: MEXC contract API docs, position type. @throws {MalformedResponseError} */
export function readPositionType(value: unknown, where: string): PositionSide {
  if (value === 1) return 'long';
  if (value === 2) return 'short';
  throw malformed(where, '1 or 2', value);
}

/** Source: MEXC contract API docs, open type. @throws {MalformedResponseError} */
export function readOpenType(value: unknown, where: string): MarginMode {
  if (value === 1) return 'isolated';
  if (value === 2) return 'cross';
  throw malformed(where, '1 or 2', value);
}

/** No price takes a position whose margin covers more than its value: what is then printed is zero, or worked out below it. */
function aboveZero(price: Decimal | undefined): Decimal | undefined {
  return price === undefined || isZero(price) || price.startsWith('-') ? undefined : price;
}

import { omitUndefined } from '../../../adapter/omit-undefined.js';
import type { PositionSettings } from '../../../adapter/position-endpoints.js';
import { type JsonObject, readObject, readOptional } from '../../../adapter/read.js';
import { compareDecimals, type Decimal } from '../../../model/decimal.js';
import { readOpenType, readPositionType } from './decode-position.js';
import { readSize } from './read-numbers.js';

/**
 * Reads how a market is traded, of the rows of both sides. A margin mode that the sides do not share is none.
 * Source: MEXC contract API docs, leverage. @throws {MalformedResponseError}
 */
export function decodeSettings(rows: readonly unknown[]): Omit<PositionSettings, 'mode'> {
  const sides = rows.map((row) => readObject(row, 'leverage row'));
  const of = (side: 'long' | 'short') =>
    sides.find(({ positionType }) => readPositionType(positionType, 'leverage row positionType') === side);
  const [long, short] = [of('long'), of('short')];
  const leverage = leverageOf(long) ?? leverageOf(short);
  const shortLeverage = leverageOf(short);
  const modes = new Set(
    [long, short].flatMap((row) => readOptional(row?.['openType'], 'leverage row openType', readOpenType) ?? []),
  );
  const [marginMode] = modes;
  const isShared =
    leverage === undefined || shortLeverage === undefined || compareDecimals(leverage, shortLeverage) === 0;
  return omitUndefined({
    marginMode: modes.size === 1 ? marginMode : undefined,
    leverage,
    shortLeverage: isShared ? undefined : shortLeverage,
  });
}

function leverageOf(row: JsonObject | undefined): Decimal | undefined {
  return readOptional(row?.['leverage'], 'leverage row leverage', readSize);
}

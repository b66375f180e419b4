import type { DecodeContext } from '../../../adapter/endpoint.js';
import { omitUndefined } from '../../../adapter/omit-undefined.js';
import { type JsonObject, malformed, readInteger, readObject, readOptional, readText } from '../../../adapter/read.js';
import { isExchangeError } from '../../../errors/exchange-error.js';
import type { ContractTerms } from '../../../model/contracts.js';
import { compareDecimals, type Decimal, multiplyDecimals, stepOf } from '../../../model/decimal.js';
import type { Instrument, InstrumentStatus } from '../../../model/instrument.js';
import { makeSymbol } from '../../../model/symbol.js';
import { readAmount, readMoney, readSize } from './read-numbers.js';

type Drift = DecodeContext['drift'];

const PERPETUAL = 1;
/** A coin is divided into so many parts where the venue does not say. */
const USUAL_DECIMALS = 8;

/** Source: MEXC contract API docs, contract detail, state. */
const STATES: ReadonlyMap<unknown, InstrumentStatus> = new Map<number, InstrumentStatus>([
  [0, 'trading'],
  [1, 'delisted'],
  [2, 'delisted'],
  [3, 'delisted'],
  [4, 'halted'],
]);

/**
 * Reads the rows of contract/detail. Contracts with an end are left out; a row that cannot be read is left out and
 * reported. Source: MEXC contract API docs, contract detail.
 */
export function decodeInstruments(rows: readonly unknown[], drift: Drift): Instrument[] {
  return rows.flatMap((row) => {
    try {
      const fields = readObject(row, 'contract');
      const kind = readInteger(fields['futureType'], 'contract futureType');
      return kind === PERPETUAL ? [decodeInstrument(fields, drift)] : [];
    } catch (error) {
      if (!isExchangeError(error)) throw error;
      drift(`contract left out: ${error.message}`);
      return [];
    }
  });
}

/**
 * Reads one perpetual. `priceUnit` is the tick, whatever `priceScale` says; `baseCoin` may be a name of the venue's
 * own, `baseCoinName` is the asset. @throws {MalformedResponseError | ValidationError}
 */
export function decodeInstrument(fields: JsonObject, drift: Drift): Instrument {
  const name = readText(fields['symbol'], 'contract symbol');
  const base = readText(fields['baseCoinName'], `${name} baseCoinName`);
  const quote = readText(fields['quoteCoin'], `${name} quoteCoin`);
  const settle = readText(fields['settleCoin'], `${name} settleCoin`);
  const contracts = readTerms(fields, name, settle === quote ? 'linear' : 'inverse');
  if (contracts.kind === 'inverse' && settle !== base)
    throw malformed(`${name} settleCoin`, 'base or quote asset', settle);
  const optional = (field: string, read: typeof readMoney) => readOptional(fields[field], `${name} ${field}`, read);
  return {
    symbol: makeSymbol(base, quote, settle),
    venueSymbol: name,
    kind: 'perpetual',
    base,
    quote,
    settle,
    status: readStatus(fields, drift),
    tickSize: readSize(fields['priceUnit'], `${name} priceUnit`),
    ...readQuantities(fields, name, contracts),
    contractSize: contracts.size,
    contracts,
    ...omitUndefined({
      makerFee: optional('makerFeeRate', readMoney),
      takerFee: optional('takerFeeRate', readMoney),
      minLeverage: optional('minLeverage', readSize),
      maxLeverage: optional('maxLeverage', readSize),
    }),
    raw: fields,
  };
}

/** `maxVol` bounds every order but limit orders where those have a bound of their own. */
function readTerms(fields: JsonObject, name: string, kind: ContractTerms['kind']): ContractTerms {
  const bound = (field: string) => {
    const value = readOptional(fields[field], `${name} ${field}`, readAmount);
    return value === undefined || !/[1-9]/.test(value) ? undefined : value;
  };
  const maxMarket = bound('maxVol');
  const max = bound('limitMaxVol') ?? maxMarket;
  const isSame = max === undefined || maxMarket === undefined || compareDecimals(max, maxMarket) === 0;
  return {
    kind,
    size: readSize(fields['contractSize'], `${name} contractSize`),
    step: readSize(fields['volUnit'], `${name} volUnit`),
    min: readSize(fields['minVol'], `${name} minVol`),
    ...omitUndefined({ max, maxMarket: isSame ? undefined : maxMarket }),
  };
}

/** In base asset. Inverse contracts are bound in contracts alone; their asset's own step is all that can be said. */
function readQuantities(fields: JsonObject, name: string, { kind, size, step, min, max }: ContractTerms) {
  if (kind === 'inverse') {
    const decimals = readOptional(fields['amountScale'], `${name} amountScale`, readInteger) ?? USUAL_DECIMALS;
    const lotSize = stepOf(decimals, `${name} amountScale`);
    return { lotSize, minQuantity: lotSize };
  }
  const bound: { maxQuantity?: Decimal } = max === undefined ? {} : { maxQuantity: multiplyDecimals(max, size) };
  return { lotSize: multiplyDecimals(step, size), minQuantity: multiplyDecimals(min, size), ...bound };
}

/** Orders over the API are taken only where `apiAllowed` says so. */
function readStatus({ state, apiAllowed, isHidden }: JsonObject, drift: Drift): InstrumentStatus {
  const status = STATES.get(state);
  if (status === undefined) {
    drift(`contract state: ${typeof state === 'number' ? state : typeof state}`);
    return 'unknown';
  }
  if (status !== 'trading') return status;
  if (typeof apiAllowed !== 'boolean') {
    drift('contract apiAllowed: neither true nor false');
    return 'unknown';
  }
  return apiAllowed && isHidden !== true ? 'trading' : 'halted';
}

import type { Endpoint } from '../../adapter/endpoint.js';
import type { PositionEndpoints, PositionSettings, SettingsChange } from '../../adapter/position-endpoints.js';
import { type ExchangeError, isExchangeError } from '../../errors/exchange-error.js';
import { createExchangeError, PositionError, UnsupportedError, ValidationError } from '../../errors/kinds.js';
import { compareDecimals, type Decimal, isZero, toDecimal } from '../../model/decimal.js';
import type { Instrument } from '../../model/instrument.js';
import type { PositionMode, PositionSide } from '../../model/position.js';
import type { MarketSymbol } from '../../model/symbol.js';
import { asGiven } from '../check-input.js';
import type { ExchangeCore } from '../exchange-core.js';
import { within } from '../orders/order-amounts.js';
import { oneOf, positive } from '../orders/order-form.js';
import { type PositionReads, SIDES } from './position-reads.js';
import type { PositionSettingsBook } from './position-settings.js';
import type { PositionsFacet } from './positions-facet.js';

const MARGIN_MODES = ['cross', 'isolated'] as const;
const MODES = ['one_way', 'hedge'] as const;
/** Refusals that say nothing of whether the setting is what was asked for. */
const UNRELATED: ReadonlySet<string> = new Set(['rate_limit', 'authentication', 'permission_denied', 'timestamp']);

type Wanted = Pick<SettingsChange, 'leverage' | 'marginMode' | 'side'>;
type Changes = Pick<PositionsFacet, 'setLeverage' | 'setMarginMode' | 'setPositionMode' | 'changeMargin'>;

/**
 * Changes how the account trades. A setting is absolute: when the venue refuses to change it or its answer gets lost, what
 * it says afterwards decides, so a setting that is already so is no error.
 */
export function createPositionChanges(
  core: ExchangeCore,
  endpoints: PositionEndpoints,
  settings: PositionSettingsBook,
  reads: PositionReads,
): Changes {
  /** @param isDone looks at what the venue says now. */
  async function change(send: () => Promise<void>, isDone: () => Promise<boolean>): Promise<void> {
    try {
      await send();
    } catch (error) {
      settings.forget();
      if (!mayBeDone(error) || !(await isDone().catch(() => false))) throw error;
    } finally {
      // What was read while the command was under way may be of before.
      settings.forget();
    }
  }

  async function changeMarket(
    endpoint: Endpoint<SettingsChange, void>,
    symbol: MarketSymbol,
    wanted: Wanted,
  ): Promise<void> {
    settings.forget(symbol);
    const current = await settings.of(symbol);
    const positions = await reads.list(symbol);
    const mapper = await core.catalog.mapper();
    const send = () => core.rest.call(endpoint, { symbol, current, positions, ...wanted }, { mapper });
    await change(send, async () => isAsWanted(await settings.of(symbol), wanted));
  }

  /** One after the other; the venue has a call for each side. */
  async function changeBothSides(
    endpoint: Endpoint<SettingsChange, void>,
    symbol: MarketSymbol,
    wanted: Wanted,
  ): Promise<void> {
    await changeMarket(endpoint, symbol, { ...wanted, side: 'long' });
    try {
      await changeMarket(endpoint, symbol, { ...wanted, side: 'short' });
    } catch (error) {
      throw halfDone(error);
    }
  }

  return {
    async setLeverage(request) {
      const { symbol, side, marginMode, leverage: given } = readObject(request);
      const instrument = await reads.instrument(symbol);
      const leverage = readLeverage(given, instrument);
      if (marginMode !== undefined) oneOf('marginMode', marginMode, MARGIN_MODES);
      if (side !== undefined) oneOf('side', side, SIDES);
      const wanted = { leverage, ...(marginMode === undefined ? {} : { marginMode }) };
      if (side === undefined && endpoints.leveragePerSide)
        return changeBothSides(endpoints.setLeverage, symbol, wanted);
      if (side === undefined) return changeMarket(endpoints.setLeverage, symbol, wanted);
      const setSide = endpoints.leveragePerSide ? endpoints.setLeverage : endpoints.setSideLeverage;
      if (setSide === undefined) throw unsupported(core, 'leverage for one side alone');
      return changeMarket(setSide, symbol, { ...wanted, side });
    },
    async setMarginMode(request) {
      const { symbol, marginMode } = readObject(request);
      await reads.instrument(symbol);
      oneOf('marginMode', marginMode, MARGIN_MODES);
      const change = endpoints.leveragePerSide ? changeBothSides : changeMarket;
      return change(endpoints.setMarginMode, symbol, { marginMode });
    },
    async setPositionMode(mode: PositionMode) {
      core.requireOpen();
      oneOf('mode', mode, MODES);
      const send = () => core.rest.call(endpoints.setMode, { mode });
      await change(send, async () => (await settings.mode()) === mode);
    },
    async changeMargin(request) {
      const { symbol, side, amount: given } = readObject(request);
      const amount = toDecimal(given, 'amount');
      if (isZero(amount)) refuse('amount', 'an amount other than zero', given);
      const position = await reads.find({ symbol, ...(side === undefined ? {} : { side }) });
      if (position === undefined) throw noPosition(core, symbol, side);
      if (position.marginMode !== 'isolated') {
        refuse('symbol', 'a market with an isolated position: only these have a margin of their own', symbol);
      }
      const current = await settings.of(symbol);
      const mapper = await core.catalog.mapper();
      await core.rest.call(endpoints.changeMargin, { symbol, current, position, amount }, { mapper });
    },
  };
}

/** Nothing was sent. */
export function noPosition(core: ExchangeCore, symbol: MarketSymbol, side: PositionSide | undefined): PositionError {
  const message = `no ${side === undefined ? '' : `${side} `}position is open in ${symbol}`;
  return new PositionError({ message, outcome: 'not_sent', venue: core.venue.id });
}

function isAsWanted(now: PositionSettings, { leverage, marginMode, side }: Wanted): boolean {
  if (marginMode !== undefined && now.marginMode !== marginMode) return false;
  if (leverage === undefined) return true;
  const short = now.shortLeverage ?? now.leverage;
  const sides = side === 'long' ? [now.leverage] : side === 'short' ? [short] : [now.leverage, short];
  return sides.every((one) => one !== undefined && compareDecimals(one, leverage) === 0);
}

function mayBeDone(error: unknown): boolean {
  return isExchangeError(error) && error.outcome !== 'not_sent' && !UNRELATED.has(error.code);
}

function halfDone(error: unknown): unknown {
  if (!isExchangeError(error)) return error;
  return createExchangeError('position', {
    message: `long positions were changed, short ones were not: ${error.message}`,
    outcome: 'unknown',
    venue: error.venue,
    venueCode: error.venueCode,
    cause: error,
  }) satisfies ExchangeError;
}

function readLeverage(value: unknown, { minLeverage, maxLeverage }: Instrument): Decimal {
  const leverage = positive('leverage', value as Decimal);
  if (leverage === undefined) refuse('leverage', 'a decimal above zero', value);
  within('leverage', leverage, minLeverage, maxLeverage, '');
  return leverage;
}

/** The request as it is now. @throws {ValidationError} */
export function readObject<T extends object>(request: T): T {
  if (typeof request !== 'object' || request === null) refuse('request', 'an object', request);
  return asGiven(request);
}

function unsupported({ venue }: ExchangeCore, what: string): UnsupportedError {
  return new UnsupportedError({ message: `${venue.name} has no ${what}`, venue: venue.id });
}

function refuse(field: string, expected: string, received: unknown): never {
  throw new ValidationError({ field, expected, received });
}

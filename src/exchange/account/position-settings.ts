import type { ListedPosition, PositionEndpoints, PositionSettings } from '../../adapter/position-endpoints.js';
import { compareDecimals, type Decimal } from '../../model/decimal.js';
import type { Position, PositionMode } from '../../model/position.js';
import type { MarketSymbol } from '../../model/symbol.js';
import type { ExchangeCore } from '../exchange-core.js';

/**
 * How the account trades each market. These are settings of its owner, not market data: what was read is kept until
 * something shows that it may have changed (a change of ours, a refusal of the venue, a pushed position, a reconnect).
 */
export class PositionSettingsBook {
  readonly #core: ExchangeCore;
  readonly #endpoints: PositionEndpoints;
  readonly #markets = new Map<MarketSymbol, Promise<PositionSettings>>();
  readonly #seen = new Map<MarketSymbol, PositionSettings>();
  #mode: Promise<PositionMode> | undefined;
  #seenMode: PositionMode | undefined;

  constructor(core: ExchangeCore, endpoints: PositionEndpoints) {
    this.#core = core;
    this.#endpoints = endpoints;
  }

  /** A failure is not kept. @throws what reading throws. */
  mode(): Promise<PositionMode> {
    const reading = this.#mode ?? this.#core.rest.call(this.#endpoints.mode, undefined);
    this.#mode = reading;
    reading.then(
      (mode) => {
        if (this.#mode === reading) this.#seenMode = mode;
      },
      () => {
        if (this.#mode === reading) this.#mode = undefined;
      },
    );
    return reading;
  }

  /** Asks for the mode anew; where it is another one than was known, all settings are. @throws what reading throws. */
  async renewMode(): Promise<void> {
    const before = this.#seenMode;
    this.#mode = undefined;
    const mode = await this.mode();
    if (before === undefined || before === mode) return;
    this.forget();
    this.#mode = Promise.resolve(mode);
    this.#seenMode = mode;
  }

  /** A failure is not kept. @throws what reading throws. */
  of(symbol: MarketSymbol): Promise<PositionSettings> {
    const reading = this.#markets.get(symbol) ?? this.#read(symbol);
    this.#markets.set(symbol, reading);
    reading.then(
      (settings) => this.#markets.get(symbol) === reading && this.#seen.set(symbol, settings),
      () => this.#markets.get(symbol) === reading && this.#markets.delete(symbol),
    );
    return reading;
  }

  /** Reads what orders in these markets need. @throws what reading throws. */
  async warm(symbols: readonly MarketSymbol[]): Promise<void> {
    await Promise.all([this.mode(), ...symbols.map((symbol) => this.of(symbol))]);
  }

  /**
   * The same, each with the mode of the account where the venue leaves it out; what they show is compared with what is
   * known. @throws what reading throws.
   */
  async complete(positions: readonly ListedPosition[]): Promise<Position[]> {
    const isWhole = positions.every(({ mode }) => mode !== undefined);
    const mode = isWhole ? undefined : await this.mode();
    const whole = positions.map((position) => ({ ...position, mode: position.mode ?? (mode as PositionMode) }));
    for (const position of whole) this.observe(position);
    return whole;
  }

  /** Asks again next time. @param symbol default all markets and the mode. */
  forget(symbol?: MarketSymbol): void {
    if (symbol !== undefined) {
      this.#markets.delete(symbol);
      this.#seen.delete(symbol);
      return;
    }
    this.#mode = undefined;
    this.#seenMode = undefined;
    this.#markets.clear();
    this.#seen.clear();
  }

  /** What a position shows; something else than what is known means that somebody has changed it. */
  observe({ symbol, mode, marginMode, leverage, side }: Position): void {
    if (this.#seenMode !== undefined && this.#seenMode !== mode) return this.forget();
    const known = this.#seen.get(symbol);
    if (known === undefined) return;
    const knownLeverage = side === 'short' ? (known.shortLeverage ?? known.leverage) : known.leverage;
    const isSame = (known.marginMode ?? marginMode) === marginMode && agrees(knownLeverage, leverage);
    if (!isSame) this.forget(symbol);
  }

  async #read(symbol: MarketSymbol): Promise<PositionSettings> {
    const { catalog, rest } = this.#core;
    const mapper = await catalog.mapper();
    const mode = await this.mode();
    const { settings, list } = this.#endpoints;
    if (settings !== undefined) return { mode, ...(await rest.call(settings, { symbol }, { mapper })) };
    return { mode, ...settingsOf(await rest.call(list, { symbol }, { mapper })) };
  }
}

/** What the open positions of a market say of its settings. */
function settingsOf(positions: readonly ListedPosition[]): Omit<PositionSettings, 'mode'> {
  const [first] = positions;
  if (first === undefined) return {};
  const leverage = positions.find(({ side }) => side === 'long')?.leverage ?? first.leverage;
  const short = positions.find(({ side }) => side === 'short')?.leverage;
  return {
    marginMode: first.marginMode,
    ...(leverage === undefined ? {} : { leverage }),
    ...(agrees(short, leverage) ? {} : { shortLeverage: short as Decimal }),
  };
}

/** Where only one of them says something they do not contradict each other. */
function agrees(a: Decimal | undefined, b: Decimal | undefined): boolean {
  return a === undefined || b === undefined || compareDecimals(a, b) === 0;
}

import type { PositionEndpoints } from '../../adapter/position-endpoints.js';
import { ValidationError } from '../../errors/kinds.js';
import { type Decimal, toDecimal } from '../../model/decimal.js';
import type { Instrument } from '../../model/instrument.js';
import type { Position } from '../../model/position.js';
import { type MarketSymbol, parseSymbol } from '../../model/symbol.js';
import type { ExchangeCore } from '../exchange-core.js';
import { oneOf } from '../orders/order-form.js';
import type { PositionSettingsBook } from './position-settings.js';
import { profitAt } from './position-value.js';
import type { PositionRef } from './positions-facet.js';

export const SIDES = ['long', 'short'] as const;

/** Reads positions for users, with what the venue's list leaves out. */
export class PositionReads {
  readonly #core: ExchangeCore;
  readonly #endpoints: PositionEndpoints;
  readonly #settings: PositionSettingsBook;

  constructor(core: ExchangeCore, endpoints: PositionEndpoints, settings: PositionSettingsBook) {
    this.#core = core;
    this.#endpoints = endpoints;
    this.#settings = settings;
  }

  /** @throws {ValidationError | InvalidSymbolError} before anything but the instrument list is asked for. */
  async instrument(symbol: MarketSymbol): Promise<Instrument> {
    this.#core.requireOpen();
    parseSymbol(symbol);
    await this.#core.ready();
    return this.#core.catalog.instrument(symbol);
  }

  /** As the venue lists them. */
  async list(symbol?: MarketSymbol): Promise<readonly Position[]> {
    const { rest, catalog } = this.#core;
    const mapper = await catalog.mapper();
    const rows = await rest.call(this.#endpoints.list, symbol === undefined ? {} : { symbol }, { mapper });
    return this.#settings.complete(rows);
  }

  /** The open position that the reference names. @throws {ValidationError} naming the field. */
  async find(ref: PositionRef): Promise<Position | undefined> {
    if (typeof ref !== 'object' || ref === null) refuse('position', 'an object with symbol and side', ref);
    const { symbol, side } = ref;
    await this.instrument(symbol);
    if (side !== undefined) oneOf('side', side, SIDES);
    const open = (await this.list(symbol)).filter((position) => position.symbol === symbol);
    const mode = open[0]?.mode ?? (await this.#settings.mode());
    if (mode === 'hedge' && side === undefined) {
      refuse('side', "'long' or 'short', because the account is in hedge mode", side);
    }
    const found = open.find((position) => side === undefined || position.side === side);
    const [only] = open;
    if (found === undefined && only !== undefined && mode === 'one_way') {
      refuse('side', `'${only.side}', which is the side of the position`, side);
    }
    return found;
  }

  /** The same with mark price and profit, where the venue leaves them out and they can be known. */
  async valued(positions: readonly Position[]): Promise<Position[]> {
    const marks = new Map<MarketSymbol, Promise<Decimal | undefined>>();
    const markOf = (symbol: MarketSymbol): Promise<Decimal | undefined> => {
      const asked = marks.get(symbol) ?? this.#markPrice(symbol);
      marks.set(symbol, asked);
      return asked;
    };
    return Promise.all(
      positions.map(async (position) => {
        const markPrice = position.markPrice ?? (await markOf(position.symbol));
        if (markPrice === undefined) return position;
        const { contracts } = await this.#core.catalog.instrument(position.symbol);
        const { entryPrice } = position;
        const unrealizedPnl =
          position.unrealizedPnl ??
          (contracts && entryPrice && profitAt({ ...position, entryPrice }, contracts, markPrice));
        return { ...position, markPrice, ...(unrealizedPnl === undefined ? {} : { unrealizedPnl }) };
      }),
    );
  }

  /** That a position is open counts for more than what it is worth: a price that cannot be had is left out, and told. */
  async #markPrice(symbol: MarketSymbol): Promise<Decimal | undefined> {
    const { venue, rest, catalog, report } = this.#core;
    if (venue.funding === undefined) return undefined;
    try {
      const { markPrice } = await rest.call(venue.funding.markPrice, { symbol }, { mapper: await catalog.mapper() });
      return toDecimal(markPrice, 'markPrice');
    } catch (error) {
      report(error);
      return undefined;
    }
  }
}

function refuse(field: string, expected: string, received: unknown): never {
  throw new ValidationError({ field, expected, received });
}

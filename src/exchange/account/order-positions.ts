import type { OrderRequest } from '../../adapter/order-endpoints.js';
import type { OrderPosition, PositionEndpoints } from '../../adapter/position-endpoints.js';
import { ValidationError } from '../../errors/kinds.js';
import type { Position, PositionMode, PositionSide } from '../../model/position.js';
import type { Side } from '../../model/side.js';
import type { MarketSymbol } from '../../model/symbol.js';
import type { ExchangeCore } from '../exchange-core.js';
import type { PositionSettingsBook } from './position-settings.js';

interface OrderPositionsOptions {
  readonly core: ExchangeCore;
  readonly endpoints: PositionEndpoints;
  readonly settings: PositionSettingsBook;
  /** Open positions of a market by the live streams; `undefined` while these are not live. */
  live(symbol: MarketSymbol): readonly Position[] | undefined;
}

/** What an order asks of a position. */
type Asked = Pick<OrderRequest, 'symbol' | 'side' | 'reduceOnly'>;

/** Finds the position that an order is meant for, and how the account trades its market. */
export class OrderPositions {
  readonly #options: OrderPositionsOptions;

  constructor(options: OrderPositionsOptions) {
    this.#options = options;
  }

  /**
   * Of an order that is placed now: there must be something to reduce, and it is reduced by the margin that it is kept
   * with, whatever the settings say of the next one.
   * @throws {ValidationError} naming `positionSide`, `side` or `reduceOnly`. @throws what reading throws.
   */
  async ofOrder(order: Asked, given: PositionSide | undefined): Promise<OrderPosition> {
    const meant = await this.ofTrigger(order, given);
    if (order.reduceOnly !== true || meant.side === undefined) return meant;
    const position = await this.find(order.symbol, meant.side);
    if (position !== undefined) {
      const { id, marginMode } = position;
      return { ...meant, marginMode, ...(id === undefined ? {} : { id }) };
    }
    const expected = `an open ${meant.side} position in ${order.symbol} to reduce`;
    throw new ValidationError({ field: 'reduceOnly', expected, received: 'none' });
  }

  /** Of an order that is placed some time: nobody knows what will be open then. @throws as {@link ofOrder} does. */
  async ofTrigger(
    { symbol, side, reduceOnly = false }: Asked,
    given: PositionSide | undefined,
  ): Promise<OrderPosition> {
    const settings = await this.#options.settings.of(symbol);
    checkSide(settings.mode, side, reduceOnly, given);
    const meant = given ?? (reduceOnly ? reducedBy(side) : undefined);
    return meant === undefined ? settings : { ...settings, side: meant };
  }

  /** The open position on that side; what the streams do not show yet is asked for. */
  async find(symbol: MarketSymbol, side: PositionSide): Promise<Position | undefined> {
    const isIt = (position: Position): boolean => position.symbol === symbol && position.side === side;
    return this.#options.live(symbol)?.find(isIt) ?? (await this.read(symbol)).find(isIt);
  }

  /** Open positions of a market, from the venue. */
  async read(symbol: MarketSymbol): Promise<readonly Position[]> {
    const { core, endpoints, settings } = this.#options;
    return settings.complete(await core.rest.call(endpoints.list, { symbol }, { mapper: await core.catalog.mapper() }));
  }
}

function checkSide(mode: PositionMode, side: Side, reduceOnly: boolean, given: PositionSide | undefined): void {
  if (mode === 'one_way') {
    if (given !== undefined) refuse('positionSide', 'none, because the account is in one-way mode', given);
    return;
  }
  if (given === undefined) refuse('positionSide', "'long' or 'short', because the account is in hedge mode", given);
  const reduces = given === reducedBy(side);
  if (reduces === reduceOnly) return;
  const other = given === 'long' ? 'short' : 'long';
  if (reduces) refuse('positionSide', `'${other}' on a ${side} that opens; with reduceOnly '${given}'`, given);
  refuse('side', `'${side === 'buy' ? 'sell' : 'buy'}' to reduce a ${given} position`, side);
}

/** The side whose position an order makes smaller. */
function reducedBy(side: Side): PositionSide {
  return side === 'sell' ? 'long' : 'short';
}

function refuse(field: string, expected: string, received: unknown): never {
  throw new ValidationError({ field, expected, received });
}

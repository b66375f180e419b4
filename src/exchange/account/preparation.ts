import { omitUndefined } from '../../adapter/omit-undefined.js';
import type { AmendRequest, OrderRef, OrderRequest } from '../../adapter/order-endpoints.js';
import type { PrivateVenue } from '../../adapter/private-venue.js';
import { ValidationError } from '../../errors/kinds.js';
import { toDecimal } from '../../model/decimal.js';
import type { Instrument } from '../../model/instrument.js';
import type { OrderType } from '../../model/order.js';
import type { Side } from '../../model/side.js';
import { parseSymbol } from '../../model/symbol.js';
import { asGiven } from '../check-input.js';
import type { ExchangeCore } from '../exchange-core.js';
import { checkAmend } from '../orders/amend-rules.js';
import type { ClientOrderIds } from '../orders/client-order-id.js';
import { refOf } from '../orders/order-ref.js';
import { checkOrder, type OrderCaps as DecimalCaps } from '../orders/order-rules.js';
import type { OrderTracker } from '../orders/order-tracker.js';
import type { UntypedOrder } from '../orders/place-order.js';
import type { OrderPositions } from './order-positions.js';
import type { AmendOrder } from './private-exchange.js';
import type { OrderCaps } from './private-options.js';

/** Holds orders and changes against the rules of their market and the bounds of the client, before anything is sent. */
export interface Preparation {
  /** At once where everything is known that it takes. @throws as its promise rejects. */
  order(input: UntypedOrder, type?: OrderType): OrderRequest | Promise<OrderRequest>;
  amend(change: AmendOrder): Promise<AmendRequest>;
}

/** The client's bounds, as exact numbers. */
export function readCaps({ maxNotional, symbols }: OrderCaps = {}): DecimalCaps {
  return {
    ...(maxNotional === undefined ? {} : { maxNotional: toDecimal(maxNotional, 'caps.maxNotional') }),
    ...(symbols === undefined ? {} : { symbols: [...symbols] }),
  };
}

export function createPreparation(
  core: ExchangeCore,
  account: PrivateVenue,
  tracker: OrderTracker,
  ids: ClientOrderIds,
  caps: DecimalCaps,
  positions: OrderPositions | undefined,
): Preparation {
  const placing = account.orders.rules;

  async function readSide(ref: OrderRef): Promise<Side | undefined> {
    const report = await core.rest.call(account.orders.get, ref, { mapper: await core.catalog.mapper() });
    return report.side;
  }

  const nextId = (): string => ids.next(placing);

  function check(
    input: UntypedOrder,
    type: OrderType | undefined,
    instrument: Instrument,
  ): OrderRequest | Promise<OrderRequest> {
    const request = checkOrder(input, { instrument, placing, caps }, nextId, type);
    if (instrument.kind === 'spot' || positions === undefined) return request;
    return positions.ofOrder(request, input.positionSide).then((position) => ({ ...request, position }));
  }

  /** @param input nobody else's: it is checked later. */
  async function learnAndCheck(input: UntypedOrder, type: OrderType | undefined): Promise<OrderRequest> {
    parseSymbol(input.symbol);
    await core.ready();
    return check(input, type, await core.catalog.instrument(input.symbol));
  }

  return {
    order(input, type) {
      core.requireOpen();
      if (typeof input !== 'object' || input === null)
        throw new ValidationError({ field: 'order', expected: 'an object', received: input });
      const instrument = core.ready() === undefined ? core.catalog.current(input.symbol) : undefined;
      return instrument === undefined ? learnAndCheck(asGiven(input), type) : check(input, type, instrument);
    },
    async amend(change) {
      const instrument = await core.catalog.instrument(change.symbol);
      const ref = refOf(change);
      const order = tracker.get(ref);
      const changed = checkAmend(change, order, { instrument, placing, caps });
      const isSized = changed.quantity !== undefined || changed.quoteQuantity !== undefined;
      if (instrument.contracts === undefined || !isSized) return { ...ref, ...changed };
      return { ...ref, ...changed, ...omitUndefined({ side: order?.side ?? (await readSide(ref)) }) };
    },
  };
}

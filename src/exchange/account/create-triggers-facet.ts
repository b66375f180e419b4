import type { OrderPlacing } from '../../adapter/order-endpoints.js';
import type { TriggerEndpoints, TriggerRequest } from '../../adapter/trigger-endpoints.js';
import { type ExchangeError, isExchangeError } from '../../errors/exchange-error.js';
import { ValidationError } from '../../errors/kinds.js';
import { type MarketSymbol, parseSymbol } from '../../model/symbol.js';
import type { TriggerOrder } from '../../model/trigger-order.js';
import { asGiven, readOptions } from '../check-input.js';
import { collectRows } from '../collect-rows.js';
import type { ExchangeCore } from '../exchange-core.js';
import { readHistoryWindow } from '../history-window.js';
import { oneOf } from '../orders/order-form.js';
import type { OrderCaps } from '../orders/order-rules.js';
import type { OrderPositions } from './order-positions.js';
import { requireCanceled } from './trigger-end.js';
import { checkTrigger } from './trigger-rules.js';
import type { TriggersFacet } from './triggers-facet.js';

interface TriggersFacetParts {
  readonly core: ExchangeCore;
  readonly endpoints: TriggerEndpoints;
  readonly placing: OrderPlacing;
  readonly caps: OrderCaps;
  readonly positions: OrderPositions;
  /** The venue refused one for certain. */
  refused(error: ExchangeError): void;
}

export function createTriggersFacet(parts: TriggersFacetParts): TriggersFacet {
  const { core, endpoints, placing, caps, positions } = parts;

  async function check(symbol: MarketSymbol): Promise<void> {
    core.requireOpen();
    parseSymbol(symbol);
    await core.ready();
    await core.catalog.instrument(symbol);
  }

  async function list(
    symbol: MarketSymbol | undefined,
    state: 'waiting' | 'ended',
    limit: number,
  ): Promise<TriggerOrder[]> {
    const mapper = await core.catalog.mapper();
    const market = symbol === undefined ? {} : { symbol };
    const { rows } = await collectRows(
      {
        rules: endpoints.listRules,
        fetch: ({ page, limit: most }) =>
          core.rest.call(endpoints.list, { ...market, state, page, limit: most }, { mapper }),
        idOf: ({ id, symbol: of }) => `${of} ${id}`,
        timeOf: ({ createdAt }) => createdAt ?? 0,
        isWanted: (one) => (one.state === 'waiting') === (state === 'waiting'),
      },
      { until: core.time.now(), limit },
    );
    return rows;
  }

  /** It is placed: that it cannot be looked at is no failure of it. */
  async function listed(symbol: MarketSymbol, id: string): Promise<TriggerOrder | undefined> {
    try {
      return (await list(symbol, 'waiting', Number.POSITIVE_INFINITY)).find((one) => one.id === id);
    } catch (error) {
      core.report(error);
      return undefined;
    }
  }

  return {
    async placeTriggerOrder(given) {
      if (typeof given !== 'object' || given === null) refuse('trigger', 'an object', given);
      const trigger = asGiven(given);
      await check(trigger.symbol);
      const instrument = await core.catalog.instrument(trigger.symbol);
      const checked = checkTrigger(trigger, { instrument, placing, caps }, endpoints);
      const request = { ...checked, position: await positions.ofTrigger(checked, trigger.positionSide) };
      const mapper = await core.catalog.mapper();
      try {
        const lane = request.reduceOnly ? 'reduce' : 'place';
        const id = await core.rest.call(endpoints.place, request, { mapper, lane });
        return (await listed(request.symbol, id)) ?? asAskedFor(request, id, core.clock.now());
      } catch (error) {
        if (isExchangeError(error) && error.outcome === 'rejected') parts.refused(error);
        throw error;
      }
    },
    async cancelTriggerOrder(ref) {
      const { symbol, id } = readOptions(ref, 'ref');
      await check(symbol as MarketSymbol);
      if (typeof id !== 'string' || !/^[\w.~-]{1,64}$/.test(id)) refuse('id', 'up to 64 letters, digits and -_.~', id);
      const mapper = await core.catalog.mapper();
      const named = { symbol: symbol as MarketSymbol, id };
      await core.rest.call(endpoints.cancel, named, { mapper, lane: 'cancel' });
      if (endpoints.cancelTellsNothing === true) await requireCanceled(core, endpoints, named);
    },
    async cancelAllTriggerOrders(symbol) {
      core.requireOpen();
      if (symbol !== undefined) await check(symbol);
      const mapper = await core.catalog.mapper();
      await core.rest.call(endpoints.cancelAll, symbol === undefined ? {} : { symbol }, { mapper, lane: 'cancel' });
    },
    async getTriggerOrders(request) {
      const { symbol, state = 'waiting', limit } = readOptions(request, 'request');
      const { limit: most } = readHistoryWindow(limit === undefined ? {} : { limit });
      oneOf('state', state, ['waiting', 'ended']);
      core.requireOpen();
      if (symbol !== undefined) await check(symbol);
      return list(symbol, state, most);
    },
  };
}

function asAskedFor(request: TriggerRequest, id: string, receivedAt: number): TriggerOrder {
  const { position, lifeMs, ...asked } = request;
  const { mode, side } = position;
  return {
    id,
    ...asked,
    ...(mode === 'hedge' && side !== undefined ? { positionSide: side } : {}),
    state: 'waiting',
    receivedAt,
  };
}

function refuse(field: string, expected: string, received: unknown): never {
  throw new ValidationError({ field, expected, received });
}

import type { PositionEndpoints } from '../../adapter/position-endpoints.js';
import type { ExchangeError } from '../../errors/exchange-error.js';
import type { Order } from '../../model/order.js';
import type { Position } from '../../model/position.js';
import type { MarketSymbol } from '../../model/symbol.js';
import { requireList } from '../check-input.js';
import { collectRows } from '../collect-rows.js';
import type { ExchangeCore } from '../exchange-core.js';
import { readHistoryWindow } from '../history-window.js';
import type { PlaceOrderInput } from '../orders/place-order.js';
import type { AccountWatch } from './account-watch.js';
import { closingOrder } from './closing-order.js';
import { asError } from './order-failures.js';
import { createPositionChanges, noPosition, readObject } from './position-changes.js';
import { PositionReads } from './position-reads.js';
import type { PositionSettingsBook } from './position-settings.js';
import type { PositionsFacet } from './positions-facet.js';

/** A venue may count its time up to a second ahead of what we know of it. */
const CLOCK_SLACK_MS = 1_000;

interface PositionsFacetParts {
  readonly core: ExchangeCore;
  readonly endpoints: PositionEndpoints;
  readonly settings: PositionSettingsBook;
  readonly watch: Pick<AccountWatch, 'positions'>;
  place(order: PlaceOrderInput): Promise<Order>;
}

/** Positions of an account. Reads come from the venue each time; closing is an order like any other. */
export function createPositionsFacet({ core, endpoints, settings, watch, place }: PositionsFacetParts): PositionsFacet {
  const reads = new PositionReads(core, endpoints, settings);

  async function list(named: readonly MarketSymbol[] | undefined): Promise<readonly Position[]> {
    core.requireOpen();
    if (named !== undefined) requireList('symbols', named);
    // The caller's list may change while the venue is asked.
    const symbols = named === undefined ? undefined : [...named];
    await Promise.all((symbols ?? []).map((symbol) => reads.instrument(symbol)));
    const [only, ...others] = symbols ?? [];
    const found = await reads.list(others.length === 0 ? only : undefined);
    return symbols === undefined ? found : found.filter(({ symbol }) => symbols.includes(symbol));
  }

  async function close(position: Position): Promise<Order | ExchangeError> {
    try {
      return await place(closingOrder(position, await core.catalog.instrument(position.symbol)));
    } catch (error) {
      return asError(error);
    }
  }

  return {
    getPositions: async (symbols) => reads.valued(await list(symbols)),
    async getPosition(ref) {
      const found = await reads.find(typeof ref === 'string' ? { symbol: ref } : ref);
      return found === undefined ? undefined : (await reads.valued([found]))[0];
    },
    async closePosition(given) {
      const closing = readObject(given);
      const { symbol, side, quantity, clientOrderId } = closing;
      const position = await reads.find(closing);
      if (position === undefined) throw noPosition(core, symbol, side);
      const order = closingOrder(position, await core.catalog.instrument(position.symbol), quantity);
      return place(clientOrderId === undefined ? order : { ...order, clientOrderId });
    },
    async closeAllPositions(symbols) {
      return Promise.all((await list(symbols)).map(close));
    },
    ...createPositionChanges(core, endpoints, settings, reads),
    async getPositionMode() {
      core.requireOpen();
      settings.forget();
      return settings.mode();
    },
    async getRiskLimits(symbol) {
      await reads.instrument(symbol);
      const tiers = await core.rest.call(endpoints.riskLimits, { symbol }, { mapper: await core.catalog.mapper() });
      return [...tiers].sort((a, b) => a.tier - b.tier);
    },
    async getFundingPayments(symbol, request) {
      const { since, until = core.time.now() + CLOCK_SLACK_MS, limit } = readHistoryWindow(request);
      await reads.instrument(symbol);
      const mapper = await core.catalog.mapper();
      const { rows } = await collectRows(
        {
          rules: endpoints.fundingRules,
          fetch: (page) => core.rest.call(endpoints.fundingPayments, { symbol, ...page }, { mapper }),
          idOf: ({ id, paidAt, side, amount }) => id ?? `${paidAt} ${side} ${amount}`,
          timeOf: ({ paidAt }) => paidAt,
          isWanted: ({ paidAt }) => paidAt >= (since ?? 0) && paidAt <= until,
        },
        { since, until, limit },
      );
      return rows;
    },
    watchPositions: (handler) => watch.positions(handler),
  };
}

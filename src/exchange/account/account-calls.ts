import type { AmendRequest } from '../../adapter/order-endpoints.js';
import type { PrivateVenue } from '../../adapter/private-venue.js';
import { PermissionDeniedError, UnsupportedError, ValidationError } from '../../errors/kinds.js';
import type { Balance } from '../../model/balance.js';
import { toDecimal } from '../../model/decimal.js';
import { createHealthReport, type HealthCheck } from '../../model/health.js';
import type { Order } from '../../model/order.js';
import { parseSymbol } from '../../model/symbol.js';
import { asGiven } from '../check-input.js';
import type { ExchangeCore } from '../exchange-core.js';
import { defineRawEndpoint, type RawCall } from '../raw-call.js';
import type { AccountWatch } from './account-watch.js';
import type { CancelDesk } from './cancel-desk.js';
import type { OrderDesk } from './order-desk.js';
import type { OrderQueries } from './order-queries.js';
import type { AmendFacet, AmendOrder, PrivateExchange } from './private-exchange.js';

type AccountCalls = Omit<
  PrivateExchange,
  | 'venue'
  | 'wallet'
  | 'positions'
  | 'triggers'
  | 'amend'
  | 'deadManSwitch'
  | 'status'
  | 'on'
  | 'metrics'
  | 'close'
  | 'warm'
  | typeof Symbol.asyncDispose
> &
  AmendFacet;

/** The calls of a private exchange; each is checked before anything is sent. */
export function createAccountCalls(parts: {
  readonly core: ExchangeCore;
  readonly venue: PrivateVenue;
  readonly desk: OrderDesk;
  readonly cancels: CancelDesk;
  readonly queries: OrderQueries;
  readonly watch: AccountWatch;
  /** Holds a change against the market's rules and the client's bounds. @throws before anything is sent. */
  prepareAmend(change: AmendOrder): Promise<AmendRequest>;
}): AccountCalls {
  const { core, venue, desk, cancels, queries, watch } = parts;

  async function balances(): Promise<ReadonlyMap<string, Balance>> {
    core.requireOpen();
    const list = await core.rest.call(venue.account.balances, undefined);
    return new Map(list.map((balance) => [balance.asset, balance]));
  }

  async function amendOrder(given: AmendOrder): Promise<Order> {
    const change = asGiven(given);
    await queries.checkRef(change);
    if (venue.orders.amend === undefined)
      throw new UnsupportedError({ message: `${core.venue.name} cannot amend orders`, venue: core.venue.id });
    return cancels.amend(await parts.prepareAmend(change), change.via);
  }

  return {
    getBalances: balances,
    async getBalance(asset) {
      if (typeof asset !== 'string' || asset === '')
        throw new ValidationError({ field: 'asset', expected: 'the name of an asset', received: asset });
      const zero = toDecimal('0');
      return (await balances()).get(asset) ?? { asset, free: zero, locked: zero, receivedAt: core.clock.now() };
    },
    placeOrder: (order) => desk.place(order),
    placeLimitOrder: (order) => desk.place(order, 'limit'),
    placeMarketOrder: (order) => desk.place(order, 'market'),
    async placeOrders(orders) {
      core.requireOpen();
      if (!Array.isArray(orders))
        throw new ValidationError({ field: 'orders', expected: 'an array of orders', received: orders });
      return desk.placeMany(orders.map(asGiven));
    },
    testOrder: (order) => desk.test(asGiven(order)),
    async cancelOrder(given) {
      const order = asGiven(given);
      await queries.checkRef(order);
      return cancels.cancel(order, order.via);
    },
    async cancelOrders(orders) {
      core.requireOpen();
      if (!Array.isArray(orders))
        throw new ValidationError({ field: 'orders', expected: 'an array of orders', received: orders });
      const given = orders.map(asGiven);
      for (const order of given) await queries.checkRef(order);
      return cancels.cancelMany(given);
    },
    async cancelAllOrders(symbol) {
      core.requireOpen();
      if (symbol === undefined) return cancels.cancelOpen('all');
      parseSymbol(symbol);
      await core.catalog.check(symbol);
      return cancels.cancelAll(symbol);
    },
    getOrder: (order) => queries.order(asGiven(order)),
    getOpenOrders: (symbol) => queries.openOrders(symbol),
    getOrderHistory: (symbol, request) => queries.history(symbol, request),
    getFills: (symbol, request) => queries.fills(symbol, request),
    async getTradingFees(symbol) {
      core.requireOpen();
      parseSymbol(symbol);
      await core.catalog.instrument(symbol);
      return core.rest.call(venue.account.tradingFees, { symbol }, { mapper: await core.catalog.mapper() });
    },
    watchOrders: (handler) => watch.orders(handler),
    watchFills: (handler) => watch.fills(handler),
    watchBalances: (handler) => watch.balances(handler),
    async request(raw) {
      core.requireOpen();
      const endpoint = { ...defineRawEndpoint(core.venue, raw, venue.account.balances.cost), auth: 'signed' as const };
      forbidWithdrawal(core, venue, raw);
      return core.rest.call(endpoint, undefined, raw.signal === undefined ? {} : { signal: raw.signal });
    },
    async health() {
      const rest: HealthCheck = await balances().then(
        () => ({ name: 'rest', status: 'ok' }),
        () => ({ name: 'rest', status: 'down' }),
      );
      const { status } = watch;
      const isWell = status !== 'degraded' && status !== 'closed';
      const streams: HealthCheck = { name: 'streams', status: isWell ? 'ok' : 'degraded', detail: status };
      return createHealthReport(core.venue.id, [rest, streams], core.clock.now());
    },
    amendOrder,
  };
}

/** Money leaves by {@link WalletFacet.withdraw} alone, which knows where it may go. */
function forbidWithdrawal(core: ExchangeCore, { wallet }: PrivateVenue, raw: RawCall): void {
  const { method, path } = wallet?.withdraw ?? {};
  if (raw.method !== method || raw.path.replace(/\/$/, '') !== path) return;
  throw new PermissionDeniedError({
    message: `${method} ${path}: expected wallet.withdraw, which checks the address; nothing was sent`,
    outcome: 'not_sent',
    venue: core.venue.id,
  });
}

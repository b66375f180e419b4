import type { MarketSymbol } from '../../model/symbol.js';
import type { Account } from './account.js';
import type { AccountFill, AccountOrder } from './account-order.js';

/** What an account's owner can see. A hidden order, and its fills, are there but not shown yet. */
export interface OrderReads {
  byId(id: string): AccountOrder | undefined;
  /** The newest one with this client id; a venue does not keep them apart. */
  byClientId(clientOrderId: string): AccountOrder | undefined;
  /** Oldest first. */
  open(symbol?: MarketSymbol): AccountOrder[];
  /** Oldest first; open ones included. */
  all(symbol?: MarketSymbol): AccountOrder[];
  /** Oldest first. */
  fills(symbol?: MarketSymbol): AccountFill[];
}

/** @param now monotonic ms. */
export function readsOf(account: Account, now: number): OrderReads {
  const shows =
    (symbol: MarketSymbol | undefined) =>
    (order: AccountOrder): boolean =>
      order.visibleFrom <= now && (symbol === undefined || order.market.spec.symbol === symbol);
  const anywhere = shows(undefined);
  return {
    byId: (id) => {
      const order = account.ordersById.get(id);
      return order !== undefined && anywhere(order) ? order : undefined;
    },
    byClientId: (clientOrderId) =>
      account.orders.findLast(
        (order) => order.clientOrderId === clientOrderId && !order.isForgotten && anywhere(order),
      ),
    open: (symbol) => [...account.openOrders].filter(shows(symbol)),
    all: (symbol) => account.orders.filter(shows(symbol)),
    fills: (symbol) => account.fills.filter(({ order }) => shows(symbol)(order)),
  };
}

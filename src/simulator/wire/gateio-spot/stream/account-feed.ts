import type { Account } from '../../../accounts/account.js';
import type { AccountOrder } from '../../../accounts/account-order.js';
import type { SimConnection, VenueModel } from '../../../contract.js';
import { type AccountFeed, createPrivatePushes } from '../../gateio/stream/private-pushes.js';
import { balanceRow, orderRow, tradeRow, withoutOrderFees, withoutTradeFees } from './account-rows.js';

export function createAccountFeed(account: Account, model: VenueModel, connection: SimConnection): AccountFeed {
  const pushes = createPrivatePushes(model, connection, (row) => JSON.stringify(row));
  const { tell } = pushes;
  const stop = account.listen({
    order(order, event) {
      const pair = pairIdOf(order);
      const row = () => orderRow(account, order, pair, event);
      tell('spot.orders', pair, row, order.visibleFrom);
      tell('spot.orders_v2', pair, () => withoutOrderFees(row()), order.visibleFrom);
    },
    fill(fill) {
      const pair = pairIdOf(fill.order);
      const row = () => tradeRow(account, fill, pair);
      tell('spot.usertrades', pair, row, fill.order.visibleFrom);
      tell('spot.usertrades_v2', pair, () => withoutTradeFees(row()), fill.order.visibleFrom);
    },
    balance: (change) => tell('spot.balances', '', () => balanceRow(account, change)),
  });
  return {
    ...pushes,
    close() {
      stop();
      pushes.close();
    },
  };
}

function pairIdOf({ market: { spec } }: AccountOrder): string {
  return `${spec.base}_${spec.quote}`.toUpperCase();
}

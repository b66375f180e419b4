import type { SimConnection } from '../../../contract.js';
import type { FuturesAccount } from '../../../positions/futures-account.js';
import type { FuturesModel } from '../../../positions/futures-model.js';
import type { PerpetualMarket } from '../../../positions/perpetual-market.js';
import { type AccountFeed, createPrivatePushes } from '../../gateio/stream/private-pushes.js';
import { contractId } from '../contracts.js';
import { printWithLongIds, triggerFields } from '../private/price-orders.js';
import { sizesFor } from '../sizes.js';
import * as rows from './account-rows.js';

export function createAccountFeed(
  account: FuturesAccount,
  model: FuturesModel,
  connection: SimConnection,
): AccountFeed {
  const pushes = createPrivatePushes(model, connection, printWithLongIds);
  const sizes = sizesFor(connection.headers);
  const tell = (channel: string, market: PerpetualMarket, row: () => unknown, notBefore = 0): void =>
    pushes.tell(channel, contractId(market.spec), row, notBefore);
  const stop = account.listen({
    order: (order, event) =>
      tell('futures.orders', order.market, () => rows.orderRow(account, order, event, sizes), order.visibleFrom),
    fill: (fill) =>
      tell('futures.usertrades', fill.order.market, () => rows.tradeRow(fill, sizes), fill.order.visibleFrom),
    position: (position) => tell('futures.positions', position.market, () => rows.positionRow(position, sizes)),
    closed: (closed) => tell('futures.position_closes', closed.market, () => rows.closeRow(account, closed)),
    balance: (change) => pushes.tell('futures.balances', '', () => rows.balanceRow(account, change)),
    liquidation: (one) => tell('futures.liquidates', one.market, () => rows.liquidationRow(account, one, sizes)),
    trigger: (trigger) => tell('futures.autoorders', trigger.request.market, () => triggerFields(trigger)),
  });
  return {
    ...pushes,
    close() {
      stop();
      pushes.close();
    },
  };
}

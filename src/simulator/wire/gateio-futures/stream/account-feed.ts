import type { SimConnection } from '../../../contract.js';
import type { FuturesAccount } from '../../../positions/futures-account.js';
import type { FuturesModel } from '../../../positions/futures-model.js';
import type { PerpetualMarket } from '../../../positions/perpetual-market.js';
import { updateFrame } from '../../gateio/stream/envelope.js';
import { PushQueue } from '../../push-queue.js';
import { contractId } from '../contracts.js';
import { printWithLongIds, triggerFields } from '../private/price-orders.js';
import { sizesFor } from '../sizes.js';
import * as rows from './account-rows.js';

/** One item of a push, as JSON text. */
interface Row {
  /** `futures.orders.BTC_USDT`, or the channel alone: what faults know it by. */
  readonly topic: string;
  readonly text: string;
}

interface Subscription {
  /** Contracts, or `!all`. */
  readonly contracts: Set<string>;
  readonly queue: PushQueue<Row>;
}

/** What one socket is told about one account; nothing that happened before a subscription. */
export interface AccountFeed {
  /** @param contracts `['!all']`, also for a channel without contracts. */
  subscribe(channel: string, contracts: readonly string[]): void;
  unsubscribe(channel: string, contracts: readonly string[]): void;
  close(): void;
}

export function createAccountFeed(
  account: FuturesAccount,
  model: FuturesModel,
  connection: SimConnection,
): AccountFeed {
  const subscriptions = new Map<string, Subscription>();
  const sizes = sizesFor(connection.headers);
  const sendTo = (channel: string) => (items: readonly Row[]) => {
    for (const { topic, texts } of together(items)) {
      const data = updateFrame(model.clock, channel, `[${texts.join(',')}]`);
      connection.send({ data, kind: 'data', topic });
    }
  };
  const tell = (channel: string, market: PerpetualMarket | undefined, row: () => unknown, notBefore = 0): void => {
    const subscription = subscriptions.get(channel);
    const contract = market === undefined ? '' : contractId(market.spec);
    if (subscription === undefined) return;
    if (!subscription.contracts.has('!all') && !subscription.contracts.has(contract)) return;
    const topic = contract === '' ? channel : `${channel}.${contract}`;
    subscription.queue.push({ topic, text: printWithLongIds(row()) }, notBefore);
  };
  const stop = account.listen({
    order: (order, event) =>
      tell('futures.orders', order.market, () => rows.orderRow(account, order, event, sizes), order.visibleFrom),
    fill: (fill) =>
      tell('futures.usertrades', fill.order.market, () => rows.tradeRow(fill, sizes), fill.order.visibleFrom),
    position: (position) => tell('futures.positions', position.market, () => rows.positionRow(position, sizes)),
    closed: (closed) => tell('futures.position_closes', closed.market, () => rows.closeRow(account, closed)),
    balance: (change) => tell('futures.balances', undefined, () => rows.balanceRow(account, change)),
    liquidation: (one) => tell('futures.liquidates', one.market, () => rows.liquidationRow(account, one, sizes)),
    trigger: (trigger) => tell('futures.autoorders', trigger.request.market, () => triggerFields(trigger)),
  });
  return {
    subscribe(channel, contracts) {
      let subscription = subscriptions.get(channel);
      if (subscription === undefined) {
        subscription = { contracts: new Set(), queue: new PushQueue(model.clock, model.random, sendTo(channel)) };
        subscriptions.set(channel, subscription);
      }
      for (const contract of contracts) subscription.contracts.add(contract);
    },
    unsubscribe(channel, contracts) {
      const subscription = subscriptions.get(channel);
      if (subscription === undefined) return;
      for (const contract of contracts) subscription.contracts.delete(contract);
      if (subscription.contracts.size > 0 && !contracts.includes('!all')) return;
      subscription.queue.close();
      subscriptions.delete(channel);
    },
    close() {
      stop();
      for (const { queue } of subscriptions.values()) queue.close();
      subscriptions.clear();
    },
  };
}

/** Neighbours of one topic travel in one push. */
function together(items: readonly Row[]): { readonly topic: string; readonly texts: string[] }[] {
  const pushes: { topic: string; texts: string[] }[] = [];
  for (const { topic, text } of items) {
    const last = pushes.at(-1);
    if (last?.topic === topic) last.texts.push(text);
    else pushes.push({ topic, texts: [text] });
  }
  return pushes;
}

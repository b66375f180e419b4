import type { Account, BalanceChange } from '../../../accounts/account.js';
import type { AccountFill, AccountOrder } from '../../../accounts/account-order.js';
import type { SimConnection, VenueModel } from '../../../contract.js';
import { updateFrame } from '../../gateio/stream/envelope.js';
import { PushQueue } from '../../push-queue.js';
import { balanceRow, orderRow, tradeRow, withoutOrderFees, withoutTradeFees } from './account-rows.js';

/** One item of a push, as JSON text. */
interface Row {
  /** `spot.orders.BTC_USDT`, or the channel alone: what faults know it by. */
  readonly topic: string;
  readonly text: string;
}

interface Subscription {
  /** Pairs, or `!all`. */
  readonly pairs: Set<string>;
  readonly queue: PushQueue<Row>;
}

/** What one socket is told about one account; nothing that happened before a subscription. */
export interface AccountFeed {
  /** @param pairs `['!all']`, also for a channel without pairs. */
  subscribe(channel: string, pairs: readonly string[]): void;
  unsubscribe(channel: string, pairs: readonly string[]): void;
  close(): void;
}

export function createAccountFeed(account: Account, model: VenueModel, connection: SimConnection): AccountFeed {
  const subscriptions = new Map<string, Subscription>();
  const sendTo = (channel: string) => (rows: readonly Row[]) => {
    for (const { topic, texts } of together(rows)) {
      const data = updateFrame(model.clock, channel, `[${texts.join(',')}]`);
      connection.send({ data, kind: 'data', topic });
    }
  };
  const tell = (channel: string, pair: string, row: () => unknown, notBefore = 0): void => {
    const subscription = subscriptions.get(channel);
    if (subscription === undefined || !(subscription.pairs.has('!all') || subscription.pairs.has(pair))) return;
    const topic = pair === '' ? channel : `${channel}.${pair}`;
    subscription.queue.push({ topic, text: JSON.stringify(row()) }, notBefore);
  };
  const stop = account.listen({
    order(order, event) {
      const pair = pairIdOf(order);
      const row = () => orderRow(account, order, pair, event);
      tell('spot.orders', pair, row, order.visibleFrom);
      tell('spot.orders_v2', pair, () => withoutOrderFees(row()), order.visibleFrom);
    },
    fill(fill: AccountFill) {
      const pair = pairIdOf(fill.order);
      const row = () => tradeRow(account, fill, pair);
      tell('spot.usertrades', pair, row, fill.order.visibleFrom);
      tell('spot.usertrades_v2', pair, () => withoutTradeFees(row()), fill.order.visibleFrom);
    },
    balance(change: BalanceChange) {
      tell('spot.balances', '', () => balanceRow(account, change));
    },
  });
  return {
    subscribe(channel, pairs) {
      let subscription = subscriptions.get(channel);
      if (subscription === undefined) {
        subscription = { pairs: new Set(), queue: new PushQueue(model.clock, model.random, sendTo(channel)) };
        subscriptions.set(channel, subscription);
      }
      for (const pair of pairs) subscription.pairs.add(pair);
    },
    unsubscribe(channel, pairs) {
      const subscription = subscriptions.get(channel);
      if (subscription === undefined) return;
      for (const pair of pairs) subscription.pairs.delete(pair);
      if (subscription.pairs.size > 0 && !pairs.includes('!all')) return;
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
function together(rows: readonly Row[]): { readonly topic: string; readonly texts: string[] }[] {
  const pushes: { topic: string; texts: string[] }[] = [];
  for (const { topic, text } of rows) {
    const last = pushes.at(-1);
    if (last?.topic === topic) last.texts.push(text);
    else pushes.push({ topic, texts: [text] });
  }
  return pushes;
}

function pairIdOf({ market: { spec } }: AccountOrder): string {
  return `${spec.base}_${spec.quote}`.toUpperCase();
}

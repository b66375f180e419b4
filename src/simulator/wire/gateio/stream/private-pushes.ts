import type { SimConnection, VenueBase } from '../../../contract.js';
import { PushQueue } from '../../push-queue.js';
import { updateFrame } from './envelope.js';

/** One item of a push, as JSON text. */
interface Row {
  /** `spot.orders.BTC_USDT`, or the channel alone: what faults know it by. */
  readonly topic: string;
  readonly text: string;
}

interface Subscription {
  /** Pairs or contracts, or `!all`. */
  readonly markets: Set<string>;
  readonly queue: PushQueue<Row>;
}

/** What one socket is told about one account; nothing that happened before a subscription. */
export interface AccountFeed {
  /** @param markets pairs or contracts; `['!all']`, also for a channel without them. */
  subscribe(channel: string, markets: readonly string[]): void;
  unsubscribe(channel: string, markets: readonly string[]): void;
  close(): void;
}

/** The subscriptions of one socket to the channels of one account. */
export interface PrivatePushes extends AccountFeed {
  /**
   * @param market a pair or a contract, empty for none. @param row is made only for those who are told.
   * @param notBefore monotonic ms.
   */
  tell(channel: string, market: string, row: () => unknown, notBefore?: number): void;
}

/** @param print makes the text of a row. */
export function createPrivatePushes(
  { clock, random }: VenueBase,
  connection: SimConnection,
  print: (row: unknown) => string,
): PrivatePushes {
  const subscriptions = new Map<string, Subscription>();
  const sendTo = (channel: string) => (rows: readonly Row[]) => {
    for (const { topic, texts } of together(rows)) {
      const data = updateFrame(clock, channel, `[${texts.join(',')}]`);
      connection.send({ data, kind: 'data', topic });
    }
  };
  return {
    tell(channel, market, row, notBefore = 0) {
      const subscription = subscriptions.get(channel);
      if (subscription === undefined) return;
      if (!subscription.markets.has('!all') && !subscription.markets.has(market)) return;
      const topic = market === '' ? channel : `${channel}.${market}`;
      subscription.queue.push({ topic, text: print(row()) }, notBefore);
    },
    subscribe(channel, markets) {
      let subscription = subscriptions.get(channel);
      if (subscription === undefined) {
        subscription = { markets: new Set(), queue: new PushQueue(clock, random, sendTo(channel)) };
        subscriptions.set(channel, subscription);
      }
      for (const market of markets) subscription.markets.add(market);
    },
    unsubscribe(channel, markets) {
      const subscription = subscriptions.get(channel);
      if (subscription === undefined) return;
      for (const market of markets) subscription.markets.delete(market);
      if (subscription.markets.size > 0 && !markets.includes('!all')) return;
      subscription.queue.close();
      subscriptions.delete(channel);
    },
    close() {
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

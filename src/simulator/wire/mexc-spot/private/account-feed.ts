import type { Clock } from '../../../../transport/clock.js';
import type { Random } from '../../../../transport/random.js';
import type { Account, BalanceChange } from '../../../accounts/account.js';
import type { AccountFill, AccountOrder } from '../../../accounts/account-order.js';
import type { SimFrame } from '../../../contract.js';
import { PushQueue } from '../../push-queue.js';
import { createFrameEncoder } from '../frame-encoder.js';
import { symbolOf } from './call.js';
import { writeBalance, writeDeal, writeOrder } from './push-bodies.js';

/** Channel names, and the numbers of their bodies. Source: MEXC spot v3 docs, WebSocket user data streams. */
const BODIES: ReadonlyMap<string, number> = new Map([
  ['spot@private.orders.v3.api.pb', 304],
  ['spot@private.deals.v3.api.pb', 306],
  ['spot@private.account.v3.api.pb', 307],
]);

/** Makes a frame at the time when it is sent, epoch ms. */
type MakeFrame = (sendTime: number) => Uint8Array;

/** What one socket is told about the account that its listen key belongs to. */
export interface AccountFeed {
  subscribe(name: string): void;
  unsubscribe(name: string): void;
  close(): void;
}

export function isPrivateChannel(name: string): boolean {
  return BODIES.has(name);
}

/** Nothing that happened before a subscription is told. @param deliver hands a finished frame to the socket. */
export function createAccountFeed(
  account: Account,
  clock: Clock,
  random: Random,
  deliver: (frame: SimFrame) => void,
): AccountFeed {
  const encoder = createFrameEncoder();
  const queues = new Map<string, PushQueue<MakeFrame>>();
  const queueOf = (kind: 'orders' | 'deals' | 'account') => queues.get(`spot@private.${kind}.v3.api.pb`);

  const tellOrder = (order: AccountOrder): void => {
    const queue = queueOf('orders');
    if (queue === undefined) return;
    const now = { ...order };
    const lastFill = order.filledLots === 0 ? undefined : account.fills.findLast((fill) => fill.order === order);
    const envelope = { channel: 'spot@private.orders.v3.api.pb', symbol: symbolOf(order) };
    const make: MakeFrame = (sendTime) =>
      encoder.frame({ ...envelope, sendTime }, 304, (to) => writeOrder(to, now, lastFill));
    queue.push(make, order.visibleFrom);
  };
  const tellFill = (fill: AccountFill): void => {
    const envelope = { channel: 'spot@private.deals.v3.api.pb', symbol: symbolOf(fill.order) };
    const make: MakeFrame = (sendTime) => encoder.frame({ ...envelope, sendTime }, 306, (to) => writeDeal(to, fill));
    queueOf('deals')?.push(make, fill.order.visibleFrom);
  };
  const tellBalance = (change: BalanceChange): void => {
    const envelope = { channel: 'spot@private.account.v3.api.pb', symbol: '', createTime: change.at };
    const make: MakeFrame = (sendTime) =>
      encoder.frame({ ...envelope, sendTime }, 307, (to) => writeBalance(to, change));
    queueOf('account')?.push(make);
  };
  const stop = account.listen({ order: tellOrder, fill: tellFill, balance: tellBalance });

  return {
    subscribe(name) {
      const send = (frames: readonly MakeFrame[]): void => {
        const now = Math.floor(clock.now());
        for (const make of frames) deliver({ data: make(now), kind: 'data', topic: name });
      };
      queues.set(name, new PushQueue(clock, random, send));
    },
    unsubscribe(name) {
      queues.get(name)?.close();
      queues.delete(name);
    },
    close() {
      stop();
      for (const queue of queues.values()) queue.close();
      queues.clear();
    },
  };
}

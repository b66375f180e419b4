import type { SimFrame } from '../../../contract.js';
import type { FuturesAccount } from '../../../positions/futures-account.js';
import type { FuturesModel } from '../../../positions/futures-model.js';
import type { FuturesOrder } from '../../../positions/futures-order.js';
import type { PerpetualMarket } from '../../../positions/perpetual-market.js';
import type { Position } from '../../../positions/position.js';
import { PushQueue } from '../../push-queue.js';
import { contractId } from '../contracts.js';
import { printJson } from '../print-json.js';
import { assetPush } from '../private/assets.js';
import { fillPush, orderPush } from '../private/order-rows.js';
import { planRow } from '../private/plan-rows.js';
import { closedRow, positionRow } from '../private/position-rows.js';
import type { PersonalFilter } from './personal-filter.js';

/** Ids of orders are numbers beyond 2^53 in some pushes. Source: MEXC contract docs, samples of different ages. */
const BARE_ID_CHANCE = 1 / 4;

/** One push under way: the kind that filters know, and the contract that it is about. */
interface Push {
  readonly kind: string;
  readonly symbol: string | undefined;
  /** JSON text. */
  readonly data: () => string;
}

/** What one socket is told about the account that logged in; nothing that happened before. */
export interface AccountFeed {
  setFilter(filter: PersonalFilter): void;
  close(): void;
}

/** @param deliver hands a finished frame to the socket. */
export function createAccountFeed(
  account: FuturesAccount,
  model: FuturesModel,
  initial: PersonalFilter,
  deliver: (frame: SimFrame) => void,
): AccountFeed {
  const { clock, random, desk } = model;
  let filter = initial;
  const queues = new Map<string, PushQueue<Push>>();
  const send = (pushes: readonly Push[]): void => {
    const now = Math.floor(clock.now());
    for (const { kind, symbol, data } of pushes) {
      const text = random.next() < BARE_ID_CHANCE ? withBareId(data()) : data();
      deliver(frameOf(kind, symbol, text, now));
    }
  };
  const tell = (kind: string, market: PerpetualMarket | undefined, data: () => string, notBefore = 0): void => {
    const symbol = market && contractId(market);
    if (!filter(kind, symbol)) return;
    let queue = queues.get(kind);
    if (queue === undefined) {
      queue = new PushQueue(clock, random, send);
      queues.set(kind, queue);
    }
    queue.push({ kind, symbol, data }, notBefore);
  };
  const tellNow = (kind: string, market: PerpetualMarket, row: unknown, notBefore = 0): void => {
    const text = printJson(row);
    tell(kind, market, () => text, notBefore);
  };
  /** The sums of a moment within a match would not add up: they are made when the push leaves. */
  const tellAsset = (asset: string): void => tell('asset', undefined, () => printJson(assetPush(desk, account, asset)));
  const tellPosition = (position: Position): void => {
    if (position.lots !== 0) tellNow('position', position.market, positionRow(position));
    tellAsset(position.market.terms.settle);
  };
  const tellOrder = (order: FuturesOrder): void => {
    tellNow('order', order.market, orderPush(account, order), order.visibleFrom);
    tellAsset(order.market.terms.settle);
  };

  const stop = account.listen({
    order: tellOrder,
    fill: (fill) => tellNow('order.deal', fill.order.market, fillPush(fill), fill.order.visibleFrom),
    position: tellPosition,
    closed: (closed) => tellNow('position', closed.market, closedRow(closed)),
    balance: ({ asset }) => tellAsset(asset),
    trigger: (trigger) => tellNow('plan.order', trigger.request.market, planRow(account, trigger)),
    liquidation: ({ market, positionNumber, liquidationPrice }) =>
      tellNow('liquidate.risk', market, {
        symbol: contractId(market),
        positionId: positionNumber,
        liquidatePrice: liquidationPrice,
        marginRatio: 1,
        adlLevel: 1,
      }),
  });
  return {
    setFilter(next) {
      filter = next;
    },
    close() {
      stop();
      for (const queue of queues.values()) queue.close();
      queues.clear();
    },
  };
}

function withBareId(text: string): string {
  return text.replace(/"orderId":"(\d+)"/, '"orderId":$1');
}

function frameOf(kind: string, symbol: string | undefined, data: string, now: number): SimFrame {
  const about = symbol === undefined ? '' : `,"symbol":"${symbol}"`;
  const channel = `push.personal.${kind}`;
  return {
    data: `{"channel":"${channel}","data":${data}${about},"ts":${now}}`,
    kind: 'data',
    topic: symbol === undefined ? channel : `${channel}.${symbol}`,
  };
}

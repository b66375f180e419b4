import type { MarketSymbol } from '../../model/symbol.js';
import type { Clock } from '../../transport/clock.js';
import type { SeededRandom } from '../../transport/seeded-random.js';
import type { DeskFaults } from '../accounts/desk.js';
import type { CommandFate, ServiceFaults, ServiceState } from '../contract.js';
import {
  type FaultKind,
  type FaultRule,
  FaultRules,
  type FrameFaultKind,
  type HttpFaultKind,
  type OrderFaultKind,
  type ServiceFaultKind,
} from './fault-rule.js';

export interface FrameRule extends FaultRule<FrameFaultKind> {
  readonly delayMs: number;
}

export interface HttpRule extends FaultRule<HttpFaultKind> {
  readonly delayMs: number;
  /** `respond` only. */
  readonly answer?: FaultAnswer;
}

/** What is answered in place of the venue. */
export interface FaultAnswer {
  /** Default 200. */
  readonly status?: number;
  readonly body?: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the venue carries the request out all the same. Default `false`. */
  readonly processed?: boolean;
}

export interface SnapshotRule extends FaultRule<'staleSnapshot'> {
  readonly behindSteps: number;
}

export interface OrderRule extends FaultRule<OrderFaultKind> {
  /** `hideOrders` only, ms. */
  readonly lagMs: number;
}

const STATES: Readonly<Record<ServiceFaultKind, ServiceState>> = {
  maintenance: 'maintenance',
  limitRequests: 'limited',
  ban: 'banned',
};

/** The faults that wait at one venue's doors, and behind them. */
export class VenueFaults implements DeskFaults, ServiceFaults {
  readonly frames = new FaultRules<FrameRule>();
  readonly http = new FaultRules<HttpRule>();
  readonly connections = new FaultRules<FaultRule<'refuseConnections'>>();
  readonly snapshots = new FaultRules<SnapshotRule>();
  readonly orders = new FaultRules<OrderRule>();
  readonly service = new FaultRules<FaultRule<ServiceFaultKind>>();
  /** How far the venue's clock is ahead, ms. */
  skewMs = 0;
  readonly #listenKeyHandlers = new Set<() => number>();
  readonly random: SeededRandom;
  readonly #clock: Clock;
  readonly #count: (kind: FaultKind) => void;

  /** @param count is told of every fault that really happens. */
  constructor(clock: Clock, random: SeededRandom, count: (kind: FaultKind) => void) {
    this.#clock = clock;
    this.random = random;
    this.#count = count;
  }

  happened(kind: FaultKind): void {
    this.#count(kind);
  }

  takeFrame(topic: string): FrameRule | undefined {
    return this.frames.isEmpty ? undefined : this.#take(this.frames, topic);
  }

  takeHttp(kind: HttpFaultKind, path: string): HttpRule | undefined {
    return this.http.isEmpty ? undefined : this.#take(this.http, path, kind);
  }

  refuses(): boolean {
    return this.#take(this.connections, '') !== undefined;
  }

  /** How many steps behind the next snapshot of this market is served; `undefined` = not behind. */
  takeSnapshot(symbol: MarketSymbol): number | undefined {
    return this.#take(this.snapshots, symbol)?.behindSteps;
  }

  hidesOrderFor(symbol: MarketSymbol): number {
    return this.#takeOrder('hideOrders', symbol)?.lagMs ?? 0;
  }

  forgetsClientId(symbol: MarketSymbol): boolean {
    return this.#takeOrder('forgetClientIds', symbol) !== undefined;
  }

  isCancelOnly(symbol: MarketSymbol): boolean {
    return this.#takeOrder('cancelOnly', symbol) !== undefined;
  }

  stateOf(call: string): ServiceState | undefined {
    const rule = this.service.isEmpty ? undefined : this.#take(this.service, call);
    return rule && STATES[rule.kind];
  }

  fateOf(call: string): CommandFate {
    if (this.takeHttp('loseRequest', call) !== undefined) return { kind: 'lost' };
    const late = this.takeHttp('acceptLate', call) ?? this.takeHttp('timeoutHttp', call);
    if (late !== undefined) return { kind: 'unanswered', afterMs: late.kind === 'acceptLate' ? late.delayMs : 0 };
    return { kind: 'served', answerAfterMs: this.takeHttp('delayHttp', call)?.delayMs ?? 0 };
  }

  onListenKeysExpired(callback: () => number): void {
    this.#listenKeyHandlers.add(callback);
  }

  expireListenKeys(): void {
    let ended = 0;
    for (const callback of this.#listenKeyHandlers) ended += callback();
    if (ended > 0) this.#count('expireListenKeys');
  }

  /** Sets the venue's clock that far ahead of the simulator's; negative = behind. */
  skewClock(aheadMs: number): void {
    if (aheadMs !== this.skewMs) this.#count('skewClock');
    this.skewMs = aheadMs;
  }

  clear(): void {
    this.orders.clear();
    this.service.clear();
    this.skewMs = 0;
    this.frames.clear();
    this.http.clear();
    this.connections.clear();
    this.snapshots.clear();
  }

  #takeOrder(kind: OrderFaultKind, symbol: MarketSymbol): OrderRule | undefined {
    return this.orders.isEmpty ? undefined : this.#take(this.orders, symbol, kind);
  }

  #take<R extends FaultRule>(rules: FaultRules<R>, subject: string, kind?: FaultKind): R | undefined {
    const rule = rules.take(subject, this.#clock.monotonic(), this.random, kind);
    if (rule !== undefined) this.#count(rule.kind);
    return rule;
  }
}

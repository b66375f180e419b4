import type { Random } from '../../transport/random.js';

/** What a door can be told to do to the next frames. */
export type FrameFaultKind = 'mute' | 'drop' | 'duplicate' | 'reorder' | 'delay' | 'corrupt';

/** What a door can be told to do to the next requests. */
export type HttpFaultKind = 'respond' | 'truncateBody' | 'delayHttp' | 'timeoutHttp' | 'loseRequest' | 'acceptLate';

/** What a venue can be told to do with the next orders. */
export type OrderFaultKind = 'hideOrders' | 'forgetClientIds' | 'cancelOnly';

/** What a venue can be told to answer to the next requests, in its own words. */
export type ServiceFaultKind = 'maintenance' | 'limitRequests' | 'ban';

/** Every kind of fault, as it is counted. */
export type FaultKind =
  | FrameFaultKind
  | HttpFaultKind
  | OrderFaultKind
  | ServiceFaultKind
  | 'cut'
  | 'halfOpen'
  | 'refuseConnections'
  | 'staleSnapshot'
  | 'skewClock'
  | 'expireListenKeys';

/** A fault that waits for its occasions. */
export interface FaultRule<K extends FaultKind = FaultKind> {
  readonly kind: K;
  /** Part of the topic or path that it acts on; `''` = all. */
  readonly match: string;
  /** Occasions that are left; `Infinity` = no bound. */
  left: number;
  /** Probability on each occasion. */
  readonly chance: number;
  /** Monotonic ms at which it ends. */
  readonly until: number;
}

/** The rules of one door, oldest first. */
export class FaultRules<R extends FaultRule> {
  #rules: R[] = [];

  get isEmpty(): boolean {
    return this.#rules.length === 0;
  }

  add(rule: R): void {
    this.#rules.push(rule);
  }

  clear(): void {
    this.#rules = [];
  }

  /** The first rule that acts on this occasion; it is used up by one. */
  take(subject: string, now: number, random: Random, kind?: FaultKind): R | undefined {
    if (this.#rules.length === 0) return undefined;
    this.#rules = this.#rules.filter((rule) => rule.until > now && rule.left > 0);
    for (const rule of this.#rules) {
      if (kind !== undefined && rule.kind !== kind) continue;
      if (!subject.includes(rule.match)) continue;
      if (rule.chance < 1 && random.next() >= rule.chance) continue;
      rule.left--;
      return rule;
    }
    return undefined;
  }
}

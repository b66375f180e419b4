import { ConfigurationError } from '../../errors/kinds.js';
import type { MarketSymbol } from '../../model/symbol.js';
import type { Clock } from '../../transport/clock.js';
import type { Gateway } from '../doors/gateway.js';
import type {
  FaultKind,
  FaultRule,
  FrameFaultKind,
  HttpFaultKind,
  OrderFaultKind,
  ServiceFaultKind,
} from './fault-rule.js';
import type { FaultAnswer } from './venue-faults.js';

/** How often and how long a fault acts. Without `times` and `forMs`: once (a mute: until cleared). */
export interface FaultScope {
  /** Occasions. Default 1; without a bound when `forMs` is given. */
  readonly times?: number;
  /** Probability on each occasion. Default 1. */
  readonly chance?: number;
  /** From now on, ms. Default: until cleared. */
  readonly forMs?: number;
}

export interface FrameFault extends FaultScope {
  /** Part of the venue's name of the subscription. Default: every data frame. */
  readonly topic?: string;
}

export interface OrderFault extends FaultScope {
  /** Default: every market. */
  readonly symbol?: MarketSymbol;
}

export interface ServiceFault extends FaultScope {
  /** Part of method and path. Default: every request. */
  readonly call?: string;
}

/**
 * Damage on purpose. Each method returns at once; the fault happens on its next occasion. A `pathPart` is a part of
 * method and path: `/api/v3/order`, or `POST /api/v3/order` for that method alone. Commands over a socket are known as
 * `WS spot.order_place`; what replaces or shortens an answer does not act on them. `V` = the simulated venues.
 */
export interface Faults<V extends string = string> {
  /** Cuts every socket now, without a close frame. */
  cut(venue: V): void;
  /** Every socket that is open now stays open, but nothing flows any more, either way. */
  halfOpen(venue: V): void;
  /** Data of matching topics is not sent any more; all else goes on. Until cleared unless `forMs` is given. */
  mute(venue: V, topicPart: string, scope?: { readonly forMs?: number }): void;
  drop(venue: V, fault?: FrameFault): void;
  duplicate(venue: V, fault?: FrameFault): void;
  /** The frame comes after the next one of its socket, or a second later. */
  reorder(venue: V, fault?: FrameFault): void;
  /** The frame and all that follow it on its socket wait. Default 200 ms. */
  delay(venue: V, fault?: FrameFault & { readonly delayMs?: number }): void;
  /** Structural damage that a client can see: text that is not JSON, bytes that are not protobuf. */
  corrupt(venue: V, fault?: FrameFault): void;
  /** The next `times` attempts to open a socket fail. Default 1. */
  refuseConnections(venue: V, times?: number): void;
  /** Answers in place of the venue: 429, a ban, 5xx, HTML with 200. */
  respond(venue: V, pathPart: string, answer: FaultAnswer & FaultScope): void;
  /** The body ends early. */
  truncateBody(venue: V, pathPart: string, scope?: FaultScope): void;
  /** The answer comes `delayMs` later. */
  delayHttp(venue: V, pathPart: string, scope: FaultScope & { readonly delayMs: number }): void;
  /** The request is carried out, but no answer comes. */
  timeoutHttp(venue: V, pathPart: string, scope?: FaultScope): void;
  /** The request never arrives, and no answer comes. */
  loseRequest(venue: V, pathPart: string, scope?: FaultScope): void;
  /** The request arrives `delayMs` later, and is carried out if it is still valid then; no answer comes. */
  acceptLate(venue: V, pathPart: string, scope: FaultScope & { readonly delayMs: number }): void;
  /** No read shows the next orders, nor their fills, before `lagMs` have passed. Default: of every market. */
  hideOrders(venue: V, scope: FaultScope & { readonly lagMs: number; readonly symbol?: MarketSymbol }): void;
  /** The next orders cannot be found by their client ids. */
  forgetClientIds(venue: V, scope?: OrderFault): void;
  /** New orders and amendments are refused; cancels and reads go on. */
  cancelOnly(venue: V, scope?: OrderFault): void;
  /** Every matching request is refused because the venue is being worked on, in the venue's words. */
  maintenance(venue: V, scope?: ServiceFault): void;
  /** Every matching request is one too many (429). */
  limitRequests(venue: V, scope?: ServiceFault): void;
  /** The caller is banned, as the venue does that. */
  ban(venue: V, scope?: ServiceFault): void;
  /** The venue's clock is so far ahead of the simulator's; negative = behind. Until cleared. */
  skewClock(venue: V, aheadMs: number): void;
  /** Every listen key ends now. */
  expireListenKeys(venue: V): void;
  /** The next book snapshots over REST are so many steps old (no older than the simulator remembers). */
  staleSnapshot(venue: V, symbol: MarketSymbol, behindSteps: number, times?: number): void;
  /** Takes back everything that has not happened yet. Sockets that are half open stay so. */
  clear(venue?: V): void;
  /** How often each fault really happened, all venues together. */
  counts(): Record<string, number>;
}

/** @param happened counts by kind, kept by the caller. */
export function createFaults<V extends string>(
  gateways: ReadonlyMap<V, Gateway>,
  clock: Clock,
  happened: ReadonlyMap<FaultKind, number>,
): Faults<V> {
  const gatewayOf = (venue: V): Gateway => {
    const gateway = gateways.get(venue);
    if (gateway !== undefined) return gateway;
    throw new ConfigurationError({
      field: 'venue',
      expected: `one of ${[...gateways.keys()].join(', ')}`,
      received: venue,
    });
  };
  const frame = (venue: V, kind: FrameFaultKind, fault: FrameFault & { readonly delayMs?: number }): void => {
    const delayMs = atLeast('delayMs', fault.delayMs ?? 200, 0);
    gatewayOf(venue).faults.frames.add({ ...createRule(kind, fault.topic ?? '', fault, clock), delayMs });
  };
  const http = (
    venue: V,
    kind: HttpFaultKind,
    path: string,
    scope: FaultScope,
    delayMs = 0,
    answer?: FaultAnswer,
  ): void => {
    const rule = { ...createRule(kind, path, scope, clock), delayMs: atLeast('delayMs', delayMs, 0) };
    gatewayOf(venue).faults.http.add(answer === undefined ? rule : { ...rule, answer });
  };
  const order = (venue: V, kind: OrderFaultKind, scope: OrderFault, lagMs = 0): void =>
    gatewayOf(venue).faults.orders.add({ ...createRule(kind, scope.symbol ?? '', scope, clock), lagMs });
  const service = (venue: V, kind: ServiceFaultKind, scope: ServiceFault): void =>
    gatewayOf(venue).faults.service.add(createRule(kind, scope.call ?? '', scope, clock));
  return {
    cut: (venue) => gatewayOf(venue).cutAll(),
    halfOpen: (venue) => gatewayOf(venue).halfOpenAll(),
    mute: (venue, topic, scope = {}) => frame(venue, 'mute', { ...scope, topic, times: Number.POSITIVE_INFINITY }),
    drop: (venue, fault = {}) => frame(venue, 'drop', fault),
    duplicate: (venue, fault = {}) => frame(venue, 'duplicate', fault),
    reorder: (venue, fault = {}) => frame(venue, 'reorder', fault),
    delay: (venue, fault = {}) => frame(venue, 'delay', fault),
    corrupt: (venue, fault = {}) => frame(venue, 'corrupt', fault),
    refuseConnections: (venue, times = 1) =>
      gatewayOf(venue).faults.connections.add(createRule('refuseConnections', '', { times }, clock)),
    respond: (venue, path, answer) => http(venue, 'respond', path, answer, 0, answer),
    truncateBody: (venue, path, scope = {}) => http(venue, 'truncateBody', path, scope),
    delayHttp: (venue, path, scope) => http(venue, 'delayHttp', path, scope, scope.delayMs),
    timeoutHttp: (venue, path, scope = {}) => http(venue, 'timeoutHttp', path, scope),
    loseRequest: (venue, path, scope = {}) => http(venue, 'loseRequest', path, scope),
    acceptLate: (venue, path, scope) => http(venue, 'acceptLate', path, scope, scope.delayMs),
    hideOrders: (venue, scope) => order(venue, 'hideOrders', scope, atLeast('lagMs', scope.lagMs, 0)),
    forgetClientIds: (venue, scope = {}) => order(venue, 'forgetClientIds', scope),
    cancelOnly: (venue, scope = {}) => order(venue, 'cancelOnly', scope),
    maintenance: (venue, scope = {}) => service(venue, 'maintenance', scope),
    limitRequests: (venue, scope = {}) => service(venue, 'limitRequests', scope),
    ban: (venue, scope = {}) => service(venue, 'ban', scope),
    skewClock: (venue, aheadMs) => {
      if (!Number.isSafeInteger(aheadMs)) {
        throw new ConfigurationError({ field: 'aheadMs', expected: 'a whole number of ms', received: aheadMs });
      }
      gatewayOf(venue).faults.skewClock(aheadMs);
    },
    expireListenKeys: (venue) => gatewayOf(venue).faults.expireListenKeys(),
    staleSnapshot: (venue, symbol, behindSteps, times = 1) => {
      const rule = createRule('staleSnapshot', symbol, { times }, clock);
      gatewayOf(venue).faults.snapshots.add({ ...rule, behindSteps: atLeast('behindSteps', behindSteps, 0) });
    },
    clear: (venue) => {
      for (const gateway of venue === undefined ? gateways.values() : [gatewayOf(venue)]) gateway.faults.clear();
    },
    counts: () => Object.fromEntries(happened),
  };
}

function createRule<K extends FaultKind>(kind: K, match: string, scope: FaultScope, clock: Clock): FaultRule<K> {
  const forMs = atLeast('forMs', scope.forMs ?? Number.POSITIVE_INFINITY, 0);
  const times = scope.times ?? (scope.forMs === undefined ? 1 : Number.POSITIVE_INFINITY);
  const chance = atLeast('chance', scope.chance ?? 1, 0);
  return { kind, match, left: atLeast('times', times, 1), chance, until: clock.monotonic() + forMs };
}

function atLeast(field: string, value: number, least: number): number {
  if (typeof value === 'number' && value >= least) return value;
  throw new ConfigurationError({ field, expected: `a number of at least ${least}`, received: value });
}

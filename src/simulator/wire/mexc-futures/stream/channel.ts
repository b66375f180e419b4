import { CANDLE_STEPS, type CandleStep } from '../../mexc/candle-step.js';
import type { Contract, Contracts } from '../contracts.js';
import { depthSteps } from '../rest/detail.js';
import type { StreamRequest } from './request.js';

/** What one subscription asks for. */
export type Channel = {
  /** Unique, and what faults know the topic by: `push.depth.BTC_USDT`. */
  readonly name: string;
  /** `push.depth`. */
  readonly push: string;
} & (
  | { readonly kind: 'ticker' | 'funding.rate' | 'index.price' | 'fair.price'; readonly contract: Contract }
  | { readonly kind: 'deal' | 'depth'; readonly contract: Contract; readonly merged: boolean }
  | { readonly kind: 'depth.full'; readonly contract: Contract; readonly limit: number }
  | { readonly kind: 'depth.step'; readonly contract: Contract; readonly step: number }
  | { readonly kind: 'kline'; readonly contract: Contract; readonly step: CandleStep }
  | { readonly kind: 'tickers' | 'contract' | 'event.contract' }
);

/** A message that cannot be followed, in the venue's words; they are documented for an unknown contract only. */
export class StreamRefusal extends Error {}

const FULL_LIMITS = [5, 10, 20];
const DEFAULT_FULL_LIMIT = 20;
const OF_ALL = ['tickers', 'contract', 'event.contract'] as const;
const PLAIN = ['ticker', 'funding.rate', 'index.price', 'fair.price'] as const;

/**
 * What a `sub.` message asks for.
 * Source: MEXC contract docs, WebSocket public channels.
 * @throws {StreamRefusal}
 */
export function readChannel({ method, param }: StreamRequest, contracts: Contracts): Channel {
  const kind = method.slice('sub.'.length);
  const push = `push.${kind}`;
  const ofAll = OF_ALL.find((one) => one === kind);
  if (ofAll !== undefined) return { kind: ofAll, push, name: push };
  if (!isKnown(kind)) throw new StreamRefusal(`Unknown method: ${method}`);
  const contract = contracts.get(typeof param['symbol'] === 'string' ? param['symbol'] : '');
  if (contract === undefined) throw new StreamRefusal("Contract doesn't exist!");
  const base = { push, name: `${push}.${contract.id}`, contract };
  switch (kind) {
    case 'deal':
    case 'depth': {
      const merged = param['compress'] !== false;
      return { ...base, kind, merged, name: merged ? base.name : `${base.name}.each` };
    }
    case 'depth.full':
      return readFull(base, param['limit']);
    case 'depth.step':
      return readStep(base, param['step']);
    case 'kline':
      return readKline(base, param['interval']);
    default:
      return { ...base, kind };
  }
}

/** What an `unsub.` message ends: all of its kind that it does not tell apart. @throws {StreamRefusal} */
export function endedBy({ method, param }: StreamRequest, subscribed: Iterable<Channel>): readonly Channel[] {
  const kind = method.slice('unsub.'.length);
  if (!isKnown(kind) && !OF_ALL.some((one) => one === kind)) throw new StreamRefusal(`Unknown method: ${method}`);
  const { symbol, interval } = param;
  return [...subscribed].filter((channel) => {
    if (channel.kind !== kind) return false;
    if ('contract' in channel && channel.contract.id !== symbol) return false;
    return channel.kind !== 'kline' || interval === undefined || channel.step.stream === interval;
  });
}

type SymbolKind = Extract<Channel, { readonly contract: Contract }>['kind'];

function isKnown(kind: string): kind is SymbolKind {
  return [...PLAIN, 'deal', 'depth', 'depth.full', 'depth.step', 'kline'].includes(kind);
}

interface Base {
  readonly name: string;
  readonly push: string;
  readonly contract: Contract;
}

function readFull(base: Base, limit: unknown = DEFAULT_FULL_LIMIT): Channel {
  const levels = FULL_LIMITS.find((one) => one === Number(limit));
  if (levels === undefined) throw new StreamRefusal('Parameter error: limit');
  return { ...base, kind: 'depth.full', limit: levels, name: `${base.name}.${levels}` };
}

function readStep(base: Base, step: unknown): Channel {
  const known = depthSteps(base.contract).find((one) => one === Number(step));
  if (known === undefined) throw new StreamRefusal('Parameter error: step');
  return { ...base, kind: 'depth.step', step: known, name: `${base.name}.${known}` };
}

function readKline(base: Base, interval: unknown): Channel {
  const step = CANDLE_STEPS.find(({ stream }) => stream === interval);
  if (step === undefined) throw new StreamRefusal('Parameter error: interval');
  return { ...base, kind: 'kline', step, name: `${base.name}.${step.stream}` };
}

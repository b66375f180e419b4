import { CANDLE_STEPS, type CandleStep } from '../mexc/candle-step.js';
import type { WireMarket, WireMarkets } from './markets.js';

/** What a channel name asks for. */
export type Channel =
  | (SymbolChannel & { readonly kind: 'aggreDepth' | 'aggreDeals' | 'aggreBookTicker'; readonly speedMs: number })
  | (SymbolChannel & {
      readonly kind: 'bookTickerBatch' | 'increaseDepth' | 'increaseDepthBatch' | 'deals' | 'bookTicker';
    })
  | (SymbolChannel & { readonly kind: 'limitDepth'; readonly depth: number })
  | (SymbolChannel & { readonly kind: 'kline'; readonly step: CandleStep })
  | (SymbolChannel & { readonly kind: 'miniTicker'; readonly zone: Zone })
  | { readonly kind: 'miniTickers'; readonly name: string; readonly zone: Zone };

/** A channel of one market. */
export interface SymbolChannel {
  readonly name: string;
  readonly market: WireMarket;
  /** The name without symbol and what follows it. */
  readonly eventType: string;
}

/** Day boundary of a mini ticker: minutes ahead of UTC, or the rolling last 24 hours. */
export type Zone = number | 'rolling';

const SPEEDS: ReadonlyMap<string, number> = new Map([
  ['10ms', 10],
  ['100ms', 100],
]);
const DEPTHS = new Set(['5', '10', '20']);
/** Source: MEXC spot v3 docs, mini ticker streams. */
const ZONES: ReadonlyMap<string, Zone> = new Map<string, Zone>([
  ['24H', 'rolling'],
  ...'-10 -8 -7 -6 -5 -4 -3 +0 +1 +2 +3 +4 +4:30 +5 +5:30 +6 +7 +8 +9 +10 +11 +12 +12:45 +13'
    .split(' ')
    .map((zone): [string, Zone] => [`UTC${zone}`, minutesOf(zone)]),
]);
const STEPS: ReadonlyMap<string, CandleStep> = new Map(CANDLE_STEPS.map((step) => [step.stream, step]));

const AGGREGATED = {
  'public.aggre.depth.v3.api.pb': 'aggreDepth',
  'public.aggre.deals.v3.api.pb': 'aggreDeals',
  'public.aggre.bookTicker.v3.api.pb': 'aggreBookTicker',
} as const;

const PLAIN = {
  'public.bookTicker.batch.v3.api.pb': 'bookTickerBatch',
  'public.increase.depth.v3.api.pb': 'increaseDepth',
  'public.increase.depth.batch.v3.api.pb': 'increaseDepthBatch',
  'public.deals.v3.api.pb': 'deals',
  'public.bookTicker.v3.api.pb': 'bookTicker',
} as const;

/**
 * Reads a channel name; the order of its parts matters. `undefined` = the venue would block it: unknown or retired
 * channel, unknown or lower-case symbol, bad speed, interval, depth or zone, or a private one.
 * Source: MEXC spot v3 docs, WebSocket market streams.
 */
export function parseChannel(name: string, markets: WireMarkets): Channel | undefined {
  const [origin, type = '', ...rest] = name.split('@');
  if (origin !== 'spot') return undefined;
  if (type === 'public.miniTickers.v3.api.pb') return parseMiniTickers(name, rest);
  const speed = Object.hasOwn(AGGREGATED, type) ? rest.shift() : undefined;
  const [id = '', detail, ...more] = rest;
  const market = markets.get(id);
  if (market === undefined || more.length > 0) return undefined;
  const base = { name, market, eventType: speed === undefined ? `spot@${type}` : `spot@${type}@${speed}` };
  if (speed !== undefined) return parseAggregated(base, type as keyof typeof AGGREGATED, speed, detail);
  if (Object.hasOwn(PLAIN, type)) {
    return detail === undefined ? { ...base, kind: PLAIN[type as keyof typeof PLAIN] } : undefined;
  }
  return parseDetailed(base, type, detail ?? '');
}

function parseMiniTickers(name: string, rest: readonly string[]): Channel | undefined {
  const zone = ZONES.get(rest[0] ?? '');
  return zone === undefined || rest.length > 1 ? undefined : { kind: 'miniTickers', name, zone };
}

function parseAggregated(
  base: SymbolChannel,
  type: keyof typeof AGGREGATED,
  speed: string,
  detail: string | undefined,
): Channel | undefined {
  const speedMs = SPEEDS.get(speed);
  return speedMs === undefined || detail !== undefined ? undefined : { ...base, kind: AGGREGATED[type], speedMs };
}

function parseDetailed(base: SymbolChannel, type: string, detail: string): Channel | undefined {
  if (type === 'public.limit.depth.v3.api.pb') {
    return DEPTHS.has(detail) ? { ...base, kind: 'limitDepth', depth: Number(detail) } : undefined;
  }
  if (type === 'public.kline.v3.api.pb') {
    const step = STEPS.get(detail);
    return step === undefined ? undefined : { ...base, kind: 'kline', step };
  }
  if (type !== 'public.miniTicker.v3.api.pb') return undefined;
  const zone = ZONES.get(detail);
  return zone === undefined ? undefined : { ...base, kind: 'miniTicker', zone };
}

function minutesOf(zone: string): number {
  const [hours, minutes = '0'] = zone.split(':');
  return Number(hours) * 60 + Number(minutes);
}

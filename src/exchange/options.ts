import { ConfigurationError } from '../errors/kinds.js';
import type { Logger } from '../model/logger.js';
import type { StageTimes } from '../model/stage-times.js';
import { type MarketSymbol, parseSymbol } from '../model/symbol.js';
import type { ReconnectPolicy, RetryPolicy } from '../transport/policies.js';
import type { Runtime } from '../transport/runtime.js';

/** Receives every count and duration as it happens, for a metrics system of your own. */
export interface MetricsSink {
  count(name: string, by: number): void;
  observe(name: string, ms: number): void;
}

/** Options of a public exchange. Everything is optional; nothing is opened until it is needed. */
export interface PublicExchangeOptions {
  /**
   * Other bases than the venue's own, as the venue documents them: `{ rest: 'https://api.mexc.com', ws:
   * 'wss://wbs-api.mexc.com/ws' }`. Plain `http:` and `ws:` are accepted on loopback only.
   */
  readonly endpoints?: { readonly rest?: string; readonly ws?: string };
  /** Ms for one call, its retries and waits included. Default 10,000. */
  readonly timeoutMs?: number;
  /** Changes to the venue's retry policy. `{ maxAttempts: 1 }` = no retry. */
  readonly retry?: Partial<Pick<RetryPolicy, 'maxAttempts' | 'baseDelayMs' | 'maxDelayMs' | 'maxRetryAfterMs'>>;
  /** Changes to the venue's reconnect policy. */
  readonly reconnect?: Partial<ReconnectPolicy>;
  /**
   * Fraction of the venue's rate limits to use, above 0 up to 1. Default 1. Share one IP by giving each process a part; the clients of
   * one process that go out the same way spend it together.
   */
  readonly rateLimit?: { readonly share: number };
  /** Proxy for HTTP and WebSocket alike: `'http://user:pass@host:port'`. */
  readonly proxy?: string;
  /** Offers permessage-deflate where the venue supports it. Default off: it costs more than it saves. */
  readonly compression?: boolean;
  readonly logger?: Logger;
  readonly metrics?: MetricsSink;
  /** Follows frames to the orders that they lead to: `createStageTimes` of `@cex/sdk/observability`. Default: off. */
  readonly stages?: StageTimes;
  /** Clock, chance, HTTP and sockets. Default: Node's. The simulator's `runtime()` goes here. */
  readonly runtime?: Runtime;
  /** Aborting it closes the exchange. */
  readonly signal?: AbortSignal;
  /** Checked against the instrument list on the first call, so that a wrong symbol shows early. */
  readonly symbols?: readonly MarketSymbol[];
}

const KNOWN = new Set([
  'endpoints',
  'timeoutMs',
  'retry',
  'reconnect',
  'rateLimit',
  'proxy',
  'compression',
  'logger',
  'metrics',
  'stages',
  'runtime',
  'signal',
  'symbols',
]);
const RETRY_FIELDS: Fields = { maxAttempts: 1, baseDelayMs: 0, maxDelayMs: 0, maxRetryAfterMs: 0 };
const RECONNECT_FIELDS: Fields = {
  firstDelayMs: 0,
  factor: 1,
  maxDelayMs: 0,
  floorMs: 0,
  maxAttempts: 0,
  stableAfterMs: 0,
  maxConnectsPerMinute: 1,
};

type Fields = Readonly<Record<string, number>>;

/**
 * Checks every option once. Hand-written, because a factory is synchronous and a schema library would have to be
 * loaded with the package.
 * @throws {ConfigurationError} naming the option.
 */
export function validateOptions(options: unknown): asserts options is PublicExchangeOptions {
  const given = requireObject('options', options);
  for (const name of Object.keys(given))
    if (!KNOWN.has(name)) fail(name, `one of ${[...KNOWN].join(', ')}`, given[name]);
  const { endpoints, timeoutMs, retry, reconnect, rateLimit, proxy, compression, signal, symbols } = given;
  if (endpoints !== undefined) validateEndpoints(endpoints);
  if (timeoutMs !== undefined) requireNumber('timeoutMs', timeoutMs, 1, 3_600_000);
  if (retry !== undefined) validateNumbers('retry', retry, RETRY_FIELDS);
  if (reconnect !== undefined) validateReconnect(reconnect);
  if (rateLimit !== undefined) validateShare(rateLimit);
  if (proxy !== undefined) requireUrl('proxy', proxy, ['http:', 'https:']);
  if (compression !== undefined && typeof compression !== 'boolean') fail('compression', 'true or false', compression);
  if (signal !== undefined && !(signal instanceof AbortSignal)) fail('signal', 'an AbortSignal', signal);
  if (symbols !== undefined) validateSymbols(symbols);
  requireMethods('logger', given['logger'], ['debug', 'info', 'warn', 'error']);
  requireMethods('metrics', given['metrics'], ['count', 'observe']);
  requireMethods('stages', given['stages'], ['received', 'decoded', 'applied', 'decided']);
  requireMethods('runtime', given['runtime'], ['openSocket', 'createHttp']);
  if (given['runtime'] !== undefined) {
    const { clock, random } = given['runtime'] as Record<string, unknown>;
    requireMethods('runtime.clock', clock ?? null, []);
    requireMethods('runtime.random', random ?? null, []);
  }
}

function validateEndpoints(value: unknown): void {
  const endpoints = requireObject('endpoints', value);
  for (const name of Object.keys(endpoints)) {
    if (name !== 'rest' && name !== 'ws') fail(`endpoints.${name}`, 'rest or ws', endpoints[name]);
  }
  if (endpoints['rest'] !== undefined) requireSecureUrl('endpoints.rest', endpoints['rest'], 'https:', 'http:');
  if (endpoints['ws'] !== undefined) requireSecureUrl('endpoints.ws', endpoints['ws'], 'wss:', 'ws:');
}

function requireSecureUrl(field: string, value: unknown, secure: string, plain: string): void {
  const url = requireUrl(field, value, [secure, plain]);
  if (url.protocol === plain && !isLoopback(url.hostname))
    fail(field, `${secure}//… (${plain}// on loopback only)`, value);
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    fail(field, 'a URL without user, password or hash', '…');
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function validateReconnect(value: unknown): void {
  const { resetOnCloseCodes, ...numbers } = requireObject('reconnect', value);
  validateNumbers('reconnect', numbers, RECONNECT_FIELDS);
  const codes = resetOnCloseCodes;
  if (codes !== undefined && !(Array.isArray(codes) && codes.every((code) => Number.isInteger(code)))) {
    fail('reconnect.resetOnCloseCodes', 'an array of close codes', codes);
  }
}

function validateNumbers(field: string, value: unknown, fields: Fields): void {
  for (const [name, number] of Object.entries(requireObject(field, value))) {
    const least = fields[name];
    if (least === undefined) fail(`${field}.${name}`, `one of ${Object.keys(fields).join(', ')}`, number);
    if (name === 'maxAttempts' && number === Number.POSITIVE_INFINITY) continue;
    requireNumber(`${field}.${name}`, number, least as number, Number.MAX_SAFE_INTEGER);
  }
}

function validateShare(value: unknown): void {
  const { share, ...rest } = requireObject('rateLimit', value);
  for (const name of Object.keys(rest)) fail(`rateLimit.${name}`, 'share', rest[name]);
  if (typeof share !== 'number' || !(share > 0 && share <= 1))
    fail('rateLimit.share', 'a number above 0, up to 1', share);
}

function validateSymbols(value: unknown): void {
  if (!Array.isArray(value)) return fail('symbols', "an array of symbols such as 'BTC/USDT'", value);
  for (const symbol of value) parseSymbol(symbol as string);
}

function requireMethods(field: string, value: unknown, methods: readonly string[]): void {
  if (value === undefined) return;
  const object = requireObject(field, value);
  for (const method of methods) {
    if (typeof object[method] !== 'function') fail(`${field}.${method}`, 'a function', object[method]);
  }
}

function requireObject(field: string, value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  return fail(field, 'an object', value);
}

function requireNumber(field: string, value: unknown, least: number, most: number): void {
  if (typeof value !== 'number' || !(value >= least && value <= most)) {
    fail(field, `a number from ${least} to ${most}`, value);
  }
}

function requireUrl(field: string, value: unknown, protocols: readonly string[]): URL {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !protocols.includes(url.protocol)) {
    // A proxy URL may carry a password: its text is not repeated.
    return fail(field, `a ${protocols.join(' or ')}// URL`, typeof value === 'string' ? 'another text' : value);
  }
  return url;
}

function fail(field: string, expected: string, received: unknown): never {
  throw new ConfigurationError({ field, expected, received });
}

import type { Credentials } from '../../adapter/signer.js';
import type { Venue } from '../../adapter/venue.js';
import { ConfigurationError } from '../../errors/kinds.js';
import { type DecimalInput, isDecimal, toDecimal } from '../../model/decimal.js';
import { type MarketSymbol, parseSymbol } from '../../model/symbol.js';
import { isLoopback, type PublicExchangeOptions, validateOptions } from '../options.js';
import type { IntentLog } from '../orders/intent-log.js';

/** An address that money may be sent to. */
export interface AllowedAddress {
  readonly address: string;
  /** Absent where the address takes none. */
  readonly memo?: string;
  /** Default any asset. */
  readonly asset?: string;
  /** Default any network. */
  readonly network?: string;
}

/** Bounds of this client, checked before anything is signed. */
export interface OrderCaps {
  /**
   * Largest price × quantity of one order, quote asset. A market order by base asset has no price: it is refused then. An order
   * that only reduces a position is not held to it.
   */
  readonly maxNotional?: DecimalInput;
  /** Only these markets. */
  readonly symbols?: readonly MarketSymbol[];
}

export interface PrivateExchangeOptions extends PublicExchangeOptions {
  /**
   * The key pair, or a function that gives it when it is first needed. Never logged, printed or stored. Clients that are given the same
   * object or function keep the limits of the account together.
   */
  readonly credentials: Credentials | (() => Credentials | Promise<Credentials>);
  /** So long the venue may act on a command after it was signed, ms; then it is certain that it will not. Default 5,000. */
  readonly recvWindowMs?: number;
  /** Where intents are recorded before they are sent. Default: in memory; a file survives a crash. One log per account. */
  readonly intentLog?: IntentLog;
  readonly caps?: OrderCaps;
  /** Places orders also while what was missed during a reconnect is being fetched. Default `false`. */
  readonly placeWhileReconciling?: boolean;
  /** Opens the socket for orders (`via: 'ws'`) at once and keeps it logged in, so that no order waits for it. Default `false`. */
  readonly warmOrderSocket?: boolean;
  /** With live streams the account is compared with the venue this often, ms. Default 30,000. */
  readonly reconcileEveryMs?: number;
  /** How long a command with a lost answer waits for evidence, ms; the search goes on afterwards. Default 30,000. */
  readonly resolveWithinMs?: number;
  /** Withdrawals go to these addresses only; absent: no withdrawals at all. */
  readonly allowWithdrawals?: readonly AllowedAddress[];
}

const NUMBERS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  recvWindowMs: [100, 60_000],
  reconcileEveryMs: [1_000, 3_600_000],
  resolveWithinMs: [0, 3_600_000],
};
const OWN: ReadonlySet<string> = new Set([
  'credentials',
  'intentLog',
  'caps',
  'placeWhileReconciling',
  'warmOrderSocket',
  'allowWithdrawals',
  ...Object.keys(NUMBERS),
]);

/** The options that a public exchange has, too. */
export function publicPart(options: object): PublicExchangeOptions {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !OWN.has(name)));
}

/** Checks every option once. @throws {ConfigurationError} naming the option; never its secret. */
export function validatePrivateOptions(venue: Venue, options: unknown): asserts options is PrivateExchangeOptions {
  if (typeof options !== 'object' || options === null) fail('options', 'an object with credentials', options);
  const given = options as Record<string, unknown>;
  validateOptions(publicPart(given));
  const { credentials, intentLog, caps, allowWithdrawals, endpoints } = given;
  if (typeof credentials !== 'function') validateCredentials(credentials);
  for (const [name, [least, most]] of Object.entries(NUMBERS)) {
    const value = given[name];
    if (value === undefined) continue;
    if (!Number.isInteger(value) || (value as number) < least || (value as number) > most)
      fail(name, `a whole number from ${least} to ${most}`, value);
  }
  for (const name of ['placeWhileReconciling', 'warmOrderSocket']) {
    const value = given[name];
    if (value !== undefined && typeof value !== 'boolean') fail(name, 'true or false', value);
  }
  if (intentLog !== undefined && typeof (intentLog as Partial<IntentLog> | null)?.record !== 'function')
    fail('intentLog', 'an intent log', intentLog);
  if (caps !== undefined) validateCaps(caps);
  if (allowWithdrawals !== undefined) validateAddresses(allowWithdrawals);
  const { rest = venue.hosts.rest, ws = venue.hosts.ws } = (endpoints as PublicExchangeOptions['endpoints']) ?? {};
  requireKnownHost(venue, 'endpoints.rest', rest);
  requireKnownHost(venue, 'endpoints.ws', ws);
}

/** @throws {ConfigurationError} that shows types only. */
export function validateCredentials(value: unknown): asserts value is Credentials {
  if (typeof value !== 'object' || value === null)
    fail('credentials', 'an object with apiKey and secretKey', typeof value);
  for (const name of ['apiKey', 'secretKey'] as const) {
    const text = (value as Partial<Credentials>)[name];
    if (typeof text !== 'string' || !/^[\x21-\x7e]+$/.test(text))
      fail(
        `credentials.${name}`,
        'printable text without blanks',
        typeof text === 'string' ? 'another text' : typeof text,
      );
  }
}

/** Signatures, logins and listen keys go to hosts of the venue only; the simulator serves on loopback. */
function requireKnownHost(venue: Venue, field: string, url: string): void {
  const { hostname } = new URL(url);
  const known = [...new Set([...(venue.private?.signedHosts ?? []), new URL(venue.hosts.ws).hostname])];
  if (known.includes(hostname) || isLoopback(hostname)) return;
  fail(field, `a host of ${venue.name} (${known.join(', ')}) or loopback`, hostname);
}

function validateCaps(value: unknown): void {
  if (typeof value !== 'object' || value === null) return fail('caps', 'an object', value);
  const { maxNotional, symbols, ...rest } = value as Record<string, unknown>;
  for (const name of Object.keys(rest)) fail(`caps.${name}`, 'maxNotional or symbols', rest[name]);
  if (maxNotional !== undefined && !isPositive(maxNotional))
    fail('caps.maxNotional', 'a decimal above zero', maxNotional);
  if (symbols === undefined) return;
  if (!Array.isArray(symbols)) return fail('caps.symbols', 'an array of symbols', symbols);
  for (const symbol of symbols) parseSymbol(symbol as string);
}

function isPositive(value: unknown): boolean {
  const text = typeof value === 'number' && Number.isFinite(value) ? toDecimal(value) : value;
  return isDecimal(text) && !text.startsWith('-') && /[1-9]/.test(text);
}

function validateAddresses(value: unknown): void {
  if (!Array.isArray(value)) return fail('allowWithdrawals', 'an array of addresses', value);
  for (const [index, one] of value.entries()) {
    const { address, ...rest } = (one ?? {}) as Record<string, unknown>;
    if (typeof address !== 'string' || address === '')
      fail(`allowWithdrawals[${index}].address`, 'a text that is not empty', address);
    for (const [name, text] of Object.entries(rest)) {
      if (!['memo', 'asset', 'network'].includes(name) || typeof text !== 'string')
        fail(`allowWithdrawals[${index}].${name}`, 'memo, asset or network as text', text);
    }
  }
}

function fail(field: string, expected: string, received: unknown): never {
  throw new ConfigurationError({ field, expected, received });
}

import { describe, expect, it } from 'vitest';
import { isExchangeError } from '../../../src/errors/exchange-error.js';
import { isLoopback, validateOptions } from '../../../src/exchange/options.js';
import { createPublicExchange, venues } from '../../../src/index.js';

const noop = (): void => undefined;
const LOGGER = { debug: noop, info: noop, warn: noop, error: noop };
const RUNTIME = { clock: {}, random: {}, openSocket: noop, createHttp: noop };

/** The field of the refusal, `'taken'`, or what else was thrown. */
function verdict(options: unknown): unknown {
  try {
    validateOptions(options);
  } catch (error) {
    return isExchangeError(error) && error.outcome === 'not_sent'
      ? (error as unknown as { field: string }).field
      : error;
  }
  return 'taken';
}

describe('the options of an exchange', () => {
  it.each<[unknown]>([
    [{}],
    [{ endpoints: {} }],
    [{ endpoints: { rest: 'https://api.test/v1', ws: 'wss://api.test/ws' } }],
    [{ endpoints: { rest: 'http://127.0.0.1:8080/api', ws: 'ws://localhost:1/ws' } }],
    [{ endpoints: { rest: 'http://[::1]:8080' } }],
    [{ timeoutMs: 1 }],
    [{ retry: {} }],
    [{ retry: { maxAttempts: 1, baseDelayMs: 0, maxDelayMs: 0, maxRetryAfterMs: 0 } }],
    [{ reconnect: { maxAttempts: Number.POSITIVE_INFINITY, factor: 1, resetOnCloseCodes: [1001] } }],
    [{ rateLimit: { share: 1 } }],
    [{ proxy: 'http://user:pass@proxy.test:3128' }],
    [{ compression: false, logger: LOGGER, runtime: RUNTIME, metrics: { count: noop, observe: noop } }],
    [{ signal: new AbortController().signal }],
    [{ symbols: [] }],
    [{ symbols: ['BTC/USDT', 'BTC/USDT:USDT'] }],
    [{ timeoutMs: undefined, endpoints: undefined, symbols: undefined, logger: undefined }],
  ])('are taken: %o', (options) => {
    expect(verdict(options)).toBe('taken');
  });

  it.each<[string, unknown]>([
    ['options', null],
    ['options', 'x'],
    ['options', []],
    ['timeout', { timeout: 5 }],
    ['credentials', { credentials: {} }],
    ['endpoints', { endpoints: 'https://api.test' }],
    ['endpoints', { endpoints: null }],
    ['endpoints.http', { endpoints: { http: 'https://api.test' } }],
    ['endpoints.rest', { endpoints: { rest: 'api.test' } }],
    ['endpoints.rest', { endpoints: { rest: 7 } }],
    ['endpoints.rest', { endpoints: { rest: 'http://api.test' } }],
    ['endpoints.rest', { endpoints: { rest: 'wss://api.test' } }],
    ['endpoints.rest', { endpoints: { rest: 'ftp://api.test' } }],
    ['endpoints.rest', { endpoints: { rest: 'https://user:pass@api.test' } }],
    ['endpoints.rest', { endpoints: { rest: 'https://api.test/#x' } }],
    ['endpoints.rest', { endpoints: { rest: 'http://127.0.0.1.evil.test' } }],
    ['endpoints.rest', { endpoints: { rest: 'http://localhost.evil.test' } }],
    ['endpoints.ws', { endpoints: { ws: 'ws://api.test' } }],
    ['endpoints.ws', { endpoints: { ws: 'https://api.test' } }],
    ['timeoutMs', { timeoutMs: 0 }],
    ['timeoutMs', { timeoutMs: -1 }],
    ['timeoutMs', { timeoutMs: Number.NaN }],
    ['timeoutMs', { timeoutMs: Number.POSITIVE_INFINITY }],
    ['timeoutMs', { timeoutMs: '5000' }],
    ['timeoutMs', { timeoutMs: null }],
    ['retry', { retry: 3 }],
    ['retry.attempts', { retry: { attempts: 3 } }],
    ['retry.maxAttempts', { retry: { maxAttempts: 0 } }],
    ['retry.baseDelayMs', { retry: { baseDelayMs: -1 } }],
    ['retry.maxDelayMs', { retry: { maxDelayMs: Number.NaN } }],
    ['retry.maxRetryAfterMs', { retry: { maxRetryAfterMs: '1' } }],
    ['retry.delayMs', { retry: { delayMs: noop } }],
    ['retry.__proto__', { retry: JSON.parse('{"__proto__": 1}') }],
    ['retry.toString', { retry: { toString: 1 } }],
    ['reconnect', { reconnect: [] }],
    ['reconnect.firstDelayMs', { reconnect: { firstDelayMs: -1 } }],
    ['reconnect.factor', { reconnect: { factor: 0.5 } }],
    ['reconnect.maxDelayMs', { reconnect: { maxDelayMs: Number.POSITIVE_INFINITY } }],
    ['reconnect.floorMs', { reconnect: { floorMs: '1' } }],
    ['reconnect.maxAttempts', { reconnect: { maxAttempts: -1 } }],
    ['reconnect.stableAfterMs', { reconnect: { stableAfterMs: null } }],
    ['reconnect.maxConnectsPerMinute', { reconnect: { maxConnectsPerMinute: 0 } }],
    ['reconnect.resetOnCloseCodes', { reconnect: { resetOnCloseCodes: 1001 } }],
    ['reconnect.resetOnCloseCodes', { reconnect: { resetOnCloseCodes: ['1001'] } }],
    ['rateLimit', { rateLimit: 0.5 }],
    ['rateLimit.share', { rateLimit: {} }],
    ['rateLimit.share', { rateLimit: { share: 0 } }],
    ['rateLimit.share', { rateLimit: { share: 1.1 } }],
    ['rateLimit.share', { rateLimit: { share: '1' } }],
    ['rateLimit.part', { rateLimit: { share: 1, part: 1 } }],
    ['proxy', { proxy: 'proxy.test:3128' }],
    ['proxy', { proxy: 'socks5://proxy.test' }],
    ['proxy', { proxy: 5 }],
    ['compression', { compression: 'yes' }],
    ['logger', { logger: noop }],
    ['logger.error', { logger: { ...LOGGER, error: undefined } }],
    ['metrics', { metrics: 1 }],
    ['metrics.observe', { metrics: { count: noop } }],
    ['runtime', { runtime: null }],
    ['runtime.createHttp', { runtime: { openSocket: noop } }],
    ['runtime.clock', { runtime: { openSocket: noop, createHttp: noop } }],
    ['signal', { signal: {} }],
    ['symbols', { symbols: 'BTC/USDT' }],
    ['symbol', { symbols: ['BTCUSDT'] }],
    ['symbol', { symbols: [7] }],
  ])('are refused by the name of the wrong one: %s in %o', (field, options) => {
    expect(verdict(options)).toBe(field);
  });

  it('are refused before anything is opened', () => {
    expect(() => createPublicExchange('mexc_spot', { timeoutMs: 0 })).toThrow(
      'timeoutMs: expected a number from 1 to 3600000, received 0',
    );
    expect(() => createPublicExchange('nyse' as 'mexc_spot')).toThrow(
      `venue: expected one of ${Object.keys(venues).join(', ')}, received "nyse"`,
    );
  });

  it('never show the password of a proxy or an endpoint', () => {
    for (const options of [
      { proxy: 'socks5://u:hunter2@p.test' },
      { endpoints: { rest: 'https://u:hunter2@p.test' } },
    ]) {
      let text = '';
      try {
        validateOptions(options);
      } catch (error) {
        text = `${error} ${JSON.stringify(error)}`;
      }
      expect([text.includes('hunter2'), text.length > 0]).toEqual([false, true]);
    }
  });

  it.each([
    ['localhost', true],
    ['127.0.0.1', true],
    ['127.255.0.3', true],
    ['[::1]', true],
    ['127.0.0.1.evil.test', false],
    ['1127.0.0.1', false],
    ['api.test', false],
    ['0.0.0.0', false],
    ['', false],
  ])('count %j as this machine: %s', (hostname, expected) => {
    expect(isLoopback(hostname)).toBe(expected);
  });
});

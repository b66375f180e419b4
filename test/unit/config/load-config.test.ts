import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoadConfigOptions, loadConfig } from '../../../src/config/load-config.js';
import { ConfigurationError } from '../../../src/errors/kinds.js';
import { venues } from '../../../src/index.js';

const json = (content: unknown): LoadConfigOptions => ({ text: JSON.stringify(content) });

const YAML = `
defaults:
  timeoutMs: 4000
  retry: { maxAttempts: 2, baseDelayMs: 100 }
venues:
  mexc_spot:
    retry: { maxAttempts: 5 }
    symbols: [BTC/USDT, 龙/USDT]
    credentials:
      apiKey: mx-key
      secretKey: canary-file
  gateio_spot:
    endpoints:
      rest: http://127.0.0.1:8001/api/v4
      ws: ws://127.0.0.1:8001/ws/v4/
    recvWindowMs: 3000
`;

const ONE_OF_THE_VENUES = 'one of mexc_spot, mexc_futures, gateio_spot, gateio_futures, gateio_futures_btc';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cex-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function refusal(options: LoadConfigOptions): Promise<{ field: string; message: string }> {
  const error = await loadConfig(options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConfigurationError);
  const { field, message } = error as ConfigurationError;
  return { field, message };
}

describe('loadConfig', () => {
  it('reads YAML, with defaults under each venue and sections merged field by field', async () => {
    const config = await loadConfig({ text: YAML, format: 'yaml' });
    const mexc = config.forVenue('mexc_spot');
    expect({ venues: config.venues, mexc: mexc.options, gateio: config.forVenue('gateio_spot') }).toEqual({
      venues: ['mexc_spot', 'gateio_spot'],
      mexc: { timeoutMs: 4000, retry: { maxAttempts: 5, baseDelayMs: 100 }, symbols: ['BTC/USDT', '龙/USDT'] },
      gateio: {
        options: {
          timeoutMs: 4000,
          retry: { maxAttempts: 2, baseDelayMs: 100 },
          endpoints: { rest: 'http://127.0.0.1:8001/api/v4', ws: 'ws://127.0.0.1:8001/ws/v4/' },
        },
        recvWindowMs: 3000,
      },
    });
    expect(mexc.credentials?.()).toEqual({ apiKey: 'mx-key', secretKey: 'canary-file' });
  });

  it.each(['settings.yaml', 'settings.yml', 'settings.json'])('knows the format of %s by its ending', async (name) => {
    const file = join(folder, name);
    await writeFile(
      file,
      name.endsWith('.json') ? '{"venues":{"mexc_spot":{"timeoutMs":7}}}' : 'venues: { mexc_spot: { timeoutMs: 7 } }',
    );
    expect((await loadConfig({ file })).forVenue('mexc_spot')).toEqual({ options: { timeoutMs: 7 } });
  });

  it('gives the defaults to a venue that is not named', async () => {
    const config = await loadConfig(json({ defaults: { compression: true } }));
    expect([config.venues, config.forVenue('gateio_spot')]).toEqual([[], { options: { compression: true } }]);
  });

  it('lets the environment win over the file, and takes empty variables as not set', async () => {
    const env = {
      PATH: '/bin',
      CEX_MEXC_SPOT_API_KEY: 'env-key',
      CEX_MEXC_SPOT_SECRET_KEY: 'env-secret',
      CEX_MEXC_SPOT_TIMEOUT_MS: '2500',
      CEX_MEXC_SPOT_RETRY_MAX_ATTEMPTS: '1',
      CEX_MEXC_SPOT_SYMBOLS: 'BTC/USDT, ETH/USDT',
      CEX_GATEIO_SPOT_RATE_LIMIT_SHARE: '0.5',
      CEX_GATEIO_SPOT_PROXY: '',
    };
    const config = await loadConfig({ text: YAML, format: 'yaml', env });
    const mexc = config.forVenue('mexc_spot');
    expect([mexc.options, mexc.credentials?.(), config.forVenue('gateio_spot').options.rateLimit]).toEqual([
      { timeoutMs: 2500, retry: { maxAttempts: 1, baseDelayMs: 100 }, symbols: ['BTC/USDT', 'ETH/USDT'] },
      { apiKey: 'env-key', secretKey: 'env-secret' },
      { share: 0.5 },
    ]);
  });

  it('completes a key of the file with a secret of the environment', async () => {
    const content = { venues: { mexc_spot: { credentials: { apiKey: 'k' } } } };
    const config = await loadConfig({ ...json(content), env: { CEX_MEXC_SPOT_SECRET_KEY: 's' } });
    expect(config.forVenue('mexc_spot').credentials?.()).toEqual({ apiKey: 'k', secretKey: 's' });
  });

  it('works from the environment alone, for an adapter of your own too', async () => {
    const config = await loadConfig({ venues: ['acme_spot'], env: { CEX_ACME_SPOT_TIMEOUT_MS: '9' } });
    expect([config.venues, config.forVenue('acme_spot')]).toEqual([['acme_spot'], { options: { timeoutMs: 9 } }]);
  });

  it('knows every venue of the package, and tells those whose names begin alike apart', async () => {
    const text = `
      venues:
        gateio_futures: { timeoutMs: 1, symbols: [BTC/USDT:USDT] }
        gateio_futures_btc: { timeoutMs: 2, symbols: [BTC/USD:BTC], credentials: { apiKey: file, secretKey: file } }
    `;
    const env = {
      CEX_MEXC_FUTURES_TIMEOUT_MS: '3',
      CEX_MEXC_FUTURES_SYMBOLS: 'BTC/USDT:USDT,BTC/USD:BTC',
      CEX_GATEIO_FUTURES_API_KEY: 'usdt',
      CEX_GATEIO_FUTURES_SECRET_KEY: 'usdt',
      CEX_GATEIO_FUTURES_BTC_API_KEY: 'btc',
      CEX_GATEIO_FUTURES_BTC_RECV_WINDOW_MS: '9',
    };
    const config = await loadConfig({ text, format: 'yaml', env });
    const seen = Object.keys(venues).map((venue) => {
      const { credentials, ...rest } = config.forVenue(venue);
      return { venue, keys: credentials?.(), ...rest };
    });
    expect([config.venues, seen]).toEqual([
      ['gateio_futures', 'gateio_futures_btc', 'mexc_futures'],
      [
        { venue: 'mexc_spot', keys: undefined, options: {} },
        {
          venue: 'mexc_futures',
          keys: undefined,
          options: { timeoutMs: 3, symbols: ['BTC/USDT:USDT', 'BTC/USD:BTC'] },
        },
        { venue: 'gateio_spot', keys: undefined, options: {} },
        {
          venue: 'gateio_futures',
          keys: { apiKey: 'usdt', secretKey: 'usdt' },
          options: { timeoutMs: 1, symbols: ['BTC/USDT:USDT'] },
        },
        {
          venue: 'gateio_futures_btc',
          keys: { apiKey: 'btc', secretKey: 'file' },
          options: { timeoutMs: 2, symbols: ['BTC/USD:BTC'] },
          recvWindowMs: 9,
        },
      ],
    ]);
  });

  it('shows no secret when printed', async () => {
    const config = await loadConfig({ text: YAML, format: 'yaml' });
    const shown = [config, config.forVenue('mexc_spot')].map(
      (value) => inspect(value, { depth: 9, showHidden: true }) + JSON.stringify(value),
    );
    expect(shown.join()).not.toContain('canary');
  });
});

describe('loadConfig refuses', () => {
  it.each([
    [
      { venues: { mexc_spot: { timeoutMs: 0 } } },
      'venues.mexc_spot.timeoutMs: expected a number from 1 to 3600000, received 0',
    ],
    [
      { venues: { mexc_spot: { timeoutMs: '5' } } },
      'venues.mexc_spot.timeoutMs: expected a number from 1 to 3600000, received "5"',
    ],
    [
      { venues: { mexc_spot: { timeout: 5 } } },
      'venues.mexc_spot.timeout: expected the name of an option, received "another name"',
    ],
    [{ venues: { mexc_sopt: {} } }, `venues.mexc_sopt: expected ${ONE_OF_THE_VENUES}, received "mexc_sopt"`],
    [{ venues: { mexc_spot: { retry: 3 } } }, 'venues.mexc_spot.retry: expected an object, received 3'],
    [{ venues: [] }, 'venues: expected an object with one entry per venue, received an array of 0'],
    [
      { venues: { gateio_spot: { symbols: ['BTCUSDT'] } } },
      `venues.gateio_spot.symbols.0: expected a symbol such as 'BTC/USDT', received "BTCUSDT"`,
    ],
    [
      { venues: { mexc_spot: { rateLimit: { share: 1.5 } } } },
      'venues.mexc_spot.rateLimit.share: expected a number above 0, up to 1, received 1.5',
    ],
    [
      { venues: { mexc_spot: { endpoints: { rest: 'http://api.example.com' } } } },
      'venues.mexc_spot.endpoints.rest: expected an https:// URL, or http:// on loopback, received "[hidden]"',
    ],
    [
      { venues: { mexc_spot: { endpoints: { ws: 'ws://127.0.0.1.example.com' } } } },
      'venues.mexc_spot.endpoints.ws: expected a wss:// URL, or ws:// on loopback, received "[hidden]"',
    ],
    [
      { venues: { mexc_spot: { compression: 'yes' } } },
      'venues.mexc_spot.compression: expected true or false, received "yes"',
    ],
    [
      { defaults: { credentials: {} } },
      'defaults.credentials: expected the name of an option, received "another name"',
    ],
    [{ venue: {} }, 'venue: expected the name of an option, received "another name"'],
    [null, 'configuration: expected an object, received null'],
    [[], 'configuration: expected an object, received an array of 0'],
  ])('%j', async (content, message) => {
    expect((await refusal(json(content))).message).toBe(message);
  });

  it.each([
    [
      { venues: { mexc_spot: { credentials: { apiKey: 'canary', secretKey: '' } } } },
      'venues.mexc_spot.credentials.secretKey',
    ],
    [{ venues: { mexc_spot: { credentials: { apiKey: 'canary' } } } }, 'venues.mexc_spot.credentials.secretKey'],
    [{ venues: { mexc_spot: { credentials: 'canary' } } }, 'venues.mexc_spot.credentials'],
    [{ venues: { mexc_spot: { secretkey: 'canary' } } }, 'venues.mexc_spot.secretkey'],
    [{ venues: { mexc_spot: { proxy: 'canary' } } }, 'venues.mexc_spot.proxy'],
    [
      { venues: { mexc_spot: { endpoints: { rest: 'https://user:canary@api.example.com' } } } },
      'venues.mexc_spot.endpoints.rest',
    ],
  ])('%j without repeating what may be a secret', async (content, field) => {
    const refused = await refusal(json(content));
    expect(refused.field).toBe(field);
    expect(refused.message).not.toContain('canary');
  });

  it.each([
    [{ text: '{"venues": {\n "mexc_spot": canary' }, 'text: expected valid JSON, received "other text"'],
    [
      { text: 'a: 1\nb: [canary', format: 'yaml' as const },
      'text: expected valid YAML, received "other text on line 2"',
    ],
    [{ text: 'a: 1\na: 2', format: 'yaml' as const }, 'text: expected valid YAML, received "other text on line 2"'],
    [{ text: '{}', file: 'x.json' }, 'text: expected either file or text, received "both"'],
    [{ file: 'x.toml' }, 'file: expected a .json, .yaml or .yml file, or a format, received "x.toml"'],
    [{ file: '/nowhere/x.json' }, 'file: expected a file that can be read, received "/nowhere/x.json (ENOENT)"'],
  ])('the source %j', async (options, message) => {
    expect((await refusal(options)).message).toBe(message);
  });

  it('a variable with our prefix that means nothing', async () => {
    for (const variable of ['CEX_MEXC_SPOT_SECRET', 'CEX_MEXC_SPOT_REST', 'CEX_MEXC_API_KEY', 'CEX_X']) {
      const refused = await refusal({ env: { [variable]: 'canary' } });
      expect(refused.field).toBe(variable);
      expect(refused.message).not.toContain('canary');
    }
  });

  it('a number of the environment that is none, by its variable', async () => {
    expect(await refusal({ env: { CEX_MEXC_SPOT_TIMEOUT_MS: '5s' } })).toEqual({
      field: 'CEX_MEXC_SPOT_TIMEOUT_MS',
      message: 'CEX_MEXC_SPOT_TIMEOUT_MS: expected a plain number, received "another text"',
    });
  });

  it('a malformed section even where the environment would cover it', async () => {
    const env = { CEX_MEXC_SPOT_RETRY_MAX_ATTEMPTS: '2' };
    expect([
      (await refusal({ ...json({ venues: { mexc_spot: { retry: 'x' } } }), env })).field,
      (await refusal({ ...json({ venues: { mexc_spot: 'x' } }), env })).field,
      (await refusal({ ...json({ venues: 'x' }), env })).field,
    ]).toEqual(['venues.mexc_spot.retry', 'venues.mexc_spot', 'venues']);
  });

  it('keys that mean something to objects, and stays itself', async () => {
    expect((await refusal({ text: '{"__proto__": {"polluted": 1}}' })).field).toBe('__proto__');
    expect((await refusal({ text: '{"venues": {"constructor": {}}}' })).field).toBe('venues.constructor');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('a venue that was not among the known ones, when asked for it', async () => {
    const config = await loadConfig({});
    expect(() => config.forVenue('acme_spot')).toThrow(`venue: expected ${ONE_OF_THE_VENUES}, received "acme_spot"`);
  });
});

import { describe, expect, it } from 'vitest';
import { ConfigurationError, RateLimitError } from '../../../src/errors/kinds.js';
import { createRingLogger, silentLogger } from '../../../src/observability/logger.js';

function tickingNow() {
  let now = 1_000;
  return () => now++;
}

describe('createRingLogger', () => {
  it('keeps the newest lines in order and counts what they replaced', () => {
    const logger = createRingLogger({ now: tickingNow(), capacity: 3 });
    for (const message of ['a', 'b', 'c', 'd', 'e']) logger.info(message);
    expect({ entries: logger.entries(), overwritten: logger.overwritten }).toEqual({
      entries: [
        { at: 1_002, level: 'info', message: 'c' },
        { at: 1_003, level: 'info', message: 'd' },
        { at: 1_004, level: 'info', message: 'e' },
      ],
      overwritten: 2,
    });
  });

  it('drops what is below its level without asking for the time', () => {
    let asked = 0;
    const logger = createRingLogger({ now: () => asked++, level: 'warn' });
    logger.debug('a');
    logger.info('b');
    logger.warn('c', { n: 1 });
    logger.error('d');
    expect({ lines: logger.entries().map(({ level, message }) => [level, message]), asked }).toEqual({
      lines: [
        ['warn', 'c'],
        ['error', 'd'],
      ],
      asked: 2,
    });
  });

  it('forgets its lines on clear and goes on', () => {
    const logger = createRingLogger({ now: tickingNow(), capacity: 2 });
    for (const message of ['a', 'b', 'c']) logger.info(message);
    logger.clear();
    const cleared = { entries: logger.entries(), overwritten: logger.overwritten };
    logger.info('d');
    expect({ cleared, after: logger.entries() }).toEqual({
      cleared: { entries: [], overwritten: 0 },
      after: [{ at: 1_003, level: 'info', message: 'd' }],
    });
  });

  it('hides secrets when read: by name, by shape, in errors, and at any depth it prints', () => {
    const secret = 'canary0123456789abcdef0123456789';
    const logger = createRingLogger({ now: tickingNow() });
    logger.error(`GET /x?signature=${secret}`, {
      apiKey: secret,
      nested: [{ listenKey: secret, 'X-MEXC-APIKEY': secret, headers: { KEY: secret, SIGN: secret } }],
      text: `token=${secret}`,
      error: new Error(`failed: secret=${secret}`),
      own: new RateLimitError({ message: `key=${secret}`, outcome: 'rejected', retryAfterMs: 5 }),
      deep: { a: { b: { c: { d: secret } } } },
      count: 3,
      big: 10n,
      call: () => secret,
    });
    const [entry] = logger.entries();
    expect(JSON.stringify(entry)).not.toContain('canary');
    expect(entry?.fields).toMatchObject({
      apiKey: '[redacted]',
      error: { name: 'Error' },
      own: { code: 'rate_limit', retryAfterMs: 5 },
      deep: { a: { b: { c: '[deep]' } } },
      count: 3,
      big: '10',
      call: '[function]',
    });
  });

  it('survives fields that refer to themselves', () => {
    const logger = createRingLogger({ now: tickingNow() });
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    logger.info('loop', loop);
    expect(JSON.stringify(logger.entries()[0]?.fields)).toContain('[deep]');
  });

  it.each([
    { options: { capacity: 0 }, names: 'capacity' },
    { options: { capacity: 1.5 }, names: 'capacity' },
    { options: { capacity: 1_000_001 }, names: 'capacity' },
    { options: { level: 'loud' as 'info' }, names: 'level' },
  ])('refuses $options and names $names', ({ options, names }) => {
    const create = () => createRingLogger({ now: tickingNow(), ...options });
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow(new RegExp(`^${names}: expected `));
  });
});

it('the silent logger takes everything', () => {
  expect(Object.values(silentLogger).map((write) => write('x', { a: 1 }))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

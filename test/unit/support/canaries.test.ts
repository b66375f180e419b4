import { describe, expect, it } from 'vitest';
import { ENCODING_NAMES, encodeCanary, findCanaries } from '../../support/canaries.js';
import { secretsOfTests } from '../../support/canary-reporter.js';

describe('the scan of what a test run prints', () => {
  const secrets = secretsOfTests(new URL('../../', import.meta.url));

  it('looks for the secrets that the tests use', () => {
    expect(Object.values(secrets)).toContain('a-secret-of-the-world');
    expect(Object.keys(secrets).length).toBeGreaterThan(5);
  });

  it.each(ENCODING_NAMES)('finds each of them as %s, and shows none', (encoding) => {
    for (const [name, secret] of Object.entries(secrets)) {
      const found = findCanaries({ [name]: secret }, [
        ['the output', `before ${encodeCanary(encoding, secret)} after`],
      ]);
      expect(found).toContain(`${name} as ${encoding} in the output`);
      expect(found.join()).not.toContain(secret);
    }
  });

  it('finds nothing in a text without them', () => {
    expect(findCanaries(secrets, [['the output', 'all is well, secretKey: [redacted]']])).toEqual([]);
  });
});

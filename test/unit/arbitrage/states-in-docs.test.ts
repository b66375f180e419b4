import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeStates } from '../../../src/cli/arb/states.js';

it('the documentation shows the states as they are: npx cex arb states', () => {
  const page = readFileSync(new URL('../../../docs/ARBITRAGE.md', import.meta.url), 'utf8');
  const shown = page.split('<!-- states -->')[1]?.split('<!-- /states -->')[0] ?? '';
  expect(unpadded(shown)).toBe(unpadded(describeStates()));
});

/** The formatter lines the columns of tables up. */
function unpadded(text: string): string {
  return text.trim().replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');
}

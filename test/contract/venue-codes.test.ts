import { describe, expect, it } from 'vitest';
import { venues } from '../../src/index.js';

const HEAD = `# What each code of a venue means

Made from the tables of the library by \`npx vitest run test/contract/venue-codes.test.ts -u\`; a test keeps it true.

*Outcome* is what is known about a command that was answered so: \`rejected\` = the venue does not have it; \`unknown\` = it may
or may not have it, and the library looks for evidence. A code that is not listed is \`unknown\` in both columns. See
[OUTCOMES.md](OUTCOMES.md).
`;

function table(): string {
  let text = HEAD;
  for (const { name, errors } of Object.values(venues)) {
    text += `\n## ${name}\n\n| venue says | code | outcome | meaning |\n| --- | --- | --- | --- |\n`;
    for (const [says, { code, outcome = 'rejected', meaning }] of Object.entries(errors)) {
      text += `| \`${says}\` | \`${code}\` | ${outcome} | ${meaning.replaceAll('|', '\\|')} |\n`;
    }
  }
  return text;
}

describe('the table of venue codes in the documentation', () => {
  it('says what the library does', async () => {
    await expect(table()).toMatchFileSnapshot('../../docs/VENUE_CODES.md');
  });
});

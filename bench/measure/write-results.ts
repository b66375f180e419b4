import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import type { Result } from './result.js';

const FILE = 'docs/BENCHMARKS.md';
const HEADING = '## Results\n';

/** Puts the figures of this run under the heading `Results` of the document, in place of those of an earlier one. */
export function writeResults(results: readonly Result[], how: string): void {
  const text = readFileSync(FILE, 'utf8');
  const begin = text.indexOf(HEADING);
  if (begin < 0) throw new Error(`${FILE} has no heading "${HEADING.trim()}"`);
  const next = text.indexOf('\n## ', begin + HEADING.length);
  const rest = next < 0 ? '' : text.slice(next);
  writeFileSync(FILE, `${text.slice(0, begin)}${HEADING}\n${section(results, how)}${rest}`);
}

function section(results: readonly Result[], how: string): string {
  const met = results.filter((result) => result.met).length;
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const machine = `${cpus().length} cores of ${cpus()[0]?.model ?? 'an unknown kind'}, ${gigabytes} GB, Node ${process.version}`;
  const rows = results.map(({ id, value, unit, goal, met: isMet, spread, detail }) => [
    `\`${id}\``,
    `${value} ${unit}`,
    goal,
    isMet ? 'yes' : '**no**',
    `±${(spread * 100).toFixed(0)} %`,
    detail.replaceAll('|', '\\|'),
  ]);
  const table = [['figure', 'reached', 'goal', 'met', 'spread', 'behind it'], ...rows];
  const widths = table.reduce<number[]>((all, row) => row.map((cell, at) => Math.max(all[at] ?? 0, cell.length)), []);
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at] as number)).join(' | ')} |`;
  const [head = [], ...body] = table;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return `Written by \`${how}\`: ${machine}. ${met} of ${results.length} goals met.\n\n${[line(head), rule, ...body.map(line)].join('\n')}\n`;
}

import type { Result } from './result.js';

/** For people: one line per figure, columns aligned. */
export function printTable(results: readonly Result[]): string {
  const rows = results.map(({ id, value, unit, goal, met, spread, detail }) => [
    met ? 'ok' : 'MISSED',
    id,
    `${value} ${unit}`,
    goal,
    `±${(spread * 100).toFixed(0)} %`,
    detail,
  ]);
  const table = [['', 'id', 'value', 'goal', 'spread', 'detail'], ...rows];
  const widths = table.reduce<number[]>((all, row) => row.map((cell, at) => Math.max(all[at] ?? 0, cell.length)), []);
  const lines = table.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const met = results.filter((result) => result.met).length;
  return `${lines.join('\n')}\n${met} of ${results.length} goals met\n`;
}

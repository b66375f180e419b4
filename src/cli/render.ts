/** Shows a block of lines: redrawn in place on a terminal, printed one after the other elsewhere. */
export interface Screen {
  /** Ms between two calls of {@link show} that suit the output. */
  readonly everyMs: number;
  show(lines: readonly string[]): void;
  /** Gives the cursor back. */
  close(): void;
}

const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';

/** @param pipeEveryMs ms between two blocks where the output is not a terminal. */
export function createScreen(stream: NodeJS.WriteStream, pipeEveryMs = 2_000): Screen {
  if (!stream.isTTY) {
    return { everyMs: pipeEveryMs, show: (lines) => void stream.write(`${lines.join('\n')}\n\n`), close: () => {} };
  }
  let height = 0;
  return {
    everyMs: 200,
    show(lines) {
      // A line that wraps would upset the count of lines to go up.
      const shown = lines.slice(0, stream.rows - 1).map((line) => line.slice(0, stream.columns - 1));
      const up = height === 0 ? HIDE_CURSOR : `\x1b[${height}A\r`;
      stream.write(`${up}\x1b[J${shown.join('\n')}\n`);
      height = shown.length;
    },
    close: () => void stream.write(height === 0 ? '' : SHOW_CURSOR),
  };
}

/** Decimals of a step: `'0.010'` has 2. */
export function decimalsOf(step: string): number {
  return (step.split('.')[1] ?? '').replace(/0+$/, '').length;
}

/** Columns as wide as their widest cell, the first `leftColumns` to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[], leftColumns: number): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  const pad = (cell: string, at: number): string =>
    at < leftColumns ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
  return rows.map((row) => row.map(pad).join('  ').trimEnd());
}

/** `undefined` and what is not a number become a dash. */
export function fixed(value: number | undefined, decimals: number): string {
  return value === undefined || !Number.isFinite(value) ? '-' : value.toFixed(decimals);
}

/** Shows a block of lines: redrawn in place on a terminal, printed one after the other elsewhere. */
export interface Screen {
  /** Ms between two calls of {@link show} that suit the output. */
  readonly everyMs: number;
  /** Lines that {@link show} shows at most; `Infinity` where the output is not a terminal. */
  readonly height: number;
  show(lines: readonly string[]): void;
  /** Gives the cursor back. */
  close(): void;
}

const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';
const INDENT = '    ';
const GREEN = 32;
const YELLOW = 33;
const RED = 31;
const COLORS: Readonly<Record<string, number>> = { live: GREEN, syncing: YELLOW, stale: RED, closed: RED };

/** @param pipeEveryMs ms between two blocks where the output is not a terminal. */
export function createScreen(stream: NodeJS.WriteStream, pipeEveryMs = 2_000): Screen {
  if (!stream.isTTY) {
    const show = (lines: readonly string[]) => void stream.write(`${lines.join('\n')}\n\n`);
    return { everyMs: pipeEveryMs, height: Number.POSITIVE_INFINITY, show, close: () => {} };
  }
  // Node knows of NO_COLOR and of terminals that have none.
  const hasColors = stream.hasColors();
  let drawn = 0;
  return {
    everyMs: 200,
    get height() {
      return stream.rows - 1;
    },
    show(lines) {
      // A line that wraps would upset the count of lines to go up.
      const shown = lines.slice(0, stream.rows - 1).map((line) => line.slice(0, stream.columns - 1));
      const up = drawn === 0 ? HIDE_CURSOR : `\x1b[${drawn}A\r`;
      const painted = hasColors ? shown.map(paint) : shown;
      stream.write(`${up}\x1b[J${painted.join('\n')}\n`);
      drawn = shown.length;
    },
    close: () => void stream.write(drawn === 0 ? '' : SHOW_CURSOR),
  };
}

/** Headings bold, states of books coloured; the text stays the same. */
function paint(line: string): string {
  if (/^\S/.test(line)) return `\x1b[1m${line}\x1b[22m`;
  return line.replace(/(?<= )(?:live|syncing|stale|closed)(?= )/, (state) => `\x1b[${COLORS[state]}m${state}\x1b[39m`);
}

/** Breaks lines at blanks where a terminal would break them anywhere; what follows is indented. */
export function wrapLines(lines: readonly string[], columns: number): string[] {
  return lines.flatMap((line) => {
    const rows: string[] = [];
    let rest = line;
    for (let at = rest.lastIndexOf(' ', columns); rest.length > columns && at > INDENT.length; ) {
      rows.push(rest.slice(0, at));
      rest = INDENT + rest.slice(at + 1);
      at = rest.lastIndexOf(' ', columns);
    }
    return [...rows, rest];
  });
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

import { describe, expect, it } from 'vitest';
import { createScreen, wrapLines } from '../../../src/cli/render.js';

/** A terminal, or a pipe, that keeps what is written. */
function output(terminal?: { readonly columns: number; readonly rows: number; readonly colors: boolean }) {
  const written: string[] = [];
  const stream = {
    isTTY: terminal !== undefined,
    ...terminal,
    hasColors: () => terminal?.colors ?? false,
    write: (text: string) => written.push(text) > 0,
  };
  return { stream: stream as unknown as NodeJS.WriteStream, written };
}

const LINES = ['books', '  mexc_spot  live   1', '  gateio_spot  stale   2', '  live is no state here'];

describe('a screen', () => {
  it('prints plain blocks without a bound into a pipe', () => {
    const { stream, written } = output();
    const screen = createScreen(stream, 7);
    screen.show(LINES);
    screen.close();
    expect([screen.everyMs, screen.height, written]).toEqual([
      7,
      Number.POSITIVE_INFINITY,
      [`${LINES.join('\n')}\n\n`],
    ]);
  });

  it('draws over its last block on a terminal, cuts what does not fit, and gives the cursor back', () => {
    const { stream, written } = output({ columns: 13, rows: 4, colors: false });
    const screen = createScreen(stream);
    screen.show(LINES);
    screen.show(['one']);
    screen.close();
    expect(screen.height).toBe(3);
    expect(written).toEqual([
      '\x1b[?25l\x1b[Jbooks\n  mexc_spot \n  gateio_spo\n',
      '\x1b[3A\r\x1b[Jone\n',
      '\x1b[?25h',
    ]);
  });

  it('colours states and headings where the terminal can', () => {
    const { stream, written } = output({ columns: 80, rows: 24, colors: true });
    createScreen(stream).show(LINES.slice(0, 3));
    expect(written).toEqual([
      [
        '\x1b[?25l\x1b[J\x1b[1mbooks\x1b[22m',
        '  mexc_spot  \x1b[32mlive\x1b[39m   1',
        '  gateio_spot  \x1b[31mstale\x1b[39m   2',
        '',
      ].join('\n'),
    ]);
  });
});

describe('long lines', () => {
  it('break at blanks, and go on indented', () => {
    expect(wrapLines(['short', 'one two three four five six', ''], 14)).toEqual([
      'short',
      'one two three',
      '    four five',
      '    six',
      '',
    ]);
  });

  it('stay whole where there is no blank', () => {
    expect(wrapLines(['x'.repeat(20), 'a '.concat('y'.repeat(20))], 8)).toEqual([
      'x'.repeat(20),
      `a ${'y'.repeat(20)}`,
    ]);
  });
});

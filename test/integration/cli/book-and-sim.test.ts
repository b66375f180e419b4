import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.js';

describe('cex book', () => {
  it.each(['mexc_spot', 'gateio_spot'])('prints the book of %s as JSON lines until it is stopped', async (venue) => {
    const { code, stdout, stderr } = await runCli(['book', venue, 'BTC/USDT', '--sim', '--json'], { stopAt: '"live"' });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const line = JSON.parse(stdout.split('\n')[0] as string) as { bids: unknown[]; asks: unknown[] };
    expect(line).toEqual({
      venue,
      symbol: 'BTC/USDT',
      state: 'live',
      sequence: expect.any(Number),
      updatedAt: expect.any(Number),
      bids: Array.from({ length: 10 }, () => [expect.any(Number), expect.any(Number)]),
      asks: Array.from({ length: 10 }, () => [expect.any(Number), expect.any(Number)]),
    });
  });
});

describe('cex sim', () => {
  it('prints the endpoints of both venues and serves them until it is stopped', async () => {
    const { code, stdout, stderr } = await runCli(['sim', '--port', '28480', '--seed', '3'], { stopAt: 'Ctrl-C' });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(
      [
        'mexc_spot    rest http://127.0.0.1:28480   ws ws://127.0.0.1:28480/ws',
        'gateio_spot  rest http://127.0.0.1:28481/api/v4   ws ws://127.0.0.1:28481/ws/v4/',
        'BTC/USDT and ETH/USDT, seed 3; Ctrl-C ends it',
        '',
      ].join('\n'),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.js';

describe('cex book', () => {
  it.each([
    ['mexc_spot', 'BTC/USDT'],
    ['mexc_futures', 'BTC/USDT:USDT'],
    ['mexc_futures', 'BTC/USD:BTC'],
    ['gateio_spot', 'BTC/USDT'],
    ['gateio_futures', 'BTC/USDT:USDT'],
    ['gateio_futures_btc', 'BTC/USD:BTC'],
  ])('prints the book of %s %s as JSON lines until it is stopped', async (venue, symbol) => {
    const { code, stdout, stderr } = await runCli(['book', venue, symbol, '--sim', '--json'], { stopAt: '"live"' });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const line = JSON.parse(stdout.split('\n')[0] as string) as { bids: unknown[]; asks: unknown[] };
    expect(line).toEqual({
      venue,
      symbol,
      state: 'live',
      sequence: expect.any(Number),
      updatedAt: expect.any(Number),
      bids: Array.from({ length: 10 }, () => [expect.any(Number), expect.any(Number)]),
      asks: Array.from({ length: 10 }, () => [expect.any(Number), expect.any(Number)]),
    });
  });
});

describe('cex sim', () => {
  it('prints the endpoints of every venue and serves them until it is stopped', async () => {
    const { code, stdout, stderr } = await runCli(['sim', '--port', '28480', '--seed', '3'], { stopAt: 'Ctrl-C' });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(
      [
        'mexc_spot           rest http://127.0.0.1:28480         ws ws://127.0.0.1:28480/ws',
        'gateio_spot         rest http://127.0.0.1:28481/api/v4  ws ws://127.0.0.1:28481/ws/v4/',
        'mexc_futures        rest http://127.0.0.1:28482         ws ws://127.0.0.1:28482/edge',
        'gateio_futures      rest http://127.0.0.1:28483/api/v4  ws ws://127.0.0.1:28483/v4/ws/usdt',
        'gateio_futures_btc  rest http://127.0.0.1:28484/api/v4  ws ws://127.0.0.1:28484/v4/ws/btc',
        'BTC and ETH, spot and perpetual; at gateio_futures_btc BTC/USD:BTC, seed 3; Ctrl-C ends it',
        '',
      ].join('\n'),
    );
  });
});

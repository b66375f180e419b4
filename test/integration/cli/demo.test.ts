import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.js';

const FULL_CYCLE = expect.arrayContaining([
  'IDLE',
  'SYNCING',
  'ANALYZING',
  'MANAGING_ORDERS',
  'MONITORING',
  'COMPLETING',
  'FINALIZING',
]);

interface Summary {
  readonly venues: readonly string[];
  readonly books: readonly { readonly updates: number; readonly resyncs: number }[];
  readonly messagesPerSecond: number;
  readonly latencyMs: { readonly p50: number; readonly p99: number };
  readonly faultsInjected: number;
  readonly perpetuals: readonly { readonly basisBps: number }[];
  readonly hedges: readonly {
    readonly spotPnl: string;
    readonly perpetualPnl: string;
    readonly fees: string;
    readonly funding: string;
    readonly realizedPnl: string;
    readonly ledgerPnl: string;
  }[];
}

describe('cex demo', () => {
  it('ends by itself with live books of spot and perpetuals that never diverged, after faults that broke some of them', async () => {
    const { code, stdout, stderr } = await runCli(['demo', '--seconds', '4', '--seed', '7', '--json']);
    expect({ code, stderr, lines: stdout.trimEnd().split('\n').length }).toEqual({ code: 0, stderr: '', lines: 1 });
    const summary = JSON.parse(stdout) as Summary;
    const figure = expect.any(Number);
    const book = (venue: string, symbol: string) => ({
      venue,
      symbol,
      state: 'live',
      updates: figure,
      resyncs: figure,
      divergences: 0,
    });
    const trader = (venue: string, orders: number) => ({
      venue,
      orders,
      fills: figure,
      recovered: 1,
      duplicates: 0,
      problems: [],
    });
    const perpetual = (venue: string) => ({
      venue,
      symbol: 'BTC/USDT:USDT',
      markPrice: figure,
      fundingRate: figure,
      basisBps: figure,
    });
    const money = expect.stringMatching(/^-?\d+(?:\.\d+)?$/);
    const hedge = (spot: string, venue: string) => ({
      spot,
      perpetual: venue,
      quantity: '0.0499',
      spotPnl: money,
      perpetualPnl: money,
      fees: money,
      funding: money,
      realizedPnl: money,
      left: '0',
      ledgerPnl: money,
      ledgerLeft: '0',
      isFlat: true,
      problems: [],
    });
    expect(summary).toEqual({
      venues: ['mexc_spot', 'gateio_spot', 'mexc_futures', 'gateio_futures'],
      books: [
        book('mexc_spot', 'BTC/USDT'),
        book('mexc_spot', 'ETH/USDT'),
        book('gateio_spot', 'BTC/USDT'),
        book('gateio_spot', 'ETH/USDT'),
        book('mexc_futures', 'BTC/USDT:USDT'),
        book('gateio_futures', 'BTC/USDT:USDT'),
      ],
      perpetuals: [perpetual('mexc_futures'), perpetual('gateio_futures')],
      messagesPerSecond: figure,
      latencyMs: { p50: figure, p99: figure },
      faultsInjected: figure,
      trading: [trader('mexc_spot', 5), trader('gateio_spot', 4)],
      // Spot takes its fee in BTC: what is left is hedged down to whole contracts of 0.0001 BTC.
      hedges: [hedge('mexc_spot', 'mexc_futures'), hedge('gateio_spot', 'gateio_futures')],
      ledgerBalanced: true,
      strategy: {
        cycles: 1,
        net: expect.stringMatching(/^\d+\.\d{4}$/),
        fees: expect.stringMatching(/^\d+\.\d{4}$/),
        funding: expect.stringMatching(/^0\.\d{4}$/),
        states: FULL_CYCLE,
        kills: 0,
        orders: 4,
        duplicates: 0,
        delta: expect.stringMatching(/^-?0\.0/),
        isBalanced: true,
        problems: [],
      },
    });
    expect(summary.books.every(({ updates }) => updates > 10)).toBe(true);
    // Both books of the venue whose sockets were cut had to be built again.
    expect(summary.books.slice(0, 2).every(({ resyncs }) => resyncs >= 1)).toBe(true);
    expect(summary.perpetuals.every(({ basisBps }) => Math.abs(basisBps) < 200)).toBe(true);
    for (const { spotPnl, perpetualPnl, fees, funding, realizedPnl, ledgerPnl } of summary.hedges) {
      expect(realizedPnl).toBe(ledgerPnl);
      const reckoned = Number(spotPnl) + Number(perpetualPnl) - Number(fees) + Number(funding);
      expect(reckoned).toBeCloseTo(Number(ledgerPnl), 9);
    }
    expect(summary.messagesPerSecond).toBeGreaterThan(10);
    expect(summary.latencyMs.p99).toBeGreaterThanOrEqual(summary.latencyMs.p50);
    expect(summary.faultsInjected).toBeGreaterThanOrEqual(2);
  });

  it('shows books, faults, changes of state and a verdict as plain text when the output is no terminal', async () => {
    const { code, stdout, stderr } = await runCli(['demo', '--seconds', '3', '--seed', '8']);
    expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain('\x1b');
    expect(stdout).toMatch(/mexc_spot +live +\d+\.\d\d +\d+\.\d\d/);
    expect(stdout).toMatch(/bps after taker fees/);
    expect(stdout).toMatch(
      /\nperpetuals +mark +funding +next in +basis bps\n {2}mexc_futures +\d+\.\d +\+?-?\d\.\d{4} % /,
    );
    expect(stdout).toMatch(/hedged: long 0\.0499 BTC on spot, short 0\.0499 of the perpetual at [\d.]+, 0 open\n/);
    expect(stdout).toMatch(/\nmexc_spot \+ mexc_futures: -?[\d.]+ USDT realised, as the ledgers say\n/);
    expect(stdout).toMatch(/cut the sockets of mexc_spot/);
    expect(stdout).toMatch(/mexc_spot BTC\/USDT stale: .*\n(?:.*\n)*.*mexc_spot BTC\/USDT live/);
    expect(stdout).toMatch(
      /gateio_spot found again as \d+, open\n(?:.*\n)*.*gateio_spot buy 0\.002 BTC at [\d.]+: canceled/,
    );
    expect(stdout).toMatch(/mexc_spot: 5 orders, \d+ fills, 1 found after a lost answer, 0 duplicates\n/);
    expect(stdout).toMatch(
      /ledgers add up\nstrategy: 1 cycle, .*\n(?:.*\n)*\nGood: all books live, none diverged, every order accounted for\.\n$/,
    );
  });

  it('kills the engine of the strategy in the middle, and the engine takes up its task again', async () => {
    const { code, stdout, stderr } = await runCli(['demo', '--seconds', '3', '--seed', '10', '--kill']);
    expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /-> MONITORING \(order\)\n.*killed with SIGKILL\n.*starts again(?:.*\n)*.*FINALIZING -> IDLE/,
    );
    expect(stdout).toMatch(/\nstrategy: 1 cycle, net \d.*; 4 orders, 0 duplicates, -?0\.\d+ SOL open, 1 kills\n/);
  });

  it('ends cleanly, with its summary, when it is stopped', async () => {
    const { stdout, stderr } = await runCli(['demo', '--seconds', '600', '--seed', '9'], { stopAt: 'BTC/USDT' });
    expect({ stderr, summary: stdout.includes('\nSummary\n') }).toEqual({ stderr: '', summary: true });
  });
});

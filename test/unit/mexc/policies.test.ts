import { describe, expect, it } from 'vitest';
import { MEXC_RECONNECT_POLICY, MEXC_RETRY_POLICY, mexcSpot } from '../../../src/venues/mexc/index.js';

describe('the policies', () => {
  it('reconnect for ever, from one second to sixty', () => {
    expect(MEXC_RECONNECT_POLICY).toEqual({
      firstDelayMs: 1_000,
      factor: 2,
      maxDelayMs: 60_000,
      floorMs: 100,
      maxAttempts: Number.POSITIVE_INFINITY,
      stableAfterMs: 60_000,
      resetOnCloseCodes: [1005],
      maxConnectsPerMinute: 10,
    });
  });

  it('wait three times longer after each rate limit, up to ten times the base', () => {
    expect([1, 2, 3, 4].map((attempt) => MEXC_RETRY_POLICY.delayMs(attempt, 'rate_limit', 100))).toEqual([
      300, 900, 1_000, 1_000,
    ]);
  });

  it('wait twice longer after each other failure, up to ten times the base', () => {
    expect([1, 2, 3, 4, 5].map((attempt) => MEXC_RETRY_POLICY.delayMs(attempt, 'failure', 100))).toEqual([
      100, 200, 400, 800, 1_000,
    ]);
  });
});

describe('the venue', () => {
  it('charges every call to a bucket that it has', () => {
    const { ping, serverTime, instruments, orderBook, bookTicker, ticker, tickers, recentTrades, candles } =
      mexcSpot.market;
    const all = { ping, serverTime, instruments, orderBook, bookTicker, ticker, tickers, recentTrades, candles };
    expect(Object.fromEntries(Object.entries(all).map(([name, { cost }]) => [name, cost]))).toEqual({
      ping: { ip: 1, waf: 1 },
      serverTime: { ip: 1, waf: 1 },
      instruments: { ip: 25, waf: 1 },
      orderBook: { ip: 3, waf: 1 },
      bookTicker: { ip: 10, waf: 1 },
      ticker: { ip: 25, waf: 1 },
      tickers: { ip: 25, waf: 1 },
      recentTrades: { ip: 5, waf: 1 },
      candles: { ip: 1, waf: 1 },
    });
    expect(mexcSpot.limits).toEqual({
      ip: { capacity: 300, intervalMs: 10_000, scope: 'ip' },
      waf: { capacity: 20, intervalMs: 1_000, scope: 'ip', cancelReserve: 2 },
      uid: { capacity: 500, intervalMs: 10_000, scope: 'uid', cancelReserve: 20 },
      orders: { capacity: 12, intervalMs: 1_000, scope: 'uid', cancelReserve: 2 },
      batch: { capacity: 2, intervalMs: 1_000, scope: 'uid' },
      account: { capacity: 2, intervalMs: 1_000, scope: 'uid' },
    });
  });

  it('stays within the rules of a connection', () => {
    expect(mexcSpot.streams.plan).toEqual({
      headers: { 'User-Agent': 'cex-sdk' },
      maxTopics: 30,
      maxMessagesPerSecond: 20,
      heartbeatMs: 15_000,
      idleTimeoutMs: 30_000,
      maxAgeMs: 84_600_000,
      handshakeTimeoutMs: 10_000,
      ackTimeoutMs: 5_000,
      maxPayloadBytes: 4_194_304,
      compression: false,
    });
  });
});

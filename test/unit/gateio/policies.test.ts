import { describe, expect, it } from 'vitest';
import { GATEIO_RECONNECT_POLICY, GATEIO_RETRY_POLICY, gateioSpot } from '../../../src/venues/gateio/index.js';

describe('Gate.io policies', () => {
  it('reconnects after 2 s, doubling up to 60 s, for ever, with at most 10 connects a minute', () => {
    expect(GATEIO_RECONNECT_POLICY).toEqual({
      firstDelayMs: 2_000,
      factor: 2,
      maxDelayMs: 60_000,
      floorMs: 100,
      maxAttempts: Number.POSITIVE_INFINITY,
      stableAfterMs: 60_000,
      resetOnCloseCodes: [],
      maxConnectsPerMinute: 10,
    });
  });

  it('waits base × 2^n after a rate limit and base × n otherwise, never above 10 × base', () => {
    const waits = (reason: 'rate_limit' | 'failure') =>
      [1, 2, 3, 4, 11, 5_000].map((attempt) => GATEIO_RETRY_POLICY.delayMs(attempt, reason, 100));
    expect(waits('rate_limit')).toEqual([200, 400, 800, 1_000, 1_000, 1_000]);
    expect(waits('failure')).toEqual([100, 200, 300, 400, 1_000, 1_000]);
  });
});

describe('The Gate.io spot venue', () => {
  it('states the documented hosts and budgets', () => {
    expect(gateioSpot.id).toBe('gateio_spot');
    expect(gateioSpot.hosts).toEqual({
      rest: 'https://api.gateio.ws/api/v4',
      ws: 'wss://api.gateio.ws/ws/v4/',
    });
    expect(gateioSpot.limits).toEqual({
      public: { capacity: 200, intervalMs: 10_000, scope: 'endpoint' },
      place: { capacity: 10, intervalMs: 1_000, scope: 'market' },
      socket: { capacity: 10, intervalMs: 1_000, scope: 'uid' },
      cancel: { capacity: 200, intervalMs: 1_000, scope: 'uid' },
      private: { capacity: 200, intervalMs: 10_000, scope: 'endpoint' },
      wallet: { capacity: 200, intervalMs: 10_000, scope: 'endpoint' },
      transfer: { capacity: 80, intervalMs: 10_000, scope: 'endpoint' },
      withdraw: { capacity: 1, intervalMs: 3_000, scope: 'endpoint' },
    });
  });

  it('charges every market data call to a budget that exists', () => {
    const { ping, serverTime, instruments, orderBook, bookTicker, ticker, tickers, recentTrades, candles } =
      gateioSpot.market;
    const calls = [ping, serverTime, instruments, orderBook, bookTicker, ticker, tickers, recentTrades, candles];
    expect(calls.map(({ method, path, auth, cost, idempotent }) => ({ method, path, auth, cost, idempotent }))).toEqual(
      [
        '/spot/time',
        '/spot/time',
        '/spot/currency_pairs',
        '/spot/order_book',
        '/spot/tickers',
        '/spot/tickers',
        '/spot/tickers',
        '/spot/trades',
        '/spot/candlesticks',
      ].map((path) => ({ method: 'GET', path, auth: 'none', cost: { public: 1 }, idempotent: true })),
    );
  });

  it('pings at half of the idle time and rotates its sockets before a day is over', () => {
    expect(gateioSpot.streams.plan).toEqual({
      headers: {},
      maxTopics: 200,
      maxMessagesPerSecond: 20,
      heartbeatMs: 10_000,
      idleTimeoutMs: 20_000,
      maxAgeMs: 84_600_000,
      handshakeTimeoutMs: 10_000,
      ackTimeoutMs: 5_000,
      maxPayloadBytes: 4_194_304,
      compression: false,
      textAsBytes: true,
    });
  });
});

import { describe, expect, it } from 'vitest';
import { createGateioFuturesWorld, START_AT } from '../../support/gateio-futures-wire-world.js';
import { createVenueWorld } from '../../support/venue-wire-world.js';

const NOW_S = START_AT / 1_000;

function withBook() {
  const world = createGateioFuturesWorld();
  world.restBtc('sell', 10_010, 7);
  world.restBtc('buy', 9_990, 4);
  const get = (path: string, headers: Record<string, string> = {}) => {
    const [route = '', query = ''] = path.split('?');
    const answer = world.send({ path: `/api/v4/futures/usdt/${route}`, query, headers })!;
    return { status: answer.status, body: JSON.parse(answer.body) as never };
  };
  return { ...world, get };
}

const DECIMAL = { 'x-gate-size-decimal': '1' };

describe('public REST', () => {
  it('describes contracts: linear ones by their multiplier, bounds as text only where decimals are asked for', () => {
    const { get } = withBook();
    expect(get('contracts/BTC_USDT').body).toMatchObject({
      name: 'BTC_USDT',
      type: 'direct',
      quanto_multiplier: '0.01',
      order_price_round: '0.1',
      mark_price_round: '0.01',
      order_size_min: 1,
      order_size_max: 1_000_000,
      enable_decimal: false,
      leverage_max: '125',
      maintenance_rate: '0.004',
      funding_interval: 28_800,
      funding_next_apply: NOW_S + 28_800,
      mark_price: '1000',
      status: 'trading',
      in_delisting: false,
    });
    expect(get('contracts/ETH_USDT', DECIMAL).body).toMatchObject({ enable_decimal: true, order_size_min: '0' });
    expect(get('contracts').body).toHaveLength(2);
    expect(get('contracts/XYZ_USDT')).toMatchObject({ status: 400, body: { label: 'CONTRACT_NOT_FOUND' } });
  });

  it('describes inverse contracts with the multiplier 0, on the paths of their settle asset', () => {
    const world = createVenueWorld('gateio_futures_btc', [], START_AT, ['BTC/USD:BTC']);
    const { body } = world.send({ path: '/api/v4/futures/btc/contracts/BTC_USD' })!;
    expect(JSON.parse(body)).toMatchObject({ name: 'BTC_USD', type: 'inverse', quanto_multiplier: '0' });
    expect(world.send({ path: '/api/v4/futures/usdt/contracts' })).toMatchObject({ status: 404 });
  });

  it('shows the book with objects for levels and fractions of seconds for times', () => {
    const { get } = withBook();
    expect(get('order_book?contract=BTC_USDT&with_id=true').body).toEqual({
      id: expect.any(Number),
      current: NOW_S,
      update: NOW_S,
      asks: [{ p: '1001', s: 7 }],
      bids: [{ p: '999', s: 4 }],
    });
    expect(get('order_book?contract=BTC_USDT', DECIMAL).body).toMatchObject({ asks: [{ p: '1001', s: '7' }] });
    expect(get('order_book').body).toMatchObject({ label: 'MISSING_REQUIRED_PARAM' });
  });

  it('shows trades with signed sizes and `create_time_ms` in seconds, newest first', async () => {
    const world = withBook();
    world.hit('buy', 2, 'BTC/USDT:USDT');
    await world.clock.advance(417);
    world.hit('sell', 3, 'BTC/USDT:USDT');
    const first = {
      id: 512_000_001,
      create_time: NOW_S,
      create_time_ms: NOW_S,
      contract: 'BTC_USDT',
      size: 2,
      price: '1001',
    };
    const second = {
      ...first,
      id: 512_000_002,
      create_time: NOW_S + 0.417,
      create_time_ms: NOW_S + 0.417,
      size: -3,
      price: '999',
    };
    expect(world.get('trades?contract=BTC_USDT').body).toEqual([second, first]);
    expect(world.get('trades?contract=BTC_USDT&limit=1&offset=1').body).toEqual([first]);
  });

  it('shows tickers, candles of trades and of the mark price, and the premium', () => {
    const { get } = withBook();
    expect(get('tickers?contract=BTC_USDT').body).toMatchObject([
      {
        contract: 'BTC_USDT',
        mark_price: '1000',
        index_price: '1000',
        lowest_ask: '1001',
        lowest_size: '7',
        highest_bid: '999',
      },
    ]);
    const [candle] = get('candlesticks?contract=BTC_USDT&interval=1m&limit=1').body as object[];
    expect(Object.keys(candle!)).toEqual(['t', 'v', 'o', 'h', 'l', 'c', 'sum']);
    const [mark] = get('candlesticks?contract=mark_BTC_USDT&interval=1m&limit=1').body as object[];
    expect(mark).toMatchObject({ t: NOW_S, c: '1000' });
    expect(mark).not.toHaveProperty('v');
    expect(get('premium_index?contract=BTC_USDT&interval=1m&limit=1').body).toMatchObject([
      { t: NOW_S, c: '0.000000' },
    ]);
    expect(get('candlesticks?contract=mark_XYZ').body).toMatchObject({ label: 'CONTRACT_NOT_FOUND' });
  });

  it('shows past funding rates, newest first, some stamped a second late, for one contract and for several', () => {
    const { get, call } = withBook();
    const rows = get('funding_rate?contract=BTC_USDT&limit=3').body as { t: number; r: string }[];
    expect(rows.map(({ t }) => Math.floor(t / 28_800) - NOW_S / 28_800)).toEqual([0, -1, -2]);
    expect(rows.map(({ t }) => t % 28_800).sort()).toEqual([0, 0, 1]);
    const several = call('POST', '/futures/usdt/funding_rates', { body: { contracts: ['BTC_USDT', 'ETH_USDT'] } }).body;
    expect(several).toMatchObject([
      { contract: 'BTC_USDT', data: expect.arrayContaining(rows) },
      { contract: 'ETH_USDT' },
    ]);
  });

  it('shows the tiers of the risk limits: where one ends, the next asks for the same', () => {
    const { get } = withBook();
    const tiers = get('risk_limit_tiers?contract=BTC_USDT').body as Record<string, string>[];
    expect(tiers[0]).toEqual({
      contract: 'BTC_USDT',
      tier: 1,
      risk_limit: '500000',
      initial_rate: '0.008',
      maintenance_rate: '0.004',
      leverage_max: '125',
      deduction: '0',
    });
    tiers.slice(1).forEach((tier, index) => {
      const before = tiers[index]!;
      const at = (one: Record<string, string>) =>
        Number(before['risk_limit']) * Number(one['maintenance_rate']) - Number(one['deduction']);
      expect(at(tier)).toBeCloseTo(at(before), 6);
    });
  });

  it('limits each address to two hundred requests in ten seconds, in the words of futures', () => {
    const { get } = withBook();
    for (let i = 0; i < 200; i++) expect(get('insurance').status).toBe(200);
    expect(get('insurance')).toEqual({
      status: 429,
      body: { label: 'TOO_MANY_REQUESTS', message: 'Request Rate Limit Exceeded (311)' },
    });
  });
});

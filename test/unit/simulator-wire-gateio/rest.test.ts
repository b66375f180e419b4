import { beforeEach, describe, expect, it } from 'vitest';
import { createGateioWireWorld, type GateioWireWorld, START_AT } from '../../support/gateio-wire-world.js';

let world: GateioWireWorld;
beforeEach(() => {
  world = createGateioWireWorld();
});

function body(path: string, query = ''): unknown {
  return world.get(path, query).body;
}

function refusal(path: string, query = ''): [number, unknown] {
  const answer = world.get(path, query);
  return [answer.status, (answer.body as { label: string }).label];
}

describe('time and reference data', () => {
  it('tells the time in milliseconds', () => {
    expect(body('/spot/time')).toEqual({ server_time: START_AT });
  });

  it('describes a pair with its fee in percent', () => {
    const pair = {
      id: 'ETH_USDT',
      base: 'ETH',
      base_name: 'ETH',
      quote: 'USDT',
      quote_name: 'USDT',
      fee: '0.2',
      min_base_amount: '0.0001',
      min_quote_amount: '3',
      max_base_amount: null,
      max_quote_amount: '5000000',
      amount_precision: 4,
      precision: 2,
      trade_status: 'tradable',
      sell_start: 0,
      buy_start: 0,
      delisting_time: 0,
      type: 'normal',
      trade_url: 'https://www.gate.com/trade/ETH_USDT',
      st_tag: false,
      up_rate: '0.05',
      down_rate: '0.05',
      slippage: '0.05',
      market_order_max_stock: null,
      market_order_max_money: '1000000',
    };
    expect(body('/spot/currency_pairs/ETH_USDT')).toEqual(pair);
    expect((body('/spot/currency_pairs') as { id: string }[]).map(({ id }) => id)).toEqual(['BTC_USDT', 'ETH_USDT']);
  });

  it('lists each currency once, a token with every chain it is on', () => {
    const open = { withdraw_disabled: false, withdraw_delayed: false, deposit_disabled: false };
    const currencies = body('/spot/currencies') as { currency: string; chains: { name: string }[] }[];
    expect(currencies.map(({ currency, chains }) => [currency, chains.map(({ name }) => name)])).toEqual([
      ['BTC', ['BTC']],
      ['USDT', ['ETH', 'TRX']],
      ['ETH', ['ETH']],
    ]);
    expect(body('/spot/currencies/BTC')).toEqual({
      currency: 'BTC',
      name: 'BTC',
      delisted: false,
      ...open,
      trade_disabled: false,
      chain: 'BTC',
      chains: [{ name: 'BTC', addr: '', ...open }],
    });
    expect(body('/wallet/currency_chains', 'currency=BTC')).toEqual([
      {
        chain: 'BTC',
        name_cn: 'BTC',
        name_en: 'BTC',
        contract_address: '',
        is_disabled: 0,
        is_deposit_disabled: 0,
        is_withdraw_disabled: 0,
        decimal: '6',
        is_tag: 0,
      },
    ]);
  });

  it('refuses what it does not have with the label of the case', () => {
    expect(refusal('/spot/currency_pairs/NOPE_USDT')).toEqual([400, 'INVALID_CURRENCY_PAIR']);
    expect(refusal('/spot/currencies/NOPE')).toEqual([400, 'INVALID_CURRENCY']);
    expect(refusal('/spot/currencies/__proto__')).toEqual([400, 'INVALID_CURRENCY']);
    expect(refusal('/wallet/currency_chains')).toEqual([400, 'MISSING_REQUIRED_PARAM']);
    expect(refusal('/wallet/currency_chains', 'currency=NOPE')).toEqual([400, 'INVALID_CURRENCY']);
    expect(refusal('/spot/nothing')).toEqual([404, 'NOT_FOUND']);
    expect(refusal('/spot/currencies/')).toEqual([404, 'NOT_FOUND']);
    expect(refusal('/spot/currencies/%')).toEqual([404, 'NOT_FOUND']);
    expect(refusal('/__proto__')).toEqual([404, 'NOT_FOUND']);
    expect(
      world.wire.http({ method: 'GET', path: '/spot/time', query: '', headers: {}, body: '', ip: 'x' }).status,
    ).toBe(404);
    const post = { method: 'POST', path: '/api/v4/spot/time', query: '', headers: {}, body: '', ip: 'x' };
    expect(world.wire.http(post)).toMatchObject({ status: 405, body: expect.stringContaining('METHOD_NOT_ALLOWED') });
  });
});

describe('tickers', () => {
  beforeEach(() => {
    world.btc.statisticsNow = {
      openTicks: 897_800,
      highTicks: 919_800,
      lowTicks: 893_362,
      lastTicks: 912_345,
      baseLots: 4_643_108_806,
      quoteTickLots: 4_234_614_884_400_000,
    };
    world.btc.set('ask', 912_346, 310_000);
    world.btc.set('bid', 912_345, 90_000);
  });
  const fields = {
    currency_pair: 'BTC_USDT',
    last: '91234.5',
    lowest_ask: '91234.6',
    highest_bid: '91234.5',
    change_percentage: '1.62',
    base_volume: '4643.108806',
    quote_volume: '423461488.44',
    high_24h: '91980',
    low_24h: '89336.2',
  };

  it('gives a list of one with the sizes of the best prices when one pair is asked for', () => {
    const sizes = { lowest_size: '0.31', highest_size: '0.09' };
    expect(body('/spot/tickers', 'currency_pair=BTC_USDT')).toEqual([{ ...fields, ...sizes }]);
  });

  it('gives every pair without sizes, an empty side as an empty text', () => {
    const [btc, eth] = body('/spot/tickers') as Record<string, string>[];
    expect(btc).toEqual(fields);
    expect(eth).toMatchObject({ currency_pair: 'ETH_USDT', lowest_ask: '', highest_bid: '', change_percentage: '0' });
  });

  it('adds the change since midnight of the zone that is asked for', () => {
    const candle = { highTicks: 1, lowTicks: 1, closeTicks: 1, baseLots: 1, quoteTickLots: 1 };
    const opens = new Map([
      [START_AT, 900_000],
      [START_AT - 8 * 3_600_000, 930_000],
    ]);
    world.btc.candlesNow = (_ms, from) => [{ ...candle, openedAt: from, openTicks: opens.get(from)! }];
    const [ticker] = body('/spot/tickers', 'currency_pair=BTC_USDT&timezone=all') as Record<string, string>[];
    expect(ticker).toMatchObject({ change_utc0: '1.37', change_utc8: '-1.9' });
    expect(refusal('/spot/tickers', 'timezone=utc9')).toEqual([400, 'INVALID_PARAM_VALUE']);
    expect(refusal('/spot/tickers', 'currency_pair=btc_usdt')).toEqual([400, 'INVALID_CURRENCY_PAIR']);
  });
});

describe('order book', () => {
  beforeEach(async () => {
    for (let i = 0; i < 12; i++) world.btc.set('bid', 912_340 - i, 1_000_000 + i);
    await world.clock.advance(90);
    world.btc.set('ask', 912_350, 500_000);
    await world.clock.advance(10);
  });

  it('serves ten levels a side and no id unless asked, with the times of the answer and of the last change', () => {
    const book = body('/spot/order_book', 'currency_pair=BTC_USDT') as { bids: string[][] };
    const bids = Array.from({ length: 10 }, (_, i) => [`${(912_340 - i) / 10}`, i === 0 ? '1' : `1.00000${i}`]);
    expect(book).toEqual({ current: START_AT + 100, update: START_AT + 90, asks: [['91235', '0.5']], bids });
  });

  it('adds the id with_id and cuts at the limit', () => {
    expect(body('/spot/order_book', 'currency_pair=BTC_USDT&limit=1&with_id=true&interval=0')).toEqual({
      id: 48_776_313,
      current: START_AT + 100,
      update: START_AT + 90,
      asks: [['91235', '0.5']],
      bids: [['91234', '1']],
    });
  });

  it('serves an older book, with the time of that change, while the model says so', () => {
    world.staleAt = 48_776_301;
    expect(body('/spot/order_book', 'currency_pair=BTC_USDT&with_id=true')).toEqual({
      id: 48_776_301,
      current: START_AT + 100,
      update: START_AT,
      asks: [],
      bids: [['91234', '1']],
    });
    world.btc.journalSteps = 2;
    expect(body('/spot/order_book', 'currency_pair=BTC_USDT&with_id=true')).toMatchObject({ id: 48_776_313 });
  });

  it('never serves more than 1,000 levels', () => {
    for (let i = 1; i <= 1_100; i++) world.eth.set('ask', i, 1);
    expect(body('/spot/order_book', 'currency_pair=ETH_USDT&limit=5000')).toMatchObject({ asks: { length: 1_000 } });
  });

  it.each([
    ['', 'MISSING_REQUIRED_PARAM'],
    ['currency_pair=', 'MISSING_REQUIRED_PARAM'],
    ['currency_pair=NOPE_USDT', 'INVALID_CURRENCY_PAIR'],
    ['currency_pair=BTC_USDT&limit=0', 'INVALID_PARAM_VALUE'],
    ['currency_pair=BTC_USDT&limit=ten', 'INVALID_PARAM_VALUE'],
    ['currency_pair=BTC_USDT&limit=1.5', 'INVALID_PARAM_VALUE'],
    ['currency_pair=BTC_USDT&with_id=yes', 'INVALID_PARAM_VALUE'],
    ['currency_pair=BTC_USDT&interval=1', 'INVALID_PARAM_VALUE'],
  ])('refuses "%s" with %s', (query, label) => {
    expect(refusal('/spot/order_book', query)).toEqual([400, label]);
  });
});

describe('trades', () => {
  beforeEach(async () => {
    for (let i = 1; i <= 5; i++) {
      world.btc.trade(i % 2 === 0 ? 'buy' : 'sell', 912_345 + i, 12_300 * i);
      await world.clock.advance(1_000);
    }
  });
  const ids = (query: string) =>
    (body('/spot/trades', `currency_pair=BTC_USDT&${query}`) as { sequence_id: string }[]).map(
      (trade) => trade.sequence_id,
    );

  it('gives the newest first, ids and times as text', () => {
    expect((body('/spot/trades', 'currency_pair=BTC_USDT') as unknown[])[0]).toEqual({
      id: '8812000005',
      create_time: '1767225604',
      create_time_ms: '1767225604000.000500',
      currency_pair: 'BTC_USDT',
      side: 'sell',
      amount: '0.0615',
      price: '91235',
      sequence_id: '5',
    });
    expect(ids('')).toEqual(['5', '4', '3', '2', '1']);
  });

  it('pages by limit and page, by time in seconds, and by last_id in both directions', () => {
    expect(ids('limit=2')).toEqual(['5', '4']);
    expect(ids('limit=2&page=2')).toEqual(['3', '2']);
    expect(ids('limit=2&page=9')).toEqual([]);
    expect(ids('from=1767225601&to=1767225603')).toEqual(['4', '3', '2']);
    expect(ids('to=1767225601&limit=1')).toEqual(['2']);
    expect(ids('last_id=8812000004')).toEqual(['5']);
    expect(ids('last_id=8812000004&reverse=true&limit=2')).toEqual(['3', '2']);
    expect(ids('last_id=8812000004&from=1767225600&to=1767225601')).toEqual(['5']);
  });

  it('forgets what is older than thirty days unless a range is given', async () => {
    await world.clock.advance(30 * 24 * 3_600_000);
    expect(ids('')).toEqual([]);
    expect(ids('from=1767225600')).toEqual(['5', '4', '3', '2', '1']);
  });

  it.each([
    'limit=1001',
    'limit=0',
    'page=0',
    'limit=1000&page=102',
    'from=2&to=1',
    'reverse=1',
    'last_id=-1',
    'from=1.5',
  ])('refuses "%s"', (query) => {
    expect(refusal('/spot/trades', `currency_pair=BTC_USDT&${query}`)).toEqual([400, 'INVALID_PARAM_VALUE']);
  });
});

describe('candlesticks', () => {
  const HOUR = 3_600_000;
  beforeEach(() => {
    world.btc.candlesNow = (ms, from, to) => {
      const candles = [];
      for (let at = Math.ceil(from / ms) * ms; at <= to; at += ms) {
        candles.push({
          openedAt: at,
          openTicks: 911_802,
          highTicks: 913_000,
          lowTicks: 911_104,
          closeTicks: 912_501,
          baseLots: 20_104_512,
          quoteTickLots: 18_342_115_501_200,
        });
      }
      return candles;
    };
  });
  const rows = (query: string) => body('/spot/candlesticks', `currency_pair=BTC_USDT&${query}`) as string[][];

  it('prints a row as time, quote volume, close, high, low, open, base volume, closed; the last one is open', () => {
    const rest = ['1834211.55012', '91250.1', '91300', '91110.4', '91180.2', '20.104512'];
    expect(rows('interval=1m&limit=2')).toEqual([
      ['1767225540', ...rest, 'true'],
      ['1767225600', ...rest, 'false'],
    ]);
  });

  it('gives a hundred half hours by default', () => {
    const all = rows('');
    expect([all.length, all[0]![0], all[99]![0]]).toEqual([
      100,
      String((START_AT - (99 * HOUR) / 2) / 1_000),
      '1767225600',
    ]);
  });

  it('gives the candles that open from `from` to `to`, both inclusive, and nothing of the future', () => {
    const times = (query: string) => rows(query).map((row) => Number(row[0]));
    expect(times('interval=1m&from=1767225421&to=1767225540')).toEqual([1767225480, 1767225540]);
    expect(times('interval=1m&from=1767225480&to=1767225999')).toEqual([1767225480, 1767225540, 1767225600]);
    expect(times('interval=1m&to=1767225480')).toHaveLength(100);
    expect(times('interval=1m&from=1767225900')).toEqual([]);
  });

  it('cuts 30d at calendar months', async () => {
    await world.clock.advance(40 * 24 * HOUR);
    const all = rows('interval=30d&limit=3');
    expect(all.map((row) => [new Date(Number(row[0]) * 1_000).toISOString().slice(0, 10), row[6], row[7]])).toEqual([
      ['2025-12-01', '623.239872', 'true'],
      ['2026-01-01', '623.239872', 'true'],
      ['2026-02-01', '562.926336', 'false'],
    ]);
    expect(rows('interval=30d&limit=1000')[0]![0]).toBe('0');
  });

  it.each([
    'interval=2m',
    'interval=3m',
    'interval=__proto__',
    'interval=1m&limit=1001',
    'interval=1m&limit=5&from=1767225540',
    'interval=1m&limit=5&to=1767225540',
    'interval=1m&from=1767225540&to=1767225480',
    'interval=1m&from=1767165600',
  ])('refuses "%s"', (query) => {
    expect(refusal('/spot/candlesticks', `currency_pair=BTC_USDT&${query}`)).toEqual([400, 'INVALID_PARAM_VALUE']);
  });

  it('says so when a candle is too long ago, and serves the oldest of the 10,000', () => {
    const oldest = START_AT / 1_000 - 9_999 * 60;
    expect(rows(`interval=1m&from=${oldest}&to=${oldest}`)).toHaveLength(1);
    expect(body('/spot/candlesticks', `currency_pair=BTC_USDT&interval=1m&from=${oldest - 60}&to=${oldest}`)).toEqual({
      label: 'INVALID_PARAM_VALUE',
      message: 'Candlestick too long ago. Maximum 10000 points ago are allowed',
    });
  });
});

describe('the rate limit', () => {
  const limits = (headers: Readonly<Record<string, string>>) => [
    headers['x-gate-ratelimit-limit'],
    headers['x-gate-ratelimit-requests-remain'],
    headers['x-gate-ratelimit-reset-timestamp'],
  ];

  it('lets 200 requests through in any ten seconds, per endpoint and address', async () => {
    expect(limits(world.get('/spot/time').headers)).toEqual(['200', '199', '1767225600']);
    await world.clock.advance(4_500);
    for (let i = 0; i < 199; i++) expect(world.get('/spot/time').status).toBe(200);
    const refused = world.get('/spot/time');
    expect([refused.status, refused.body]).toEqual([
      429,
      { label: 'TOO_MANY_REQUESTS', message: 'Request Rate Limit Exceeded (211)' },
    ]);
    expect(limits(refused.headers)).toEqual(['200', '0', '1767225610']);
    expect(world.get('/spot/time', '', '127.0.0.2').status).toBe(200);
    expect(world.get('/spot/currencies').status).toBe(200);
    await world.clock.advance(5_499);
    expect(world.get('/spot/time').status).toBe(429);
    await world.clock.advance(1);
    expect([world.get('/spot/time').status, world.get('/spot/time').status]).toEqual([200, 429]);
  });

  it('meters every name of one endpoint together, and bad requests too', () => {
    for (let i = 0; i < 100; i++) world.get('/spot/currencies/BTC');
    for (let i = 0; i < 100; i++) world.get('/spot/currencies/NOPE');
    expect(world.get('/spot/currencies/USDT').status).toBe(429);
  });
});

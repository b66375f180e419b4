import { beforeEach, describe, expect, it } from 'vitest';
import {
  createGateioWireWorld,
  type GateioWireWorld,
  START_AT,
  type WireClient,
} from '../../support/gateio-wire-world.js';

let world: GateioWireWorld;
let client: WireClient;
beforeEach(() => {
  world = createGateioWireWorld();
  client = world.connect();
});

function subscribe(channel: string, ...payload: string[]): void {
  client.send({ channel, event: 'subscribe', payload });
  client.take();
}

async function pushesAfter(ms: number): Promise<unknown[]> {
  await world.clock.advance(ms);
  return client.take().map(({ result }) => result);
}

describe('tickers', () => {
  it('come each second with the envelope of a push', async () => {
    world.btc.statisticsNow = {
      openTicks: 897_800,
      highTicks: 919_800,
      lowTicks: 893_362,
      lastTicks: 912_345,
      baseLots: 1,
      quoteTickLots: 912_345,
    };
    subscribe('spot.tickers', 'BTC_USDT');
    await world.clock.advance(999);
    expect(client.frames).toEqual([]);
    await world.clock.advance(1);
    expect(client.take()).toEqual([
      {
        time: START_AT / 1_000 + 1,
        time_ms: START_AT + 1_000,
        channel: 'spot.tickers',
        event: 'update',
        result: {
          currency_pair: 'BTC_USDT',
          last: '91234.5',
          lowest_ask: '',
          highest_bid: '',
          change_percentage: '1.62',
          base_volume: '0.000001',
          quote_volume: '0.0912345',
          high_24h: '91980',
          low_24h: '89336.2',
        },
      },
    ]);
    expect(await pushesAfter(2_000)).toHaveLength(2);
  });
});

describe('trades', () => {
  it('come one per message, in order, with numeric ids and padded amounts', async () => {
    world.btc.trade('buy', 1, 1);
    subscribe('spot.trades', 'BTC_USDT', 'ETH_USDT');
    world.btc.trade('sell', 912_345, 16_470_000);
    world.btc.trade('buy', 912_346, 1);
    const [first, second, ...rest] = await pushesAfter(10);
    expect(first).toEqual({
      id: 8_812_000_002,
      id_market: 2,
      create_time: 1_767_225_600,
      create_time_ms: '1767225600000.0002',
      side: 'sell',
      currency_pair: 'BTC_USDT',
      amount: '16.4700000000',
      price: '91234.5000000000',
      range: '2-2',
    });
    expect(second).toMatchObject({ id_market: 3, side: 'buy', amount: '0.0000010000', range: '3-3' });
    expect(rest).toEqual([]);
    expect(await pushesAfter(100)).toEqual([]);
  });

  it('carry the same id and time on REST and stream', async () => {
    subscribe('spot.trades', 'BTC_USDT');
    world.btc.trade('sell', 912_345, 1);
    const [push] = (await pushesAfter(10)) as { id: number; create_time_ms: string }[];
    const [trade] = world.get('/spot/trades', 'currency_pair=BTC_USDT').body as {
      id: string;
      create_time_ms: string;
    }[];
    expect([trade!.id, Number(trade!.create_time_ms)]).toEqual([String(push!.id), Number(push!.create_time_ms)]);
  });
});

describe('book tickers', () => {
  it('come when a best price or amount changed, at most every 10 ms, an empty side as empty texts', async () => {
    subscribe('spot.book_ticker', 'BTC_USDT');
    expect(await pushesAfter(1_000)).toEqual([]);
    world.btc.set('bid', 912_345, 1);
    world.btc.set('bid', 912_345, 334_000);
    expect(await pushesAfter(10)).toEqual([
      { t: START_AT + 1_000, u: 48_776_302, s: 'BTC_USDT', b: '91234.5', B: '0.334', a: '', A: '' },
    ]);
    world.btc.set('bid', 912_344, 5);
    expect(await pushesAfter(100)).toEqual([]);
    world.btc.set('ask', 912_346, 90_000);
    expect(await pushesAfter(10)).toEqual([
      { t: START_AT + 1_110, u: 48_776_304, s: 'BTC_USDT', b: '91234.5', B: '0.334', a: '91234.6', A: '0.09' },
    ]);
  });
});

describe('limited books', () => {
  it('come whole each period', async () => {
    world.btc.set('ask', 912_350, 500_000);
    for (let i = 0; i < 7; i++) world.btc.set('bid', 912_340 - i, 1_000_000);
    subscribe('spot.order_book', 'BTC_USDT', '5', '1000ms');
    const bids = ['91234', '91233.9', '91233.8', '91233.7', '91233.6'].map((price) => [price, '1']);
    const book = { t: START_AT, lastUpdateId: 48_776_308, s: 'BTC_USDT', l: '5', bids, asks: [['91235', '0.5']] };
    expect(await pushesAfter(2_000)).toEqual([book, book]);
  });
});

describe('candles', () => {
  const MINUTE = 60_000;
  beforeEach(() => {
    world.btc.candlesNow = (ms, from, to) => {
      const candle = { openTicks: 191_210, highTicks: 191_300, lowTicks: 191_205, closeTicks: 191_281 };
      const candles = [];
      for (let at = from; at <= to; at += ms) {
        candles.push({ ...candle, openedAt: at, baseLots: 123_500, quoteTickLots: 23_623_203_500 });
      }
      return candles;
    };
  });
  const shape = { v: '2362.32035', c: '19128.1', h: '19130', l: '19120.5', o: '19121', n: '1m_BTC_USDT', a: '0.1235' };
  const [first, second] = [String(START_AT / 1_000), String(START_AT / 1_000 + 60)];

  it('come every two seconds; the closed one comes once more before the next', async () => {
    subscribe('spot.candlesticks', '1m', 'BTC_USDT');
    expect(await pushesAfter(2_000)).toEqual([{ t: first, ...shape, w: false }]);
    expect(await pushesAfter(MINUTE - 4_000)).toHaveLength(28);
    expect(await pushesAfter(2_000)).toEqual([
      { t: first, ...shape, w: true },
      { t: second, ...shape, w: false },
    ]);
  });

  it('lose the push of the closed one now and then', async () => {
    subscribe('spot.candlesticks', '1m', 'BTC_USDT');
    await pushesAfter(MINUTE - 2_000);
    world.chance = 0.1;
    expect(await pushesAfter(2_000)).toEqual([{ t: second, ...shape, w: false }]);
  });

  it('push nothing while the market has no candle', async () => {
    world.btc.candlesNow = () => [];
    subscribe('spot.candlesticks', '10s', 'BTC_USDT');
    expect(await pushesAfter(30_000)).toEqual([]);
  });
});

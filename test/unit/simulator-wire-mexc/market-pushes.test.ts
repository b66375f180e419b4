import { describe, expect, it } from 'vitest';
import type { TapeCandle } from '../../../src/simulator/contract.js';
import { createWireWorld, START } from '../../support/mexc-wire-world.js';
import { messagesOf, numberOf, type ProtoFields, readProto, textOf } from '../../support/proto-reader.js';

const MINUTE = 60_000;

function texts(fields: ProtoFields, count: number): (string | undefined)[] {
  return Array.from({ length: count }, (_, i) => textOf(fields, i + 1));
}

function candle(openedAt: number, openTicks: number, closeTicks: number): TapeCandle {
  return {
    openedAt,
    openTicks,
    highTicks: 6_501_000,
    lowTicks: 6_498_830,
    closeTicks,
    baseLots: 312_599_854,
    quoteTickLots: 2031904300000000,
  };
}

describe('deals', () => {
  it('pushes the trades since the last push, oldest first, with the taker side and an id', async () => {
    const { clock, connect, btc } = createWireWorld();
    btc.trade('buy', 1, 1);
    const client = connect();
    const name = 'spot@public.aggre.deals.v3.api.pb@100ms@BTCUSDT';
    client.send({ method: 'SUBSCRIPTION', params: [name] });
    await clock.advance(20);
    btc.trade('buy', 6_500_012, 4_440_000);
    await clock.advance(3);
    btc.trade('sell', 6_500_011, 50_000_000);
    await clock.advance(977);
    expect(client.pushes().length).toBe(1);
    const wrapper = readProto(client.pushes()[0]!);
    const body = messagesOf(wrapper, 314)[0]!;
    expect([textOf(wrapper, 1), textOf(wrapper, 3), numberOf(wrapper, 6), textOf(body, 2)]).toEqual([
      name,
      'BTCUSDT',
      START + 100,
      'spot@public.aggre.deals.v3.api.pb@100ms',
    ]);
    const rows = messagesOf(body, 1).map((deal) => [
      textOf(deal, 1),
      textOf(deal, 2),
      numberOf(deal, 3),
      numberOf(deal, 4),
      textOf(deal, 5),
    ]);
    expect(rows).toEqual([
      ['65000.12', '0.0444', 1, START + 20, '740112200000000002X1'],
      ['65000.11', '0.5', 2, START + 23, '740112200000000003X1'],
    ]);
  });

  it('has no id on the older channel', async () => {
    const { clock, connect, btc } = createWireWorld();
    const client = connect();
    client.send({ method: 'SUBSCRIPTION', params: ['spot@public.deals.v3.api.pb@BTCUSDT'] });
    btc.trade('sell', 6_500_000, 100_000_000);
    await clock.advance(10);
    const deal = messagesOf(messagesOf(readProto(client.pushes()[0]!), 301)[0]!, 1)[0]!;
    expect([...deal.keys()]).toEqual([1, 2, 3, 4]);
  });
});

describe('book tickers', () => {
  it('push the best prices once at the start and then only when they change', async () => {
    const { clock, connect, btc } = createWireWorld();
    btc.set('bid', 6_499_990, 373_485_000);
    const client = connect();
    const name = 'spot@public.aggre.bookTicker.v3.api.pb@100ms@BTCUSDT';
    client.send({ method: 'SUBSCRIPTION', params: [name] });
    await clock.advance(100);
    btc.set('bid', 6_499_000, 5);
    await clock.advance(100);
    btc.set('ask', 6_500_012, 766_987_500);
    await clock.advance(1_000);
    const bodies = client.pushes().map((bytes) => messagesOf(readProto(bytes), 315)[0]!);
    expect(bodies.map((body) => [...texts(body, 5), numberOf(body, 6)])).toEqual([
      ['64999.9', '3.73485', undefined, undefined, '80000000001', START],
      ['64999.9', '3.73485', '65000.12', '7.669875', '80000000003', START + 200],
    ]);
  });

  it('come as a list of one on the batch channel, and without version on the older one', async () => {
    const { clock, connect, btc } = createWireWorld();
    btc.set('bid', 6_499_990, 373_485_000);
    btc.set('ask', 6_500_012, 766_987_500);
    const [batch, older] = [connect(), connect()];
    batch.send({ method: 'SUBSCRIPTION', params: ['spot@public.bookTicker.batch.v3.api.pb@BTCUSDT'] });
    older.send({ method: 'SUBSCRIPTION', params: ['spot@public.bookTicker.v3.api.pb@BTCUSDT'] });
    await clock.advance(100);
    const best = ['64999.9', '3.73485', '65000.12', '7.669875'];
    const list = messagesOf(readProto(batch.pushes()[0]!), 311)[0]!;
    expect([messagesOf(list, 1).map((item) => texts(item, 4)), textOf(list, 2), numberOf(list, 3)]).toEqual([
      [best],
      '80000000002',
      START,
    ]);
    const plain = messagesOf(readProto(older.pushes()[0]!), 305)[0]!;
    expect([texts(plain, 4), [...plain.keys()]]).toEqual([best, [1, 2, 3, 4]]);
  });
});

describe('klines', () => {
  it('push the running candle each second: open, close, high, low, and windows in seconds', async () => {
    const { clock, connect, btc } = createWireWorld();
    btc.candleList = [candle(START - MINUTE, 1, 1), candle(START, 6_499_031, 6_500_012)];
    const client = connect();
    const name = 'spot@public.kline.v3.api.pb@BTCUSDT@Min1';
    client.send({ method: 'SUBSCRIPTION', params: [name] });
    await clock.advance(3_500);
    expect(client.pushes().length).toBe(3);
    const wrapper = readProto(client.pushes()[0]!);
    expect([...wrapper.keys()]).toEqual([1, 3, 4, 5, 308]);
    expect([textOf(wrapper, 1), textOf(wrapper, 3), textOf(wrapper, 4)?.length, numberOf(wrapper, 5)]).toEqual([
      name,
      'BTCUSDT',
      32,
      START + 1_000,
    ]);
    const body = messagesOf(wrapper, 308)[0]!;
    expect([textOf(body, 1), numberOf(body, 2), numberOf(body, 9)]).toEqual(['Min1', START / 1000, START / 1000 + 60]);
    expect([3, 4, 5, 6, 7, 8].map((field) => textOf(body, field))).toEqual([
      '64990.31',
      '65000.12',
      '65010',
      '64988.3',
      '3.12599854',
      '203190.43',
    ]);
  });

  it('push nothing while there is no candle', async () => {
    const { clock, connect } = createWireWorld();
    const client = connect();
    client.send({ method: 'SUBSCRIPTION', params: ['spot@public.kline.v3.api.pb@BTCUSDT@Week1'] });
    await clock.advance(3_000);
    expect(client.pushes()).toEqual([]);
  });
});

describe('mini tickers', () => {
  /** 18:00 in UTC+8, 15:30 in UTC+5:30. */
  const day8 = Date.UTC(2026, 5, 30, 16);
  const dayIndia = Date.UTC(2026, 5, 30, 18, 30);

  it('push every 3 s: rates from the day of UTC+8 and of the zone, quote volume before base volume', async () => {
    const { clock, connect, btc } = createWireWorld();
    btc.stats = {
      openTicks: 100,
      highTicks: 6_551_000,
      lowTicks: 6_401_055,
      lastTicks: 6_500_012,
      baseLots: 766_672_025_800,
      quoteTickLots: 4.9833681677e18,
    };
    btc.candleList = [
      candle(day8 - 15 * MINUTE, 1, 6_400_000),
      candle(day8, 6_450_000, 1),
      candle(dayIndia - 15 * MINUTE, 1, 6_550_000),
      candle(dayIndia, 6_600_000, 1),
    ];
    const client = connect();
    const name = 'spot@public.miniTicker.v3.api.pb@BTCUSDT@UTC+5:30';
    client.send({ method: 'SUBSCRIPTION', params: [name] });
    await clock.advance(6_500);
    expect(client.pushes().length).toBe(2);
    const wrapper = readProto(client.pushes()[0]!);
    expect([...wrapper.keys(), textOf(wrapper, 1), textOf(wrapper, 3)]).toEqual([1, 3, 6, 309, name, 'BTCUSDT']);
    expect(texts(messagesOf(wrapper, 309)[0]!, 12)).toEqual([
      'BTCUSDT',
      '65000.12',
      '0.0078',
      '-0.0151',
      '65510',
      '64010.55',
      '498336816.77',
      '7666.720258',
      '0.0156',
      '-0.0076',
      '65510',
      '64010.55',
    ]);
  });

  it('push all symbols at once without naming one in the wrapper, and roll over 24 hours', async () => {
    const { clock, connect, btc } = createWireWorld();
    btc.stats = { ...btc.stats, openTicks: 100, lastTicks: 110 };
    const client = connect();
    const name = 'spot@public.miniTickers.v3.api.pb@24H';
    client.send({ method: 'SUBSCRIPTION', params: [name] });
    await clock.advance(3_000);
    const wrapper = readProto(client.pushes()[0]!);
    expect([...wrapper.keys(), textOf(wrapper, 1)]).toEqual([1, 6, 310, name]);
    const items = messagesOf(messagesOf(wrapper, 310)[0]!, 1).map((item) => texts(item, 4));
    expect(items).toEqual([
      ['BTCUSDT', '1.1', '0.1', '0.1'],
      ['ETHUSDT', '0', '0', '0'],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import type { SimulatorOptions } from '../../../src/simulator/index.js';
import { startSimulator } from '../../../src/simulator/index.js';
import { createEchoWorld } from './echo-world.js';

const SYMBOL = 'BTC/USDT';
const CALM = { clock: 'virtual', seed: 3, flow: 'off' } as const;

const ACCOUNT = { apiKey: 'a', secretKey: 's', balances: { USDT: '1' } };

describe('startSimulator', () => {
  it('lists BTC/USDT and ETH/USDT on both venues by default, each with its fees', async () => {
    const sim = await startSimulator(CALM);
    for (const venue of ['mexc_spot', 'gateio_spot'] as const) {
      for (const symbol of ['BTC/USDT', 'ETH/USDT'] as const) expect(sim.book(venue, symbol)!.bids).toHaveLength(200);
    }
    expect(sim.stats()).toEqual({ seed: 3, frames: 0, requests: 0, connections: 0, trades: 0, changes: 0 });
    await sim.close();
  });

  it('has another seed each time when none is given', async () => {
    const seeds = new Set<unknown>();
    for (let i = 0; i < 5; i++)
      seeds.add((await startSimulator({ clock: 'virtual', flow: 'off', markets: ['A/USDT'] })).seed);
    expect(seeds.size).toBeGreaterThan(1);
  });

  it('has no endpoints on a virtual clock', async () => {
    const sim = await startSimulator(CALM);
    expect(() => sim.endpoints('mexc_spot')).toThrow(
      expect.objectContaining({ code: 'configuration', field: 'clock' }),
    );
  });

  it.each<[string, unknown]>([
    ['seed', { seed: {} }],
    ['venues', { venues: [] }],
    ['venues', { venues: ['nowhere'] }],
    ['venues', { venues: ['mexc_spot', 'mexc_spot'] }],
    ['markets', { markets: 'BTC/USDT' }],
    ['markets', { markets: ['BTC/USDT', { symbol: 'BTC/USDT' }] }],
    ['markets[0].symbol', { markets: ['BTCUSDT'] }],
    ['markets', { venues: ['gateio_spot'], markets: ['BTC/USDT:USDT'] }],
    ['markets[0].symbol', { markets: [null] }],
    ['markets[1].startPrice', { markets: ['BTC/USDT', { symbol: 'A/USDT', startPrice: 0 }] }],
    ['markets[0].startPrice', { markets: [{ symbol: 'A/USDT', startPrice: 0.5, priceDecimals: 1 }] }],
    ['markets[0].priceDecimals', { markets: [{ symbol: 'A/USDT', priceDecimals: 1.5 }] }],
    ['markets[0].minNotional', { markets: [{ symbol: 'A/USDT', minNotional: '0' }] }],
    ['markets[0].makerFee', { markets: [{ symbol: 'A/USDT', makerFee: 'free' }] }],
    ['flow', { flow: 'wild' }],
    ['flow', { flow: null }],
    ['flow.levels', { flow: { levels: 1.5 } }],
    ['flow.eventsPerSecond', { flow: { eventsPerSecond: -1 } }],
    ['flow.speed', { flow: { speed: 1 } }],
    ['clock', { clock: 'fast' }],
    ['ports.gateio_spot', { venues: ['mexc_spot'], ports: { gateio_spot: 1 } }],
    ['ports.mexc_spot', { ports: { mexc_spot: 70_000 } }],
    ['acounts', { acounts: [] }],
    ['accounts', { accounts: {} }],
    ['accounts[0]', { accounts: [1] }],
    ['accounts[0].apikey', { accounts: [{ apikey: 'a' }] }],
    ['accounts[0].apiKey', { accounts: [{ ...ACCOUNT, apiKey: 'a b' }] }],
    ['accounts[0].secretKey', { accounts: [{ ...ACCOUNT, secretKey: '' }] }],
    ['accounts[0].balances.USDT', { accounts: [{ ...ACCOUNT, balances: { USDT: '-1' } }] }],
    ['accounts[0].permissions', { accounts: [{ ...ACCOUNT, permissions: ['all'] }] }],
    ['accounts[0].userId', { accounts: [{ ...ACCOUNT, userId: 'bob' }] }],
    ['accounts[0].selfTradeGroup', { accounts: [{ ...ACCOUNT, selfTradeGroup: 0 }] }],
    ['accounts[1].apiKey', { accounts: [ACCOUNT, ACCOUNT] }],
    [
      'accounts[1].userId',
      {
        accounts: [
          { ...ACCOUNT, userId: '3497083' },
          { ...ACCOUNT, apiKey: 'b' },
        ],
      },
    ],
  ])('refuses a wrong %s: %o', async (field, options) => {
    const all = { clock: 'virtual', ...(options as object) } as SimulatorOptions;
    await expect(startSimulator(all)).rejects.toMatchObject({ code: 'configuration', field });
  });
});

describe('Simulator', () => {
  it('shows the true book at any sequence and depth, and none that is out of reach', async () => {
    const { sim } = await createEchoWorld({ flow: { eventsPerSecond: 0, levels: 0 } });
    const start = sim.book('echo', SYMBOL)!.sequence;
    sim.injectOrder('echo', { symbol: SYMBOL, side: 'buy', price: '91000.01', quantity: '0.25' });
    sim.injectOrder('echo', { symbol: SYMBOL, side: 'buy', price: '90999.5', quantity: '1' });
    sim.injectOrder('echo', { symbol: SYMBOL, side: 'sell', price: '91000.02', quantity: '0.000001' });
    expect(sim.book('echo', SYMBOL)).toEqual({
      sequence: start + 3,
      bids: [
        [91_000.01, 0.25],
        [90_999.5, 1],
      ],
      asks: [[91_000.02, 0.000001]],
    });
    expect(sim.book('echo', SYMBOL, { sequence: start + 2, depth: 1 })).toEqual({
      sequence: start + 2,
      bids: [[91_000.01, 0.25]],
      asks: [],
    });
    expect(sim.book('echo', SYMBOL, { sequence: start + 4 })).toBeUndefined();
    expect(sim.book('echo', SYMBOL, { sequence: start - 1 })).toBeUndefined();
  });

  it('executes injected orders and tells what became of them', async () => {
    const { sim } = await createEchoWorld({ flow: { levels: 0 } });
    const ask = sim.injectOrder('echo', { symbol: SYMBOL, side: 'sell', price: 100, quantity: 2 });
    expect(ask).toEqual({ orderId: 1, status: 'open', filledQuantity: 0, restingQuantity: 2 });
    const market = sim.injectOrder('echo', { symbol: SYMBOL, side: 'buy', quantity: '0.5' });
    expect(market).toEqual({ orderId: 2, status: 'filled', filledQuantity: 0.5, restingQuantity: 0 });
    const maker = sim.injectOrder('echo', { symbol: SYMBOL, side: 'buy', price: 100, quantity: 1, postOnly: true });
    expect(maker.status).toBe('rejected');
    expect(sim.cancelOrder('echo', SYMBOL, ask.orderId)).toBe(1.5);
  });

  it.each([
    ['symbol', { symbol: 'NO/USDT' }],
    ['side', { side: 'up' }],
    ['price', { price: '100.001' }],
    ['price', { price: '-1' }],
    ['price', { type: 'market', price: '1' }],
    ['price', { type: 'limit', price: undefined }],
    ['quantity', { quantity: '0.0000001' }],
    ['quantity', { quantity: 0 }],
    ['quantity', { quantity: 'many' }],
    ['timeInForce', { timeInForce: 'day' }],
  ])('refuses an injected order with a wrong %s: %o', async (field, wrong) => {
    const { sim } = await createEchoWorld();
    const order = { symbol: SYMBOL, side: 'buy', price: '100', quantity: '1', ...wrong } as never;
    expect(() => sim.injectOrder('echo', order)).toThrow(expect.objectContaining({ field }));
    expect(sim.stats().changes).toBe(0);
  });

  it('tells its listeners of every change and trade until they leave', async () => {
    const { sim } = await createEchoWorld({ flow: { levels: 0 } });
    const heard: unknown[] = [];
    const leave = sim.on('change', (venue, symbol, change) => heard.push([venue, symbol, change.lots]));
    sim.on('trade', (venue, _symbol, trade) => heard.push([venue, trade.takerSide, trade.lots]));
    sim.injectOrder('other', { symbol: SYMBOL, side: 'sell', price: 100, quantity: '0.000005' });
    sim.injectOrder('other', { symbol: SYMBOL, side: 'buy', price: 100, quantity: '0.000002' });
    leave();
    sim.injectOrder('other', { symbol: SYMBOL, side: 'buy', price: 100, quantity: '0.000003' });
    expect(heard).toEqual([
      ['other', SYMBOL, 5],
      ['other', 'buy', 2],
      ['other', SYMBOL, 3],
      ['other', 'buy', 3],
    ]);
  });

  it('changes its trace with every event and with nothing else', async () => {
    const { sim, clock } = await createEchoWorld({ flow: { levels: 0 } });
    const traces = [sim.trace()];
    await clock.advance(1_000);
    sim.book('echo', SYMBOL);
    expect(sim.trace()).toBe(traces[0]);
    sim.injectOrder('echo', { symbol: SYMBOL, side: 'sell', price: 100, quantity: 1 });
    traces.push(sim.trace());
    sim.injectOrder('echo', { symbol: SYMBOL, side: 'buy', price: 100, quantity: 1 });
    traces.push(sim.trace());
    expect(new Set(traces).size).toBe(3);
    for (const trace of traces) expect(trace).toMatch(/^[0-9a-f]{16}$/);
  });
});

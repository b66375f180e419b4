import { describe, expect, it } from 'vitest';
import { type ApiFrame, createGateioStreamWorld, idOf, SOON, verdictOf } from './gateio-client.js';

const LIMIT = { currency_pair: 'BTC_USDT', side: 'buy', amount: '0.1', price: '100', text: 't-1' };
const PAIR = { currency_pair: 'BTC_USDT' };

describe('faults', () => {
  const PLACE = 'WS spot.order_place';
  const texts = (world: ReturnType<typeof createGateioStreamWorld>) =>
    (world.call('GET', '/spot/orders', { query: 'currency_pair=BTC_USDT&status=open' }).body as { text: string }[]).map(
      ({ text }) => text,
    );

  it('lose a command before it arrives, or its answer after it was carried out', async () => {
    const world = createGateioStreamWorld();
    const client = await world.loggedIn();
    world.faults.loseRequest('gateio_spot', PLACE);
    expect(await world.ask(client, world.command('spot.order_place', LIMIT))).toEqual([]);
    expect(texts(world)).toEqual([]);
    world.faults.timeoutHttp('gateio_spot', PLACE);
    expect(await world.ask(client, world.command('spot.order_place', { ...LIMIT, text: 't-2' }))).toEqual([]);
    expect(texts(world)).toEqual(['t-2']);
    world.faults.drop('gateio_spot', { topic: 'spot.order_place.result' });
    const [echo, ...more] = await world.ask(client, world.command('spot.order_place', { ...LIMIT, text: 't-3' }));
    expect([echo!.ack, more, texts(world)]).toEqual([true, [], ['t-3', 't-2']]);
    expect(world.faults.counts()).toEqual({ loseRequest: 1, timeoutHttp: 1, drop: 1 });
    expect(world.audit()).toEqual([]);
  });

  it('carry a command out late, even when the socket is gone by then, unless it has expired', async () => {
    const world = createGateioStreamWorld();
    const client = await world.loggedIn();
    world.faults.acceptLate('gateio_spot', PLACE, { delayMs: 1_000, times: 2 });
    client.send(world.command('spot.order_place', LIMIT));
    const header = { 'x-gate-exptime': String(world.clock.now() + 500) };
    client.send(world.command('spot.order_place', { ...LIMIT, text: 't-2' }, header));
    client.leave();
    await world.clock.advance(SOON);
    expect(texts(world)).toEqual([]);
    await world.clock.advance(1_000);
    expect([texts(world), client.takeTexts()]).toEqual([['t-1'], []]);
    expect(world.audit()).toEqual([]);
  });

  it('answer late, or as a venue that is closed or overrun', async () => {
    const world = createGateioStreamWorld();
    const client = await world.loggedIn();
    world.faults.delayHttp('gateio_spot', PLACE, { delayMs: 300 });
    expect(await world.ask(client, world.command('spot.order_place', LIMIT))).toEqual([]);
    expect(texts(world)).toEqual(['t-1']);
    await world.clock.advance(300);
    expect((client.takeTexts() as ApiFrame[]).map(verdictOf)).toEqual(['200', '200']);
    world.faults.maintenance('gateio_spot', { call: PLACE });
    world.faults.limitRequests('gateio_spot', { call: 'WS spot.order_list' });
    const closed = await world.ask(client, world.command('spot.order_place', LIMIT));
    const overrun = await world.ask(client, world.command('spot.order_list', { ...PAIR, status: 'open' }));
    expect([...closed, ...overrun].map(verdictOf)).toEqual([
      ['503', 'TOO_BUSY'],
      ['429', 'TOO_MANY_REQUESTS'],
    ]);
  });

  it('hide an order from reads by command, and refuse new ones while canceling works', async () => {
    const world = createGateioStreamWorld();
    const client = await world.loggedIn();
    world.faults.hideOrders('gateio_spot', { lagMs: 1_000 });
    const order_id = idOf(await world.ask(client, world.command('spot.order_place', LIMIT)));
    const status = () => world.ask(client, world.command('spot.order_status', { ...PAIR, order_id }));
    expect((await status()).map(verdictOf)).toEqual([['404', 'ORDER_NOT_FOUND']]);
    await world.clock.advance(1_000);
    expect((await status()).map(verdictOf)).toEqual(['200']);
    world.faults.cancelOnly('gateio_spot', { forMs: 1_000 });
    const refused = await world.ask(client, world.command('spot.order_place', LIMIT));
    expect(refused.map(verdictOf)).toEqual(['200', ['400', 'TRADE_RESTRICTED']]);
    const canceled = await world.ask(client, world.command('spot.order_cancel', { ...PAIR, order_id }));
    expect(canceled.map(verdictOf)).toEqual(['200']);
    expect(world.audit()).toEqual([]);
  });
});

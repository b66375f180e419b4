import { describe, expect, it } from 'vitest';
import { createMexcPrivateWorld, START_AT } from '../../support/mexc-private-wire-world.js';
import { createMexcStreamWorld, SOON } from './mexc-client.js';
import { ACCOUNT, DEALS, ORDERS, readPush } from './mexc-pushes.js';
import { connectStream } from './stream-client.js';

const orderOf = (body: never) => (body as { orderId: string }).orderId;

describe('subscribing to private channels', () => {
  it('is acknowledged beside public ones, and blocked without a listen key', () => {
    const world = createMexcStreamWorld();
    const publicTopic = 'spot@public.aggre.deals.v3.api.pb@100ms@BTCUSDT';
    const client = world.connect(world.createKey());
    client.send({ method: 'SUBSCRIPTION', params: [ORDERS], id: 7 });
    client.send({ method: 'SUBSCRIPTION', params: [publicTopic], id: 8 });
    client.send({ method: 'UNSUBSCRIPTION', params: [ORDERS], id: 9 });
    expect(client.takeTexts()).toEqual([
      { id: 7, code: 0, msg: ORDERS },
      { id: 8, code: 0, msg: publicTopic },
      { id: 9, code: 0, msg: ORDERS },
    ]);
    const stranger = connectStream(world.venue.gateway, '/ws');
    stranger.send({ method: 'SUBSCRIPTION', params: [ORDERS], id: 7 });
    const refusal = `Not Subscribed successfully! [${ORDERS}].  Reason： Blocked! `;
    expect(stranger.takeTexts()).toEqual([{ id: 7, code: 0, msg: refusal }]);
  });

  it('counts towards the thirty topics of a socket', () => {
    const world = createMexcStreamWorld();
    const zones = [...Array(13).keys()].filter((hour) => hour > 0 && hour !== 2).map((hour) => `UTC+${hour}`);
    const topics = ['BTCUSDT', 'ETHUSDT'].flatMap((symbol) =>
      [...zones, '24H', 'UTC-10', 'UTC-8'].map((zone) => `spot@public.miniTicker.v3.api.pb@${symbol}@${zone}`),
    );
    const client = world.connect(world.createKey());
    client.send({ method: 'SUBSCRIPTION', params: [...topics, ORDERS, DEALS, ACCOUNT].slice(0, 30), id: 1 });
    client.send({ method: 'SUBSCRIPTION', params: [ACCOUNT], id: 2 });
    const texts = client.takeTexts() as { msg: string }[];
    expect(topics).toHaveLength(28);
    expect([texts[0]!.msg.split(',').length, texts[1]!.msg]).toEqual([
      30,
      `Not Subscribed successfully! [${ACCOUNT}].  Reason： Blocked! `,
    ]);
  });

  it('needs a key that is valid and has fewer than five sockets', () => {
    const world = createMexcStreamWorld();
    const key = world.createKey();
    const clients = Array.from({ length: 5 }, () => world.connect(key));
    expect(clients.flatMap((one) => one.takeTexts())).toEqual([]);
    expect(world.connect(key).takeTexts()).toEqual(['Invalid listen key']);
    clients[0]!.leave();
    expect(world.connect(key).takeTexts()).toEqual([]);
    const wrong = world.connect('nonsense');
    wrong.send({ method: 'SUBSCRIPTION', params: [DEALS] });
    const refusal = `Not Subscribed successfully! [${DEALS}].  Reason： Blocked! `;
    expect(wrong.takeTexts()).toEqual(['Invalid listen key', { id: 0, code: 0, msg: refusal }]);
  });

  it('is over when the key is deleted, expires, or is ended by a fault', async () => {
    const world = createMexcStreamWorld();
    const [deleted, old, kept] = [world.createKey(), world.createKey(), world.createKey()];
    const [first, second, third] = [world.connect(deleted), world.connect(old), world.connect(kept)];
    for (const client of [first, second, third]) client.send({ method: 'SUBSCRIPTION', params: [ORDERS] });
    world.call('DELETE', '/userDataStream', { listenKey: deleted });
    expect([first, second, third].map((one) => one.closedWith)).toEqual([1005, undefined, undefined]);
    for (let halfMinute = 0; halfMinute < 120; halfMinute++) {
      if (halfMinute === 60) world.call('PUT', '/userDataStream', { listenKey: kept });
      for (const client of [second, third]) client.send({ method: 'PING' });
      await world.clock.advance(30_000);
    }
    expect([second, third].map((one) => one.closedWith)).toEqual([1005, undefined]);
    expect(world.connect(old).takeTexts()).toEqual(['Invalid listen key']);
    world.faults.expireListenKeys('mexc_spot');
    expect(third.closedWith).toBe(1005);
    expect(world.audit()).toEqual([]);
  });
});

describe('the pushes', () => {
  it('tell the life of a limit order that is filled in two parts', async () => {
    const world = createMexcStreamWorld();
    const client = world.subscribed(ORDERS, DEALS);
    const id = orderOf(world.place({ quantity: '0.1', price: '100' }).body);
    await world.clock.advance(SOON);
    world.hit('sell', 40_000);
    await world.clock.advance(SOON);
    world.hit('sell', 60_000);
    await world.clock.advance(SOON);
    const pushes = client.takeBytes().map(readPush);
    const order = {
      id,
      clientId: 'c-1',
      price: '100',
      quantity: '0.1',
      amount: '10',
      orderType: 1,
      tradeType: 1,
      createTime: START_AT,
    };
    const inOrders = pushes.filter(({ channel }) => channel === ORDERS);
    expect(inOrders.map(({ body }) => body)).toEqual([
      {
        ...order,
        avgPrice: '0',
        remainAmount: '10',
        remainQuantity: '0.1',
        cumulativeQuantity: '0',
        cumulativeAmount: '0',
        status: 1,
      },
      {
        ...order,
        avgPrice: '100',
        isMaker: 1,
        remainAmount: '6',
        remainQuantity: '0.06',
        lastDealQuantity: '0.04',
        cumulativeQuantity: '0.04',
        cumulativeAmount: '4',
        status: 3,
      },
      {
        ...order,
        avgPrice: '100',
        isMaker: 1,
        remainAmount: '0',
        remainQuantity: '0',
        lastDealQuantity: '0.06',
        cumulativeQuantity: '0.1',
        cumulativeAmount: '10',
        status: 2,
      },
    ]);
    const trades = world.call('GET', '/myTrades', { symbol: 'BTCUSDT' }).body as Record<string, unknown>[];
    const deals = pushes.filter(({ channel }) => channel === DEALS).map(({ body }) => body);
    expect(deals).toEqual(
      trades
        .map((trade) => ({
          price: trade['price'],
          quantity: trade['qty'],
          amount: trade['quoteQty'],
          tradeType: 1,
          isMaker: 1,
          tradeId: trade['id'],
          clientOrderId: 'c-1',
          orderId: id,
          ...(trade['commission'] === '' ? {} : { feeAmount: trade['commission'] }),
          feeCurrency: 'BTC',
          time: trade['time'],
        }))
        .sort((a, b) => Number(a.time) - Number(b.time)),
    );
    expect(pushes.map(({ symbol, createTime }) => [symbol, createTime])).toEqual(
      pushes.map(() => ['BTCUSDT', undefined]),
    );
    for (const { sendTime } of pushes) expect(sendTime).toBeGreaterThanOrEqual(START_AT);
    expect(world.audit()).toEqual([]);
  });

  it('tell a cancel before and after a fill, and a market buy by its budget', async () => {
    const world = createMexcStreamWorld();
    const client = world.subscribed(ORDERS);
    const empty = orderOf(world.place({ newClientOrderId: 'e' }).body);
    world.call('DELETE', '/order', { symbol: 'BTCUSDT', orderId: empty });
    const partial = orderOf(world.place({ newClientOrderId: 'p' }).body);
    world.hit('sell', 100_000);
    world.call('DELETE', '/order', { symbol: 'BTCUSDT', orderId: partial });
    world.rest('sell', 1_010, 1_000_000);
    world.call('POST', '/order', { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quoteOrderQty: '50.5' });
    await world.clock.advance(SOON);
    const bodies = client.takeBytes().map((bytes) => readPush(bytes).body);
    expect(bodies.map(({ clientId, status, orderType }) => [clientId, status, orderType])).toEqual([
      ['e', 1, 1],
      ['e', 4, 1],
      ['p', 1, 1],
      ['p', 3, 1],
      ['p', 5, 1],
      [undefined, 1, 5],
      [undefined, 2, 5],
    ]);
    expect(bodies.at(-1)).toMatchObject({
      price: '0',
      quantity: '0',
      amount: '50.5',
      remainAmount: '0',
      cumulativeQuantity: '0.5',
      cumulativeAmount: '50.5',
    });
    expect(world.audit()).toEqual([]);
  });

  it('tell each change of each asset, and add up to the account', async () => {
    const world = createMexcStreamWorld();
    const client = world.subscribed(ACCOUNT);
    world.rest('sell', 990, 100_000);
    const order = orderOf(world.place({ quantity: '0.3', price: '100' }).body);
    world.call('DELETE', '/order', { symbol: 'BTCUSDT', orderId: order });
    world.account('mx0alice').deposit('ETH', '1');
    await world.clock.advance(SOON);
    const pushes = client.takeBytes().map(readPush);
    expect(pushes[0]).toEqual({
      channel: ACCOUNT,
      symbol: undefined,
      createTime: START_AT,
      sendTime: expect.any(Number),
      body: {
        asset: 'USDT',
        coinId: '128f589271cb4951b03e71e6323eb7be',
        free: '970',
        freeChange: '-30',
        locked: '30',
        lockedChange: '30',
        type: 'ENTRUST_PLACE',
        time: START_AT,
      },
    });
    expect(pushes.map(({ body }) => [body['asset'], body['type'], body['freeChange'], body['lockedChange']])).toEqual([
      ['USDT', 'ENTRUST_PLACE', '-30', '30'],
      ['USDT', 'ENTRUST', '0', '-9.9'],
      ['BTC', 'ENTRUST', '0.1', '0'],
      ['BTC', 'TRADE_FEE', expect.stringMatching(/^-?0/), '0'],
      ['USDT', 'ENTRUST_UNFROZEN', '0.1', '-0.1'],
      ['USDT', 'ENTRUST_CANCEL', '20', '-20'],
      ['ETH', 'DEPOSIT', '1', '0'],
    ]);
    const last = (asset: string) => pushes.findLast(({ body }) => body['asset'] === asset)!.body;
    const { balances } = world.call('GET', '/account').body as { balances: Record<string, string>[] };
    for (const { asset, free, locked } of balances) {
      expect([last(asset!)['free'], last(asset!)['locked']]).toEqual([free, locked]);
    }
    expect(world.audit()).toEqual([]);
  });

  it('begin with the subscription, end with it, and go to the owner of the key alone', async () => {
    const alice = { apiKey: 'mx0alice', secretKey: 'a', balances: { USDT: '1000' } };
    const bob = { apiKey: 'mx0bob', secretKey: 'b', balances: { USDT: '1000' } };
    const world = createMexcPrivateWorld([alice, bob]);
    const keyOf = (as: typeof alice) =>
      (world.call('POST', '/userDataStream', {}, { as }).body as { listenKey: string }).listenKey;
    const [hers, his] = [alice, bob].map((as) => connectStream(world.venue.gateway, `/ws?listenKey=${keyOf(as)}`)) as [
      ReturnType<typeof connectStream>,
      ReturnType<typeof connectStream>,
    ];
    world.place({ newClientOrderId: 'before' });
    await world.clock.advance(SOON);
    for (const client of [hers, his]) client.send({ method: 'SUBSCRIPTION', params: [ORDERS] });
    world.place({ newClientOrderId: 'during', quantity: '0.1' });
    await world.clock.advance(SOON);
    for (const client of [hers, his]) client.send({ method: 'UNSUBSCRIPTION', params: [ORDERS] });
    world.place({ newClientOrderId: 'after', quantity: '0.1' });
    await world.clock.advance(SOON);
    expect(hers.takeBytes().map((bytes) => readPush(bytes).body['clientId'])).toEqual(['during']);
    expect(his.takeBytes()).toEqual([]);
  });
});

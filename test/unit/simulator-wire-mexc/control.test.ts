import { describe, expect, it } from 'vitest';
import { createWireWorld } from '../../support/mexc-wire-world.js';

const DEALS = 'spot@public.aggre.deals.v3.api.pb@100ms@BTCUSDT';
const TICKER = 'spot@public.aggre.bookTicker.v3.api.pb@100ms@BTCUSDT';

describe('control messages', () => {
  it('acknowledges, refuses and answers pings with the published texts', () => {
    const client = createWireWorld().connect();
    client.send({ method: 'SUBSCRIPTION', params: [DEALS, TICKER], id: 7 });
    client.send({ method: 'SUBSCRIPTION', params: ['spot@public.aggre.depth.v3.api.pb@100ms@btcusdt'] });
    client.send({ method: 'SUBSCRIPTION', params: [DEALS, 'spot@public.aggre.deals.v3.api.pb@100ms@NOPEUSDT'], id: 8 });
    client.send({ method: 'SUBSCRIPTION', params: [], id: 9 });
    client.send({ method: 'PING' });
    client.send({ method: 'UNSUBSCRIPTION', params: [DEALS], id: 8 });
    expect(client.texts()).toEqual([
      '{"id":7,"code":0,"msg":"spot@public.aggre.deals.v3.api.pb@100ms@BTCUSDT,spot@public.aggre.bookTicker.v3.api.pb@100ms@BTCUSDT"}',
      '{"id":0,"code":0,"msg":"Not Subscribed successfully! [spot@public.aggre.depth.v3.api.pb@100ms@btcusdt].  Reason： Blocked! "}',
      '{"id":8,"code":0,"msg":"Subscribed successful! [spot@public.aggre.deals.v3.api.pb@100ms@BTCUSDT]. Not Subscribed successfully! [spot@public.aggre.deals.v3.api.pb@100ms@NOPEUSDT].  Reason： Blocked! "}',
      '{"id":9,"code":0,"msg":"Not Subscribed successfully! [].  Reason： Blocked! "}',
      '{"id":0,"code":0,"msg":"PONG"}',
      '{"id":8,"code":0,"msg":"spot@public.aggre.deals.v3.api.pb@100ms@BTCUSDT"}',
    ]);
  });

  it('may acknowledge in another order than asked for', () => {
    const client = createWireWorld(0.1).connect();
    client.send({ method: 'SUBSCRIPTION', params: [DEALS, TICKER], id: 7 });
    expect(client.texts()).toEqual([`{"id":7,"code":0,"msg":"${TICKER},${DEALS}"}`]);
  });

  it('answers a lower-case ping and echoes its id', () => {
    const client = createWireWorld().connect();
    client.send({ method: 'ping', id: 3 });
    expect(client.texts()).toEqual(['{"id":3,"code":0,"msg":"PONG"}']);
  });

  it('stays silent on what the docs give no answer for', () => {
    const client = createWireWorld().connect();
    const unknown = ['', 'hello', '{"method"', 'null', '[]', '{}', '{"method":"LOGIN"}', '{"method":"SUBSCRIPTION"}'];
    for (const text of unknown) client.send(text);
    client.session.receive(new Uint8Array([1, 2, 3]));
    expect([client.frames, client.closedWith]).toEqual([[], undefined]);
  });

  it('treats a wrong id as absent and a wrong name as blocked', () => {
    const client = createWireWorld().connect();
    client.send({ method: 'SUBSCRIPTION', params: [{ toString: 1 }], id: -4 });
    expect(client.texts()).toEqual([
      JSON.stringify({ id: 0, code: 0, msg: 'Not Subscribed successfully! [{"toString":1}].  Reason： Blocked! ' }),
    ]);
  });

  it('refuses the 31st subscription until another one ends, and counts a repeated one once', () => {
    const client = createWireWorld().connect();
    const zones = 'UTC-10 UTC-8 UTC-7 UTC-6 UTC-5 UTC-4 UTC-3 UTC+0 UTC+1 UTC+2 UTC+3 UTC+4 UTC+5 UTC+6 UTC+7'.split(
      ' ',
    );
    const names = ['BTCUSDT', 'ETHUSDT'].flatMap((id) =>
      zones.map((zone) => `spot@public.miniTicker.v3.api.pb@${id}@${zone}`),
    );
    client.send({ method: 'SUBSCRIPTION', params: names, id: 1 });
    client.send({ method: 'SUBSCRIPTION', params: [names[0], DEALS], id: 2 });
    client.send({ method: 'UNSUBSCRIPTION', params: [names[1]], id: 3 });
    client.send({ method: 'SUBSCRIPTION', params: [DEALS], id: 4 });
    expect(client.texts().map((text) => JSON.parse(text))).toEqual([
      { id: 1, code: 0, msg: names.join(',') },
      {
        id: 2,
        code: 0,
        msg: `Subscribed successful! [${names[0]}]. Not Subscribed successfully! [${DEALS}].  Reason： Blocked! `,
      },
      { id: 3, code: 0, msg: names[1] },
      { id: 4, code: 0, msg: DEALS },
    ]);
  });

  it('tells a listen key that it is invalid', () => {
    const client = createWireWorld().connect('/ws?listenKey=abc');
    expect(client.frames).toEqual([{ data: 'Invalid listen key', kind: 'control', topic: '' }]);
  });

  const accepted = [
    'spot@public.aggre.depth.v3.api.pb@10ms@BTCUSDT',
    'spot@public.aggre.deals.v3.api.pb@100ms@ETHUSDT',
    'spot@public.aggre.bookTicker.v3.api.pb@10ms@ETHUSDT',
    'spot@public.bookTicker.batch.v3.api.pb@BTCUSDT',
    'spot@public.limit.depth.v3.api.pb@BTCUSDT@5',
    'spot@public.limit.depth.v3.api.pb@BTCUSDT@20',
    'spot@public.kline.v3.api.pb@BTCUSDT@Hour8',
    'spot@public.kline.v3.api.pb@BTCUSDT@Month1',
    'spot@public.miniTicker.v3.api.pb@BTCUSDT@24H',
    'spot@public.miniTicker.v3.api.pb@BTCUSDT@UTC+12:45',
    'spot@public.miniTickers.v3.api.pb@UTC+8',
    'spot@public.increase.depth.v3.api.pb@BTCUSDT',
    'spot@public.increase.depth.batch.v3.api.pb@BTCUSDT',
    'spot@public.deals.v3.api.pb@BTCUSDT',
    'spot@public.bookTicker.v3.api.pb@BTCUSDT',
  ];

  it.each(accepted)('accepts %s', (name) => {
    const client = createWireWorld().connect();
    client.send({ method: 'SUBSCRIPTION', params: [name] });
    expect(client.texts()).toEqual([JSON.stringify({ id: 0, code: 0, msg: name })]);
  });

  const blocked = [
    'spot@public.aggre.depth.v3.api@100ms@BTCUSDT',
    'spot@public.aggre.depth.v3.api.pb@BTCUSDT',
    'spot@public.aggre.depth.v3.api.pb@BTCUSDT@100ms',
    'spot@public.aggre.depth.v3.api.pb@50ms@BTCUSDT',
    'spot@public.aggre.depth.v3.api.pb@100ms@BTC_USDT',
    'spot@public.aggre.depth.v3.api.pb@100ms@BTCUSDT@5',
    'spot@public.limit.depth.v3.api.pb@BTCUSDT',
    'spot@public.limit.depth.v3.api.pb@BTCUSDT@15',
    'spot@public.limit.depth.v3.api.pb@5@BTCUSDT',
    'spot@public.kline.v3.api.pb@BTCUSDT@60m',
    'spot@public.kline.v3.api.pb@BTCUSDT@Min3',
    'spot@public.miniTicker.v3.api.pb@BTCUSDT@UTC+14',
    'spot@public.miniTickers.v3.api.pb@BTCUSDT@UTC+8',
    'spot@public.deals.v3.api.pb@BTCUSDT@x',
    'spot@public.toString@BTCUSDT',
    'spot@private.orders.v3.api.pb',
    'futures@public.deals.v3.api.pb@BTCUSDT',
    '__proto__',
    '',
  ];

  it.each(blocked)('blocks "%s"', (name) => {
    const client = createWireWorld().connect();
    client.send({ method: 'SUBSCRIPTION', params: [name] });
    const msg = `Not Subscribed successfully! [${name}].  Reason： Blocked! `;
    expect(client.texts()).toEqual([JSON.stringify({ id: 0, code: 0, msg })]);
  });
});

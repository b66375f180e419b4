import { describe, expect, it } from 'vitest';
import { createWireWorld } from '../../support/mexc-wire-world.js';

const QUIET = { method: 'SUBSCRIPTION', params: ['spot@public.aggre.deals.v3.api.pb@100ms@BTCUSDT'] };
const CLOSED = 1005;
const CUT = 1006;

describe('when the venue drops a connection', () => {
  it('closes it after 30 s without a valid subscription, whatever else is sent', async () => {
    const { clock, connect } = createWireWorld();
    const client = connect();
    client.send({ method: 'SUBSCRIPTION', params: ['spot@public.nonsense@BTCUSDT'] });
    await clock.advance(29_999);
    client.send({ method: 'PING' });
    client.send({ ...QUIET, method: 'UNSUBSCRIPTION' });
    expect(client.closedWith).toBe(undefined);
    await clock.advance(1);
    expect([client.closedWith, clock.pendingTimers]).toEqual([CLOSED, 0]);
  });

  it('counts the 30 s again from the end of the last subscription', async () => {
    const { clock, connect } = createWireWorld();
    const client = connect();
    client.send(QUIET);
    await clock.advance(50_000);
    client.send({ ...QUIET, method: 'UNSUBSCRIPTION' });
    await clock.advance(29_999);
    expect(client.closedWith).toBe(undefined);
    await clock.advance(1);
    expect(client.closedWith).toBe(CLOSED);
  });

  it('cuts a subscribed but silent one after 60 s without a close frame', async () => {
    const { clock, connect } = createWireWorld();
    const client = connect();
    client.send(QUIET);
    await clock.advance(59_999);
    expect(client.closedWith).toBe(undefined);
    await clock.advance(1);
    expect([client.closedWith, clock.pendingTimers]).toEqual([CUT, 0]);
  });

  it('keeps it while the client pings', async () => {
    const { clock, connect } = createWireWorld();
    const client = connect();
    client.send(QUIET);
    for (let i = 0; i < 20; i++) {
      await clock.advance(20_000);
      client.send({ method: 'PING' });
    }
    expect(client.closedWith).toBe(undefined);
  });

  it('keeps it while data flows', async () => {
    const { clock, connect, btc } = createWireWorld();
    const client = connect();
    client.send(QUIET);
    for (let i = 0; i < 10; i++) {
      await clock.advance(40_000);
      btc.trade('buy', 6_500_000, 1);
    }
    expect(client.closedWith).toBe(undefined);
  });

  it('closes a well kept one after 24 h', async () => {
    const { clock, connect } = createWireWorld();
    const client = connect();
    client.send({ method: 'SUBSCRIPTION', params: ['spot@public.miniTicker.v3.api.pb@BTCUSDT@24H'] });
    await clock.advance(86_400_000 - 1);
    expect(client.closedWith).toBe(undefined);
    await clock.advance(1);
    expect([client.closedWith, clock.pendingTimers]).toEqual([CLOSED, 0]);
  });

  it('cuts it at the 101st message within a second, not at the 100th', async () => {
    const { clock, connect } = createWireWorld();
    const calm = connect();
    const busy = connect();
    for (let i = 0; i < 100; i++) for (const client of [calm, busy]) client.send({ method: 'PING' });
    await clock.advance(999);
    busy.send({ method: 'PING' });
    await clock.advance(1);
    calm.send({ method: 'PING' });
    expect([calm.closedWith, calm.frames.length, busy.closedWith, busy.frames.length]).toEqual([
      undefined,
      101,
      CUT,
      100,
    ]);
  });

  it('neither hears nor feeds a socket that is gone', async () => {
    const { clock, connect, btc } = createWireWorld();
    const client = connect();
    client.send(QUIET);
    client.session.closed();
    client.send({ method: 'PING' });
    btc.trade('buy', 6_500_000, 1);
    await clock.advance(100_000);
    expect([client.frames.length, client.closedWith, clock.pendingTimers]).toEqual([1, undefined, 0]);
  });

  it('stops every timer when the wire closes', async () => {
    const { clock, connect, wire } = createWireWorld();
    for (let i = 0; i < 3; i++) connect().send(QUIET);
    expect(clock.pendingTimers).toBe(4);
    wire.close();
    expect(clock.pendingTimers).toBe(0);
  });
});

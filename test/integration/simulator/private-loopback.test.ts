import { afterEach, describe, expect, it } from 'vitest';
import { type AccountOption, type Simulator, startSimulator } from '../../../src/simulator/index.js';
import { type SignedCall, signGateio, signMexc } from './private-client.js';

const ALICE: AccountOption = { apiKey: 'alice', secretKey: 'the secret of alice', balances: { USDT: '1000' } };

let sim: Simulator | undefined;
afterEach(async () => {
  await sim?.close();
  sim = undefined;
});

async function send({ method, url, headers, body }: SignedCall): Promise<unknown> {
  const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  return [answer.status, await answer.json()];
}

describe('signed requests over real sockets', () => {
  it('trade against the flow, and the books add up', async () => {
    sim = await startSimulator({ seed: 1, accounts: [ALICE], markets: ['BTC/USDT'], flow: 'off' });
    const [mexc, gateio] = [sim.endpoints('mexc_spot').rest, sim.endpoints('gateio_spot').rest];
    const now = sim.clock.now();
    const buy = { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quoteOrderQty: '100' };
    expect(await send(signMexc(ALICE, mexc, 'POST', '/order', buy, now))).toMatchObject([
      200,
      { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET' },
    ]);
    const order = { currency_pair: 'BTC_USDT', side: 'buy', type: 'market', amount: '100', time_in_force: 'ioc' };
    const body = JSON.stringify(order);
    expect(await send(signGateio(ALICE, gateio, 'POST', '/spot/orders', { body }, now))).toMatchObject([
      201,
      { status: 'closed', currency_pair: 'BTC_USDT' },
    ]);
    expect(await send(signMexc({ ...ALICE, secretKey: 'x' }, mexc, 'GET', '/account', {}, now))).toMatchObject([
      400,
      { code: 700002 },
    ]);
    for (const venue of ['mexc_spot', 'gateio_spot'] as const) {
      expect(sim.account('alice', venue).fills().length).toBeGreaterThan(0);
    }
    expect(sim.audit()).toEqual([]);
    expect(() => sim?.account('bob', 'mexc_spot')).toThrow(expect.objectContaining({ field: 'apiKey' }));
  });
});

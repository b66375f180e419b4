import { describe, expect, it } from 'vitest';
import { createGateioFuturesPrivate, createGateioFuturesPublic, isExchangeError } from '../../../src/index.js';
import { startSimulator } from '../../../src/simulator/index.js';

const credentials = { apiKey: 'gate-settle-test', secretKey: 'a-secret-of-the-settle-test' };

async function venueOf(exchange: { readonly venue: string; close(): Promise<void> }): Promise<string> {
  await exchange.close();
  return exchange.venue;
}

describe('The settle currency of Gate.io futures', () => {
  it('is USDT unless it is said to be BTC', async () => {
    expect([
      await venueOf(createGateioFuturesPublic()),
      await venueOf(createGateioFuturesPublic({ settle: 'usdt' })),
      await venueOf(createGateioFuturesPublic({ settle: 'btc' })),
      await venueOf(createGateioFuturesPrivate({ credentials })),
      await venueOf(createGateioFuturesPrivate({ credentials, settle: 'btc' })),
    ]).toEqual(['gateio_futures', 'gateio_futures', 'gateio_futures_btc', 'gateio_futures', 'gateio_futures_btc']);
  });

  it.each(['USDT', 'eth', '', 'toString', null, 7])('that does not exist is refused by its name: %o', (settle) => {
    const options = { settle, credentials } as never;
    const refusal = { code: 'configuration', field: 'settle' };
    for (const create of [createGateioFuturesPrivate, (given: never) => createGateioFuturesPublic(given)])
      expect(() => create(options)).toThrow(expect.objectContaining(refusal));
  });

  it('decides which symbols there are; another one is refused with the name of the venue', async () => {
    const sim = await startSimulator({
      clock: 'virtual',
      venues: ['gateio_futures'],
      markets: ['BTC/USDT'],
      flow: 'off',
    });
    const exchange = createGateioFuturesPublic({ runtime: sim.runtime() });
    const asking = exchange.getTicker('BTC/USD:BTC').catch((error: unknown) => error);
    await sim.clock.advance(5_000);
    const error = await asking;
    expect(isExchangeError(error, 'invalid_symbol') && error.message).toBe(
      'symbol: expected one of the 1 instruments of Gate.io futures settled in USDT, received "BTC/USD:BTC"',
    );
    await Promise.all([exchange.close(), sim.clock.advance(1_000)]);
    await sim.close();
  });
});

import { type Credentials, createPrivateExchange, type PrivateExchange, type PrivateExchangeOptions } from '@cex/sdk';
import { type Simulator, startSimulator } from '@cex/sdk/simulator';

const keys: Credentials = { apiKey: 'mx0example', secretKey: 'a-secret-of-the-simulator' };

/**
 * An account on one venue: with `--live` a real one, whose keys come from `CEX_API_KEY` and `CEX_SECRET_KEY`, else one with
 * 10,000 USDT on an exchange that is simulated inside this process.
 */
export async function openAccount(
  venue: 'mexc_spot' | 'gateio_spot',
  options: Partial<PrivateExchangeOptions> = {},
): Promise<{ readonly exchange: PrivateExchange; readonly simulator: Simulator | undefined; close(): Promise<void> }> {
  const isLive = process.argv.includes('--live');
  const simulator = isLive
    ? undefined
    : await startSimulator({ seed: 1, venues: [venue], accounts: [{ ...keys, balances: { USDT: '10000' } }] });
  const exchange = createPrivateExchange(venue, {
    credentials: simulator === undefined ? fromEnvironment : keys,
    ...(simulator === undefined ? {} : { endpoints: simulator.endpoints(venue) }),
    ...options,
  });
  return {
    exchange,
    simulator: simulator as Simulator | undefined,
    async close() {
      await exchange.close({ cancelOrders: 'own' });
      await simulator?.close();
    },
  };
}

/** Asked when the first signed request is made, and kept in a closure. */
function fromEnvironment(): Credentials {
  const { CEX_API_KEY: apiKey, CEX_SECRET_KEY: secretKey } = process.env;
  if (apiKey === undefined || secretKey === undefined) throw new Error('set CEX_API_KEY and CEX_SECRET_KEY');
  return { apiKey, secretKey };
}

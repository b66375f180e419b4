import {
  type Credentials,
  createPrivateExchange,
  type KnownVenueId,
  type PrivateExchange,
  type PrivateExchangeOptions,
} from '@cex/sdk';
import { type Simulator, startSimulator } from '@cex/sdk/simulator';

const keys: Credentials = { apiKey: 'mx0example', secretKey: 'a-secret-of-the-simulator' };

interface Accounts {
  readonly exchanges: readonly PrivateExchange[];
  readonly simulator: Simulator | undefined;
  close(): Promise<void>;
}

/**
 * One account per venue: with `--live` real ones, whose keys come from `CEX_API_KEY` and `CEX_SECRET_KEY`, else each with
 * 10,000 USDT on exchanges that are simulated inside this process.
 */
export async function openAccounts(
  venues: readonly KnownVenueId[],
  options: Partial<PrivateExchangeOptions> = {},
): Promise<Accounts> {
  const isLive = process.argv.includes('--live');
  const simulator = isLive
    ? undefined
    : await startSimulator({ seed: 1, venues: [...venues], accounts: [{ ...keys, balances: { USDT: '10000' } }] });
  const exchanges = venues.map((venue) =>
    createPrivateExchange(venue, {
      credentials: simulator === undefined ? fromEnvironment : keys,
      ...(simulator === undefined ? {} : { endpoints: simulator.endpoints(venue) }),
      ...options,
    }),
  );
  return {
    exchanges,
    simulator: simulator as Simulator | undefined,
    async close() {
      await Promise.all(exchanges.map((exchange) => exchange.close({ cancelOrders: 'own' })));
      await simulator?.close();
    },
  };
}

/** The account of one venue; the rest as in {@link openAccounts}. */
export async function openAccount(venue: KnownVenueId, options: Partial<PrivateExchangeOptions> = {}) {
  const { exchanges, simulator, close } = await openAccounts([venue], options);
  return { exchange: exchanges[0] as PrivateExchange, simulator, close };
}

/** Asked when the first signed request is made, and kept in a closure. */
function fromEnvironment(): Credentials {
  const { CEX_API_KEY: apiKey, CEX_SECRET_KEY: secretKey } = process.env;
  if (apiKey === undefined || secretKey === undefined) throw new Error('set CEX_API_KEY and CEX_SECRET_KEY');
  return { apiKey, secretKey };
}

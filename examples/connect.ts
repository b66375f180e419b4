import { createPublicExchange, type KnownVenueId, type PublicExchange } from '@cex/sdk';
import { startSimulator } from '@cex/sdk/simulator';

/** How long an example runs, ms: `--seconds N`, default 5. */
export const durationMs = 1_000 * Number(argument('--seconds') ?? 5);

/**
 * One public exchange per venue: on the real exchanges with `--live`, else on an exchange simulated inside this process
 * and reached over real sockets on 127.0.0.1.
 */
export async function connect(venues: readonly KnownVenueId[]): Promise<{
  readonly exchanges: readonly PublicExchange[];
  close(): Promise<void>;
}> {
  const simulator = process.argv.includes('--live')
    ? undefined
    : await startSimulator({ seed: 1, venues: [...venues] });
  const exchanges = venues.map((venue) =>
    createPublicExchange(venue, simulator === undefined ? {} : { endpoints: simulator.endpoints(venue) }),
  );
  return {
    exchanges,
    async close() {
      await Promise.all(exchanges.map((exchange) => exchange.close()));
      await simulator?.close();
    },
  };
}

/** The exchange of one venue; the rest as in {@link connect}. */
export async function connectOne(venue: KnownVenueId) {
  const { exchanges, close } = await connect([venue]);
  return { exchange: exchanges[0] as PublicExchange, close };
}

function argument(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

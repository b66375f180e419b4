import type { TradingMode, TradingVenue } from '../../arbitrage/tasks/manager-options.js';
import type { Config } from '../../config/config.js';
import {
  createPrivateExchange,
  createPublicExchange,
  type IntentLog,
  type KnownVenueId,
  venues as known,
  openFileIntentLog,
} from '../../index.js';
import type { VenueId } from '../../model/venue-id.js';

export interface OpenVenues {
  readonly venues: ReadonlyMap<VenueId, TradingVenue>;
  close(): Promise<void>;
}

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

/** Every venue of the configuration, or all for a dry run; each account with an intent log beside the journal. */
export async function openVenues(config: Config, mode: TradingMode, journal: string): Promise<OpenVenues> {
  const ids = config.venues.length > 0 ? config.venues : Object.keys(known);
  const venues = new Map<VenueId, TradingVenue>();
  const logs: IntentLog[] = [];
  const close = async (): Promise<void> => {
    for (const { public: market, private: account } of venues.values()) {
      await market.close();
      await account?.close();
    }
    await Promise.all(logs.map((log) => log.close()));
  };
  try {
    for (const id of ids) {
      const { options, credentials, recvWindowMs } = config.forVenue(id);
      const market = createPublicExchange(id as KnownVenueId, options);
      venues.set(id, { public: market });
      if (credentials === undefined || mode === 'dry-run') continue;
      const intentLog = await openFileIntentLog({ path: `${journal}.intents.${id}` });
      logs.push(intentLog);
      const window = recvWindowMs === undefined ? {} : { recvWindowMs };
      const account = createPrivateExchange(id as KnownVenueId, { ...options, ...window, credentials, intentLog });
      const isSimulated = LOOPBACK.test(new URL(options.endpoints?.rest ?? 'https://venue').hostname);
      venues.set(id, { public: market, private: account, isSimulated });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { venues, close };
}

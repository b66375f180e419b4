import type { PrivateVenue } from '../../adapter/private-venue.js';
import type { Venue } from '../../adapter/venue.js';
import type { ExchangeError } from '../../errors/exchange-error.js';
import { createExchangeCore, type ExchangeCore } from '../exchange-core.js';
import { isKeyRefusal } from './key-refusal.js';
import { ListenKey } from './listen-key.js';
import type { PrivateExchangeOptions } from './private-options.js';
import type { Session } from './session.js';

/** What a private exchange stands on: the core, with calls that are signed and streams that are the account's. */
export interface PrivateCore {
  readonly core: ExchangeCore;
  /** Absent where subscriptions are signed instead. */
  readonly listenKey: ListenKey | undefined;
}

export function createPrivateCore(
  venue: Venue,
  account: PrivateVenue,
  options: PrivateExchangeOptions,
  session: Session,
  commandLifeMs: number,
  keysRefused: (error: ExchangeError) => void,
  keyLost: () => void,
): PrivateCore {
  const { streams } = account;

  async function streamUrl(base: string): Promise<string> {
    if (listenKey === undefined) return base;
    try {
      return await listenKey.url(base);
    } catch (error) {
      if (isKeyRefusal(error)) keysRefused(error);
      throw error;
    }
  }

  const core: ExchangeCore = createExchangeCore(venue, options, {
    signer: session.signer,
    commandLifeMs,
    plan: streams.plan,
    loadCodec: async () => streams.loadCodec(await session.credentials()),
    streamUrl,
    sessionLost: () => listenKey?.forget(),
  });
  const listenKey =
    streams.listenKey === undefined
      ? undefined
      : new ListenKey(core.rest, streams.listenKey, core.clock, core.report, keyLost);
  return { core, listenKey };
}

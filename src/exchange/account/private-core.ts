import type { PrivateVenue } from '../../adapter/private-venue.js';
import type { Venue } from '../../adapter/venue.js';
import type { ExchangeError } from '../../errors/exchange-error.js';
import { accountOf } from '../address-limits.js';
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
  /** Asks what the streams need to know of the account, once. @throws what asking throws; then it is asked again. */
  prepareStreams(): Promise<void>;
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

  let identity: Promise<string> | undefined;

  async function telling<T>(asking: Promise<T>): Promise<T> {
    try {
      return await asking;
    } catch (error) {
      if (isKeyRefusal(error)) keysRefused(error);
      throw error;
    }
  }

  function streamUrl(base: string): string | Promise<string> {
    return listenKey === undefined ? base : telling(listenKey.url(base));
  }

  /** A failure is not kept. */
  function askIdentity(): Promise<string> | undefined {
    if (streams.identity === undefined) return undefined;
    identity ??= core.rest.call(streams.identity, undefined).catch((error: unknown) => {
      identity = undefined;
      throw error;
    });
    return identity;
  }

  async function prepareStreams(): Promise<void> {
    const asked = askIdentity();
    if (asked !== undefined) await telling(asked);
  }

  const core: ExchangeCore = createExchangeCore(venue, options, {
    signer: session.signer,
    account: accountOf(options.credentials),
    commandLifeMs,
    plan: streams.plan,
    loadCodec: async () => streams.loadCodec(await session.credentials(), await askIdentity()),
    streamUrl,
    sessionLost: () => listenKey?.forget(),
  });
  const listenKey =
    streams.listenKey === undefined
      ? undefined
      : new ListenKey(core.rest, streams.listenKey, core.clock, core.report, keyLost);
  return { core, listenKey, prepareStreams };
}

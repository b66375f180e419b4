import type { PrivateExchange } from '../../exchange/account/private-exchange.js';
import type { PublicExchange } from '../../exchange/public-exchange.js';
import type { VenueId } from '../../model/venue-id.js';
import type { Clock } from '../../transport/clock.js';
import type { Random } from '../../transport/random.js';
import type { MarketFeed } from '../engine/task-markets.js';
import { type Bounds, readNumbers, refuse } from '../read-options.js';
import type { RiskLimits } from '../risk/risk-limits.js';
import type { TaskJournal } from './task-journal.js';

/** `dry-run`: nothing is sent. `paper`: orders go to simulated venues. `live`: to real ones. */
export type TradingMode = 'dry-run' | 'paper' | 'live';

/** What has to be said, beside `mode: 'live'`, before a real order is sent. */
export const LIVE_CONFIRMATION = 'I trade real money';

export interface TradingVenue {
  readonly public: PublicExchange;
  /** Not needed for dry runs. Give it an intent log of its own that survives a crash. */
  readonly private?: PrivateExchange;
  /** Whether it is a simulator. Paper trading takes these only, live trading none of them. Default `false`. */
  readonly isSimulated?: boolean;
}

export interface TaskManagerOptions {
  /** By venue id. */
  readonly venues: ReadonlyMap<VenueId, TradingVenue>;
  /** Where tasks are written down before they act. Its lock keeps a second engine away from the account. */
  readonly journal: TaskJournal;
  /** Default `dry-run`. */
  readonly mode?: TradingMode;
  /** For `live`: {@link LIVE_CONFIRMATION}. */
  readonly confirm?: string;
  readonly risk?: RiskLimits;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Default: the system's. */
  readonly random?: Random;
  /** Books from somewhere else, to replay a recording. Default: live books of the venues. */
  readonly feed?: MarketFeed;
  /** Ms between two looks at what time alone changes. Default 250. */
  readonly tickMs?: number;
  /** A book that was proven longer ago is not used, ms. Default 5,000. */
  readonly maxAgeMs?: number;
  /** So long after the first look an order that is nowhere was never taken, ms. Default 15,000. */
  readonly provenAbsentAfterMs?: number;
  /** Crashes in a row without getting anywhere, after which a task is left alone. Default 20. */
  readonly maxRecoveries?: number;
}

const DEFAULTS = { tickMs: 250, maxAgeMs: 5_000, provenAbsentAfterMs: 15_000, maxRecoveries: 20 };
const BOUNDS: Readonly<Record<keyof typeof DEFAULTS, Bounds>> = {
  tickMs: [1, 60_000],
  maxAgeMs: [1, 3_600_000],
  provenAbsentAfterMs: [0, 3_600_000],
  maxRecoveries: [1, 1_000_000],
};
const OTHERS = ['venues', 'journal', 'mode', 'confirm', 'risk', 'clock', 'random', 'feed'];

/** @throws {ConfigurationError} naming the option. */
export function readManagerOptions(options: TaskManagerOptions) {
  const numbers = readNumbers(options, DEFAULTS, BOUNDS, OTHERS);
  const { venues, journal, mode = 'dry-run', confirm } = options;
  if (!(venues instanceof Map) || venues.size === 0) refuse('venues', 'a map of at least one venue', venues);
  if (typeof journal?.write !== 'function') refuse('journal', 'a task journal', journal);
  if (!['dry-run', 'paper', 'live'].includes(mode)) refuse('mode', "'dry-run', 'paper' or 'live'", mode);
  if (mode === 'live' && confirm !== LIVE_CONFIRMATION)
    refuse('confirm', `'${LIVE_CONFIRMATION}' for mode live`, confirm);
  if (mode !== 'dry-run') for (const [id, venue] of venues) readVenue(id, venue as TradingVenue, mode);
  return { ...numbers, mode };
}

function readVenue(id: VenueId, venue: TradingVenue, mode: TradingMode): void {
  const { private: account, isSimulated = false } = venue;
  if (account === undefined) refuse(`venues.${id}.private`, `a private exchange for mode ${mode}`, account);
  if (isSimulated !== (mode === 'paper'))
    refuse(`venues.${id}.isSimulated`, mode === 'paper' ? 'true for mode paper' : 'false for mode live', isSimulated);
}

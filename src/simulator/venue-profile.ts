import type { DeskRules } from './accounts/desk-rules.js';
import type { CreateWire } from './contract.js';
import type { VenueHosts } from './doors/hosts.js';
import type { FeeSchedule } from './market-spec.js';
import type { CreateFuturesWire } from './positions/futures-model.js';
import type { FuturesRules } from './positions/futures-rules.js';

interface AnyProfile {
  readonly hosts: VenueHosts;
  /** The default schedule. */
  readonly fees: FeeSchedule;
  /** Venues of one exchange share it: money can be moved between them, and they may share a host. */
  readonly exchange: string;
}

/** What the simulator needs to know of a spot venue besides its wire protocol. */
export interface SpotProfile extends AnyProfile {
  readonly kind: 'spot';
  /** How it takes orders, where that is not the plainest way. */
  readonly rules?: Partial<DeskRules>;
  readonly createWire: CreateWire;
}

/** What the simulator needs to know of a futures venue besides its wire protocol. */
export interface FuturesProfile extends AnyProfile {
  readonly kind: 'futures';
  /** Assets that its contracts may be settled in; absent = any. */
  readonly settles?: readonly string[];
  /** Its markets where nothing else is asked for. Absent = the simulator's. */
  readonly defaultMarkets?: readonly `${string}/${string}:${string}`[];
  /** It takes part only when it is named in `venues`. */
  readonly onlyWhenNamed?: true;
  readonly rules: FuturesRules;
  readonly createWire: CreateFuturesWire;
}

export type VenueProfile = SpotProfile | FuturesProfile;

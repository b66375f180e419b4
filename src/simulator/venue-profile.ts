import type { DeskRules } from './accounts/desk-rules.js';
import type { CreateWire } from './contract.js';
import type { VenueHosts } from './doors/hosts.js';
import type { FeeSchedule } from './market-spec.js';

/** What the simulator needs to know of a venue besides its wire protocol. */
export interface VenueProfile {
  readonly hosts: VenueHosts;
  /** The default schedule. */
  readonly fees: FeeSchedule;
  /** How it takes orders, where that is not the plainest way. */
  readonly rules?: Partial<DeskRules>;
  readonly createWire: CreateWire;
}

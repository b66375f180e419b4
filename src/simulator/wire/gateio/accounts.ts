import type { Clock } from '../../../transport/clock.js';
import type { AccountSettings } from '../../accounts/account-options.js';

/** An account of whatever kind. */
export interface Holder {
  readonly settings: AccountSettings;
}

/** Where keys belong to. */
export interface Accounts<A extends Holder> {
  readonly clock: Clock;
  readonly desk: { readonly accounts: ReadonlyMap<string, A> };
}

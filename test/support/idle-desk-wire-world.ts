import { Countdowns } from '../../src/simulator/accounts/countdown.js';
import { Desk } from '../../src/simulator/accounts/desk.js';
import { PLAIN_RULES } from '../../src/simulator/accounts/desk-rules.js';
import { Wallet } from '../../src/simulator/accounts/wallet.js';
import type { VenueModel } from '../../src/simulator/contract.js';
import type { Clock } from '../../src/transport/clock.js';

/** What a wire needs of accounts when there are none. */
export function createIdleDesk(clock: Clock): Pick<VenueModel, 'desk' | 'wallet' | 'countdowns' | 'service'> {
  const desk = new Desk({
    clock,
    markets: new Map(),
    accounts: [],
    rules: PLAIN_RULES,
    faults: { hidesOrderFor: () => 0, forgetsClientId: () => false, isCancelOnly: () => false },
  });
  return {
    desk,
    wallet: new Wallet(clock, desk.ledger),
    countdowns: new Countdowns(desk),
    service: {
      stateOf: () => undefined,
      fateOf: () => ({ kind: 'served', answerAfterMs: 0 }),
      onListenKeysExpired() {},
    },
  };
}

import type { Clock, Timer } from '../../../../transport/clock.js';
import type { AccountPermission } from '../../../accounts/account-options.js';
import type { SimConnection } from '../../../contract.js';
import type { Holder } from '../accounts.js';
import { createRateWindow, type RateVerdict } from '../rate-window.js';
import { requirePermission, requireUnexpired } from '../rest/authenticate.js';
import { RestRefusal, tooManyRequests } from '../rest/refusal.js';
import { wallMs } from '../wall-time.js';
import { type ApiRequest, headerOf } from './api-request.js';

const WINDOW_MS = 1_000;

/** What one channel of the WebSocket API does. */
export interface Command<C> {
  /** @throws {RestRefusal} */
  readonly handler: (call: C) => unknown;
  readonly permission: AccountPermission;
  /** Whether the request is echoed before it is carried out. */
  readonly echoes?: true;
  /** Whether it counts against the budget. */
  readonly isMetered?: true;
  /** Whether `x-gate-exptime` is heeded. */
  readonly expires?: true;
}

/** What is left of the budget, and how large it is. */
export type CommandRate = RateVerdict & { readonly limit: number };

/** Where the commands of all sockets are carried out. */
export interface ApiDesk<A extends Holder> {
  /**
   * Looks at everything that is refused before a command is taken up. @param account `undefined` = nobody is logged in.
   * @param metered hears what is left of the budget.
   * @throws {RestRefusal}
   */
  admit(
    request: ApiRequest,
    account: A | undefined,
    connection: SimConnection,
    metered: (rate: CommandRate) => void,
  ): Admitted;
  /** Acts later, even when the socket is gone by then. */
  later(delayMs: number, act: () => void): void;
  close(): void;
}

/** A command that is taken up. */
export interface Admitted {
  readonly echoes: boolean;
  /** Its result. @throws {RestRefusal} */
  run(): unknown;
}

export interface ApiDeskOptions<A extends Holder, C> {
  readonly clock: Clock;
  readonly commands: ReadonlyMap<string, Command<C>>;
  /** Metered commands of one user in any second. */
  readonly limit: number;
  /** The venue's code of that limit. */
  readonly limitCode: number;
  readonly callOf: (request: ApiRequest, account: A, connection: SimConnection) => C;
}

export function createApiDesk<A extends Holder, C>({
  clock,
  commands,
  limit,
  limitCode,
  callOf,
}: ApiDeskOptions<A, C>): ApiDesk<A> {
  const window = createRateWindow(clock, limit, WINDOW_MS);
  const timers = new Set<Timer>();

  const meter = ({ param }: ApiRequest, { settings }: Holder): CommandRate => {
    // Each order of a batch counts, but a batch larger than the whole budget would never get through.
    const count = Array.isArray(param) ? Math.min(Math.max(1, param.length), limit) : 1;
    return { ...window.take(settings.userId, count), limit };
  };
  return {
    admit(request, account, connection, metered) {
      const command = commands.get(request.channel);
      if (command === undefined) throw new RestRefusal(400, 'INVALID_ARGUMENT', `Unknown channel ${request.channel}`);
      if (account === undefined) throw new RestRefusal(401, 'AUTHENTICATION_FAILED', 'Not login');
      requirePermission(account, command.permission);
      if (command.expires) requireUnexpired(headerOf(request, 'x-gate-exptime'), wallMs(clock));
      if (command.isMetered) {
        const rate = meter(request, account);
        metered(rate);
        if (!rate.allowed) throw tooManyRequests(limitCode);
      }
      const run = (): unknown => command.handler(callOf(request, account, connection));
      return { echoes: command.echoes ?? false, run };
    },
    later(delayMs, act) {
      const arrive = (): void => {
        timers.delete(timer);
        act();
      };
      const timer = clock.setTimer(delayMs, arrive, { background: true });
      timers.add(timer);
    },
    close() {
      for (const timer of timers) timer.cancel();
      timers.clear();
    },
  };
}

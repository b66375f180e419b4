import type { Timer } from '../../../../transport/clock.js';
import type { Account } from '../../../accounts/account.js';
import type { VenueModel } from '../../../contract.js';
import type { Pairs } from '../pairs.js';
import { requirePermission, requireUnexpired } from '../private/authenticate.js';
import { createRateWindow, type RateVerdict } from '../rate-window.js';
import { RestRefusal, tooManyRequests } from '../rest/refusal.js';
import { wallMs } from '../wall-time.js';
import { type ApiRequest, asQuery, headerOf } from './api-request.js';
import { COMMANDS, type Command } from './commands.js';

/** Placing and amending, all pairs together. Source: Gate.io API v4 docs, rate limits, WebSocket API. */
const LIMIT = 10;
const WINDOW_MS = 1_000;

/** What is left of the budget of placing and amending, and how large it is. */
export type CommandRate = RateVerdict & { readonly limit: number };

/** Where the commands of all sockets are carried out. */
export interface ApiDesk {
  /**
   * Looks at everything that is refused before a command is taken up. @param account `undefined` = nobody is logged in.
   * @param metered hears what is left of the budget.
   * @throws {RestRefusal}
   */
  admit(request: ApiRequest, account: Account | undefined, metered: (rate: CommandRate) => void): Admitted;
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

export function createApiDesk(model: VenueModel, pairs: Pairs): ApiDesk {
  const window = createRateWindow(model.clock, LIMIT, WINDOW_MS);
  const timers = new Set<Timer>();

  const meter = ({ param }: ApiRequest, { settings }: Account): CommandRate => {
    // Each order of a batch counts, but a batch larger than the whole budget would never get through.
    const count = Array.isArray(param) ? Math.min(Math.max(1, param.length), LIMIT) : 1;
    return { ...window.take(settings.userId, count), limit: LIMIT };
  };
  const run = (request: ApiRequest, account: Account, { handler }: Command): unknown => {
    const query = asQuery(request);
    const body = request.rawParam;
    const name = query.get('order_id') ?? '';
    return handler({ model, pairs, account, query, body, name, source: 'apiv4-ws', meterOrders() {} });
  };
  return {
    admit(request, account, metered) {
      const command = COMMANDS.get(request.channel);
      if (command === undefined) throw new RestRefusal(400, 'INVALID_ARGUMENT', `Unknown channel ${request.channel}`);
      if (account === undefined) throw new RestRefusal(401, 'AUTHENTICATION_FAILED', 'Not login');
      requirePermission(account, command.permission);
      if (command.expires) requireUnexpired(headerOf(request, 'x-gate-exptime'), wallMs(model.clock));
      if (command.isMetered) {
        const rate = meter(request, account);
        metered(rate);
        if (!rate.allowed) throw tooManyRequests();
      }
      return { echoes: command.echoes ?? false, run: () => run(request, account, command) };
    },
    later(delayMs, act) {
      const arrive = (): void => {
        timers.delete(timer);
        act();
      };
      const timer = model.clock.setTimer(delayMs, arrive, { background: true });
      timers.add(timer);
    },
    close() {
      for (const timer of timers) timer.cancel();
      timers.clear();
    },
  };
}

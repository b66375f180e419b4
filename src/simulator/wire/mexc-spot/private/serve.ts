import type { SimHttpRequest, VenueModel } from '../../../contract.js';
import type { WireMarkets } from '../markets.js';
import { authenticate, paramsOf, requirePermission } from './authenticate.js';
import type { ListenKeys } from './listen-keys.js';
import type { PrivateRoute } from './routes.js';
import type { UserGate } from './user-gate.js';

/** The body of an answer, or how long the caller has to wait, ms. */
export type PrivateAnswer = { readonly body: string } | { readonly retryAfterMs: number };

/** Answers one private request. @throws {Refusal} */
export function servePrivate(
  request: SimHttpRequest,
  route: PrivateRoute,
  world: {
    readonly model: VenueModel;
    readonly markets: WireMarkets;
    readonly listenKeys: ListenKeys;
    readonly gate: UserGate;
  },
): PrivateAnswer {
  const { model, markets, listenKeys, gate } = world;
  const query = paramsOf(request);
  const account = authenticate(request, query, model);
  const waitMs = gate.admit(account.settings.userId, route.weight, route.budgets, model.clock.monotonic());
  if (waitMs > 0) return { retryAfterMs: waitMs };
  requirePermission(account, route.permission);
  const now = Math.floor(model.clock.now());
  return { body: JSON.stringify(route.handler({ model, markets, query, now, account, listenKeys })) };
}

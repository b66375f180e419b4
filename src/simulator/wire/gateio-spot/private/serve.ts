import type { SimHttpRequest, VenueModel } from '../../../contract.js';
import { authenticate, requirePermission, requireUnexpired } from '../../gateio/rest/authenticate.js';
import { tooManyRequests } from '../../gateio/rest/refusal.js';
import type { FoundRoute } from '../../gateio/rest/route-table.js';
import { wallMs } from '../../gateio/wall-time.js';
import type { Pairs } from '../pairs.js';
import type { PrivateLimits, PrivateVerdict } from './limits.js';
import type { PrivateRoute } from './routes.js';

export interface PrivateAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * Answers one private request.
 * @param metered hears what is left of the budget that the request was counted against.
 * @throws {RestRefusal}
 */
export function servePrivate(
  request: SimHttpRequest,
  { endpoint, route, name }: FoundRoute<PrivateRoute>,
  world: { readonly model: VenueModel; readonly pairs: Pairs; readonly limits: PrivateLimits },
  metered: (verdict: PrivateVerdict) => void,
): PrivateAnswer {
  const { model, pairs, limits } = world;
  const account = authenticate(request, model);
  const { userId } = account.settings;
  const meter = (verdict: PrivateVerdict): void => {
    metered(verdict);
    if (!verdict.allowed) throw tooManyRequests();
  };
  if (route.group === 'cancels') meter(limits.take('cancels', userId));
  else if (route.group !== 'orders') meter(limits.take(route.group, `${endpoint} ${userId}`));
  requirePermission(account, route.permission);
  if (route.expires) requireUnexpired(request.headers['x-gate-exptime'], wallMs(model.clock));
  const answer = route.handler({
    model,
    pairs,
    account,
    name,
    query: new URLSearchParams(request.query),
    body: request.body,
    meterOrders: (pairId, count) => meter(limits.take('orders', `${userId} ${pairId}`, count)),
  });
  return { status: route.status ?? 200, body: JSON.stringify(answer) };
}

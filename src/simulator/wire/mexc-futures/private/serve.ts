import type { SimHttpRequest } from '../../../contract.js';
import type { FuturesModel } from '../../../positions/futures-model.js';
import type { Contracts } from '../contracts.js';
import { tooFrequent } from '../rest/call.js';
import type { EndpointGate } from '../rest/endpoint-gate.js';
import type { RouteMatch } from '../rest/route-table.js';
import { authenticate, requirePermission } from './authenticate.js';
import { readBody } from './read-body.js';
import type { PrivateRoute } from './routes.js';

/** `data` of the answer to one private request. @throws {Refusal} */
export function servePrivate(
  request: SimHttpRequest,
  { name, route, path }: RouteMatch<PrivateRoute>,
  world: { readonly model: FuturesModel; readonly contracts: Contracts; readonly gate: EndpointGate },
): unknown {
  const { model, contracts, gate } = world;
  const account = authenticate(request, model);
  if (!gate.admits(name, account.settings.userId, route.limit, model.clock.monotonic())) {
    throw tooFrequent();
  }
  requirePermission(account, route.permission);
  const [query, now] = [new URLSearchParams(request.query), Math.floor(model.clock.now())];
  return route.handler({ model, contracts, path, query, now, account, body: readBody(request.body) });
}

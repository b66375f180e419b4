import type { SimHttpRequest } from '../../../contract.js';
import type { FuturesModel } from '../../../positions/futures-model.js';
import { authenticate, requirePermission, requireUnexpired } from '../../gateio/rest/authenticate.js';
import { RestRefusal, tooManyRequests } from '../../gateio/rest/refusal.js';
import type { MeteredVerdict } from '../../gateio/rest/rest-shell.js';
import type { FoundRoute } from '../../gateio/rest/route-table.js';
import { wallMs } from '../../gateio/wall-time.js';
import type { Contracts } from '../contracts.js';
import { LIMIT_CODE } from '../limit-code.js';
import { sizesFor } from '../sizes.js';
import type { PrivateCall } from './call.js';
import type { PrivateLimits } from './limits.js';
import { printWithLongIds } from './price-orders.js';
import type { PrivateRoute } from './routes.js';

/** What private requests are served from. */
export interface PrivateWorld {
  readonly model: FuturesModel;
  readonly contracts: Contracts;
  /** The settle asset: `USDT`. */
  readonly asset: string;
  readonly limits: PrivateLimits;
}

/**
 * Answers one private request. @param metered hears what is left of the budget that the request was counted against.
 * @throws {RestRefusal}
 */
export function servePrivate(
  request: SimHttpRequest,
  { endpoint, route, name }: FoundRoute<PrivateRoute>,
  { model, contracts, asset, limits }: PrivateWorld,
  metered: (verdict: MeteredVerdict) => void,
): { readonly status: number; readonly body: string } {
  const account = authenticate(request, model);
  const { userId } = account.settings;
  const meter = (verdict: MeteredVerdict): void => {
    metered(verdict);
    if (!verdict.allowed) throw tooManyRequests(LIMIT_CODE);
  };
  if (route.group === 'cancels') meter(limits.take('cancels', userId));
  else if (route.group === 'other') meter(limits.take('other', `${endpoint} ${userId}`));
  requirePermission(account, route.permission);
  if (route.expires) requireUnexpired(request.headers['x-gate-exptime'], wallMs(model.clock));
  if (!route.needsNoAccount) requireOpened(account.assets(), asset);
  const call: PrivateCall = {
    model,
    contracts,
    account,
    asset,
    name,
    sizes: sizesFor(request.headers),
    source: 'api',
    query: new URLSearchParams(request.query),
    body: request.body,
    meterOrders: (count) => meter(limits.take('orders', userId, count)),
  };
  return { status: route.status ?? 200, body: printWithLongIds(route.handler(call)) };
}

/** The futures account comes into being with the first money in it. @throws {RestRefusal} */
export function requireOpened(assets: readonly string[], asset: string): void {
  if (assets.includes(asset)) return;
  throw new RestRefusal(400, 'USER_NOT_FOUND', 'please transfer funds first to make futures account');
}

import type { SimHttpRequest, SimHttpResponse } from '../../../contract.js';
import type { FuturesModel } from '../../../positions/futures-model.js';
import { createRateWindow } from '../../gateio/rate-window.js';
import { methodNotAllowed, notFound, tooManyRequests } from '../../gateio/rest/refusal.js';
import { createRestShell, type MeteredVerdict } from '../../gateio/rest/rest-shell.js';
import type { Contracts } from '../contracts.js';
import { LIMIT_CODE } from '../limit-code.js';
import { createPrivateLimits } from '../private/limits.js';
import { PRIVATE_ROUTES } from '../private/routes.js';
import { servePrivate } from '../private/serve.js';
import { sizesFor } from '../sizes.js';
import { findPublicRoute } from './routes.js';

/** Requests of one address to one public endpoint in any ten seconds. Source: Gate API v4 docs, rate limits. */
const PUBLIC_LIMIT = 200;
const PUBLIC_WINDOW_MS = 10_000;

/** The REST half of the wire; answers everything, throws nothing. @param settle `usdt`, `btc`: a part of every path. */
export function createRest(
  model: FuturesModel,
  contracts: Contracts,
  settle: string,
): (request: SimHttpRequest) => SimHttpResponse {
  const publicLimits = createRateWindow(model.clock, PUBLIC_LIMIT, PUBLIC_WINDOW_MS);
  const world = { model, contracts, asset: settle.toUpperCase(), limits: createPrivateLimits(model.clock) };

  const servePublic = (request: SimHttpRequest, path: string, metered: (verdict: MeteredVerdict) => void): string => {
    const route = findPublicRoute(request.method, path);
    const verdict = publicLimits.take(`${route.endpoint} ${request.ip}`);
    metered({ ...verdict, limit: PUBLIC_LIMIT });
    if (!verdict.allowed) throw tooManyRequests(LIMIT_CODE);
    const query = new URLSearchParams(request.query);
    const sizes = sizesFor(request.headers);
    const { handler, name } = route;
    const answer = handler({ model, contracts, sizes, query, name, body: request.body });
    return typeof answer === 'string' ? answer : JSON.stringify(answer);
  };

  return createRestShell(model, LIMIT_CODE, (request, fullPath, metered) => {
    const path = withoutSettle(fullPath, settle);
    const found = PRIVATE_ROUTES.find(request.method, path);
    if (found !== undefined) return servePrivate(request, found, world, metered);
    if (PRIVATE_ROUTES.knows(path)) throw methodNotAllowed(request.method);
    return { status: 200, body: servePublic(request, path, metered) };
  });
}

/** `futures/usdt/contracts` → `futures/contracts`. @throws {RestRefusal} for another settle asset. */
function withoutSettle(path: string, settle: string): string {
  if (!path.startsWith('futures/')) return path;
  const prefix = `futures/${settle}/`;
  if (!path.startsWith(prefix)) throw notFound();
  return `futures/${path.slice(prefix.length)}`;
}

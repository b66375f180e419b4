import type { SimHttpRequest, SimHttpResponse, VenueModel } from '../../../contract.js';
import { createRateWindow, type RateVerdict } from '../../gateio/rate-window.js';
import { methodNotAllowed, tooManyRequests } from '../../gateio/rest/refusal.js';
import { createRestShell } from '../../gateio/rest/rest-shell.js';
import type { Pairs } from '../pairs.js';
import { createPrivateLimits } from '../private/limits.js';
import { PRIVATE_ROUTES } from '../private/routes.js';
import { servePrivate } from '../private/serve.js';
import { findRoute } from './routes.js';

/** Requests of one address to one public endpoint in any ten seconds. Source: Gate.io API v4 docs, rate limits. */
const PUBLIC_LIMIT = 200;
const PUBLIC_WINDOW_MS = 10_000;

/** The REST half of the wire; answers everything, throws nothing. */
export function createRest(model: VenueModel, pairs: Pairs): (request: SimHttpRequest) => SimHttpResponse {
  const publicLimits = createRateWindow(model.clock, PUBLIC_LIMIT, PUBLIC_WINDOW_MS);
  const world = { model, pairs, limits: createPrivateLimits(model.clock) };

  const servePublic = (
    request: SimHttpRequest,
    metered: (verdict: RateVerdict & { limit: number }) => void,
  ): string => {
    const route = findRoute(request.method, request.path);
    const verdict = publicLimits.take(`${route.endpoint} ${request.ip}`);
    metered({ ...verdict, limit: PUBLIC_LIMIT });
    if (!verdict.allowed) throw tooManyRequests();
    return route.answer(new URLSearchParams(request.query), model, pairs);
  };

  return createRestShell(model, 211, (request, path, metered) => {
    const found = PRIVATE_ROUTES.find(request.method, path);
    if (found === undefined && PRIVATE_ROUTES.knows(path)) throw methodNotAllowed(request.method);
    if (found === undefined) return { status: 200, body: servePublic(request, metered) };
    return servePrivate(request, found, world, metered);
  });
}

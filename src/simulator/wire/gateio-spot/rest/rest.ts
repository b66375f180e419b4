import type { ServiceState, SimHttpRequest, SimHttpResponse, VenueModel } from '../../../contract.js';
import { createRateWindow, type RateVerdict } from '../../gateio/rate-window.js';
import { methodNotAllowed, notFound, RestRefusal, tooManyRequests } from '../../gateio/rest/refusal.js';
import { toSeconds, wallMs } from '../../gateio/wall-time.js';
import type { Pairs } from '../pairs.js';
import { createPrivateLimits } from '../private/limits.js';
import { findPrivateRoute, isPrivatePath } from '../private/routes.js';
import { servePrivate } from '../private/serve.js';
import { findRoute } from './routes.js';

/** Requests of one address to one public endpoint in any ten seconds. Source: Gate.io API v4 docs, rate limits. */
const PUBLIC_LIMIT = 200;
const PUBLIC_WINDOW_MS = 10_000;
const PREFIX = '/api/v4/';

/** The REST half of the wire; answers everything, throws nothing. */
export function createRest(model: VenueModel, pairs: Pairs): (request: SimHttpRequest) => SimHttpResponse {
  const publicLimits = createRateWindow(model.clock, PUBLIC_LIMIT, PUBLIC_WINDOW_MS);
  const world = { model, pairs, limits: createPrivateLimits(model.clock) };
  let requests = 0;

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

  return (request) => {
    requests += 1;
    const headers = traceHeaders(requests, wallMs(model.clock));
    const metered = (verdict: RateVerdict & { readonly limit: number }): void =>
      void Object.assign(headers, limitHeaders(verdict, wallMs(model.clock)));
    try {
      requireService(model.service.stateOf(`${request.method} ${request.path}`));
      if (!request.path.startsWith(PREFIX)) throw notFound();
      const path = request.path.slice(PREFIX.length);
      const found = findPrivateRoute(request.method, path);
      if (found === undefined && isPrivatePath(path)) throw methodNotAllowed(request.method);
      if (found === undefined) return { status: 200, headers, body: servePublic(request, metered) };
      return { headers, ...servePrivate(request, found, world, metered) };
    } catch (error) {
      if (!(error instanceof RestRefusal)) throw error;
      const { status, label, message } = error;
      return { status, headers, body: JSON.stringify({ label, message }) };
    }
  };
}

/** The venue documents no ban: whoever goes on beyond a limit is only told so again. */
function requireService(state: ServiceState | undefined): void {
  if (state === undefined) return;
  if (state === 'maintenance') throw new RestRefusal(503, 'TOO_BUSY', 'The system is under maintenance');
  throw tooManyRequests();
}

function traceHeaders(request: number, now: number): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-gate-trace-id': request.toString(16).padStart(32, '0'),
    'x-in-time': String(now * 1_000),
    'x-out-time': String(now * 1_000),
  };
}

/** The reset time is in seconds here, rounded up: whoever waits for it is never early. */
function limitHeaders(
  { limit, remaining, waitMs }: RateVerdict & { readonly limit: number },
  now: number,
): Record<string, string> {
  return {
    'x-gate-ratelimit-limit': String(limit),
    'x-gate-ratelimit-requests-remain': String(remaining),
    'x-gate-ratelimit-reset-timestamp': String(waitMs > 0 ? Math.ceil((now + waitMs) / 1_000) : toSeconds(now)),
  };
}

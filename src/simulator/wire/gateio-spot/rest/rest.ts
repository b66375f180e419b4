import type { SimHttpRequest, SimHttpResponse, VenueModel } from '../../../contract.js';
import type { Pairs } from '../pairs.js';
import { createRateWindow, type RateVerdict } from '../rate-window.js';
import { toSeconds, wallMs } from '../wall-time.js';
import { RestRefusal } from './refusal.js';
import { findRoute } from './routes.js';

/** Requests of one address to one public endpoint in any ten seconds. Source: Gate.io API v4 docs, rate limits. */
const PUBLIC_LIMIT = 200;
const PUBLIC_WINDOW_MS = 10_000;

/** The REST half of the wire; answers everything, throws nothing. */
export function createRest(model: VenueModel, pairs: Pairs): (request: SimHttpRequest) => SimHttpResponse {
  const limits = createRateWindow(model.clock, PUBLIC_LIMIT, PUBLIC_WINDOW_MS);
  let requests = 0;
  return (request) => {
    requests += 1;
    const headers = traceHeaders(requests, wallMs(model.clock));
    try {
      const route = findRoute(request.method, request.path);
      const verdict = limits.take(`${route.endpoint} ${request.ip}`);
      Object.assign(headers, limitHeaders(verdict, wallMs(model.clock)));
      if (!verdict.allowed) throw tooMany();
      return { status: 200, headers, body: route.answer(new URLSearchParams(request.query), model, pairs) };
    } catch (error) {
      if (!(error instanceof RestRefusal)) throw error;
      const { status, label, message } = error;
      return { status, headers, body: JSON.stringify({ label, message }) };
    }
  };
}

/** The text ends with the venue's code of the limit: 211 = spot. */
function tooMany(): RestRefusal {
  return new RestRefusal(429, 'TOO_MANY_REQUESTS', 'Request Rate Limit Exceeded (211)');
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
function limitHeaders({ remaining, waitMs }: RateVerdict, now: number): Record<string, string> {
  return {
    'x-gate-ratelimit-limit': String(PUBLIC_LIMIT),
    'x-gate-ratelimit-requests-remain': String(remaining),
    'x-gate-ratelimit-reset-timestamp': String(waitMs > 0 ? Math.ceil((now + waitMs) / 1_000) : toSeconds(now)),
  };
}

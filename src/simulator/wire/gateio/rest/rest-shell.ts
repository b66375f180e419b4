import type { ServiceState, SimHttpRequest, SimHttpResponse, VenueBase } from '../../../contract.js';
import type { RateVerdict } from '../rate-window.js';
import { toSeconds, wallMs } from '../wall-time.js';
import { notFound, RestRefusal, tooManyRequests } from './refusal.js';

const PREFIX = '/api/v4/';

/** What is left of a budget, and how large it is. */
export type MeteredVerdict = RateVerdict & { readonly limit: number };

/**
 * Answers one request. @param path what follows `/api/v4/`. @param metered hears what is left of the budget that it was
 * counted against. @throws {RestRefusal}
 */
export type ServeRest = (
  request: SimHttpRequest,
  path: string,
  metered: (verdict: MeteredVerdict) => void,
) => { readonly status: number; readonly body: string };

/** What every answer has in common: its headers, its refusals, and faults of the whole service. Throws nothing. */
export function createRestShell(
  { clock, service }: Pick<VenueBase, 'clock' | 'service'>,
  limitCode: number,
  serve: ServeRest,
): (request: SimHttpRequest) => SimHttpResponse {
  let requests = 0;
  return (request) => {
    requests += 1;
    const headers = traceHeaders(requests, wallMs(clock));
    const metered = (verdict: MeteredVerdict): void =>
      void Object.assign(headers, limitHeaders(verdict, wallMs(clock)));
    try {
      requireService(service.stateOf(`${request.method} ${request.path}`), limitCode);
      if (!request.path.startsWith(PREFIX)) throw notFound();
      return { headers, ...serve(request, request.path.slice(PREFIX.length), metered) };
    } catch (error) {
      if (!(error instanceof RestRefusal)) throw error;
      const { status, label, message, word } = error;
      return { status, headers, body: JSON.stringify({ label, [word]: message }) };
    }
  };
}

/** The venue documents no ban: whoever goes on beyond a limit is only told so again. */
export function requireService(state: ServiceState | undefined, limitCode: number): void {
  if (state === undefined) return;
  if (state === 'maintenance') throw new RestRefusal(503, 'TOO_BUSY', 'The system is under maintenance');
  throw tooManyRequests(limitCode);
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
function limitHeaders({ limit, remaining, waitMs }: MeteredVerdict, now: number): Record<string, string> {
  return {
    'x-gate-ratelimit-limit': String(limit),
    'x-gate-ratelimit-requests-remain': String(remaining),
    'x-gate-ratelimit-reset-timestamp': String(waitMs > 0 ? Math.ceil((now + waitMs) / 1_000) : toSeconds(now)),
  };
}

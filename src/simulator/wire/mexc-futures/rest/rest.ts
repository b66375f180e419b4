import type { ServiceState, SimHttpRequest, SimHttpResponse } from '../../../contract.js';
import type { FuturesModel } from '../../../positions/futures-model.js';
import { FIREWALL_PAGE, Firewall } from '../../mexc/firewall.js';
import type { Contracts } from '../contracts.js';
import { printJson } from '../print-json.js';
import { PRIVATE_ROUTES } from '../private/routes.js';
import { servePrivate } from '../private/serve.js';
import { Refusal, tooFrequent } from './call.js';
import { EndpointGate } from './endpoint-gate.js';
import { createRouteTable } from './route-table.js';
import { PUBLIC_ROUTES } from './routes.js';

const PREFIX = '/api/v1/';
const JSON_TYPE = { 'content-type': 'application/json' };

/** What the venue answers here is not documented; a page without a code is what a client must survive. */
const NOT_FOUND: SimHttpResponse = {
  status: 404,
  headers: { 'content-type': 'text/html' },
  body: '<HTML><HEAD><TITLE>Not Found</TITLE></HEAD></HTML>',
};

/** The REST API of the venue. Refusals, throttling among them, come with HTTP 200. Source: MEXC contract docs. */
export function createRest(model: FuturesModel, contracts: Contracts): (request: SimHttpRequest) => SimHttpResponse {
  const [firewall, gate] = [new Firewall(), new EndpointGate()];
  const routes = createRouteTable(PREFIX, PUBLIC_ROUTES);
  const privateRoutes = createRouteTable(`${PREFIX}private/`, PRIVATE_ROUTES);
  const serve = (request: SimHttpRequest): SimHttpResponse => {
    const keyed = privateRoutes(request.method, request.path);
    if (keyed !== undefined) return success(servePrivate(request, keyed, { model, contracts, gate }));
    const found = routes(request.method, request.path);
    if (found === undefined) return NOT_FOUND;
    const { name, route, path } = found;
    if (!gate.admits(name, request.ip, route.limit, model.clock.monotonic())) throw tooFrequent();
    const [query, now] = [new URLSearchParams(request.query), Math.floor(model.clock.now())];
    return success(route.handler({ model, contracts, path, query, now }));
  };
  return (request) => {
    const state = model.service.stateOf(`${request.method} ${request.path}`);
    if (state !== undefined) return TROUBLE[state];
    if (firewall.blocks(request.ip, model.clock.monotonic())) return FIREWALL_PAGE;
    try {
      return serve(request);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return failure(error);
    }
  };
}

function success(data: unknown): SimHttpResponse {
  return { status: 200, headers: JSON_TYPE, body: printJson({ success: true, code: 0, data }) };
}

function failure({ code, message }: Refusal): SimHttpResponse {
  return { status: 200, headers: JSON_TYPE, body: printJson({ success: false, code, message }) };
}

/** Source: MEXC contract docs, error codes; a ban is the firewall's page. */
const TROUBLE: Readonly<Record<ServiceState, SimHttpResponse>> = {
  maintenance: failure(new Refusal(801, 'The system is under maintenance')),
  limited: failure(tooFrequent()),
  banned: FIREWALL_PAGE,
};

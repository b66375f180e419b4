import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../../src/transport/clock.js';
import { createFetchTransport } from '../../../src/transport/http/fetch-door.js';
import type { HttpRequest } from '../../../src/transport/http/http.js';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const send = createFetchTransport({ maxBodyBytes: 1000, timeoutMs: 1000, clock: createSystemClock() });
const request: HttpRequest = {
  method: 'POST',
  url: 'https://venue.test/api/orders?a=1',
  headers: { 'x-key': 'k' },
  body: '{"a":1}',
  label: 'POST /api/orders',
  idempotent: false,
};

describe('the fetch door', () => {
  it('is seen by what intercepts the global fetch', async () => {
    server.use(
      http.post('https://venue.test/api/orders', async ({ request: seen }) =>
        HttpResponse.json(
          { query: new URL(seen.url).search, key: seen.headers.get('x-key'), body: await seen.text() },
          { status: 201 },
        ),
      ),
    );
    const response = await send(request);
    expect([response.status, JSON.parse(response.body)]).toEqual([201, { query: '?a=1', key: 'k', body: '{"a":1}' }]);
  });

  it('takes a failing network for an unknown outcome: nothing proves that nothing was sent', async () => {
    server.use(http.post('https://venue.test/api/orders', () => HttpResponse.error()));
    await expect(send(request)).rejects.toMatchObject({ code: 'network', outcome: 'unknown' });
  });

  it('refuses a redirect that the runtime hides', async () => {
    const opaque = { type: 'opaqueredirect', status: 0 } as Response;
    const hiding = createFetchTransport({
      fetch: async () => opaque,
      maxBodyBytes: 1000,
      timeoutMs: 1000,
      clock: createSystemClock(),
    });
    await expect(hiding(request)).rejects.toMatchObject({ code: 'network', outcome: 'unknown' });
  });
});

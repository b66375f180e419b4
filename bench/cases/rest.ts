import { fork } from 'node:child_process';
import { Pool } from 'undici';
import { createPublicExchange } from '../../src/exchange/create-public-exchange.js';
import { mexcSpot } from '../../src/venues/mexc/spot/venue.js';
import { CCXT, createCcxt } from '../contenders/ccxt.js';
import { inFlight } from '../contenders/in-flight.js';
import { directEnvironment, nextMessage } from '../measure/processes.js';
import { atLeast, atMost, judge } from '../measure/result.js';
import { compare, describe, processorTime, samplesOf } from '../measure/rounds.js';
import { requireSame } from '../measure/same.js';
import { ratios } from '../measure/samples.js';
import type { Suite } from '../measure/suite.js';

const CALLS = 4_000;

/** GETs over loopback, 16 in flight: the venue's clock, whose body is as small as they come, so overhead is all there is. */
export const rest: Suite = {
  ids: ['rest.overhead'],
  async run(effort) {
    const server = fork('node_modules/.cache/cex-bench/rest-server.mjs', { env: directEnvironment() });
    const { port } = await nextMessage<{ port: number }>(server);
    const origin = `http://127.0.0.1:${port}`;
    const pool = new Pool(origin, { connections: 64 });
    const ours = createPublicExchange(withoutLimits(), { endpoints: { rest: origin } });
    const ccxt = await createCcxt('mexc', []);
    ccxt.urls.api = { ...ccxt.urls.api, spot: { public: origin, private: origin } };
    const calls = {
      undici: async () => {
        const { body } = await pool.request({ method: 'GET', path: '/api/v3/time', headers: mexcSpot.headers });
        return (JSON.parse(await body.text()) as { serverTime: number }).serverTime;
      },
      ours: () => ours.getServerTime(),
      ccxt: () => ccxt.fetchTime(),
    };
    requireSame('server time', { undici: await calls.undici(), ours: await calls.ours(), ccxt: await calls.ccxt() });
    const contenders = Object.entries(calls).map(([name, call]) => inFlight(name, CALLS, call));
    const options = { rounds: effort.quick ? 9 : 25, units: CALLS, passes: 1, warmUpMs: 500 };
    const cost = await compare(contenders, { ...options, meter: processorTime });
    const speed = await compare(contenders, { ...options, warmUpMs: 1 });
    await Promise.all([pool.close(), ours.close(), ccxt.close()]);
    server.disconnect();
    return [
      judge({
        id: 'rest.overhead/cpu',
        samples: ratios(samplesOf(cost, 'ours'), samplesOf(cost, 'undici')),
        unit: '×',
        goal: atMost(1.25),
        baseline: 'undici Pool.request, text and JSON.parse of the same body; processor time',
        detail: describe(cost),
      }),
      judge({
        id: 'rest.overhead/ccxt',
        samples: ratios(samplesOf(speed, 'ccxt'), samplesOf(speed, 'ours')),
        unit: '×',
        goal: atLeast(1.4),
        baseline: `${CCXT}: fetchTime without its rate limiter; requests per second`,
        detail: describe(speed),
      }),
    ];
  },
};

/** The venue with budgets that never run out: what the limiter costs is measured, not its waiting. */
function withoutLimits() {
  const limits = Object.fromEntries(
    Object.entries(mexcSpot.limits).map(([name, bucket]) => [name, { ...bucket, capacity: 1e9, cancelReserve: 0 }]),
  );
  return { ...mexcSpot, limits };
}

import { createSeededRandom, startSimulator } from '../../../src/simulator/index.js';
import { drawGateio, drawMexc, fire, placeByCommand, watchGateio } from './private-client.js';

const account = { apiKey: 'a', secretKey: 'the secret of a', balances: { USDT: '10000', BTC: '1' } };

/** A short life of a world with clients, a trader and faults; prints its trace. */
const sim = await startSimulator({
  seed: process.argv[2] ?? '1',
  clock: 'virtual',
  accounts: [account],
  faults: { meanIntervalMs: 400 },
});
const random = createSeededRandom(process.argv[2] ?? '1').fork('trader');
const runtime = sim.runtime();
const http = runtime.createHttp({ origin: 'https://api.mexc.com', maxBodyBytes: 10_000_000, timeoutMs: 2_000 });
const subscriptions = [
  [
    'wss://wbs-api.mexc.com/ws',
    '{"method":"SUBSCRIPTION","params":["spot@public.aggre.depth.v3.api.pb@10ms@BTCUSDT"]}',
  ],
  ['wss://api.gateio.ws/ws/v4/', '{"time":0,"channel":"spot.obu","event":"subscribe","payload":["ob.BTC_USDT.50"]}'],
] as const;
const commands = 'wss://api.gateio.ws/ws/v4/';
const now = (): number => Math.floor(sim.clock.now() / 1_000);
for (let round = 0; round < 4; round++) {
  for (const [url, text] of subscriptions) {
    runtime
      .openSocket(
        { url, handshakeTimeoutMs: 1_000, maxPayloadBytes: 10_000_000 },
        { message: () => {}, close: () => {} },
      )
      .then((socket) => socket.send(text.replace('"time":0', `"time":${now()}`)))
      .catch(() => {});
  }
  runtime
    .openSocket(
      { url: commands, handshakeTimeoutMs: 1_000, maxPayloadBytes: 10_000_000 },
      { message: () => {}, close: () => {} },
    )
    .then((socket) => {
      for (const text of [...watchGateio(account, now()), placeByCommand(random, now())]) socket.send(text);
    })
    .catch(() => {});
  const url = 'https://api.mexc.com/api/v3/depth?symbol=BTCUSDT&limit=50';
  http({ method: 'GET', url, headers: {}, label: 'GET /api/v3/depth', idempotent: true }).catch(() => {});
  fire(http, drawMexc(random, account, sim.clock.now()));
  fire(http, drawGateio(random, account, sim.clock.now()));
  await sim.clock.advance(1_500);
}
console.log(
  JSON.stringify({ trace: sim.trace(), stats: sim.stats(), faults: sim.faults.counts(), audit: sim.audit() }),
);
await sim.close();

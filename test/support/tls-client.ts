/**
 * A program of its own, because Node reads NODE_EXTRA_CA_CERTS only when it starts. Argument: JSON with `http`, `ws` and,
 * if wanted, `proxy`. Prints what came back over both doors as one line of JSON.
 */
import { createNodeRuntime } from '../../src/transport/node-runtime.js';

const { http, ws, proxy } = JSON.parse(process.argv[2] ?? '') as { http: string; ws: string; proxy?: string };
const runtime = createNodeRuntime({ proxy });
const send = runtime.createHttp({ origin: http, maxBodyBytes: 1000, timeoutMs: 10_000 });
const text = (error: unknown) => (error as Error).message;

const answer = await send({ method: 'GET', url: `${http}/x`, headers: {}, label: 'GET /x', idempotent: true }).then(
  (response) => response.body,
  text,
);
const frame = await new Promise((resolve) => {
  runtime
    .openSocket({ url: ws, handshakeTimeoutMs: 10_000, maxPayloadBytes: 1000 }, { message: resolve, close: () => {} })
    .then((socket) => socket.send('echo this'))
    .catch((error: unknown) => resolve(text(error)));
});
await send.close?.();
console.log(JSON.stringify({ answer, frame }));
process.exit();

import { execFile } from 'node:child_process';
import { createServer } from 'node:https';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import {
  LOCALHOST_CERTIFICATE_PATH,
  LOCALHOST_TLS,
  type Loopback,
  listen,
  listenProxy,
  type TestProxy,
} from '../../support/loopback.js';

const run = promisify(execFile);
let server: Loopback;
let proxy: TestProxy;
let requests = 0;

beforeAll(async () => {
  const https = createServer(LOCALHOST_TLS, (_request, response) => {
    requests++;
    response.end('over TLS');
  });
  new WebSocketServer({ server: https }).on('connection', (ws) => ws.on('message', (data) => ws.send(data.toString())));
  server = await listen(https);
  proxy = await listenProxy();
});
afterAll(async () => {
  await server.destroy();
  await proxy.destroy();
});

/** Runs the client in a process of its own. `host` is what the certificate must name. */
async function client(options: { host?: string; trusts: boolean; proxied?: boolean; env?: Record<string, string> }) {
  const { host = 'localhost', trusts, proxied = false, env = {} } = options;
  const base = `${host}:${server.port}`;
  const task = {
    http: `https://${base}`,
    ws: `wss://${base}/`,
    ...(proxied ? { proxy: `http://127.0.0.1:${proxy.port}` } : {}),
  };
  const { stdout } = await run(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('../../support/tls-client.ts', import.meta.url)), JSON.stringify(task)],
    {
      env: {
        ...process.env,
        ...env,
        ...(trusts ? { NODE_EXTRA_CA_CERTS: fileURLToPath(LOCALHOST_CERTIFICATE_PATH) } : {}),
      },
    },
  );
  return JSON.parse(stdout) as { answer: string; frame: string };
}

describe('TLS on the runtime of Node', () => {
  it('works over both doors with a trusted certificate, directly and inside the tunnel of a proxy', async () => {
    const good = { answer: 'over TLS', frame: 'echo this' };
    expect(await client({ trusts: true })).toEqual(good);
    expect(proxy.tunnels).toEqual([]);
    expect(await client({ trusts: true, proxied: true })).toEqual(good);
    const target = `localhost:${server.port}`;
    expect(proxy.tunnels.map((tunnel) => tunnel.target)).toEqual([target, target]);
  });

  it('sends nothing to an untrusted or wrong certificate, also inside a tunnel and when the environment waives the check', async () => {
    const before = requests;
    const waived = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const selfSigned = [
      await client({ trusts: false, env: waived }),
      await client({ trusts: false, proxied: true, env: waived }),
    ];
    const otherName = await client({ trusts: true, proxied: true, host: 'other.test', env: waived });
    expect([...selfSigned, otherName]).toEqual(
      ['DEPTH_ZERO_SELF_SIGNED_CERT', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID'].map((code) => ({
        answer: expect.stringContaining(`before the request was sent (${code})`),
        frame: expect.stringContaining(`(${code})`),
      })),
    );
    expect(requests).toBe(before);
  });
});

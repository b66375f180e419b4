import { execFile } from 'node:child_process';
import { createServer, type ServerOptions } from 'node:https';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import {
  EXPIRED_CERTIFICATE_PATH,
  EXPIRED_TLS,
  LOCALHOST_CERTIFICATE_PATH,
  LOCALHOST_TLS,
  type Loopback,
  listen,
  listenProxy,
  type TestProxy,
} from '../../support/loopback.js';

const run = promisify(execFile);
let server: Loopback;
let expired: Loopback;
let outdated: Loopback;
let proxy: TestProxy;
let requests = 0;

function serve(options: ServerOptions): Promise<Loopback> {
  const https = createServer(options, (_request, response) => {
    requests++;
    response.end('over TLS');
  });
  new WebSocketServer({ server: https }).on('connection', (ws) => ws.on('message', (data) => ws.send(data.toString())));
  return listen(https);
}

beforeAll(async () => {
  server = await serve(LOCALHOST_TLS);
  expired = await serve(EXPIRED_TLS);
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
  outdated = await serve({ ...LOCALHOST_TLS, ...old });
  proxy = await listenProxy();
});
afterAll(async () => {
  for (const one of [server, expired, outdated]) await one.destroy();
  await proxy.destroy();
});

/** Runs the client in a process of its own. `host` is what the certificate must name. */
async function client(options: {
  to?: Loopback;
  host?: string;
  trusts: boolean | URL;
  proxied?: boolean;
  env?: Record<string, string>;
}) {
  const { to = server, host = 'localhost', trusts, proxied = false, env = {} } = options;
  const base = `${host}:${to.port}`;
  const trusted = trusts === true ? LOCALHOST_CERTIFICATE_PATH : trusts;
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
        ...(trusted === false ? {} : { NODE_EXTRA_CA_CERTS: fileURLToPath(trusted) }),
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

  it('sends nothing to a certificate that has expired, nor over a version of TLS that flags of the process would allow', async () => {
    const before = requests;
    const late = await client({ to: expired, trusts: EXPIRED_CERTIFICATE_PATH });
    const old = { NODE_OPTIONS: '--tls-min-v1.0 --tls-cipher-list=DEFAULT:@SECLEVEL=0' };
    const refused = [
      await client({ to: outdated, trusts: true, env: old }),
      await client({ to: outdated, trusts: true, proxied: true, env: old }),
    ];
    expect([late, ...refused]).toEqual(
      ['CERT_HAS_EXPIRED', '[A-Z0-9_]*PROTO[A-Z0-9_]*', '[A-Z0-9_]*PROTO[A-Z0-9_]*'].map((code) => ({
        answer: expect.stringMatching(`before the request was sent \\(${code}\\)`),
        frame: expect.stringMatching(`\\(${code}\\)`),
      })),
    );
    expect(requests).toBe(before);
  });
});

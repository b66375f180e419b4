import { request as httpRequest, type IncomingMessage } from 'node:http';
import { isIP, type Socket as TcpSocket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { NetworkError } from '../../errors/kinds.js';
import { errorCode } from '../http/failures.js';
import type { ProxyAddress } from '../proxy.js';
import { VERIFIED_TLS } from '../verified-tls.js';

/**
 * Opens a way through an HTTP proxy to the host of a `ws:` or `wss:` URL; for `wss:` TLS is set up inside the tunnel and
 * verified as without a proxy. Abort ends it at any step.
 * @throws {NetworkError} `not_sent`; with `httpStatus` where the proxy refused.
 */
export async function openTunnel(proxy: ProxyAddress, url: URL, signal: AbortSignal): Promise<TcpSocket> {
  const isSecure = url.protocol === 'wss:';
  const tunnel = await connectThrough(proxy, `${url.hostname}:${url.port || (isSecure ? 443 : 80)}`, signal);
  return isSecure ? secure(tunnel, url.hostname.replace(/^\[|\]$/g, ''), signal) : tunnel;
}

function connectThrough(proxy: ProxyAddress, target: string, signal: AbortSignal): Promise<TcpSocket> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      method: 'CONNECT',
      hostname: proxy.hostname,
      port: proxy.port,
      path: target,
      headers: {
        host: target,
        ...(proxy.authorization === undefined ? {} : { 'proxy-authorization': proxy.authorization }),
      },
      agent: false,
      signal,
    });
    const refuse = (response: IncomingMessage): void => {
      response.socket.destroy();
      const message = `the proxy refused the tunnel with status ${response.statusCode}`;
      reject(new NetworkError({ message, outcome: 'not_sent', httpStatus: response.statusCode }));
    };
    request.on('error', (error) => reject(tunnelFailed(error)));
    request.on('response', refuse);
    request.on('connect', (response: IncomingMessage, socket: TcpSocket, head: Buffer) => {
      if (response.statusCode !== 200) return refuse(response);
      if (head.length > 0) socket.unshift(head);
      // Whoever takes the socket over listens too; until then an error must not end the process.
      socket.on('error', () => {});
      resolve(socket);
    });
    request.end();
  });
}

function secure(tunnel: TcpSocket, hostname: string, signal: AbortSignal): Promise<TcpSocket> {
  return new Promise((resolve, reject) => {
    const name = isIP(hostname) === 0 ? { servername: hostname } : {};
    const socket = tlsConnect({ socket: tunnel, host: hostname, ...name, ...VERIFIED_TLS });
    const abort = (): void => {
      socket.destroy(new Error('aborted'));
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.once('error', (error) => {
      signal.removeEventListener('abort', abort);
      tunnel.destroy();
      reject(tunnelFailed(error));
    });
    socket.once('secureConnect', () => {
      signal.removeEventListener('abort', abort);
      resolve(socket);
    });
  });
}

function tunnelFailed(error: unknown): NetworkError {
  return new NetworkError({
    message: `the tunnel through the proxy failed (${errorCode(error)})`,
    outcome: 'not_sent',
  });
}

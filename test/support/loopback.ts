import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server as HttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';

/** A certificate for localhost that nobody trusts, and its key: published here, of no use elsewhere. */
export const LOCALHOST_TLS = {
  cert: readFileSync(new URL('../fixtures/tls/localhost-cert.pem', import.meta.url)),
  key: readFileSync(new URL('../fixtures/tls/localhost-key.pem', import.meta.url)),
};
export const LOCALHOST_CERTIFICATE_PATH = new URL('../fixtures/tls/localhost-cert.pem', import.meta.url);

/** One with the same key that has expired. */
export const EXPIRED_CERTIFICATE_PATH = new URL('../fixtures/tls/expired-cert.pem', import.meta.url);
export const EXPIRED_TLS = { ...LOCALHOST_TLS, cert: readFileSync(EXPIRED_CERTIFICATE_PATH) };

/** A server of a test on 127.0.0.1. */
export interface Loopback<S extends Server = Server> {
  readonly server: S;
  readonly port: number;
  /** TCP connections so far. */
  readonly connections: number;
  /** Waits until every connection has ended; hangs (and fails the test) when a client keeps one open. */
  close(): Promise<void>;
  /** Ends it with whatever is open. */
  destroy(): Promise<void>;
}

export async function listen<S extends Server>(server: S): Promise<Loopback<S>> {
  const open = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections++;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return {
    server,
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    close,
    destroy: () => {
      const closed = close();
      for (const socket of open) socket.destroy();
      return closed;
    },
  };
}

export const listenHttp = (handler: RequestListener = () => {}): Promise<Loopback<HttpServer>> =>
  listen(createHttpServer(handler));

/** Reads the head of one request on each connection, then lets `answer` do what it likes with the socket. */
export function listenRaw(answer: (socket: Socket, head: string) => void): Promise<Loopback> {
  return listen(
    createTcpServer((socket) => {
      let text = '';
      socket.on('error', () => {});
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1');
        if (!text.includes('\r\n\r\n')) return;
        const head = text;
        text = '';
        answer(socket, head);
      });
    }),
  );
}

export interface TestProxy extends Loopback<HttpServer> {
  /** `host:port` of every tunnel asked for, and the credentials that came with it. */
  readonly tunnels: Array<{ target: string; authorization: string | undefined }>;
}

/** A CONNECT proxy whose every tunnel leads to 127.0.0.1; refuses with 407 unless the credentials are `authorization`. */
export async function listenProxy(authorization?: string): Promise<TestProxy> {
  const tunnels: TestProxy['tunnels'] = [];
  const server = createHttpServer((_request, response) => response.writeHead(405).end());
  server.on('connect', (request, client: Socket, head: Buffer) => {
    const given = request.headers['proxy-authorization'];
    tunnels.push({ target: request.url ?? '', authorization: given });
    client.on('error', () => {});
    if (given !== authorization) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const port = request.url?.split(':').at(-1);
    const upstream = connect(Number(port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  return Object.assign(Object.create(await listen(server)) as Loopback<HttpServer>, { tunnels });
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const loopback = await listen(createTcpServer());
  await loopback.close();
  return loopback.port;
}

/** Whether it ended in order or by a reset. */
export const hasClosed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => socket.once('close', () => resolve()));

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers every GET with the same small body, in a process of its own. */
const BODY = JSON.stringify({ serverTime: 1_767_225_600_000 });
const server = createServer((_request, response) => {
  response.setHeader('content-type', 'application/json');
  response.setHeader('content-length', BODY.length);
  response.end(BODY);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerTo } from './frames/order-answers.js';

/** Takes every order for BTC/USDT at MEXC's and Gate.io's endpoints, in a process of its own. Signatures are not checked. */
const server = createServer((request, response) => {
  void read(request).then((body) => {
    const text = JSON.stringify(answerTo(request.method, request.url ?? '/', body));
    response.writeHead(request.method === 'POST' && request.url?.includes('/spot/') ? 201 : 200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    });
    response.end(text);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

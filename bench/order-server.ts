import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Takes every order for BTC/USDT at MEXC's and Gate.io's endpoints, in a process of its own. Signatures are not checked. */
const MEXC_MARKET = {
  symbol: 'BTCUSDT',
  status: '1',
  baseAsset: 'BTC',
  baseAssetPrecision: 6,
  quoteAsset: 'USDT',
  quotePrecision: 2,
  baseSizePrecision: '0.000001',
  quoteAmountPrecision: '1',
  isSpotTradingAllowed: true,
  tradeSideType: 1,
  orderTypes: ['LIMIT', 'MARKET'],
};
const GATE_MARKET = {
  id: 'BTC_USDT',
  base: 'BTC',
  quote: 'USDT',
  fee: '0.2',
  precision: 2,
  amount_precision: 6,
  trade_status: 'tradable',
};
let lastId = 1_000_000;

const server = createServer((request, response) => {
  void read(request).then((body) => {
    const text = JSON.stringify(answer(request, body));
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

function answer({ method, url = '/' }: IncomingMessage, body: string): unknown {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  if (method === 'GET') {
    if (pathname.endsWith('/exchangeInfo')) return { symbols: [MEXC_MARKET] };
    if (pathname.endsWith('/currency_pairs')) return [GATE_MARKET];
    if (pathname.endsWith('/time')) return { serverTime: Date.now(), server_time: Date.now() };
    return [];
  }
  return pathname.startsWith('/api/v3')
    ? takeMexc(searchParams.size > 0 ? searchParams : new URLSearchParams(body))
    : takeGate(body);
}

function takeMexc(params: URLSearchParams): unknown {
  return {
    symbol: params.get('symbol'),
    orderId: String(++lastId),
    price: params.get('price'),
    origQty: params.get('quantity'),
    type: params.get('type'),
    side: params.get('side'),
    transactTime: Date.now(),
  };
}

function takeGate(body: string): unknown {
  const { text, currency_pair, side, amount, price } = JSON.parse(body) as Record<string, string>;
  const at = Date.now();
  return {
    id: String(++lastId),
    text,
    currency_pair,
    type: 'limit',
    account: 'spot',
    side,
    amount,
    price,
    time_in_force: 'gtc',
    iceberg: '0',
    left: amount,
    fill_price: '0',
    filled_total: '0',
    fee: '0',
    fee_currency: 'BTC',
    create_time: String(Math.floor(at / 1_000)),
    update_time: String(Math.floor(at / 1_000)),
    create_time_ms: at,
    update_time_ms: at,
    status: 'open',
    finish_as: 'open',
  };
}

import { createHash, createHmac, createSecretKey } from 'node:crypto';
import { Pool } from 'undici';
import { WebSocket } from 'ws';
import { tickMarket } from '../frames/tick.js';
import type { OpenTrader } from './traders.js';

const ASK = 3;
const BODY = 315;

/** What somebody writes by hand for one market: `ws`, a decoder for one push, one order, signed. No checks, no records. */
export const openMinimalTrader: OpenTrader = async ({ venue, via, port, keys, quantity }) => {
  const key = createSecretKey(Buffer.from(keys.secretKey));
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 4 });
  const { id } = tickMarket(venue);
  let lastId = 0;

  async function post(path: string, headers: Record<string, string>, body?: string): Promise<void> {
    const response = await pool.request({ method: 'POST', path, headers, body: body ?? null });
    JSON.parse(await response.body.text());
  }

  function placeMexc(price: string): Promise<void> {
    const query = `symbol=${id}&side=BUY&type=LIMIT&quantity=${quantity}&price=${price}&newClientOrderId=m${++lastId}&recvWindow=5000&timestamp=${Date.now()}`;
    const signature = createHmac('sha256', key).update(query).digest('hex');
    return post(`/api/v3/order?${query}&signature=${signature}`, {
      'X-MEXC-APIKEY': keys.apiKey,
      'Content-Type': 'application/json',
    });
  }

  function fieldsOf(price: string): string {
    return `{"text":"t-m${++lastId}","currency_pair":"${id}","type":"limit","account":"spot","side":"buy","amount":"${quantity}","price":"${price}","time_in_force":"gtc"}`;
  }

  function placeGate(price: string): Promise<void> {
    const body = fieldsOf(price);
    const time = String(Math.floor(Date.now() / 1_000));
    const digest = createHash('sha512').update(body).digest('hex');
    const text = `POST\n/api/v4/spot/orders\n\n${digest}\n${time}`;
    const SIGN = createHmac('sha512', key).update(text).digest('hex');
    const headers = { 'Content-Type': 'application/json', KEY: keys.apiKey, Timestamp: time, SIGN };
    return post('/api/v4/spot/orders', headers, body);
  }

  const commands = via === 'ws' ? await open(port) : undefined;
  commands?.on('message', (data) => JSON.parse(String(data)) as unknown);
  function placeBySocket(price: string): void {
    const time = Math.floor(Date.now() / 1_000);
    commands?.send(
      `{"time":${time},"channel":"spot.order_place","event":"api","payload":{"req_id":"m${lastId}","req_param":${fieldsOf(price)}}}`,
    );
  }

  const place = via === 'ws' ? placeBySocket : venue === 'mexc' ? placeMexc : placeGate;
  const feed = await open(port);
  feed.on('message', (data: Buffer, isBinary) => {
    if (isBinary) void place(readMexcAsk(data));
    else if (data.includes('"update"')) void place(readGateAsk(data));
  });
  feed.send(
    venue === 'mexc'
      ? `{"method":"SUBSCRIPTION","params":["spot@public.aggre.bookTicker.v3.api.pb@100ms@${id}"],"id":1}`
      : `{"time":1,"id":1,"channel":"spot.book_ticker","event":"subscribe","payload":["${id}"]}`,
  );
  return {
    async close() {
      feed.terminate();
      commands?.terminate();
      await pool.destroy();
    },
  };
};

function open(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Walks the tags down to the ask's price. Source: MEXC spot proto files. */
function readMexcAsk(bytes: Buffer): string {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] as number;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  let isBody = false;
  while (at < bytes.length) {
    const tag = varint();
    const length = varint();
    if ((tag & 7) === 0) continue;
    const field = tag >>> 3;
    if (isBody && field === ASK) return bytes.toString('latin1', at, at + length);
    if (field === BODY) isBody = true;
    else at += length;
  }
  throw new RangeError('no ask in the frame');
}

function readGateAsk(bytes: Buffer): string {
  const at = bytes.indexOf('"a":"') + 5;
  return bytes.toString('latin1', at, bytes.indexOf(0x22, at));
}

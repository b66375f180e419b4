import { describe, expect, it } from 'vitest';
import { createHmacSha512 } from '../../../src/crypto/hmac.js';
import { loadPortableHmac } from '../../../src/crypto/portable-hmac.js';
import { gateioSpot } from '../../../src/venues/gateio/index.js';
import { channelPayload, commandPayload, restPayload } from '../../../src/venues/gateio/signature.js';
import fixture from '../../fixtures/gateio/private.json' with { type: 'json' };
import requests from '../../fixtures/gateio/signed-requests.json' with { type: 'json' };
import { createRecorder } from '../../support/frame-recorder.js';
import {
  CREDENTIALS,
  codeThrownBy,
  createDecodeContext,
  encodeContext,
  NOW,
  orderRequest,
  privateHalf,
} from '../../support/gateio-contexts.js';

const venue = privateHalf();
const { orderSocket, streams, orders } = venue;
const portable = await loadPortableHmac();
const whole = requests.requests.filter(({ timestamp }) => !timestamp.includes('.'));

/** Both digests, so that neither implementation is believed on its own. */
const digests = (secret: string, text: string) => [
  createHmacSha512(secret)(text),
  portable.createHmacSha512(secret)(text),
];

describe('Published signatures of REST calls', () => {
  it('are all there', () => {
    expect([requests.requests.length, whole.length]).toEqual([8, 7]);
  });

  it.each(whole.map((example) => [example.name, example] as const))('%s comes out of the signer', (_name, example) => {
    const { method, path, query, body, timestamp, key, secret, sign } = example;
    const pairs = query === '' ? [] : query.split('&').map((part) => part.split('=') as [string, string]);
    const signer = venue.createSigner({ apiKey: key, secretKey: secret });
    const request = { method: method as 'GET', path, query: pairs, body };
    expect(signer.sign(request, Number(timestamp) * 1_000 + 999)).toEqual({
      query,
      headers: { KEY: key, Timestamp: timestamp, SIGN: sign },
    });
  });

  it.each(requests.requests.map((example) => [example.name, example] as const))(
    '%s is what its payload gives, also with a fraction of a second',
    (_name, { method, path, signedQuery, body, timestamp, secret, sign }) => {
      const payload = restPayload({ method, path, query: signedQuery, body, timestamp });
      expect(digests(secret, payload)).toEqual([sign, sign]);
    },
  );
});

describe('Published signatures of the socket', () => {
  it.each(fixture.subscriptions.map((example) => [example.name, example] as const))(
    '%s comes out of the codec, payload and all',
    async (_name, { key, secret, channel, event, time, id, payload, message, signed, sign }) => {
      const codec = await streams.loadCodec({ apiKey: key, secretKey: secret });
      const topic = { channel, key: '', args: payload ?? [] };
      const write = event === 'subscribe' ? codec.subscribe : codec.unsubscribe;
      const [text] = write([topic], () => id, time * 1_000 + 999).map(({ text }) => JSON.parse(text));
      expect(text).toEqual(message);
      expect(channelPayload(channel, event, time)).toBe(signed);
      expect(digests(secret, signed)).toEqual([sign, sign]);
    },
  );

  it.each([...fixture.logins, ...fixture.commands].map((example) => [example.name, example] as const))(
    '%s is what its payload gives',
    (_name, { secret, channel, reqParam, timestamp, signed, sign }) => {
      expect(commandPayload(channel, reqParam, timestamp)).toBe(signed);
      expect(digests(secret, signed)).toEqual([sign, sign]);
    },
  );

  it('the login leaves out its parameters and signs an empty line', () => {
    const [published] = fixture.logins;
    const text = orderSocket?.createLogin(CREDENTIALS)('login-1', 1_767_225_620_500) ?? '';
    expect(JSON.parse(text)).toEqual({
      time: 1_767_225_620,
      channel: 'spot.login',
      event: 'api',
      payload: {
        api_key: CREDENTIALS.apiKey,
        signature: published?.sign,
        timestamp: '1767225620',
        req_id: 'login-1',
      },
    });
  });
});

describe('Published client order ids', () => {
  it.each(fixture.texts.map(({ text, valid }) => [text, valid] as const))('%j is taken: %s', (text, valid) => {
    const request = orderRequest({ clientOrderId: text });
    expect(codeThrownBy(() => orders.place.encode(request, encodeContext))).toBe(valid ? 'nothing' : 'validation');
  });
});

describe('Published answers', () => {
  it('a market buy: amounts in quote, filled as its status says although a little is left', () => {
    const { order, expected } = fixture.marketBuy;
    const report = orders.get.decode(order, { symbol: 'BTC/USDT', orderId: order.id }, createDecodeContext());
    expect(report).toEqual({
      symbol: 'BTC/USDT',
      orderId: '882211004999',
      clientOrderId: 't-mb1',
      side: 'buy',
      type: 'market',
      timeInForce: 'IOC',
      postOnly: false,
      quoteQuantity: '50',
      filledQuantity: expected.filledBase,
      filledQuoteQuantity: expected.filledQuote,
      state: expected.status,
      createdAt: expected.createTime,
      updatedAt: 1_767_225_630_140,
    });
  });

  it('an order push: no status, texts as times, and the rest filled exactly', async () => {
    const { message, expected } = fixture.orderPush;
    const recorder = createRecorder();
    const codec = await streams.loadCodec(CREDENTIALS);
    codec.read(JSON.stringify(message), recorder);
    expect(recorder.calls).toEqual([['data', 'spot.orders', '', message.result, 1_767_225_650_315]]);
    const context = { ...createDecodeContext(), venueTime: 1_767_225_650_315 };
    const reports: unknown[] = [];
    streams.orders.decode(message.result, context, (report) => reports.push(report));
    expect(reports).toEqual([
      {
        symbol: 'BTC/USDT',
        orderId: expected.id,
        clientOrderId: expected.clientId,
        side: 'sell',
        type: 'limit',
        timeInForce: 'GTC',
        postOnly: false,
        price: '91300',
        quantity: '0.0004',
        filledQuantity: expected.filledBase,
        filledQuoteQuantity: expected.filledQuote,
        state: expected.status,
        createdAt: 1_767_225_650_100,
        updatedAt: expected.updateTimeMs,
      },
    ]);
  });

  it.each(fixture.flows.map((flow) => [flow.name, flow] as const))(
    '%s: the echo first, then the end',
    (_name, flow) => {
      const answers = flow.frames.map((frame) => orderSocket?.readAnswer(JSON.stringify(frame)));
      expect(answers.map((answer) => [answer?.requestId, answer?.isAck])).toEqual([
        [flow.requestId, true],
        [flow.requestId, false],
      ]);
      const { status = 0, body } = answers[1] ?? {};
      const refusal = gateioSpot.classify({ status, headers: {}, text: '', json: body, now: NOW });
      if ('orderId' in flow.expected) {
        expect(refusal).toBeUndefined();
        expect(
          orders.get.decode(body, { symbol: 'BTC/USDT', clientOrderId: 't-7f3a.3' }, createDecodeContext()),
        ).toEqual({
          symbol: 'BTC/USDT',
          orderId: flow.expected.orderId,
          clientOrderId: 't-7f3a.3',
          state: 'open',
        });
      } else {
        expect(refusal).toMatchObject({
          code: 'insufficient_balance',
          outcome: 'rejected',
          venueCode: flow.expected.label,
        });
      }
    },
  );
});

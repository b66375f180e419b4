import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/adapter/json.js';
import { BookUpdate } from '../../../src/model/book-update.js';
import { amountsOfContracts } from '../../../src/model/contracts.js';
import {
  divideDecimals,
  multiplyDecimals,
  roundToStep,
  subtractDecimals,
  toDecimal,
} from '../../../src/model/decimal.js';
import type { Instrument } from '../../../src/model/instrument.js';
import { createMexcFuturesSigner } from '../../../src/venues/mexc/futures/signer.js';
import { mexcFutures } from '../../../src/venues/mexc/index.js';
import { createRecorder } from '../../support/frame-recorder.js';
import { readFixture } from '../../support/mexc-frames.js';
import { contractRow, decodeContext, privateHalf, success, thrownBy } from '../../unit/mexc-futures/support.js';

interface Vector<Input, Expected> {
  readonly name: string;
  readonly kind: string;
  readonly input: Input;
  readonly expected: Expected;
}
type Rows = readonly (readonly number[])[];

const { vectors } = readFixture<{ vectors: Vector<never, never>[] }>('futures-vectors');
const { streams, market, classify } = mexcFutures;
const codec = await streams.loadCodec();

function ofKind<Input, Expected>(kind: string): Vector<Input, Expected>[] {
  return vectors.filter((vector) => vector.kind === kind) as Vector<Input, Expected>[];
}

describe('volumes', () => {
  const cases = ofKind<
    { contract: Record<string, unknown>; vol?: string; base?: string; price?: string },
    { inverse: boolean; base?: string; notionalQuote?: string; vol?: string; restBase?: string }
  >('futures-volume');

  it.each(cases)('of $name', ({ input, expected }) => {
    const row = contractRow({ ...input.contract, quoteCoinName: undefined });
    const [instrument] = market.instruments.decode(success([row]), undefined, decodeContext()) as [Instrument];
    const { contracts } = instrument;
    if (contracts === undefined) throw new Error('no contracts');
    expect(contracts.kind).toBe(expected.inverse ? 'inverse' : 'linear');
    if (input.vol !== undefined && input.price !== undefined) {
      const price = toDecimal(input.price);
      const { quantity, quoteQuantity } = amountsOfContracts(toDecimal(input.vol), contracts, price);
      expect(quantity).toBe(expected.base);
      expect(quoteQuantity ?? multiplyDecimals(quantity ?? price, price)).toBe(expected.notionalQuote);
    } else {
      const base = toDecimal(input.base ?? '');
      const whole = roundToStep(base, instrument.lotSize, 'down');
      expect(divideDecimals(whole, contracts.size, 0)).toBe(expected.vol);
      expect(subtractDecimals(base, whole)).toBe(expected.restBase);
    }
  });
});

describe('a book kept by depth', () => {
  const ACTION = { skip: 'drop', apply: 'apply', gap: 'resync' } as const;
  const cases = ofKind<
    { snapshot: { version: number; asks: Rows; bids: Rows }; pushes: { asks: Rows; bids: Rows }[] },
    { actions: string[]; lastVersion: number; asks: Rows; bids: Rows }
  >('futures-book-sequence');
  const feed = streams.chooseBook({});
  const toMap = (rows: Rows) => new Map(rows.map(([price = 0, contracts = 0]) => [price, contracts]));
  const pairs = (rows: Rows) => rows.map(([price, contracts]) => [price, contracts]);

  it.each(cases)('continues its snapshot as the venue rules: $name', ({ input, expected }) => {
    const { sequence } = market.orderBook.decode(
      success(input.snapshot),
      { symbol: 'BTC/USDT:USDT', depth: 1_000 },
      decodeContext(),
    );
    const book = { asks: toMap(input.snapshot.asks), bids: toMap(input.snapshot.bids) };
    let last = sequence ?? -1;
    const actions: string[] = [];
    for (const push of input.pushes) {
      const update = new BookUpdate();
      feed.decode(push, update);
      const verdict = feed.continues(last, update);
      actions.push(ACTION[verdict]);
      if (verdict === 'gap') break;
      if (verdict === 'skip') continue;
      last = update.lastSequence;
      apply(book.asks, update.askPrices, update.askQuantities, update.askCount);
      apply(book.bids, update.bidPrices, update.bidQuantities, update.bidCount);
    }
    expect(actions).toEqual(expected.actions);
    expect(last).toBe(expected.lastVersion);
    expect([...book.asks].sort(([a], [b]) => a - b)).toEqual(pairs(expected.asks));
    expect([...book.bids].sort(([a], [b]) => b - a)).toEqual(pairs(expected.bids));
  });
});

function apply(side: Map<number, number>, prices: Float64Array, contracts: Float64Array, count: number): void {
  for (let at = 0; at < count; at++) {
    const price = prices[at] as number;
    if (contracts[at] === 0) side.delete(price);
    else side.set(price, contracts[at] as number);
  }
}

describe('an envelope', () => {
  const CODES: Readonly<Record<string, string>> = {
    RateLimit: 'rate_limit',
    InsufficientBalance: 'insufficient_balance',
    OrderNotFound: 'order_not_found',
  };
  const cases = ofKind<
    { httpStatus: number; contentType: string; body: string },
    { isError: boolean; code: number | null; class: string | null }
  >('futures-envelope');

  it.each(cases)('means what the venue says: $name', ({ input, expected }) => {
    const { httpStatus: status, contentType, body: text } = input;
    const json = text.startsWith('{') ? parseJson(text) : undefined;
    const refusal = classify({ status, headers: { 'content-type': contentType }, text, json, now: 0 });
    expect(refusal === undefined).toBe(!expected.isError);
    if (refusal === undefined) return;
    expect(refusal.code).toBe(CODES[expected.class ?? '']);
    expect(refusal.venueCode).toBe(expected.code === null ? undefined : String(expected.code));
  });
});

describe('a control frame', () => {
  const cases = ofKind<
    { text: string },
    { kind: string; method?: string; message?: string; channel?: string; symbol?: string }
  >('futures-ws-control');

  it.each(cases)('is read as the venue means it: $name', ({ input, expected }) => {
    const { kind, method, message, channel, symbol } = expected;
    const recorder = createRecorder();
    codec.read(input.text, recorder);
    const [call] = recorder.calls;
    expect(recorder.calls).toHaveLength(1);
    if (kind === 'pong') expect(call).toEqual(['pong']);
    else if (kind === 'push') expect(call?.slice(0, 3)).toEqual(['data', channel, symbol]);
    else if (kind === 'error') expect(call).toEqual(['ack', { refused: 'all', code: 'invalid_symbol', message }]);
    else expect(call).toEqual(['ack', { reply: method ?? 'login', refused: 'none' }]);
  });
});

describe('a signature', () => {
  const cases = ofKind<
    {
      apiKey: string;
      secret: string;
      requestTime: string;
      method: 'GET' | 'POST';
      path: string;
      params?: Record<string, unknown>;
      body?: string;
    },
    { headers: Record<string, string> }
  >('futures-signature');

  it.each(cases)('is the published one: $name', ({ input, expected }) => {
    const { apiKey, secret, requestTime, method, path, params = {}, body = '' } = input;
    const query = Object.entries(params).flatMap(([name, value]) =>
      value === null ? [] : [[name, String(value)] as const],
    );
    const signer = createMexcFuturesSigner({ apiKey, secretKey: secret });
    const signed = signer.sign({ method, path, query, body }, Number(requestTime));
    expect(signed.headers).toEqual(expected.headers);
    const url = (input as { url?: string }).url;
    if (url !== undefined) expect(signed.query).toBe(url.split('?')[1]);
  });
});

describe('a login', () => {
  const cases = ofKind<{ apiKey: string; secret: string; reqTime: string }, { frame: object }>('futures-ws-login');

  it.each(cases)('is the published one: $name', async ({ input, expected }) => {
    const { streams } = privateHalf();
    const codec = await streams.loadCodec({ apiKey: input.apiKey, secretKey: input.secret });
    const [message] = codec.subscribe([streams.orders.topic], () => 1, Number(input.reqTime));
    expect(JSON.parse(message?.text ?? '')).toEqual(expected.frame);
  });
});

describe('the items of a cancellation', () => {
  const cases = ofKind<{ body: string }, { items: { orderId: string; ok: boolean; class: string | null }[] }>(
    'futures-envelope',
  ).filter(({ expected }) => expected.items !== undefined);

  it.each(cases)('each have an end of their own: $name', ({ input, expected }) => {
    const { data } = parseJson(input.body) as { data: unknown[] };
    expect(data).toHaveLength(expected.items.length);
    for (const [at, { orderId, ok }] of expected.items.entries()) {
      const ref = { symbol: 'BTC/USDT:USDT', orderId } as const;
      const decode = () => privateHalf().orders.cancel.decode(success([data[at]]), ref, decodeContext());
      if (ok) expect(decode()).toEqual(ref);
      else expect(thrownBy(decode)).toMatchObject({ code: 'order_not_found', outcome: 'rejected', venueCode: '2040' });
    }
  });
});

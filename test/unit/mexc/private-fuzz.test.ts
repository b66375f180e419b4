import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isExchangeError } from '../../../src/errors/exchange-error.js';
import { bytesOf, FRAMES, readFixture } from '../../support/mexc-frames.js';
import { account, decimal, decodeContext, limitBuy, pushContext, SEED } from './private-support.js';

const symbol = 'BTC/USDT' as const;
const KEY = 'pqia91ma19a5s61cv6a81va65sdf19v8a65a1';
const { orders, streams } = account;
const wallet = account.wallet ?? expect.unreachable('there is a wallet');
const keys = streams.listenKey ?? expect.unreachable('the streams need a key');
const codec = await streams.loadCodec({ apiKey: 'mx0key', secretKey: 'a secret' });
const answers = readFixture<Record<string, object>>('private-answers');
const page = { symbol, page: 1, limit: 10 };
const context = decodeContext();
const withdrawal = {
  asset: 'USDT',
  network: 'TRX',
  address: 'a',
  amount: decimal('1'),
  clientWithdrawalId: 'w',
};

const DECODERS: ((body: unknown) => unknown)[] = [
  (body) => orders.place.decode(body, limitBuy(), context),
  (body) => orders.placeBatch?.endpoint.decode([body], [limitBuy()], context),
  (body) => orders.cancel.decode(body, { symbol, orderId: '1' }, context),
  (body) => orders.cancelAll.decode([body], { symbol }, context),
  (body) => orders.get.decode(body, { symbol, orderId: '1' }, context),
  (body) => orders.open.decode([body], { page: 1, limit: 10 }, context),
  (body) => orders.history.decode([body], page, context),
  (body) => orders.fills.decode([body], page, context),
  (body) => account.account.balances.decode({ balances: [body] }, undefined, context),
  (body) => account.account.tradingFees.decode({ data: body }, { symbol }, context),
  (body) => wallet.currencies.decode([body], undefined, context),
  (body) => wallet.depositAddress.decode([body], { asset: 'USDT' }, context),
  (body) => wallet.deposits.decode([body], { limit: 1 }, context),
  (body) => wallet.withdraw.decode(body, withdrawal, context),
  (body) => wallet.withdrawals.decode([body], { limit: 1 }, context),
  (body) => keys.create.decode(body, undefined, context),
  (body) => keys.keepAlive.decode(body, { key: KEY }, context),
  (body) => streams.orders.decode({ symbol: 'BTCUSDT', message: body }, pushContext(), () => undefined),
  (body) => streams.fills.decode({ symbol: 'BTCUSDT', message: body }, pushContext(), () => undefined),
  (body) => streams.balances.decode({ message: body }, pushContext(), () => undefined),
];

const NAMES = ['symbol', 'orderId', 'side', 'type', 'status', 'time', 'origQty', 'executedQty', 'code', 'msg', 'coin'];
const key = fc.oneof(fc.constantFrom(...NAMES, 'listenKey', 'asset', 'toString', '__proto__'), fc.string());
const json = fc.oneof(fc.object({ key }), fc.jsonValue()).map((value) => JSON.parse(JSON.stringify(value)) as unknown);

describe('any answer to an account', () => {
  it('is decoded or refused with an error of ours that shows no key, never with a crash', () => {
    fc.assert(
      fc.property(json, (body) => {
        for (const decode of DECODERS) {
          try {
            decode(body);
          } catch (error) {
            expect(error).toSatisfy(isExchangeError);
            expect(`${error}${JSON.stringify(error)}`).not.toContain(KEY);
          }
        }
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });

  it('to an order is taken whole or not at all: no cut or changed byte makes another order of it', () => {
    const whole = JSON.stringify(answers['placed']);
    const change = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0x20, max: 0x7e }));
    const told = orders.place.decode(answers['placed'], limitBuy(), context);
    fc.assert(
      fc.property(change, fc.boolean(), ([at, code], isCut) => {
        const text = isCut ? whole.slice(0, at) : whole.slice(0, at) + String.fromCharCode(code) + whole.slice(at + 1);
        let body: unknown;
        try {
          body = JSON.parse(text);
        } catch {
          return;
        }
        try {
          const { symbol, side, type, orderId } = orders.place.decode(body, limitBuy(), context);
          expect({ symbol, side: side ?? 'buy', type: type ?? 'limit' }).toEqual({
            symbol,
            side: 'buy',
            type: 'limit',
          });
          expect(orderId).toHaveLength(told.orderId?.length ?? 0);
        } catch (error) {
          expect(error).toMatchObject({ code: 'malformed_response', outcome: 'unknown' });
        }
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });
});

describe('any private frame', () => {
  it('with broken bytes is decoded or refused, and what is refused emits nothing', () => {
    const frames = FRAMES.filter(({ body }) => body.startsWith('private')).map(({ hex }) => bytesOf(hex));
    const channels = [streams.orders, streams.fills, streams.balances] as const;
    const breakage = fc.tuple(fc.constantFrom(...frames), fc.nat(200), fc.nat(255));
    fc.assert(
      fc.property(breakage, ([frame, at, byte]) => {
        const bytes = Uint8Array.from(frame);
        bytes[at % bytes.length] = byte;
        codec.read(bytes, {
          data: (_channel, _key, payload, venueTime) => {
            for (const channel of channels) {
              let emitted = 0;
              try {
                channel.decode(payload, pushContext([], venueTime), () => void emitted++);
              } catch (error) {
                expect(error).toSatisfy(isExchangeError);
                expect(emitted).toBe(0);
              }
            }
          },
          ack: () => undefined,
          pong: () => undefined,
          closingSoon: () => undefined,
          unknown: () => undefined,
          malformed: () => undefined,
        });
      }),
      { seed: SEED, numRuns: 3_000 },
    );
  });
});

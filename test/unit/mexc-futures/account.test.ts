import { describe, expect, it } from 'vitest';
import { createRecorder } from '../../support/frame-recorder.js';
import {
  accountContext,
  decodeContext,
  emitted,
  encodeContext,
  NOW,
  orderRow,
  positionRow,
  privateHalf,
  success,
} from './support.js';

const { account, streams } = privateHalf();
const KEYS = { apiKey: 'mx0vglTESTKEY0000001', secretKey: '0123456789abcdef0123456789abcdef' };
const codec = await streams.loadCodec(KEYS);
const ASSET = {
  currency: 'USDT',
  positionMargin: 32.5,
  availableBalance: 955.1,
  cashBalance: 955.1,
  frozenBalance: 0.25,
  equity: 990.2,
  unrealized: 2.6,
  bonus: 0,
};
const balance = { asset: 'USDT', free: '955.1', locked: '32.75', receivedAt: NOW };

function read(frame: unknown): unknown[][] {
  const recorder = createRecorder();
  codec.read(JSON.stringify(frame), recorder);
  return recorder.calls;
}

describe('balances', () => {
  it('count what orders and positions hold as locked', () => {
    expect(account.balances.encode(undefined, encodeContext)).toEqual({});
    expect(account.balances.decode(success([ASSET]), undefined, decodeContext())).toEqual([balance]);
  });

  it('keep small and negative amounts', () => {
    const row = { currency: 'BTC', availableBalance: -5e-8, frozenBalance: '0.10', positionMargin: 0 };
    expect(account.balances.decode(success([row]), undefined, decodeContext())).toEqual([
      { asset: 'BTC', free: '-0.00000005', locked: '0.1', receivedAt: NOW },
    ]);
  });

  it.each([
    [{ currency: '' }],
    [{ availableBalance: undefined }],
    [{ frozenBalance: 'x' }],
    [{ positionMargin: Number.NaN }],
    [{ positionMargin: 1e60 }],
  ])('with %j are refused', (changes) => {
    expect(() => account.balances.decode(success([{ ...ASSET, ...changes }]), undefined, decodeContext())).toThrow(
      expect.objectContaining({ code: 'malformed_response' }),
    );
  });
});

describe('fees', () => {
  const symbol = 'BTC/USDT:USDT' as const;
  const decode = (data: unknown) => account.tradingFees.decode(success(data), { symbol }, decodeContext());

  it('are those really charged, else those of the tier', () => {
    expect(account.tradingFees.encode({ symbol }, encodeContext)).toEqual({ query: { symbol: 'BTC_USDT' } });
    expect(decode({ realMakerFee: 0.00008, realTakerFee: 2e-4, makerFee: 1, takerFee: 1 })).toEqual({
      symbol,
      maker: '0.00008',
      taker: '0.0002',
    });
    expect(decode({ makerFee: -0.0001, takerFee: 0.0004 })).toEqual({ symbol, maker: '-0.0001', taker: '0.0004' });
    for (const data of [undefined, {}, { makerFee: 'x', takerFee: 1 }])
      expect(() => decode(data)).toThrow(expect.objectContaining({ code: 'malformed_response' }));
  });
});

describe('a login', () => {
  const topics = [streams.orders, streams.fills, streams.balances, streams.positions].flatMap(
    (channel) => channel?.topic ?? [],
  );

  it('is one message for all private topics', () => {
    expect(topics).toHaveLength(4);
    expect(codec.subscribe(topics, () => 7, 1_782_900_000_000.9)).toEqual([
      {
        id: 7,
        reply: 'login',
        text: JSON.stringify({
          method: 'login',
          param: {
            apiKey: KEYS.apiKey,
            reqTime: '1782900000000',
            signature: '7bc98ea410edde4d7e9b3b9bf45ccc31de87c5f24db96fa5e080cca0376bf088',
          },
        }),
        topics,
      },
    ]);
  });

  it('cannot be left topic by topic: that changes nothing, and is answered', () => {
    expect(codec.unsubscribe(topics.slice(0, 1), () => 8, 0)).toEqual([
      {
        id: 8,
        reply: 'personal.filter',
        text: '{"method":"personal.filter","param":{"filters":[]}}',
        topics: topics.slice(0, 1),
      },
    ]);
    expect(read({ channel: 'rs.personal.filter', data: 'success' })).toEqual([
      ['ack', { reply: 'personal.filter', refused: 'none' }],
    ]);
  });

  it('is answered by name; a refusal names nothing, and is of the keys', () => {
    expect(read({ channel: 'rs.login', data: 'success', ts: '1' })).toEqual([
      ['ack', { reply: 'login', refused: 'none' }],
    ]);
    const refused = { refused: ['login'], code: 'authentication', message: 'signature verification failed!' };
    expect(read({ channel: 'rs.error', data: 'signature verification failed!' })).toEqual([['ack', refused]]);
    expect(read({ channel: 'rs.login', data: 'signature verification failed!' })).toEqual([
      ['ack', { reply: 'login', ...refused }],
    ]);
    expect(topics.every(({ args }) => args.includes('login'))).toBe(true);
  });
});

describe('private pushes', () => {
  it('go where their topics are', () => {
    const routes = [
      ['order', streams.orders],
      ['order.deal', streams.fills],
      ['asset', streams.balances],
      ['position', streams.positions],
    ] as const;
    for (const [name, channel] of routes) {
      const data = { a: 1 };
      expect(read({ channel: `push.personal.${name}`, data, ts: 5 })).toEqual([
        ['data', channel?.topic.channel, channel?.topic.key, data, 5],
      ]);
    }
  });

  it.each(['plan.order', 'stop.order', 'risk.limit', 'adl.level', 'liquidate.risk'])(
    'of %s come unasked and are no surprise',
    (name) => {
      expect(read({ channel: `push.personal.${name}`, data: {} })[0]?.[0]).toBe('data');
    },
  );

  it.each([
    [{ channel: 'push.personal.future', data: {} }, 'unknown'],
    [{ channel: 'push.deal', symbol: 'A', data: [] }, 'unknown'],
    [{ channel: 'push.personal.order' }, 'malformed'],
    [{ channel: 'push.personal.order', data: 7 }, 'malformed'],
  ])('%j is %s', (frame, kind) => {
    expect(read(frame).map(([first]) => first)).toEqual([kind]);
  });

  it('of orders say what a read says', () => {
    const push = orderRow({ remainVol: 15, version: 2, makerFeeRate: 0.0001 });
    expect(emitted((emit) => streams.orders.decode(push, accountContext(), emit))).toEqual([
      privateHalf().orders.get.decode(success(orderRow()), { symbol: 'BTC/USDT:USDT' }, decodeContext()),
    ]);
  });

  it('of fills have another name for the flag', () => {
    const push = {
      id: '661',
      symbol: 'BTC_USDT',
      side: 1,
      vol: 10,
      price: 64_000.1,
      fee: 0.01,
      feeCurrency: 'USDT',
      timestamp: 5,
      profit: 0,
      isTaker: true,
      orderId: '9',
      externalOid: 'a',
      positionMode: 2,
    };
    expect(emitted((emit) => streams.fills.decode(push, accountContext(), emit))).toEqual([
      {
        symbol: 'BTC/USDT:USDT',
        id: '661',
        orderId: '9',
        clientOrderId: 'a',
        side: 'buy',
        price: '64000.1',
        quantity: '0.001',
        realizedPnl: '0',
        fee: '0.01',
        feeAsset: 'USDT',
        liquidity: 'taker',
        filledAt: 5,
      },
    ]);
  });

  it('of an asset take the time of their frame', () => {
    const { cashBalance, ...push } = ASSET;
    expect(cashBalance).toBe(955.1);
    expect(emitted((emit) => streams.balances.decode(push, accountContext([], 7), emit))).toEqual([
      { ...balance, updatedAt: 7 },
    ]);
    expect(emitted((emit) => streams.balances.decode(push, accountContext(), emit))).toEqual([balance]);
  });

  it('of a position carry its version, and the time of their frame where they have none', () => {
    const decode = (changes: object) =>
      emitted((emit) =>
        streams.positions?.decode(positionRow({ version: 3, ...changes }), accountContext([], 7), emit),
      );
    expect(decode({})).toMatchObject([{ contracts: '25', version: 3, updatedAt: 1_782_899_500_000 }]);
    expect(decode({ updateTime: undefined, state: 3 })).toMatchObject([
      { contracts: '0', quantity: '0', updatedAt: 7 },
    ]);
  });

  it('of markets without a name here are reported; those without a market are refused', () => {
    for (const channel of [streams.orders, streams.fills, streams.positions]) {
      const drifts: string[] = [];
      expect(emitted((emit) => channel?.decode({ symbol: 'OLD_USDT' }, accountContext(drifts), emit))).toEqual([]);
      expect(drifts).toHaveLength(1);
      expect(() => channel?.decode({}, accountContext(), () => {})).toThrow(
        expect.objectContaining({ code: 'malformed_response' }),
      );
      expect(() => channel?.decode([], accountContext(), () => {})).toThrow(
        expect.objectContaining({ code: 'malformed_response' }),
      );
    }
  });
});

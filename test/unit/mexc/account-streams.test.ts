import { describe, expect, it } from 'vitest';
import { MalformedResponseError } from '../../../src/errors/kinds.js';
import { frameNamed, recordCalls } from '../../support/mexc-frames.js';
import { account, pushContext } from './private-support.js';

const { orders, fills, balances, loadCodec, plan } = account.streams;
const codec = await loadCodec({ apiKey: 'mx0key', secretKey: 'a secret' });
const SENT_AT = 1_782_900_001_281;

/** Payload and time of a published frame, as the codec hands them on. */
function pushOf(name: string): { channel: unknown; payload: { symbol: unknown; message: object }; venueTime: number } {
  const { handler, calls } = recordCalls();
  codec.read(frameNamed(name), handler);
  const [call] = calls;
  if (calls.length !== 1 || call?.[0] !== 'data') throw new Error(`${name} is no push`);
  return { channel: call[1], payload: call[3] as never, venueTime: call[4] as number };
}

function read<E>(
  channel: { decode(payload: unknown, context: ReturnType<typeof pushContext>, emit: (event: E) => void): void },
  payload: unknown,
  { venueTime = Number.NaN, drifts = [] as string[] } = {},
): E[] {
  const events: E[] = [];
  channel.decode(payload, pushContext(drifts, venueTime), (event) => events.push(event));
  return events;
}

describe('the topics', () => {
  it('are those of the account, of all markets', () => {
    const channels = [orders, fills, balances].map(({ topic }) => topic);
    expect(channels).toEqual(
      ['spot@private.orders.v3.api.pb', 'spot@private.deals.v3.api.pb', 'spot@private.account.v3.api.pb'].map(
        (channel) => ({ channel, key: '', args: [channel] }),
      ),
    );
    expect(plan).toMatchObject({ maxTopics: 30, heartbeatMs: 15_000 });
  });

  it('are where the published pushes go', () => {
    expect(['order', 'deal', 'account'].map((name) => pushOf(`private-${name}`).channel)).toEqual(
      [orders, fills, balances].map(({ topic }) => topic.channel),
    );
  });
});

describe('an order push', () => {
  const message = {
    id: 'C02__505979017439002624116043',
    clientId: 'my-order-2',
    price: '65000',
    quantity: '0.01',
    amount: '650',
    avgPrice: '65000',
    orderType: 1,
    tradeType: 1,
    isMaker: true,
    cumulativeQuantity: '0.004',
    cumulativeAmount: '260',
    status: 3,
    createTime: 1_782_900_002_000,
  };
  const told = {
    symbol: 'BTC/USDT',
    orderId: 'C02__505979017439002624116043',
    clientOrderId: 'my-order-2',
    side: 'buy',
    type: 'limit',
    timeInForce: 'GTC',
    postOnly: false,
    price: '65000',
    quantity: '0.01',
    filledQuantity: '0.004',
    filledQuoteQuantity: '260',
    state: 'partially_filled',
    createdAt: 1_782_900_002_000,
  };
  const readOrder = (changes: object, drifts?: string[]) =>
    read(orders, { symbol: 'BTCUSDT', message: { ...message, ...changes } }, drifts === undefined ? {} : { drifts });

  it('of a market order is read from its bytes', () => {
    const { payload, venueTime } = pushOf('private-order');
    expect(read(orders, payload, { venueTime })).toEqual([
      {
        symbol: 'MX/USDT',
        orderId: 'C02__505979017439002624115',
        clientOrderId: 'my-order-1',
        side: 'sell',
        type: 'market',
        timeInForce: 'IOC',
        postOnly: false,
        quantity: '1',
        filledQuantity: '1',
        filledQuoteQuantity: '3.6962',
        state: 'filled',
        createdAt: 1_782_900_001_259,
        updatedAt: SENT_AT,
      },
    ]);
  });

  it('of a limit order is read from its bytes', () => {
    const { payload, venueTime } = pushOf('private-order-partial');
    expect(read(orders, payload, { venueTime })).toEqual([{ ...told, updatedAt: 1_782_900_002_281 }]);
  });

  it('without a time of the envelope has no time of its news', () => {
    expect(readOrder({})).toEqual([told]);
  });

  it.each([
    [1, 'open'],
    [2, 'filled'],
    [3, 'partially_filled'],
    [4, 'canceled'],
    [5, 'canceled'],
  ])('with the status %i is %s', (status, state) => {
    expect(readOrder({ status })).toEqual([{ ...told, state }]);
  });

  it.each([
    [1, { type: 'limit', timeInForce: 'GTC', postOnly: false }],
    [2, { type: 'limit', timeInForce: 'GTC', postOnly: true }],
    [3, { type: 'limit', timeInForce: 'IOC', postOnly: false }],
    [4, { type: 'limit', timeInForce: 'FOK', postOnly: false }],
  ])('with the type %i is that', (orderType, kind) => {
    expect(readOrder({ orderType })).toEqual([{ ...told, ...kind }]);
  });

  it('of a market buy has the amount to spend', () => {
    const { price, quantity, ...rest } = told;
    expect(readOrder({ orderType: 5, quantity: '0', amount: '650.00' })).toEqual([
      { ...rest, type: 'market', timeInForce: 'IOC', quoteQuantity: '650.00' },
    ]);
  });

  it('of an order that waits for its trigger shows the market order that it will be', () => {
    const [report] = readOrder({ orderType: 100, tradeType: 2, status: 1 });
    expect(report).toMatchObject({ type: 'market', side: 'sell', state: 'open', quantity: '0.01' });
  });

  it('of a type that this version does not know has none, and that is reported', () => {
    const drifts: string[] = [];
    const { type, timeInForce, postOnly, ...rest } = told;
    expect(readOrder({ orderType: 101 }, drifts)).toEqual([rest]);
    expect(drifts).toEqual(['order type: 101']);
  });

  it('says nothing of what was not sent', () => {
    const { clientOrderId, filledQuantity, filledQuoteQuantity, createdAt, ...rest } = told;
    expect(readOrder({ clientId: '', cumulativeQuantity: '', cumulativeAmount: '', createTime: 0, status: 1 })).toEqual(
      [{ ...rest, state: 'open' }],
    );
  });

  it.each([
    ['the status 0, as an absent one reads', { status: 0 }],
    ['an unknown status', { status: 6 }],
    ['a status in words', { status: 'NEW' }],
    ['no side', { tradeType: 0 }],
    ['no id', { id: '' }],
    ['a price that is no decimal', { price: '6.5e4' }],
    ['a negative filled quantity', { cumulativeQuantity: '-1' }],
  ])('with %s is refused, and nothing is emitted', (_what, changes) => {
    expect(() => readOrder(changes)).toThrow(MalformedResponseError);
  });

  it('without a market is refused, because nobody can tell whose it is', () => {
    for (const symbol of [undefined, null, '']) {
      expect(() => read(orders, { symbol, message })).toThrow(MalformedResponseError);
    }
  });

  it('of a market that has no name here is reported', () => {
    const drifts: string[] = [];
    expect(read(orders, { symbol: 'NEWUSDT', message }, { drifts })).toEqual([]);
    expect(drifts).toEqual(['order push of NEWUSDT, which is not in the instrument list']);
  });
});

describe('a deal push', () => {
  const told = {
    symbol: 'MX/USDT',
    id: '505979017439002624X1',
    orderId: 'C02__505979017439002624115',
    clientOrderId: 'my-order-1',
    side: 'sell',
    price: '3.6962',
    quantity: '1',
    fee: '0.0003998377369698171',
    feeAsset: 'MX',
    liquidity: 'taker',
    filledAt: 1_782_900_004_280,
  };
  const { payload } = pushOf('private-deal');
  const readDeal = (changes: object) => read(fills, { ...payload, message: { ...payload.message, ...changes } });

  it('is read from its bytes, digit for digit', () => {
    expect(read(fills, payload)).toEqual([told]);
  });

  it('of a resting order is a maker’s', () => {
    expect(
      read(fills, { ...payload, message: Object.assign(Object.create(payload.message), { isMaker: true }) }),
    ).toEqual([{ ...told, liquidity: 'maker' }]);
  });

  it('may lack what was not sent', () => {
    const { clientOrderId, fee, feeAsset, ...rest } = told;
    expect(readDeal({ clientOrderId: '', feeAmount: '', feeCurrency: '' })).toEqual([rest]);
  });

  it.each([
    ['no trade id', { tradeId: '' }],
    ['no order', { orderId: '' }],
    ['no side', { tradeType: 0 }],
    ['no price', { price: '' }],
    ['the quantity zero', { quantity: '0' }],
    ['no time', { time: 0 }],
    ['a fee that is no decimal', { feeAmount: '1,5' }],
  ])('with %s is refused', (_what, changes) => {
    expect(() => readDeal(changes)).toThrow(MalformedResponseError);
  });

  it('without a market is refused, and of an unknown one reported', () => {
    const drifts: string[] = [];
    expect(() => read(fills, { ...payload, symbol: null })).toThrow(MalformedResponseError);
    expect(read(fills, { ...payload, symbol: 'NEWUSDT' }, { drifts })).toEqual([]);
    expect(drifts).toEqual(['deal push of NEWUSDT, which is not in the instrument list']);
  });
});

describe('an account push', () => {
  const { payload } = pushOf('private-account');
  const readBalance = (changes: object) => read(balances, { message: { ...payload.message, ...changes } });

  it('is one asset as it stands, read from its bytes', () => {
    expect(read(balances, payload)).toEqual([
      { asset: 'USDT', free: '95.5978', locked: '4.4022', updatedAt: 1_782_900_003_364, receivedAt: 1_782_900_000_500 },
    ]);
  });

  it('may have any cause', () => {
    expect(readBalance({ type: 'SOMETHING_NEW' })).toHaveLength(1);
  });

  it.each([
    ['no asset', { vcoinName: '' }],
    ['no free amount', { balanceAmount: '' }],
    ['no locked amount', { frozenAmount: '' }],
    ['an amount that is no decimal', { balanceAmount: 'many' }],
    ['no time', { time: 0 }],
  ])('with %s is refused: a balance is never guessed', (_what, changes) => {
    expect(() => readBalance(changes)).toThrow(MalformedResponseError);
  });
});

describe('any other payload', () => {
  it.each([[undefined], [null], [7], ['x'], [[]], [{}], [{ symbol: 'BTCUSDT' }], [{ symbol: 7, message: {} }]])(
    'is refused: %j',
    (payload) => {
      for (const channel of [orders, fills, balances] as const) {
        expect(() => read(channel as typeof orders, payload)).toThrow(MalformedResponseError);
      }
    },
  );
});

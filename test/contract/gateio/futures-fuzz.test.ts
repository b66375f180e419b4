import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FundingVenue } from '../../../src/adapter/funding-venue.js';
import { isExchangeError } from '../../../src/errors/exchange-error.js';
import { BookUpdate } from '../../../src/model/book-update.js';
import { gateioFutures } from '../../../src/venues/gateio/index.js';
import fixture from '../../fixtures/gateio/futures.json' with { type: 'json' };
import { createRecorder } from '../../support/frame-recorder.js';
import { CREDENTIALS } from '../../support/gateio-contexts.js';
import {
  accountContext,
  channelContext,
  contractRow,
  decodeContext,
  orderRow,
  positionRow,
  privateHalf,
} from '../../unit/gateio-futures/support.js';

const { streams, market, classify } = gateioFutures;
const funding = gateioFutures.funding as FundingVenue;
const half = privateHalf();
const codec = await half.streams.loadCodec(CREDENTIALS, '110');
const SYMBOLS = ['BTC/USDT:USDT', 'ETH/USDT:USDT', 'BTC/USD:BTC'] as const;
const RUNS = 800;

const push = (channel: string, result: unknown): string =>
  JSON.stringify({ time: 1_767_225_641, time_ms: 1_767_225_641_045, channel, event: 'update', result });

const FRAMES: readonly string[] = [
  ...fixture.pushes.map(({ input }) => JSON.stringify(input.message)),
  ...fixture.updates.flatMap(({ input }) =>
    input.bufferedThenLive.map((result) => push('futures.order_book_update', result)),
  ),
  ...fixture.obu.flatMap(({ input }) => input.messages.map((result) => push('futures.obu', result))),
  ...fixture.answers.flatMap(({ input }) => input.frames.map((frame) => JSON.stringify(frame))),
  push('futures.orders', [orderRow()]),
  push('futures.positions', [positionRow()]),
  push('futures.contracts', [contractRow()]),
  push('futures.public_liquidates', [{ price: '1', size: '2', time_ms: 1_767_225_700_123, contract: 'BTC_USDT' }]),
  push('futures.system', { type: 'upgrade', msg: 'soon' }),
];

/** Reads one frame and hands whatever it holds to every decoder; any failure must be one of ours. */
function swallow(frame: string | Uint8Array): boolean {
  const recorder = createRecorder();
  codec.read(frame, recorder);
  for (const [kind, , , payload] of recorder.calls) {
    if (kind !== 'data') continue;
    decodeEverywhere(payload);
    if (Array.isArray(payload)) for (const row of payload) decodeEverywhere(row);
  }
  attempt(() => half.orderSocket.readAnswer(frame));
  return recorder.calls.length >= 1;
}

function attempt(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!isExchangeError(error, 'malformed_response')) throw error;
  }
}

function decodeEverywhere(payload: unknown): void {
  const ignore = (): void => undefined;
  const context = decodeContext();
  const list = [payload];
  const { orders, fills, balances, positions } = half.streams;
  for (const channel of [orders, fills, balances, positions])
    attempt(() => channel?.decode(payload, accountContext(), ignore));
  for (const request of [{}, { feed: 'obu' }, { feed: 'order_book' }])
    attempt(() => streams.chooseBook(request).decode(payload, new BookUpdate()));
  for (const symbol of SYMBOLS) {
    const own = { symbol };
    const candles = channelContext({ ...own, interval: '1m' as const });
    const paging = { ...own, page: 1, limit: 9 };
    const { rate, markPrice, indexPrice, liquidations, markCandles } = funding.streams;
    for (const channel of [
      streams.bookTicker,
      streams.trades,
      streams.ticker,
      rate,
      markPrice,
      indexPrice,
      liquidations,
    ])
      attempt(() => channel?.decode(payload, channelContext(own), ignore));
    for (const channel of [streams.candles, markCandles]) attempt(() => channel?.decode(payload, candles, ignore));
    for (const read of [
      () => market.orderBook.decode(payload, { ...own, depth: 5 }, context),
      () => market.bookTicker.decode(list, own, context),
      () => market.recentTrades.decode(list, { ...own, limit: 5 }, context),
      () => market.candles.decode(list, { ...own, interval: '1m', limit: 5 }, context),
      () => funding.rate.decode(payload, own, context),
      () => funding.openInterest.decode(list, own, context),
      () => funding.history.decode(list, paging, context),
      () => funding.liquidations?.endpoint.decode(list, paging, context),
      () => half.orders.get.decode(payload, { ...own, orderId: '1' }, context),
      () => half.orders.cancelAll.decode(list, own, context),
      () => half.orders.history.decode(list, paging, context),
      () => half.orders.fills.decode(list, paging, context),
      () => half.positions.settings?.decode(list, own, context),
      () => half.positions.riskLimits.decode(list, own, context),
      () => half.positions.fundingPayments.decode(list, paging, context),
      () => half.account.tradingFees.decode(payload, own, context),
    ])
      attempt(read);
  }
  for (const read of [
    () => market.serverTime.decode(payload, undefined, context),
    () => market.instruments.decode(list, undefined, context),
    () => market.tickers.decode(list, undefined, context),
    () => half.account.balances.decode(payload, undefined, context),
    () => half.positions.list.decode(list, {}, context),
    () => half.positions.mode.decode(payload, undefined, context),
    () => half.triggers.list.decode(list, { state: 'waiting', page: 1, limit: 9 }, context),
    () => classify({ status: 400, headers: {}, text: '', json: payload, now: 0 }),
  ])
    attempt(read);
}

const ODD = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    null,
    '',
    '0',
    '-1',
    'NaN',
    '1e400',
    -0,
    1e308,
    -1e308,
    '__proto__',
    'constructor',
    [],
    {},
    [null],
    {
      toString: 1,
      valueOf: 1,
    },
  ),
);

describe('The Gate.io futures codec and readers', () => {
  it('survive any text and any bytes', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.uint8Array({ maxLength: 200 })), swallow), {
      numRuns: RUNS,
    });
  });

  it('survive real frames with characters replaced, cut or inserted', () => {
    const edit = fc.tuple(
      fc.nat(),
      fc.nat(3),
      fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('"', '{', '}', '0', '-', 'e', ',')),
    );
    fc.assert(
      fc.property(fc.constantFrom(...FRAMES), fc.array(edit, { minLength: 1, maxLength: 4 }), (frame, edits) => {
        let mutated = frame;
        for (const [at, cut, inserted] of edits) {
          const from = at % (mutated.length + 1);
          mutated = mutated.slice(0, from) + inserted + mutated.slice(from + cut);
        }
        return swallow(mutated);
      }),
      { numRuns: RUNS },
    );
  });

  it('survive real frames with any field, however deep, replaced by any value', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FRAMES), fc.nat(), ODD, (frame, pick, value) => {
        const message = JSON.parse(frame) as Record<string, unknown>;
        const slots = slotsOf(message);
        const slot = slots[pick % slots.length];
        if (slot !== undefined) slot.holder[slot.key] = value;
        return swallow(JSON.stringify(message));
      }),
      { numRuns: RUNS },
    );
  });

  it('survive any value in any field of any row', () => {
    const rows = [orderRow(), positionRow(), contractRow()];
    fc.assert(
      fc.property(fc.constantFrom(...rows), fc.nat(), ODD, (row, pick, value) => {
        const keys = Object.keys(row);
        decodeEverywhere({ ...row, [keys[pick % keys.length] as string]: value });
      }),
      { numRuns: RUNS },
    );
  });

  it('pollute no prototype', () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      swallow(push('futures.trades', [{ contract: name, [name]: { polluted: true } }]));
      swallow(`{"__proto__":{"channel":"futures.pong"},"channel":"${name}","event":"update","result":[{}]}`);
    }
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

interface Slot {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function slotsOf(value: unknown): Slot[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...slotsOf(holder[key])]);
}

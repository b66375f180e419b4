import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/adapter/json.js';
import type { VenueErrorCode } from '../../../src/errors/kinds.js';
import { decodeInstrument } from '../../../src/venues/mexc/spot/symbols.js';
import { mexcSpot } from '../../../src/venues/mexc/spot/venue.js';
import { readFixture } from '../../support/mexc-frames.js';

interface RowFixture {
  readonly name: string;
  readonly row: Readonly<Record<string, unknown>>;
  readonly rules: Readonly<Record<string, unknown>>;
}

interface AnswerFixture {
  readonly name: string;
  readonly httpStatus: number;
  readonly contentType: string;
  readonly body: string;
  readonly isError: boolean;
  readonly code: number | null;
  readonly class: string | null;
}

const CLASSES: Readonly<Record<string, VenueErrorCode>> = {
  InsufficientBalance: 'insufficient_balance',
  Timestamp: 'timestamp',
  OrderNotFound: 'order_not_found',
  RateLimit: 'rate_limit',
  InvalidOrder: 'invalid_order',
};

describe('a row of exchangeInfo', () => {
  const { rows } = readFixture<{ rows: RowFixture[] }>('symbol-rules');

  it.each(rows)('gives the trading rules of the market: $name', ({ row, rules }) => {
    const instrument = decodeInstrument(row, (what) => expect.unreachable(what));
    const { status, minNotional, maxNotional } = instrument;
    expect({
      tradable: status === 'trading' || status === 'buy_only' || status === 'sell_only',
      canBuy: status === 'trading' || status === 'buy_only',
      canSell: status === 'trading' || status === 'sell_only',
      tickSize: instrument.tickSize,
      lotStep: instrument.lotSize,
      minQty: instrument.minQuantity,
      minNotionalLimit: minNotional,
      minNotionalMarket: instrument.minMarketNotional ?? minNotional,
      maxNotionalLimit: maxNotional,
      maxNotionalMarket: instrument.maxMarketNotional ?? maxNotional,
    }).toEqual(rules);
  });
});

describe('an answer of the API', () => {
  const { answers } = readFixture<{ answers: AnswerFixture[] }>('errors');

  it.each(answers)('is a success or a refusal as documented: $name', (answer) => {
    const json = answer.contentType === 'application/json' ? parseJson(answer.body) : undefined;
    const headers = { 'content-type': answer.contentType };
    const refusal = mexcSpot.classify({ status: answer.httpStatus, headers, text: answer.body, json, now: 0 });
    expect(refusal && { code: refusal.code, venueCode: refusal.venueCode, outcome: refusal.outcome }).toEqual(
      answer.isError
        ? {
            code: CLASSES[answer.class as string],
            venueCode: answer.code === null ? undefined : String(answer.code),
            outcome: 'rejected',
          }
        : undefined,
    );
  });
});

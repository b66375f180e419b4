import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printPadded, trimZeros } from '../../../src/simulator/wire/mexc/print-number.js';
import {
  BODY,
  type WireBookTicker,
  type WireDeal,
  type WireMiniTicker,
  writeAggreBookTicker,
  writeAggreDepths,
  writeBookTickerBatch,
  writeDeals,
  writeDepths,
  writeKline,
  writeMiniTicker,
} from '../../../src/simulator/wire/mexc-spot/bodies.js';
import { createFrameEncoder, type WriteBody } from '../../../src/simulator/wire/mexc-spot/frame-encoder.js';
import { ProtoWriter } from '../../../src/simulator/wire/mexc-spot/proto-writer.js';
import { numberOf, readProto, textOf } from '../../support/proto-reader.js';

type Decoded = Record<string, unknown>;

const published = JSON.parse(
  readFileSync(new URL('../../fixtures/mexc-spot-witness-frames.json', import.meta.url), 'utf8'),
) as { frames: { name: string; hex: string; decoded: Decoded }[] };

describe('protobuf frames', () => {
  it.each(published.frames)('encodes $name to the published bytes', ({ hex, decoded }) => {
    const envelope = {
      channel: String(decoded['channel']),
      symbol: String(decoded['symbol'] ?? ''),
      symbolId: String(decoded['symbolId'] ?? ''),
      createTime: Number(decoded['createTime'] ?? 0),
      sendTime: Number(decoded['sendTime'] ?? 0),
    };
    const [bodyField, write] = bodyOf(decoded);
    const frame = createFrameEncoder().frame(envelope, bodyField, write);
    expect(Buffer.from(frame).toString('hex')).toBe(hex);
  });

  it('writes text beyond ASCII as UTF-8 and messages longer than its memory', () => {
    const long = '9'.repeat(3_000);
    const fields = readProto(
      new ProtoWriter()
        .string(1, '龙虾USDT')
        .string(2, long)
        .integer(3, 2 ** 53 - 1)
        .finish(),
    );
    expect([textOf(fields, 1), textOf(fields, 2), numberOf(fields, 3)]).toEqual(['龙虾USDT', long, 2 ** 53 - 1]);
  });

  it('writes decimals digit for digit as text does', () => {
    const inputs = fc.tuple(fc.oneof(fc.nat(), fc.maxSafeNat()), fc.nat(12));
    fc.assert(
      fc.property(inputs, ([units, decimals]) => {
        const text = textOf(readProto(new ProtoWriter().decimal(1, units, decimals).finish()), 1);
        expect(text).toBe(trimZeros(printPadded(units, decimals)));
      }),
    );
  });

  it('leaves default values off the wire and keeps an empty nested message', () => {
    const writer = new ProtoWriter().string(1, '').integer(2, 0).message(3, new ProtoWriter());
    expect([...writer.finish()]).toEqual([26, 0]);
  });

  it('gives out copies: a later frame does not change an earlier one', () => {
    const encoder = createFrameEncoder();
    const first = encoder.frame({ channel: 'a', symbol: 'b' }, 1, () => {});
    const before = [...first];
    encoder.frame({ channel: 'x', symbol: 'y' }, 1, () => {});
    expect([...first]).toEqual(before);
  });
});

/** Finds the writer of a decoded body and fills it from the decoded form. */
function bodyOf(decoded: Decoded): [number, WriteBody] {
  const aggreDepths = decoded['publicAggreDepths'] as Decoded | undefined;
  if (aggreDepths !== undefined) {
    const body = {
      ...depthsOf(aggreDepths),
      fromVersion: Number(aggreDepths['fromVersion']),
      toVersion: Number(aggreDepths['toVersion']),
    };
    return [BODY.aggreDepths, (to, item) => writeAggreDepths(to, item, body)];
  }
  const limitDepths = decoded['publicLimitDepths'] as Decoded | undefined;
  if (limitDepths !== undefined) {
    const body = { ...depthsOf(limitDepths), version: Number(limitDepths['version']) };
    return [BODY.limitDepths, (to, item) => writeDepths(to, item, body)];
  }
  const deals = decoded['publicAggreDeals'] as
    | { deals: (WireDeal & { time: string })[]; eventType: string }
    | undefined;
  if (deals !== undefined) {
    const rows = deals.deals.map((deal) => ({ ...deal, time: Number(deal.time) }));
    return [BODY.aggreDeals, (to, item) => writeDeals(to, item, rows, deals.eventType)];
  }
  const best = decoded['publicAggreBookTicker'] as (Decoded & WireBookTicker) | undefined;
  if (best !== undefined) {
    return [BODY.aggreBookTicker, (to) => writeAggreBookTicker(to, best, text(best, 'version'), time(best))];
  }
  const batch = decoded['publicBookTickerBatch'] as (Decoded & { items: WireBookTicker[] }) | undefined;
  if (batch !== undefined) {
    return [
      BODY.bookTickerBatch,
      (to, item) => writeBookTickerBatch(to, item, batch.items, text(batch, 'version'), time(batch)),
    ];
  }
  const kline = decoded['publicSpotKline'] as Decoded | undefined;
  if (kline !== undefined) {
    const body = {
      interval: text(kline, 'interval'),
      windowStart: Number(kline['windowStart']),
      open: text(kline, 'openingPrice'),
      close: text(kline, 'closingPrice'),
      high: text(kline, 'highestPrice'),
      low: text(kline, 'lowestPrice'),
      volume: text(kline, 'volume'),
      amount: text(kline, 'amount'),
      windowEnd: Number(kline['windowEnd']),
    };
    return [BODY.spotKline, (to) => writeKline(to, body)];
  }
  const mini = decoded['publicMiniTicker'] as WireMiniTicker | undefined;
  if (mini !== undefined) return [BODY.miniTicker, (to) => writeMiniTicker(to, mini)];
  const minis = decoded['publicMiniTickers'] as { items: Partial<WireMiniTicker>[] };
  const absent = { lastCloseRate: '', lastCloseZonedRate: '', lastCloseHigh: '', lastCloseLow: '' };
  return [
    BODY.miniTickers,
    (to, item) => {
      for (const row of minis.items) {
        writeMiniTicker(item.reset(), { ...absent, ...row } as WireMiniTicker);
        to.message(1, item);
      }
    },
  ];
}

function depthsOf(body: Decoded) {
  const levels = (name: string) =>
    ((body[name] ?? []) as { price: string; quantity: string }[]).map(({ price, quantity }) => ({
      priceTicks: Math.round(Number(price) * 100),
      lots: Math.round(Number(quantity) * 1e8),
    }));
  return {
    levels: { asks: levels('asks'), bids: levels('bids'), priceDecimals: 2, quantityDecimals: 8 },
    eventType: text(body, 'eventType'),
    lastOrderCreateTime: time(body),
  };
}

function text(body: Decoded, name: string): string {
  return String(body[name]);
}

function time(body: Decoded): number {
  return Number(body['lastOrderCreateTime'] ?? 0);
}

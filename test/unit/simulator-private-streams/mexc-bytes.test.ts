import { describe, expect, it } from 'vitest';
import type { AccountFill, AccountOrder } from '../../../src/simulator/accounts/account-order.js';
import { parseAmount } from '../../../src/simulator/accounts/amount.js';
import type { Envelope } from '../../../src/simulator/wire/mexc-spot/frame-encoder.js';
import { createFrameEncoder } from '../../../src/simulator/wire/mexc-spot/frame-encoder.js';
import { writeBalance, writeDeal, writeOrder } from '../../../src/simulator/wire/mexc-spot/private/push-bodies.js';
import { readFixture } from '../../support/mexc-frames.js';
import { ACCOUNT, DEALS, ORDERS } from './mexc-pushes.js';

const { frames } = readFixture<{ frames: { name: string; hex: string }[] }>('protobuf-frames');

function published(name: string): string {
  return frames.find((frame) => frame.name === name)!.hex;
}

/** An order of a market with four decimals of price and three of quantity. */
function orderWith(fields: Partial<AccountOrder>, base = 'MX'): AccountOrder {
  const spec = { base, quote: 'USDT', priceDecimals: 4, quantityDecimals: 3 };
  return {
    number: 1,
    type: 'limit',
    timeInForce: 'gtc',
    market: { spec },
    quoteBudget: undefined,
    ...fields,
  } as unknown as AccountOrder;
}

const sold = orderWith({ id: 'C02__505979017439002624115', clientOrderId: 'my-order-1', side: 'sell', type: 'market' });

function fillWith(fields: Partial<AccountFill>): AccountFill {
  return { order: sold, liquidity: 'taker', isSelfTrade: false, ...fields } as AccountFill;
}

function hexOf(
  envelope: Envelope,
  field: number,
  write: Parameters<ReturnType<typeof createFrameEncoder>['frame']>[2],
) {
  return Buffer.from(createFrameEncoder().frame(envelope, field, write)).toString('hex');
}

describe('private pushes are those of the published frames, byte for byte', () => {
  it('an order that is partly filled', () => {
    const order = orderWith(
      {
        id: 'C02__505979017439002624116043',
        clientOrderId: 'my-order-2',
        side: 'buy',
        priceTicks: 650_000_000,
        lots: 10,
        filledLots: 4,
        filledQuote: parseAmount('260')!,
        status: 'open',
        createdAt: 1_782_900_002_000,
      },
      'BTC',
    );
    const envelope = { channel: ORDERS, symbol: 'BTCUSDT', sendTime: 1_782_900_002_281 };
    const fill = fillWith({ order, lots: 4, liquidity: 'maker' });
    expect(hexOf(envelope, 304, (to) => writeOrder(to, order, fill))).toBe(published('private-order-partial'));
  });

  it('an execution', () => {
    const fill = fillWith({
      tradeId: 2_624,
      priceTicks: 36_962,
      lots: 1_000,
      fee: parseAmount('0.0003998377369698171')!,
      feeAsset: 'MX',
      at: 1_782_900_004_280,
    });
    const envelope = { channel: DEALS, symbol: 'MXUSDT', sendTime: 1_782_900_004_332 };
    expect(hexOf(envelope, 306, (to) => writeDeal(to, fill))).toBe(published('private-deal'));
  });

  it('a change of a balance', () => {
    const change = {
      number: 1,
      asset: 'USDT',
      free: parseAmount('95.5978')!,
      locked: parseAmount('4.4022')!,
      freeChange: -parseAmount('4.4022')!,
      lockedChange: parseAmount('4.4022')!,
      cause: 'order_placed',
      at: 1_782_900_003_364,
    } as const;
    const envelope = { channel: ACCOUNT, symbol: '', createTime: change.at, sendTime: 1_782_900_003_373 };
    expect(hexOf(envelope, 307, (to) => writeBalance(to, change))).toBe(published('private-account'));
  });
});

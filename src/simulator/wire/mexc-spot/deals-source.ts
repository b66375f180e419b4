import type { TapeTrade } from '../../contract.js';
import { printTrimmed } from '../mexc/print-number.js';
import type { Source } from '../mexc/source.js';
import { BODY, type WireDeal, writeDeals } from './bodies.js';
import type { SymbolChannel } from './channel.js';
import type { FrameEncoder } from './frame-encoder.js';
import type { CreateSource } from './source.js';

/** Trades since the last push, oldest first, with ids. */
export const createAggreDealsSource: CreateSource = (channel, encoder) =>
  createSource(channel, encoder, BODY.aggreDeals, tradeIdOf);

/** Older channel: the same without ids. */
export const createDealsSource: CreateSource = (channel, encoder) =>
  createSource(channel, encoder, BODY.deals, () => '');

function createSource(
  { name, market, eventType }: SymbolChannel,
  encoder: FrameEncoder,
  bodyField: number,
  idOf: (trade: TapeTrade) => string,
): Source {
  const { id, view } = market;
  const { priceDecimals, quantityDecimals } = view.spec;
  const print = (trade: TapeTrade): WireDeal => ({
    price: printTrimmed(trade.priceTicks, priceDecimals),
    quantity: printTrimmed(trade.lots, quantityDecimals),
    tradeType: trade.takerSide === 'buy' ? 1 : 2,
    time: trade.at,
    tradeId: idOf(trade),
  });
  let lastId = view.recentTrades(1)[0]?.id ?? 0;
  return (now, emit) => {
    const trades = view.tradesSince(lastId);
    if (trades.length === 0) return;
    lastId = trades.at(-1)!.id;
    const deals = trades.map(print);
    const envelope = { channel: name, symbol: id, sendTime: now };
    emit(encoder.frame(envelope, bodyField, (to, item) => writeDeals(to, item, deals, eventType)));
  };
}

/** Digits and a suffix, beyond 2^53, as published samples show; the format is not documented. */
function tradeIdOf({ id }: TapeTrade): string {
  return `7401122${String(id).padStart(11, '0')}X1`;
}

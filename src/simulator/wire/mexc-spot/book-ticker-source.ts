import type { TrueLevel } from '../../contract.js';
import { printTrimmed } from '../mexc/print-number.js';
import type { Source } from '../mexc/source.js';
import { BODY, type WireBookTicker, writeAggreBookTicker, writeBookTicker, writeBookTickerBatch } from './bodies.js';
import type { SymbolChannel } from './channel.js';
import type { FrameEncoder } from './frame-encoder.js';
import type { WireMarket } from './markets.js';
import type { ProtoWriter } from './proto-writer.js';
import type { CreateSource } from './source.js';

interface Best {
  readonly best: WireBookTicker;
  readonly version: string;
  /** Epoch ms. */
  readonly changedAt: number;
}

type WriteBest = (to: ProtoWriter, item: ProtoWriter, state: Best) => void;

/** Best bid and offer whenever one of the four numbers changed, and once at the start. */
export const createAggreBookTickerSource: CreateSource = (channel, encoder) =>
  createSource(channel, encoder, BODY.aggreBookTicker, (to, _item, { best, version, changedAt }) =>
    writeAggreBookTicker(to, best, version, changedAt),
  );

/** The same as a list of one item. */
export const createBookTickerBatchSource: CreateSource = (channel, encoder) =>
  createSource(channel, encoder, BODY.bookTickerBatch, (to, item, { best, version, changedAt }) =>
    writeBookTickerBatch(to, item, [best], version, changedAt),
  );

/** Older channel: without version and time. */
export const createBookTickerSource: CreateSource = (channel, encoder) =>
  createSource(channel, encoder, BODY.bookTicker, (to, _item, { best }) => writeBookTicker(to, best));

function createSource(
  { name, market }: SymbolChannel,
  encoder: FrameEncoder,
  bodyField: number,
  write: WriteBest,
): Source {
  const { id, view } = market;
  let sequence = -1;
  let sent: { readonly bid: TrueLevel | undefined; readonly ask: TrueLevel | undefined } | undefined;
  return (now, emit) => {
    if (view.sequence === sequence) return;
    const book = view.book(1);
    sequence = book.sequence;
    const [bid] = book.bids;
    const [ask] = book.asks;
    if (sent !== undefined && isSame(sent.bid, bid) && isSame(sent.ask, ask)) return;
    sent = { bid, ask };
    const state = { best: printBest(market, bid, ask), version: String(sequence), changedAt: view.changedAt };
    const envelope = { channel: name, symbol: id, sendTime: now };
    emit(encoder.frame(envelope, bodyField, (to, item) => write(to, item, state)));
  };
}

function printBest({ view }: WireMarket, bid: TrueLevel | undefined, ask: TrueLevel | undefined): WireBookTicker {
  const { priceDecimals, quantityDecimals } = view.spec;
  return {
    bidPrice: bid === undefined ? '' : printTrimmed(bid.priceTicks, priceDecimals),
    bidQuantity: bid === undefined ? '' : printTrimmed(bid.lots, quantityDecimals),
    askPrice: ask === undefined ? '' : printTrimmed(ask.priceTicks, priceDecimals),
    askQuantity: ask === undefined ? '' : printTrimmed(ask.lots, quantityDecimals),
  };
}

function isSame(a: TrueLevel | undefined, b: TrueLevel | undefined): boolean {
  return a?.priceTicks === b?.priceTicks && a?.lots === b?.lots;
}

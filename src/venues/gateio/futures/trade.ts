import { malformed, readId, readObject, readPrice, readSignedNumber } from '../../../adapter/read.js';
import type { Instrument } from '../../../model/instrument.js';
import type { Trade } from '../../../model/trade.js';
import type { TradesView } from '../push-views.js';
import { scaleOf } from './contract-terms.js';
import { readMoment } from './moment.js';

/**
 * Reads one public trade: contracts above zero were bought by the taker, below zero sold. The endpoint sends its time in
 * seconds with a fraction, the channel in ms, in the same field.
 * Source: Gate API v4 docs, futures trading history; Gate futures WebSocket v4 docs, trades.
 * @throws {MalformedResponseError} when a field is missing or impossible.
 */
export function decodeTrade(row: unknown, instrument: Instrument): Trade {
  const { id, price: priceText, size, create_time, create_time_ms } = readObject(row, 'trade');
  const price = readPrice(priceText, 'trade price');
  const contracts = readSignedNumber(size, 'trade size');
  if (contracts === 0) throw malformed('trade size', 'a number of contracts other than zero', size);
  return {
    symbol: instrument.symbol,
    id: readId(id, 'trade id'),
    price,
    quantity: scaleOf(instrument)(Math.abs(contracts), price),
    takerSide: contracts > 0 ? 'buy' : 'sell',
    matchedAt: readMoment(create_time_ms ?? create_time, 'trade create_time'),
  };
}

/** The same trades as the general way makes of the rows. */
export function tradesOf(view: TradesView, instrument: Instrument): Trade[] {
  const { symbol } = instrument;
  const toBase = scaleOf(instrument);
  const trades = new Array<Trade>(view.count);
  for (let row = 0; row < trades.length; row++) {
    const contracts = view.size(row);
    const price = view.price(row);
    const quantity = toBase(Math.abs(contracts), price);
    const takerSide = contracts > 0 ? 'buy' : 'sell';
    trades[row] = { symbol, id: view.id(row), price, quantity, takerSide, matchedAt: view.matchedAt(row) };
  }
  return trades;
}

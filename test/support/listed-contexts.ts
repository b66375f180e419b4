import type { AccountChannelContext } from '../../src/adapter/account-streams.js';
import type { ChannelContext } from '../../src/adapter/channel.js';
import type { DecodeContext, EncodeContext } from '../../src/adapter/endpoint.js';
import { ValidationError } from '../../src/errors/kinds.js';
import type { Instrument } from '../../src/model/instrument.js';
import type { MarketSymbol } from '../../src/model/symbol.js';

/** What a venue's encoders and decoders are given where these instruments are listed and everything arrives at `now`. */
export function listedContexts(instruments: readonly Instrument[], now: number) {
  const listed = (symbol: MarketSymbol): Instrument => {
    const found = instruments.find((one) => one.symbol === symbol);
    if (found !== undefined) return found;
    throw new ValidationError({ field: 'symbol', expected: 'a listed symbol', received: symbol });
  };
  const encodeContext: EncodeContext = { toVenue: (symbol) => listed(symbol).venueSymbol, instrument: listed };
  /** Notes drift in `drifts`. */
  const decodeContext = (drifts: string[] = []): DecodeContext => ({
    toCanonical: (name) => instruments.find(({ venueSymbol }) => venueSymbol === name)?.symbol,
    instrument: listed,
    receivedAt: now,
    drift: (what) => void drifts.push(what),
  });
  const accountContext = (drifts: string[] = [], venueTime = Number.NaN): AccountChannelContext => ({
    ...decodeContext(drifts),
    venueTime,
  });
  const channelContext = <P extends { readonly symbol: MarketSymbol }>(
    params: P,
    venueTime = Number.NaN,
  ): ChannelContext<P> => ({
    symbol: params.symbol,
    params,
    instrument: listed(params.symbol),
    receivedAt: now,
    venueTime,
  });
  return { encodeContext, decodeContext, accountContext, channelContext };
}

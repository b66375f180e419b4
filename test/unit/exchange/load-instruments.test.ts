import { describe, expect, it } from 'vitest';
import { defineEndpoint } from '../../../src/adapter/endpoint.js';
import { loadInstruments } from '../../../src/exchange/load-instruments.js';
import type { RestClient } from '../../../src/exchange/rest-client.js';
import type { Instrument } from '../../../src/model/instrument.js';
import { type MarketSymbol, makeSymbol } from '../../../src/model/symbol.js';
import { gateioSpot } from '../../../src/venues/gateio/spot/venue.js';
import { SOME_INSTRUMENT } from '../../support/no-instrument.js';

const listed = Array.from({ length: 7 }, (_, at) => named(makeSymbol(`A${at}`, 'USDT')));
const GET = { method: 'GET', path: '/list', auth: 'none', cost: {}, idempotent: true, encode: () => ({}) } as const;
const instruments = defineEndpoint<void, readonly Instrument[]>({ ...GET, decode: () => [] });
const moreInstruments = defineEndpoint<{ readonly offset: number }, readonly Instrument[]>({
  ...GET,
  decode: () => [],
});

function named(symbol: MarketSymbol): Instrument {
  return { ...SOME_INSTRUMENT, symbol };
}

/** A venue that lists so many rows in one answer, `unreadable` of them in the first. */
function restOf(rows: number, unreadable = 0) {
  const offsets: number[] = [];
  const call = (_endpoint: unknown, params: { readonly offset: number } | undefined) => {
    const offset = params?.offset ?? 0;
    offsets.push(offset);
    const page = listed.slice(offset, offset + rows);
    return Promise.resolve(offset === 0 ? page.slice(unreadable) : page);
  };
  return { offsets, rest: { call } as unknown as RestClient };
}

describe('the list of instruments', () => {
  const market = { ...gateioSpot.market, instruments };

  it('is one call where the venue has one call for it', async () => {
    const { rest, offsets } = restOf(3);
    expect(await loadInstruments(market, rest)).toEqual(listed.slice(0, 3));
    expect(offsets).toEqual([0]);
  });

  it('is read page by page until one brings nothing new', async () => {
    const { rest, offsets } = restOf(3);
    expect(await loadInstruments({ ...market, moreInstruments }, rest)).toEqual(listed);
    expect(offsets).toEqual([0, 3, 6, 7]);
  });

  it('has no hole behind a page with rows that cannot be read', async () => {
    const { rest, offsets } = restOf(3, 1);
    expect(await loadInstruments({ ...market, moreInstruments }, rest)).toEqual(listed.slice(1));
    expect(offsets).toEqual([0, 2, 4, 6]);
  });

  it('ends with an answer that holds everything', async () => {
    const { rest, offsets } = restOf(10);
    expect(await loadInstruments({ ...market, moreInstruments }, rest)).toEqual(listed);
    expect(offsets).toEqual([0, 7]);
  });
});

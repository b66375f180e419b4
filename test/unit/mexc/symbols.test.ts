import { describe, expect, it } from 'vitest';
import { decodeInstrument, decodeInstruments } from '../../../src/venues/mexc/spot/symbols.js';

const ROW = {
  symbol: 'KITEUSDT',
  status: '1',
  baseAsset: 'KITE',
  quoteAsset: 'USDT',
  baseAssetPrecision: 2,
  quotePrecision: 5,
  baseSizePrecision: '0.50',
  quoteAmountPrecision: '1.000',
  quoteAmountPrecisionMarket: '5',
  maxQuoteAmount: '2000000',
  maxQuoteAmountMarket: '100000',
  makerCommission: '0',
  takerCommission: '0.0005',
  orderTypes: ['LIMIT', 'LIMIT_MAKER'],
  isSpotTradingAllowed: true,
  tradeSideType: 1,
};
const noDrift = (what: string) => expect.unreachable(what);

describe('an instrument', () => {
  it('carries every rule of its row', () => {
    expect(decodeInstrument(ROW, noDrift)).toEqual({
      symbol: 'KITE/USDT',
      venueSymbol: 'KITEUSDT',
      kind: 'spot',
      base: 'KITE',
      quote: 'USDT',
      status: 'trading',
      tickSize: '0.00001',
      lotSize: '0.01',
      minQuantity: '0.5',
      minNotional: '1',
      maxNotional: '2000000',
      minMarketNotional: '5',
      maxMarketNotional: '100000',
      makerFee: '0',
      takerFee: '0.0005',
      marketOrders: false,
      raw: ROW,
    });
  });

  it('may have a name that is not ASCII', () => {
    const row = { ...ROW, symbol: '龙虾USDT', baseAsset: '龙虾' };
    expect(decodeInstrument(row, noDrift)).toMatchObject({
      symbol: '龙虾/USDT',
      venueSymbol: '龙虾USDT',
      base: '龙虾',
    });
  });

  it('leaves out bounds that the venue does not state', () => {
    const {
      baseSizePrecision: _,
      quoteAmountPrecisionMarket: __,
      ...row
    } = { ...ROW, quoteAmountPrecision: '0', maxQuoteAmount: '' };
    const instrument = decodeInstrument(row, noDrift);
    expect(instrument.minQuantity).toBe('0.01');
    expect(Object.keys(instrument)).not.toEqual(expect.arrayContaining(['minNotional']));
    expect(Object.keys(instrument)).not.toEqual(expect.arrayContaining(['minMarketNotional']));
    expect(Object.keys(instrument)).not.toEqual(expect.arrayContaining(['maxNotional']));
    expect(instrument.maxMarketNotional).toBe('100000');
  });

  it.each([
    [{}, 'trading'],
    [{ status: 'ENABLED' }, 'trading'],
    [{ status: '2' }, 'halted'],
    [{ status: '3', isSpotTradingAllowed: false }, 'delisted'],
    [{ tradeSideType: '2' }, 'buy_only'],
    [{ tradeSideType: 3 }, 'sell_only'],
    [{ tradeSideType: 4 }, 'halted'],
    [{ isSpotTradingAllowed: false }, 'halted'],
  ])('has the status that its row says: %j', (change, status) => {
    expect(decodeInstrument({ ...ROW, ...change }, noDrift).status).toBe(status);
  });

  it.each([
    [{ status: '9' }, 'instrument status: 9'],
    [{ status: undefined }, 'instrument status: undefined'],
    [{ status: { toString: 1 } }, 'instrument status: object'],
    [{ tradeSideType: 7 }, 'instrument tradeSideType: 7'],
    [{ tradeSideType: undefined }, 'instrument tradeSideType: undefined'],
    [{ isSpotTradingAllowed: undefined }, 'instrument isSpotTradingAllowed: neither true nor false'],
  ])('has an unknown status, reported, where the row says something new: %j', (change, what) => {
    const drifts: string[] = [];
    expect(decodeInstrument({ ...ROW, ...change }, (drift) => drifts.push(drift)).status).toBe('unknown');
    expect(drifts).toEqual([what]);
  });
});

describe('a row that cannot be read', () => {
  it.each([
    [null],
    [[]],
    [{ ...ROW, symbol: '' }],
    [{ ...ROW, baseAsset: undefined }],
    [{ ...ROW, baseAsset: 'A B' }],
    [{ ...ROW, quoteAsset: 'US/DT' }],
    [{ ...ROW, quotePrecision: undefined }],
    [{ ...ROW, quotePrecision: -1 }],
    [{ ...ROW, quotePrecision: 2.5 }],
    [{ ...ROW, baseAssetPrecision: 1_000 }],
    [{ ...ROW, baseSizePrecision: '1e-5' }],
    [{ ...ROW, quoteAmountPrecision: '-1' }],
    [{ ...ROW, takerCommission: 'NaN' }],
  ])('is left out and reported, and the others stay: %j', (bad) => {
    const drifts: string[] = [];
    const instruments = decodeInstruments([ROW, bad, { ...ROW, symbol: 'ABUSDT', baseAsset: 'AB' }], (what) =>
      drifts.push(what),
    );
    expect(instruments.map(({ symbol }) => symbol)).toEqual(['KITE/USDT', 'AB/USDT']);
    expect(drifts).toHaveLength(1);
    expect(drifts[0]).toMatch(/^instrument left out: /);
  });
});

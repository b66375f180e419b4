import { describe, expect, it } from 'vitest';
import { mexcFutures } from '../../../src/venues/mexc/index.js';
import { contractRow, decodeContext, INVERSE, INVERSE_ROW, LINEAR, success } from './support.js';

const { instruments } = mexcFutures.market;

function list(rows: unknown, drifts: string[] = []) {
  return instruments.decode(success(rows), undefined, decodeContext(drifts));
}

describe('the list of contracts', () => {
  it('gives a linear perpetual in base asset', () => {
    expect(LINEAR).toEqual({
      symbol: 'BTC/USDT:USDT',
      venueSymbol: 'BTC_USDT',
      kind: 'perpetual',
      base: 'BTC',
      quote: 'USDT',
      settle: 'USDT',
      status: 'trading',
      tickSize: '0.1',
      lotSize: '0.0001',
      minQuantity: '0.0001',
      maxQuantity: '150',
      makerFee: '0.0001',
      takerFee: '0.0004',
      contractSize: '0.0001',
      contracts: { kind: 'linear', size: '0.0001', step: '1', min: '1', max: '1500000' },
      minLeverage: '1',
      maxLeverage: '500',
      raw: contractRow(),
    });
  });

  it('gives an inverse perpetual, bound in contracts alone', () => {
    expect(INVERSE).toEqual({
      symbol: 'BTC/USD:BTC',
      venueSymbol: 'BTC_USD',
      kind: 'perpetual',
      base: 'BTC',
      quote: 'USD',
      settle: 'BTC',
      status: 'trading',
      tickSize: '0.5',
      lotSize: '0.00000001',
      minQuantity: '0.00000001',
      makerFee: '0.0001',
      takerFee: '0.0004',
      contractSize: '100',
      contracts: { kind: 'inverse', size: '100', step: '1', min: '1', max: '1500000' },
      minLeverage: '1',
      maxLeverage: '500',
      raw: INVERSE_ROW,
    });
  });

  it('prints small numbers in plain notation', () => {
    const [row] = list([contractRow({ contractSize: 1e-7, priceUnit: 5e-7, minVol: 2 })]);
    expect(row).toMatchObject({ tickSize: '0.0000005', contractSize: '0.0000001', minQuantity: '0.0000002' });
  });

  it('takes the tick from priceUnit, never from priceScale', () => {
    expect(list([contractRow({ priceScale: 1, priceUnit: 0.5 })])[0]?.tickSize).toBe('0.5');
  });

  it('names the asset as baseCoinName does', () => {
    expect(list([contractRow({ baseCoin: 'LUNANEW', baseCoinName: 'LUNA' })])[0]?.symbol).toBe('LUNA/USDT:USDT');
  });

  it('bounds market orders apart where limit orders have a bound of their own', () => {
    expect(list([contractRow({ maxVol: 1_000, limitMaxVol: 3_000 })])[0]?.contracts).toEqual({
      kind: 'linear',
      size: '0.0001',
      step: '1',
      min: '1',
      max: '3000',
      maxMarket: '1000',
    });
    expect(list([contractRow({ maxVol: 1_000, limitMaxVol: undefined })])[0]?.contracts).not.toHaveProperty(
      'maxMarket',
    );
    expect(list([contractRow({ maxVol: 0, limitMaxVol: null })])[0]?.contracts).toEqual({
      kind: 'linear',
      size: '0.0001',
      step: '1',
      min: '1',
    });
  });

  it.each([
    [{ state: 0 }, 'trading'],
    [{ apiAllowed: false }, 'halted'],
    [{ isHidden: true }, 'halted'],
    [{ state: 1 }, 'delisted'],
    [{ state: 2 }, 'delisted'],
    [{ state: 3 }, 'delisted'],
    [{ state: 4 }, 'halted'],
  ])('reads %o as %s', (changes, status) => {
    expect(list([contractRow(changes)])[0]?.status).toBe(status);
  });

  it.each([
    [{ state: 9 }, 'contract state: 9'],
    [{ state: '0' }, 'contract state: string'],
    [{ apiAllowed: undefined }, 'contract apiAllowed: neither true nor false'],
  ])('calls %o unknown and reports it', (changes, drift) => {
    const drifts: string[] = [];
    expect(list([contractRow(changes)], drifts)[0]?.status).toBe('unknown');
    expect(drifts).toEqual([drift]);
  });

  it('leaves out contracts with an end, silently', () => {
    const drifts: string[] = [];
    expect(list([contractRow({ futureType: 2 }), contractRow()], drifts).map(({ symbol }) => symbol)).toEqual([
      'BTC/USDT:USDT',
    ]);
    expect(drifts).toEqual([]);
  });

  it.each([
    ['symbol', undefined],
    ['symbol', ''],
    ['baseCoinName', 'A/B'],
    ['quoteCoin', null],
    ['settleCoin', 7],
    ['settleCoin', 'ETH'],
    ['futureType', undefined],
    ['contractSize', 0],
    ['contractSize', -1],
    ['contractSize', 'x'],
    ['priceUnit', 0],
    ['priceUnit', null],
    ['volUnit', 0],
    ['minVol', Number.NaN],
    ['maxVol', -5],
    ['makerFeeRate', {}],
    ['maxLeverage', 0],
  ])('leaves out a row whose %s is %o, and reports it', (field, value) => {
    const drifts: string[] = [];
    expect(list([contractRow({ [field]: value }), INVERSE_ROW], drifts)).toEqual([INVERSE]);
    expect(drifts).toHaveLength(1);
    expect(drifts[0]).toMatch(/^contract left out: /);
  });

  it('may come as a page, or as one object inside a list only', () => {
    expect(list({ resultList: [contractRow()] })).toEqual([LINEAR]);
    expect(() => list('x')).toThrow('contract detail: expected an object, received string');
    expect(() => list({ resultList: 7 })).toThrow('contract detail resultList: expected an array, received number');
  });
});

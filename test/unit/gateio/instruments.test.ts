import { describe, expect, it } from 'vitest';
import { decodeInstrument, decodeInstruments } from '../../../src/venues/gateio/spot/symbols.js';
import { codeThrownBy, createDecodeContext, NOW } from '../../support/gateio-contexts.js';

const PAIR = {
  id: 'ABC_USDT',
  base: 'ABC',
  base_name: 'Abc',
  quote: 'USDT',
  fee: '0.2',
  min_base_amount: '0.5',
  min_quote_amount: '3',
  max_base_amount: '9000',
  max_quote_amount: '5000000',
  amount_precision: 2,
  precision: 4,
  trade_status: 'tradable',
  sell_start: 0,
  buy_start: 0,
  delisting_time: 0,
  market_order_max_stock: '100',
  market_order_max_money: '1000000',
};

const SECONDS = NOW / 1_000;
const statusOf = (changes: object) => decodeInstrument({ ...PAIR, ...changes }, createDecodeContext()).status;
const readWith = (changes: object) => decodeInstrument({ ...PAIR, ...changes }, createDecodeContext());

describe('Gate.io instruments', () => {
  it('reads every rule of a pair, digit for digit, and turns the fee from percent into a fraction', () => {
    expect(readWith({})).toEqual({
      symbol: 'ABC/USDT',
      venueSymbol: 'ABC_USDT',
      kind: 'spot',
      base: 'ABC',
      quote: 'USDT',
      status: 'trading',
      tickSize: '0.0001',
      lotSize: '0.01',
      minQuantity: '0.5',
      maxQuantity: '9000',
      minNotional: '3',
      maxNotional: '5000000',
      maxMarketNotional: '1000000',
      makerFee: '0.002',
      takerFee: '0.002',
      raw: PAIR,
    });
  });

  it('leaves out limits that are null, empty, zero or missing, and falls back to the lot size', () => {
    const { id, base, quote, amount_precision, precision, trade_status } = PAIR;
    const bare = { id, base, quote, amount_precision, precision, trade_status, max_base_amount: null };
    const row = { ...bare, min_base_amount: '0', max_quote_amount: '', market_order_max_money: '0.0' };
    expect(decodeInstrument(row, createDecodeContext())).toEqual({
      symbol: 'ABC/USDT',
      venueSymbol: 'ABC_USDT',
      kind: 'spot',
      base: 'ABC',
      quote: 'USDT',
      status: 'trading',
      tickSize: '0.0001',
      lotSize: '0.01',
      minQuantity: '0.01',
      raw: row,
    });
  });

  it('maps names of any characters without cutting them', () => {
    expect(readWith({ id: '币安人生_USDT', base: '币安人生' }).symbol).toBe('币安人生/USDT');
    expect(readWith({ id: 'USDTUSD_BTC', base: 'USDTUSD', quote: 'BTC' }).symbol).toBe('USDTUSD/BTC');
    expect(readWith({ base: '__proto__', quote: 'constructor' }).symbol).toBe('__proto__/constructor');
  });

  it.each([
    ['tradable', {}, 'trading'],
    ['buyable', {}, 'buy_only'],
    ['sellable', {}, 'sell_only'],
    ['untradable', {}, 'halted'],
    ['tradable', { buy_start: SECONDS + 1 }, 'sell_only'],
    ['tradable', { sell_start: SECONDS + 1 }, 'buy_only'],
    ['tradable', { buy_start: SECONDS, sell_start: SECONDS }, 'trading'],
    ['tradable', { buy_start: SECONDS + 1, sell_start: SECONDS + 1 }, 'halted'],
    ['buyable', { buy_start: SECONDS + 1 }, 'halted'],
    ['tradable', { delisting_time: SECONDS }, 'delisted'],
    ['tradable', { delisting_time: SECONDS + 1 }, 'trading'],
  ])('knows who may trade: %s with %o is %s', (trade_status, changes, expected) => {
    expect(statusOf({ trade_status, ...changes })).toBe(expected);
  });

  it('calls a trade status that it does not know unknown, and reports it', () => {
    const context = createDecodeContext();
    expect(decodeInstrument({ ...PAIR, trade_status: 'constructor' }, context).status).toBe('unknown');
    expect(context.drifts).toEqual(['ABC_USDT trade_status constructor']);
  });

  it.each([
    ['id', [undefined, '', 7, {}]],
    ['base', [undefined, '', null, 'A/B', 'A B', 'A:B']],
    ['quote', [undefined, '', 5]],
    ['precision', [undefined, null, -1, 41, 1.5, '2e1', Number.NaN]],
    ['amount_precision', [undefined, null, -1, 41, '', 'x']],
    ['fee', ['1e-3', 0.2, 'constructor', {}]],
    ['min_base_amount', ['-1', 'NaN', 3, {}, '1e5']],
    ['max_quote_amount', ['-0.5', [], true]],
    ['buy_start', [-1, 'soon', {}]],
    ['delisting_time', [Number.NaN, 'never']],
  ])('leaves out a row with an impossible %s, keeps the others, and says which', (field, values) => {
    for (const value of values) {
      const context = createDecodeContext();
      const read = decodeInstruments(
        [
          { ...PAIR, [field]: value },
          { ...PAIR, id: 'OK_USDT', base: 'OK' },
        ],
        context,
      );
      expect(read.map(({ symbol }) => symbol)).toEqual(['OK/USDT']);
      expect(context.drifts).toHaveLength(1);
      expect(context.drifts[0]).toMatch(/^currency_pairs row left out: /);
    }
  });

  it('leaves out rows that are no objects', () => {
    const context = createDecodeContext();
    expect(decodeInstruments([null, 7, 'BTC_USDT', [], PAIR], context)).toHaveLength(1);
    expect(context.drifts).toHaveLength(4);
  });

  it('refuses a body that is not a list', () => {
    for (const body of [null, {}, 'x', 1, undefined]) {
      expect(codeThrownBy(() => decodeInstruments(body, createDecodeContext()))).toBe('malformed_response');
    }
  });
});

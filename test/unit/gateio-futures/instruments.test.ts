import { describe, expect, it } from 'vitest';
import { amountsOfContracts, contractsOfAmount } from '../../../src/model/contracts.js';
import { toDecimal } from '../../../src/model/decimal.js';
import { gateioFutures, gateioFuturesBtc } from '../../../src/venues/gateio/index.js';
import fixture from '../../fixtures/gateio/futures.json' with { type: 'json' };
import { contractRow, decodeContext, ETH_ROW, INVERSE, INVERSE_ROW, LINEAR, SPLIT } from './support.js';

const list = (rows: unknown, drifts: string[] = [], venue = gateioFutures) =>
  venue.market.instruments.decode(rows, undefined, decodeContext(drifts));
const statusOf = (changes: Record<string, unknown>) => list([contractRow(changes)])[0]?.status;

describe('A contract of Gate.io', () => {
  it('that is linear counts base asset', () => {
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
      maxQuantity: '100',
      makerFee: '-0.0001',
      takerFee: '0.00075',
      contractSize: '0.0001',
      contracts: { kind: 'linear', size: '0.0001', step: '1', min: '1', max: '1000000' },
      minLeverage: '1',
      maxLeverage: '125',
      fundingIntervalMs: 28_800_000,
      raw: contractRow(),
    });
  });

  it('that may be split steps by tenths', () => {
    expect(SPLIT.contracts).toEqual({ kind: 'linear', size: '0.01', step: '0.1', min: '0.1', max: '1000000' });
    expect([SPLIT.lotSize, SPLIT.minQuantity]).toEqual(['0.001', '0.001']);
  });

  it('that is inverse counts quote asset, whatever its multiplier says', () => {
    expect(INVERSE).toMatchObject({
      symbol: 'BTC/USD:BTC',
      base: 'BTC',
      quote: 'USD',
      settle: 'BTC',
      lotSize: '0.00000001',
      minNotional: '1',
      maxNotional: '1000000',
      contractSize: '1',
      contracts: { kind: 'inverse', size: '1', step: '1', min: '1', max: '1000000' },
    });
    expect(INVERSE.maxQuantity).toBeUndefined();
  });

  it('states a limit of market orders only where it differs', () => {
    const [other] = list([contractRow({ market_order_size_max: '2000', order_size_max: 5 })]);
    expect(other?.contracts).toMatchObject({ max: '5', maxMarket: '2000' });
  });

  it('keeps a name that is not ASCII, and one with an underscore', () => {
    expect(list([contractRow({ name: '币安人生_USDT' })])[0]?.symbol).toBe('币安人生/USDT:USDT');
    expect(list([contractRow({ name: 'A_B_USDT' })])[0]).toMatchObject({ base: 'A_B', symbol: 'A_B/USDT:USDT' });
  });

  it.each([
    [{ status: 'trading' }, 'trading'],
    [{ status: 'trading', in_delisting: true }, 'reduce_only'],
    [{ status: 'delisting', in_delisting: true }, 'reduce_only'],
    [{ status: 'delisting', in_delisting: true, position_size: '0' }, 'delisted'],
    [{ status: 'delisted' }, 'delisted'],
    [{ status: 'prelaunch' }, 'halted'],
    [{ status: 'circuit_breaker' }, 'halted'],
    [{ status: 'suspend' }, 'halted'],
    [{ status: 'dreaming' }, 'unknown'],
    [{ status: undefined }, 'unknown'],
  ])('with %j is %s', (changes, status) => {
    expect(statusOf(changes)).toBe(status);
  });

  it('in a state that nobody knows is reported', () => {
    const drifts: string[] = [];
    list([contractRow({ status: 'dreaming' })], drifts);
    expect(drifts).toEqual(['BTC_USDT status dreaming']);
  });

  it.each([
    ['no name', { name: undefined }],
    ['a name without a quote', { name: 'BTCUSDT' }],
    ['another settle currency', { name: 'BTC_USDC' }],
    ['a type that nobody knows', { type: 'quanto' }],
    ['no size', { quanto_multiplier: '0' }],
    ['a size below zero', { quanto_multiplier: '-0.0001' }],
    ['no tick', { order_price_round: undefined }],
    ['a tick of zero', { order_price_round: '0' }],
    ['a limit that is no number', { order_size_max: 'many' }],
    ['a smallest size that is no number', { order_size_min: {} }],
    ['an inverse type here', { type: 'inverse' }],
  ])('with %s is left out and reported, and no other', (_why, changes) => {
    const drifts: string[] = [];
    expect(list([contractRow(changes), ETH_ROW], drifts).map(({ symbol }) => symbol)).toEqual(['ETH/USDT:USDT']);
    expect(drifts).toHaveLength(1);
  });

  it('of the other settle currency is left out of each list', () => {
    const drifts: string[] = [];
    expect(list([INVERSE_ROW], drifts)).toEqual([]);
    expect(list([contractRow()], drifts, gateioFuturesBtc)).toEqual([]);
    expect(list([contractRow({ name: 'ETH_USD' })], drifts, gateioFuturesBtc)).toEqual([]);
    expect(list([INVERSE_ROW], [], gateioFuturesBtc)).toHaveLength(1);
    expect(drifts).toHaveLength(3);
  });

  it.each([undefined, null, {}, 'list', 7])('list that is none fails: %o', (body) => {
    expect(() => list(body)).toThrow('contracts: expected an array');
  });

  it('list comes in pages behind the first answer', () => {
    const { instruments, moreInstruments } = gateioFutures.market;
    const context = { toVenue: () => '', instrument: () => LINEAR };
    expect(instruments.encode(undefined, context)).toEqual({});
    expect(moreInstruments?.encode({ offset: 857 }, context)).toEqual({ query: { limit: 100, offset: 857 } });
    expect(moreInstruments?.decode([ETH_ROW], { offset: 1 }, decodeContext())).toEqual([SPLIT]);
  });
});

describe('Published sizes', () => {
  const example = (name: string) => {
    const found = fixture.sizes.find((size) => size.name === name);
    if (found === undefined) throw new Error(`no example ${name}`);
    return found;
  };

  it.each([
    ['size-linear', LINEAR],
    ['size-linear-decimal', SPLIT],
  ])('%s come out in base asset, and go back to contracts', (name, { contracts: terms }) => {
    const { input, expected } = example(name);
    if (terms === undefined) throw new Error('no terms');
    const size = toDecimal((input.sizeContracts ?? '').replace('-', ''));
    const { quantity } = amountsOfContracts(size, terms);
    expect(quantity).toBe(expected.baseQty);
    expect(contractsOfAmount(toDecimal(expected.baseQty ?? ''), terms)).toBe(size);
  });

  it('size-inverse comes out in quote asset, and in base asset at its price', () => {
    const { input, expected } = example('size-inverse');
    if (INVERSE.contracts === undefined) throw new Error('no terms');
    const { sizeContracts = '', price = '' } = input;
    expect(amountsOfContracts(toDecimal(sizeContracts), INVERSE.contracts, toDecimal(price))).toEqual({
      quantity: expected.baseQty,
      quoteQuantity: expected.usdValue,
    });
  });

  it('size-linear-from-base is refused unless it is rounded to contracts first', () => {
    const { input, expected } = example('size-linear-from-base');
    const terms = LINEAR.contracts;
    if (terms === undefined) throw new Error('no terms');
    expect(() => contractsOfAmount(toDecimal(input.baseQty ?? ''), terms)).toThrow('quantity: expected a multiple');
    expect(contractsOfAmount(toDecimal('0.1234'), terms)).toBe(expected.sizeContracts);
  });
});

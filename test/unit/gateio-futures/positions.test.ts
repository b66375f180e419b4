import { describe, expect, it } from 'vitest';
import type { SettingsChange } from '../../../src/adapter/position-endpoints.js';
import { toDecimal as d } from '../../../src/model/decimal.js';
import { gateioFuturesBtc } from '../../../src/venues/gateio/index.js';
import { decodeContext, encodeContext, NOW, positionRow, privateHalf } from './support.js';

const { positions, account } = privateHalf();
const BTC = { symbol: 'BTC/USDT:USDT' } as const;
const list = (rows: unknown, params: { symbol?: 'BTC/USDT:USDT' } = {}, drifts: string[] = []) =>
  positions.list.decode(rows, params, decodeContext(drifts));

describe('A position of Gate.io futures', () => {
  it('is told in base asset, its side by the sign', () => {
    expect(list([positionRow()])).toEqual([
      {
        ...BTC,
        mode: 'one_way',
        side: 'short',
        quantity: '0.944',
        contracts: '9440',
        entryPrice: '91250.1',
        markPrice: '91218.35',
        liquidationPrice: '99997.3',
        margin: '4.43',
        unrealizedPnl: '29.9',
        realizedPnl: '-1.2',
        version: 170_919,
        updatedAt: 1_767_225_700_000,
        marginMode: 'cross',
        leverage: '10',
        settle: 'USDT',
        receivedAt: NOW,
      },
    ]);
  });

  it.each([
    [{ mode: 'dual_long', size: '5' }, 'hedge', 'long'],
    [{ mode: 'dual_short', size: '-5' }, 'hedge', 'short'],
    [{ mode: 'single', size: 5 }, 'one_way', 'long'],
  ])('of %j is in mode %s and %s', (changes, mode, side) => {
    expect(list([positionRow(changes)])).toMatchObject([{ mode, side, contracts: '5' }]);
  });

  it.each([
    [{ pos_margin_mode: undefined, leverage: '0', lever: undefined }, 'cross', '10'],
    [{ pos_margin_mode: undefined, leverage: '20', lever: undefined }, 'isolated', '20'],
    [{ pos_margin_mode: 'isolated', leverage: '20', lever: '' }, 'isolated', '20'],
    [{ pos_margin_mode: 'cross', leverage: 0, lever: undefined, cross_leverage_limit: '0' }, 'cross', undefined],
  ])('with %j has %s margin and leverage %s', (changes, marginMode, leverage) => {
    const [position] = list([positionRow(changes)]);
    expect([position?.marginMode, position?.leverage]).toEqual([marginMode, leverage]);
  });

  it.each(['-12.5', '0', '', undefined])(
    'that no price liquidates (%o) is read all the same, without one',
    (liq_price) => {
      expect(list([positionRow({ liq_price })])).toMatchObject([{ contracts: '9440' }]);
      expect(list([positionRow({ liq_price })])[0]).not.toHaveProperty('liquidationPrice');
    },
  );

  it('of inverse contracts is base asset at the entry price, and settles in it', () => {
    const rows = [positionRow({ contract: 'BTC_USD', size: '9120', entry_price: '91200' })];
    const found = privateHalf(gateioFuturesBtc).positions.list.decode(rows, {}, decodeContext());
    expect(found).toMatchObject([{ symbol: 'BTC/USD:BTC', quantity: '0.1', contracts: '9120', settle: 'BTC' }]);
  });

  it('that is flat, of another market, or of one that is not listed here is left out', () => {
    const drifts: string[] = [];
    const rows = [
      positionRow({ size: '0' }),
      positionRow({ contract: 'ETH_USDT' }),
      positionRow({ contract: 'NEW_USDT' }),
    ];
    expect(list(rows, BTC, drifts)).toEqual([]);
    expect(drifts).toEqual(['position of the unknown market NEW_USDT']);
  });

  it.each([
    ['size', undefined],
    ['size', 'many'],
    ['mode', 'split'],
    ['entry_price', '-1'],
    ['liq_price', 'near'],
    ['update_id', 1.5],
  ])('with %s %s is refused', (field, value) => {
    expect(() => list([positionRow({ [field]: value })])).toThrow(/position/);
  });
});

describe('Settings of positions', () => {
  const read = (rows: unknown[]) => positions.settings?.decode(rows, BTC, decodeContext());
  const change = (changes: Partial<SettingsChange>): SettingsChange => ({
    ...BTC,
    current: { mode: 'one_way', marginMode: 'cross', leverage: d('10') },
    positions: [],
    ...changes,
  });

  it('are those of the market, held or not, one for each side where these differ', () => {
    const other = positionRow({ contract: 'ETH_USDT', lever: '3' });
    expect(read([other, positionRow({ size: '0' })])).toEqual({ marginMode: 'cross', leverage: '10' });
    expect(read([positionRow({ mode: 'dual_short', lever: '5' }), positionRow({ mode: 'dual_long' })])).toEqual({
      marginMode: 'cross',
      leverage: '10',
      shortLeverage: '5',
    });
    expect(read([other])).toEqual({});
  });

  it('travel in the query, in the call of the mode; cross margin is a leverage of zero', () => {
    const hedge = { mode: 'hedge', marginMode: 'isolated' } as const;
    expect(positions.setLeverage.encode(change({ leverage: d('20') }), encodeContext)).toEqual({
      path: '/futures/usdt/positions/BTC_USDT/leverage',
      query: { leverage: 0, cross_leverage_limit: '20' },
    });
    expect(positions.setLeverage.encode(change({ leverage: d('20'), current: hedge }), encodeContext)).toEqual({
      path: '/futures/usdt/dual_comp/positions/BTC_USDT/leverage',
      query: { leverage: '20' },
    });
    expect(positions.setMode.encode({ mode: 'hedge' }, encodeContext)).toEqual({ query: { dual_mode: true } });
    expect(positions.setMode.encode({ mode: 'one_way' }, encodeContext)).toEqual({ query: { dual_mode: false } });
  });

  it('never turn the margin mode in silence', () => {
    const unknown = change({ leverage: d('20'), current: { mode: 'one_way' } });
    expect(() => positions.setLeverage.encode(unknown, encodeContext)).toThrow('marginMode: expected');
    expect(positions.setLeverage.encode({ ...unknown, marginMode: 'isolated' }, encodeContext).query).toEqual({
      leverage: '20',
    });
    expect(() => positions.setLeverage.encode(change({}), encodeContext)).toThrow('leverage: expected');
  });

  it('of one side have a call of their own in hedge mode, with the margin mode of both', () => {
    const { setSideLeverage } = positions;
    const encode = (changes: object) =>
      setSideLeverage?.encode(change({ leverage: d('7'), side: 'short', ...changes }), encodeContext);
    const hedge = { mode: 'hedge', marginMode: 'isolated' } as const;
    const sent = {
      path: '/futures/usdt/positions/BTC_USDT/set_leverage',
      query: { leverage: '7', margin_mode: 'isolated', dual_side: 'dual_short' },
    };
    expect(encode({ current: hedge })).toEqual(sent);
    expect(encode({ current: { mode: 'hedge' }, marginMode: 'isolated' })).toEqual(sent);
    expect(() => encode({ current: { ...hedge, mode: 'one_way' } })).toThrow('side: expected');
    expect(() => encode({ current: { mode: 'hedge' } })).toThrow('marginMode: expected');
    expect(() => encode({ current: hedge, marginMode: 'cross' })).toThrow('marginMode: expected isolated');
    expect(() => encode({ current: hedge, leverage: undefined })).toThrow('leverage: expected');
  });

  it('of the margin mode have a call of their own', () => {
    expect(positions.setMarginMode.encode(change({ marginMode: 'isolated' }), encodeContext)).toEqual({
      path: '/futures/usdt/positions/cross_mode',
      body: { mode: 'ISOLATED', contract: 'BTC_USDT' },
    });
    const current = { mode: 'hedge' } as const;
    expect(positions.setMarginMode.encode(change({ marginMode: 'cross', current }), encodeContext)).toEqual({
      path: '/futures/usdt/dual_comp/positions/cross_mode',
      body: { mode: 'CROSS', contract: 'BTC_USDT' },
    });
  });

  it('are answered with a position or a list of them', () => {
    const params = change({ leverage: d('1') });
    for (const body of [positionRow(), [positionRow()]])
      expect(positions.setLeverage.decode(body, params, decodeContext())).toBeUndefined();
    expect(() => positions.setLeverage.decode('done', params, decodeContext())).toThrow('position: expected');
  });

  it('of margin are added to, once, and name the side where there are two', () => {
    const [single, dual] = list([positionRow(), positionRow({ mode: 'dual_short' })]);
    if (single?.mode === undefined || dual?.mode === undefined) throw new Error('no positions');
    const current = { mode: 'one_way' } as const;
    const encode = (position: typeof single) =>
      positions.changeMargin.encode(
        { ...BTC, current, position: { ...position, mode: position.mode ?? 'one_way' }, amount: d('-1.5') },
        encodeContext,
      );
    expect(positions.changeMargin.idempotent).toBe(false);
    expect(encode(single)).toEqual({ path: '/futures/usdt/positions/BTC_USDT/margin', query: { change: '-1.5' } });
    expect(encode(dual)).toEqual({
      path: '/futures/usdt/dual_comp/positions/BTC_USDT/margin',
      query: { change: '-1.5', dual_side: 'dual_short' },
    });
  });
});

describe('Risk limits and funding payments', () => {
  it('of a market are values in the settle currency', () => {
    const row = {
      contract: 'BTC_USDT',
      tier: 1,
      risk_limit: '500000',
      initial_rate: '0.008',
      maintenance_rate: '0.004',
      leverage_max: '125',
      deduction: '0',
    };
    expect(positions.riskLimits.decode([row], BTC, decodeContext())).toEqual([
      {
        ...BTC,
        tier: 1,
        limit: '500000',
        unit: 'settle',
        maxLeverage: '125',
        initialMarginRate: '0.008',
        maintenanceMarginRate: '0.004',
      },
    ]);
    expect(() => positions.riskLimits.decode([{ ...row, tier: 'x' }], BTC, decodeContext())).toThrow('tier');
  });

  it('are above zero where they were received', () => {
    const row = { time: 1_767_225_600.5, change: '-0.95', type: 'fund', contract: 'BTC_USDT', id: '7' };
    const params = { ...BTC, page: 1, limit: 100, from: 1_767_225_000_000 };
    expect(positions.fundingPayments.encode(params, encodeContext).query).toEqual({
      contract: 'BTC_USDT',
      type: 'fund',
      from: 1_767_225_000,
      limit: 100,
      offset: 0,
    });
    expect(positions.fundingPayments.decode([row], params, decodeContext())).toEqual([
      { ...BTC, id: '7', amount: '-0.95', asset: 'USDT', paidAt: 1_767_225_600_500 },
    ]);
    for (const changes of [{ type: 'fee' }, { change: undefined }, { contract: 'ETH_USDT' }])
      expect(() => positions.fundingPayments.decode([{ ...row, ...changes }], params, decodeContext())).toThrow(
        'account_book',
      );
  });
});

describe('The futures account', () => {
  const row = {
    user: 1_666,
    currency: 'USDT',
    total: '970.75',
    order_margin: '3',
    available: '640.6',
    in_dual_mode: false,
    position_mode: 'single',
  };
  const balances = (changes: object = {}) =>
    account.balances.decode({ ...row, ...changes }, undefined, decodeContext());

  it('has one balance, by whichever fields its margin mode keeps', () => {
    expect(balances()).toEqual([{ asset: 'USDT', free: '640.6', locked: '3', receivedAt: NOW }]);
    const margin = { cross_initial_margin: '330', isolated_position_margin: '0.5' };
    const newer = { cross_available: '600', cross_order_margin: '2', cross_margin_balance: '973.9', ...margin };
    expect(balances(newer)).toMatchObject([{ free: '600', locked: '332.5' }]);
    expect(balances({ position_initial_margin: '7' })).toMatchObject([{ free: '640.6', locked: '10' }]);
    expect(balances({ ...newer, cross_margin_balance: '0' })).toMatchObject([{ free: '640.6', locked: '3' }]);
    expect(() => balances({ available: undefined })).toThrow('account available');
  });

  it.each([
    [{}, 'one_way'],
    [{ position_mode: 'dual' }, 'hedge'],
    [{ position_mode: undefined, in_dual_mode: true }, 'hedge'],
    [{ position_mode: undefined }, 'one_way'],
  ])('with %j trades %s', (changes, mode) => {
    expect(positions.mode.decode({ ...row, ...changes }, undefined, decodeContext())).toBe(mode);
  });

  it('with split positions is not traded', () => {
    const dual = { ...row, position_mode: 'dual_plus' };
    expect(() => positions.mode.decode(dual, undefined, decodeContext())).toThrow('account position_mode');
  });

  it('says its own id, and its own rates', () => {
    const { streams } = privateHalf();
    expect(streams.identity?.decode(row, undefined, decodeContext())).toBe('1666');
    const fees = { BTC_USDT: { taker_fee: '0.0005', maker_fee: '-0.0001' } };
    expect(account.tradingFees.decode(fees, BTC, decodeContext())).toEqual({
      ...BTC,
      maker: '-0.0001',
      taker: '0.0005',
    });
    expect(() => account.tradingFees.decode({}, BTC, decodeContext())).toThrow('fee of the contract');
  });
});

import { describe, expect, it } from 'vitest';
import type { SettingsChange } from '../../../src/adapter/position-endpoints.js';
import type { Position } from '../../../src/model/position.js';
import {
  contractRow,
  decimal,
  decodeContext,
  encodeContext,
  NOW,
  positionRow,
  privateHalf,
  success,
} from './support.js';

const { positions } = privateHalf();
const BTC = { symbol: 'BTC/USDT:USDT' } as const;
const USD = { symbol: 'BTC/USD:BTC' } as const;
const position = {
  symbol: BTC.symbol,
  id: '1394650',
  side: 'long',
  quantity: '0.0025',
  contracts: '25',
  entryPrice: '64000.1',
  liquidationPrice: '61120.4',
  marginMode: 'isolated',
  leverage: '20',
  margin: '8.0256',
  realizedPnl: '-0.0671',
  settle: 'USDT',
  updatedAt: 1_782_899_500_000,
  receivedAt: NOW,
} as const;
const list = (rows: unknown[], asked: object = {}, drifts: string[] = []) =>
  positions.list.decode(success(rows), asked, decodeContext(drifts));

describe('a position', () => {
  it('is read in base asset, without the mode, which the venue does not tell', () => {
    expect(positions.list.encode({}, encodeContext)).toEqual({ query: { symbol: undefined } });
    expect(positions.list.encode(BTC, encodeContext)).toEqual({ query: { symbol: 'BTC_USDT' } });
    expect(list([positionRow()])).toEqual([position]);
  });

  it('of inverse contracts is base asset at the entry price', () => {
    const row = positionRow({
      symbol: 'BTC_USD',
      holdVol: 3,
      holdAvgPrice: 60_000,
      positionType: 2,
      openType: 2,
      liquidatePrice: 0,
      version: 4,
    });
    const { liquidationPrice, ...rest } = position;
    expect(liquidationPrice).toBe('61120.4');
    expect(list([row], USD)).toEqual([
      {
        ...rest,
        symbol: USD.symbol,
        side: 'short',
        quantity: '0.005',
        contracts: '3',
        entryPrice: '60000',
        marginMode: 'cross',
        version: 4,
        settle: 'BTC',
      },
    ]);
  });

  it('that is closed has a quantity of zero and no entry price', () => {
    const { entryPrice, ...rest } = position;
    expect(entryPrice).toBe('64000.1');
    for (const changes of [{ state: 3 }, { holdVol: 0 }, { state: 3, holdVol: 0, holdAvgPrice: 0 }])
      expect(list([positionRow(changes)])).toEqual([{ ...rest, quantity: '0', contracts: '0' }]);
    expect(list([positionRow({ symbol: 'BTC_USD', holdVol: 0 })])[0]?.quantity).toBe('0');
  });

  it('that no price liquidates is read all the same, without one', () => {
    const { liquidationPrice, ...rest } = position;
    expect(liquidationPrice).toBe('61120.4');
    for (const liquidatePrice of [-12.5, 0, null, undefined])
      expect(list([positionRow({ liquidatePrice })])).toEqual([rest]);
  });

  it('that the system has taken over is still there', () => {
    expect(list([positionRow({ state: 2 })])).toEqual([position]);
  });

  it('of a market without a name here is left out and reported; of another than asked for is left out', () => {
    const drifts: string[] = [];
    expect(list([positionRow({ symbol: 'OLD_USDT' }), positionRow()], {}, drifts)).toEqual([position]);
    expect(drifts).toEqual(['a position of OLD_USDT, which is not in the instrument list']);
    expect(list([positionRow()], USD)).toEqual([]);
  });

  it.each([
    [{ positionId: undefined }],
    [{ positionType: 3 }],
    [{ openType: 0 }],
    [{ holdVol: undefined }],
    [{ holdVol: -1 }],
    [{ holdAvgPrice: 0 }],
    [{ leverage: 0 }],
    [{ realised: 'x' }],
    [{ version: 1.5 }],
    [{ symbol: 7 }],
  ])('with %j is refused', (changes) => {
    expect(() => list([positionRow(changes)])).toThrow(expect.objectContaining({ code: 'malformed_response' }));
  });
});

describe('the mode of the account', () => {
  it('is a bare number', () => {
    const decode = (data: unknown) => positions.mode.decode(success(data), undefined, decodeContext());
    expect(decode(1)).toBe('hedge');
    expect(decode(2)).toBe('one_way');
    for (const data of [0, '1', undefined, {}]) expect(() => decode(data)).toThrow('position mode: expected 1 or 2');
  });

  it('is changed by its number', () => {
    expect(positions.setMode.encode({ mode: 'hedge' }, encodeContext)).toEqual({ body: { positionMode: 1 } });
    expect(positions.setMode.encode({ mode: 'one_way' }, encodeContext)).toEqual({ body: { positionMode: 2 } });
    expect(positions.setMode.decode(success(), { mode: 'hedge' }, decodeContext())).toBeUndefined();
  });
});

describe('how a market is traded', () => {
  const row = (positionType: number, leverage: unknown, openType?: unknown) => ({
    positionType,
    level: 1,
    imr: 0.05,
    mmr: 0.004,
    leverage,
    openType,
  });
  const decode = (rows: unknown) => positions.settings?.decode(success(rows), BTC, decodeContext());

  it('is told for each side', () => {
    expect(positions.settings?.encode(BTC, encodeContext)).toEqual({ query: { symbol: 'BTC_USDT' } });
    expect(decode([row(1, 20, 1), row(2, 20, 1)])).toEqual({ marginMode: 'isolated', leverage: '20' });
    expect(decode([row(2, 10, 2), row(1, 20, 2)])).toEqual({
      marginMode: 'cross',
      leverage: '20',
      shortLeverage: '10',
    });
  });

  it('says only what both sides share, and what there is', () => {
    expect(decode([row(1, 20, 1), row(2, 20, 2)])).toEqual({ leverage: '20' });
    expect(decode([row(1, 20), row(2, 5)])).toEqual({ leverage: '20', shortLeverage: '5' });
    expect(decode([row(2, 5, 1)])).toEqual({ marginMode: 'isolated', leverage: '5' });
    expect(decode([])).toEqual({});
  });

  it.each([[[row(3, 20)]], [[row(1, 0)]], [[row(1, 20, 3)]], [[7]], ['x']])('with %j is refused', (rows) => {
    expect(() => decode(rows)).toThrow(expect.objectContaining({ code: 'malformed_response' }));
  });
});

describe('a change of leverage', () => {
  const open: Position = {
    ...position,
    mode: 'hedge',
    quantity: decimal('0.0025'),
    contracts: decimal('25'),
    entryPrice: decimal('1'),
    liquidationPrice: decimal('1'),
    leverage: decimal('20'),
    margin: decimal('1'),
    realizedPnl: decimal('0'),
  };
  const current = {
    mode: 'hedge',
    marginMode: 'isolated',
    leverage: decimal('20'),
    shortLeverage: decimal('10'),
  } as const;
  const change = (changes: Partial<SettingsChange>): SettingsChange => ({
    ...BTC,
    current,
    positions: [],
    side: 'long',
    leverage: decimal('25'),
    ...changes,
  });
  const bodyOf = (changes: Partial<SettingsChange>) =>
    positions.setLeverage.encode(change(changes), encodeContext).body;

  it('names the market and the side, or the open position', () => {
    expect(positions.leveragePerSide).toBe(true);
    expect(bodyOf({})).toEqual({ openType: 1, leverage: 25, symbol: 'BTC_USDT', positionType: 1 });
    expect(bodyOf({ side: 'short', marginMode: 'cross' })).toEqual({
      openType: 2,
      leverage: 25,
      symbol: 'BTC_USDT',
      positionType: 2,
    });
    expect(bodyOf({ positions: [open] })).toEqual({ positionId: 1_394_650, leverage: 25 });
    expect(bodyOf({ positions: [open], side: 'short' })).toMatchObject({ symbol: 'BTC_USDT', positionType: 2 });
    expect(positions.setLeverage.decode(success(), change({}), decodeContext())).toBeUndefined();
  });

  it('to another margin mode keeps the leverage of the side', () => {
    const encode = (changes: Partial<SettingsChange>) => {
      const { leverage, ...rest } = change({ marginMode: 'cross', ...changes });
      expect(leverage).toBe('25');
      return positions.setMarginMode.encode(rest, encodeContext).body;
    };
    expect(encode({})).toEqual({ openType: 2, leverage: 20, symbol: 'BTC_USDT', positionType: 1 });
    expect(encode({ side: 'short' })).toEqual({ openType: 2, leverage: 10, symbol: 'BTC_USDT', positionType: 2 });
    expect(() => encode({ positions: [open] })).toThrow('marginMode: expected isolated, as that of the open position');
  });

  it.each([
    [{ side: undefined }, 'side: expected long or short'],
    [{ leverage: decimal('2.5') }, 'leverage: expected a whole number'],
    [{ leverage: undefined }, 'leverage: expected the leverage to set'],
    [{ current: { mode: 'hedge' } }, 'marginMode: expected cross or isolated'],
  ])('with %j is refused before anything is sent', (changes, message) => {
    expect(() => bodyOf(changes as Partial<SettingsChange>)).toThrow(message);
  });

  it('of margin adds or takes a positive amount', () => {
    const encode = (amount: string, id: string | undefined = open.id) => {
      const { id: named, ...rest } = open;
      expect(named).toBe('1394650');
      const target = id === undefined ? rest : { ...rest, id };
      return positions.changeMargin.encode(
        { ...BTC, current, position: target, amount: decimal(amount) },
        encodeContext,
      ).body;
    };
    expect(positions.changeMargin.idempotent).toBe(false);
    expect(encode('10.5')).toEqual({ positionId: 1_394_650, amount: 10.5, type: 'ADD' });
    expect(encode('-0.0000001')).toEqual({ positionId: 1_394_650, amount: '0.0000001', type: 'SUB' });
    const { id, ...nameless } = open;
    expect(id).toBe('1394650');
    expect(() =>
      positions.changeMargin.encode({ ...BTC, current, position: nameless, amount: decimal('1') }, encodeContext),
    ).toThrow('position: expected a position with an id');
  });
});

describe('risk limits', () => {
  const { riskLimits } = positions;
  const LADDER = {
    riskLimitMode: 'INCREASE',
    riskLimitType: 'BY_VOLUME',
    riskLevelLimit: 3,
    riskBaseVol: 1_000,
    riskIncrVol: 500,
    initialMarginRate: 0.002,
    riskIncrImr: 0.004,
    maintenanceMarginRate: 0.001,
    riskIncrMmr: 0.0005,
  };
  const CUSTOM = {
    ...LADDER,
    riskLimitMode: 'CUSTOM',
    riskLimitCustom: [
      { level: 2, maxVol: 5_000, mmr: 0.01, imr: 0.02, maxLeverage: 50 },
      { level: 1, maxVol: 1_000, mmr: 0.005, imr: 0.01, maxLeverage: 100 },
    ],
  };
  const tierOf = (tier: number, limit: string, maxLeverage: string, initial: string, maintenance: string) => ({
    symbol: BTC.symbol,
    tier,
    limit,
    unit: 'contracts',
    maxLeverage,
    initialMarginRate: initial,
    maintenanceMarginRate: maintenance,
  });
  const decode = (changes: object) => riskLimits.decode(success(contractRow({ ...changes })), BTC, decodeContext());

  it('are asked for without keys, of one market', () => {
    expect([riskLimits.auth, riskLimits.encode(BTC, encodeContext)]).toEqual([
      'none',
      { query: { symbol: 'BTC_USDT' } },
    ]);
  });

  it('are a ladder of even steps, all of it, with whole leverage', () => {
    expect(decode(LADDER)).toEqual([
      tierOf(1, '1000', '500', '0.002', '0.001'),
      tierOf(2, '1500', '166', '0.006', '0.0015'),
      tierOf(3, '2000', '100', '0.01', '0.002'),
    ]);
  });

  it('never allow more leverage than the market, nor less than one', () => {
    expect(decode({ ...LADDER, maxLeverage: 200, riskLevelLimit: 1 })).toMatchObject([{ maxLeverage: '200' }]);
    expect(decode({ ...LADDER, riskLevelLimit: 1, initialMarginRate: 1.5 })).toMatchObject([{ maxLeverage: '1' }]);
  });

  it('are what the venue lists one by one, smallest first', () => {
    expect(decode(CUSTOM)).toEqual([
      tierOf(1, '1000', '100', '0.01', '0.005'),
      tierOf(2, '5000', '50', '0.02', '0.01'),
    ]);
  });

  it('are values in the settle asset where the venue counts so', () => {
    expect(decode({ ...LADDER, riskLimitType: 'BY_VALUE', riskLevelLimit: 1 })).toMatchObject([{ unit: 'settle' }]);
  });

  it.each([
    ['no base', { riskBaseVol: undefined }],
    ['a base of zero', { riskBaseVol: 0 }],
    ['a step back', { riskIncrVol: -1 }],
    ['no tier', { riskLevelLimit: 0 }],
    ['more tiers than anybody has', { riskLevelLimit: 1e9 }],
    ['a mode that is none', { riskLimitMode: 'OTHER' }],
    ['a unit that is none', { riskLimitType: 'BY_WEIGHT' }],
    ['a list that is none', { ...CUSTOM, riskLimitCustom: {} }],
    ['an empty list', { ...CUSTOM, riskLimitCustom: [] }],
    ['a tier without a size', { ...CUSTOM, riskLimitCustom: [{ level: 1, mmr: 0.1, imr: 0.2, maxLeverage: 5 }] }],
    ['another market', { symbol: 'BTC_USD' }],
  ])('with %s are refused', (_what, changes) => {
    expect(() => decode({ ...LADDER, ...changes })).toThrow(expect.objectContaining({ code: 'malformed_response' }));
  });
});

describe('funding payments', () => {
  const row = {
    id: 5,
    symbol: 'BTC_USDT',
    positionType: 2,
    positionValue: 100,
    funding: -0.0031,
    rate: 0.000031,
    settleTime: 1_782_892_800_000,
  };
  const params = { ...BTC, page: 1, limit: 100 };

  it('are positive where they were received, oldest first', () => {
    expect(positions.fundingPayments.encode({ ...params, from: 1, to: 2 }, encodeContext)).toEqual({
      query: { symbol: 'BTC_USDT', start_time: 1, end_time: 2, page_num: 1, page_size: 100 },
    });
    const older = { ...row, id: undefined, rate: undefined, positionType: undefined, funding: 1, settleTime: 9 };
    expect(positions.fundingPayments.decode(success({ resultList: [row, older] }), params, decodeContext())).toEqual([
      { symbol: BTC.symbol, amount: '1', asset: 'USDT', paidAt: 9 },
      {
        symbol: BTC.symbol,
        id: '5',
        amount: '-0.0031',
        asset: 'USDT',
        rate: '0.000031',
        side: 'short',
        paidAt: 1_782_892_800_000,
      },
    ]);
  });

  it.each([[{ funding: undefined }], [{ settleTime: 0 }], [{ symbol: 'BTC_USD' }], [{ positionType: 3 }]])(
    'with %j are refused',
    (changes) => {
      expect(() =>
        positions.fundingPayments.decode(success([{ ...row, ...changes }]), params, decodeContext()),
      ).toThrow(expect.objectContaining({ code: 'malformed_response' }));
    },
  );
});

import type { OrderRequest } from '../../../src/adapter/order-endpoints.js';
import type { OrderPosition } from '../../../src/adapter/position-endpoints.js';
import type { PrivateVenue } from '../../../src/adapter/private-venue.js';
import { type Decimal, toDecimal } from '../../../src/model/decimal.js';
import { decodeInstrument } from '../../../src/venues/mexc/futures/symbols.js';
import { mexcFutures } from '../../../src/venues/mexc/index.js';
import { listedContexts } from '../../support/listed-contexts.js';

export const NOW = 1_782_900_000_500;

/** A row of contract/detail as the venue sends it; what a test changes is given. */
export function contractRow(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    symbol: 'BTC_USDT',
    displayNameEn: 'BTC_USDT PERPETUAL',
    positionOpenType: 3,
    baseCoin: 'BTC',
    quoteCoin: 'USDT',
    baseCoinName: 'BTC',
    quoteCoinName: 'USDT',
    settleCoin: 'USDT',
    futureType: 1,
    contractSize: 0.0001,
    minLeverage: 1,
    maxLeverage: 500,
    priceScale: 1,
    volScale: 0,
    amountScale: 4,
    priceUnit: 0.1,
    volUnit: 1,
    minVol: 1,
    maxVol: 1_500_000,
    limitMaxVol: 1_500_000,
    takerFeeRate: 0.0004,
    makerFeeRate: 0.0001,
    state: 0,
    apiAllowed: true,
    ...changes,
  };
}

/** The row of an inverse contract. */
export const INVERSE_ROW = contractRow({
  symbol: 'BTC_USD',
  quoteCoin: 'USD',
  quoteCoinName: 'USD',
  settleCoin: 'BTC',
  contractSize: 100,
  amountScale: 8,
  priceUnit: 0.5,
});

const noDrift = (what: string): never => {
  throw new Error(`drift: ${what}`);
};

export const LINEAR = decodeInstrument(contractRow(), noDrift);
export const INVERSE = decodeInstrument(INVERSE_ROW, noDrift);
const LISTED = [LINEAR, INVERSE];

export const { encodeContext, decodeContext, accountContext, channelContext } = listedContexts(LISTED, NOW);

/** What a channel emits for one push. */
export function emitted<E>(decode: (emit: (event: E) => void) => void): E[] {
  const events: E[] = [];
  decode((event) => events.push(event));
  return events;
}

/** A success of the venue. */
export function success(data?: unknown): unknown {
  return data === undefined ? { success: true, code: 0 } : { success: true, code: 0, data };
}

/** What `act` throws. */
export function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** The private half of the venue. */
export function privateHalf(): PrivateVenue & Required<Pick<PrivateVenue, 'positions' | 'triggers'>> {
  const half = mexcFutures.private;
  if (half?.positions === undefined || half.triggers === undefined) throw new Error('MEXC futures lack a private half');
  return half as ReturnType<typeof privateHalf>;
}

export const decimal = (text: string): Decimal => toDecimal(text);

/** A limit buy of linear contracts in one-way mode; what a test changes is given, also to what the types forbid. */
export function orderRequest(changes: Readonly<Record<string, unknown>> = {}): OrderRequest {
  const request: OrderRequest = {
    symbol: 'BTC/USDT:USDT',
    side: 'buy',
    type: 'limit',
    timeInForce: 'GTC',
    postOnly: false,
    price: decimal('64000.1'),
    quantity: decimal('0.0025'),
    clientOrderId: 'my-oid-1',
    position: ONE_WAY_ISOLATED,
  };
  return { ...request, ...changes };
}

export const ONE_WAY_ISOLATED: OrderPosition = { mode: 'one_way', marginMode: 'isolated', leverage: toDecimal('20') };

/** An order as the venue sends it. */
export function orderRow(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    orderId: '739113577038255616',
    symbol: 'BTC_USDT',
    positionId: 1_394_650,
    price: 64_000.1,
    vol: 25,
    leverage: 20,
    side: 1,
    category: 1,
    orderType: 1,
    dealAvgPrice: 64_000.1,
    dealVol: 10,
    orderMargin: 4.8192,
    takerFee: 0,
    makerFee: 0.0064,
    profit: 0,
    feeCurrency: 'USDT',
    openType: 1,
    state: 2,
    externalOid: 'my-oid-1',
    errorCode: 0,
    usedMargin: 3.2128,
    createTime: 1_782_900_000_839,
    updateTime: 1_782_900_002_000,
    positionMode: 1,
    reduceOnly: false,
    ...changes,
  };
}

/** A position as the venue sends it. */
export function positionRow(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    positionId: 1_394_650,
    symbol: 'BTC_USDT',
    positionType: 1,
    openType: 1,
    state: 1,
    holdVol: 25,
    frozenVol: 0,
    closeVol: 0,
    holdAvgPrice: 64_000.1,
    openAvgPrice: 64_000.1,
    closeAvgPrice: 0,
    liquidatePrice: 61_120.4,
    oim: 8.0256,
    im: 8.0256,
    holdFee: -0.0031,
    realised: -0.0671,
    leverage: 20,
    marginRatio: 0.012,
    autoAddIm: false,
    createTime: 1_782_899_000_000,
    updateTime: 1_782_899_500_000,
    ...changes,
  };
}

/** A trigger as the venue sends it. */
export function triggerRow(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: '300000000000000001',
    symbol: 'BTC_USDT',
    leverage: 20,
    side: 3,
    triggerPrice: 60_000,
    price: 59_990.5,
    vol: 25,
    openType: 1,
    triggerType: 2,
    state: 1,
    executeCycle: 2,
    trend: 2,
    orderType: 1,
    orderId: '0',
    errorCode: 0,
    positionMode: 2,
    reduceOnly: true,
    createTime: 1_782_900_000_000,
    updateTime: 1_782_900_000_001,
    ...changes,
  };
}

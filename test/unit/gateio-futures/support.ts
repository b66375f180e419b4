import type { OrderRequest } from '../../../src/adapter/order-endpoints.js';
import type { PrivateVenue } from '../../../src/adapter/private-venue.js';
import type { Venue } from '../../../src/adapter/venue.js';
import { toDecimal as d } from '../../../src/model/decimal.js';
import { decodeInstrument } from '../../../src/venues/gateio/futures/instruments.js';
import { gateioFutures } from '../../../src/venues/gateio/index.js';
import { listedContexts } from '../../support/listed-contexts.js';

export const NOW = 1_767_225_740_500;

/** A contract as the venue lists it; what a test changes is given. */
export function contractRow(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    name: 'BTC_USDT',
    type: 'direct',
    quanto_multiplier: '0.0001',
    leverage_min: '1',
    leverage_max: '125',
    maintenance_rate: '0.004',
    mark_price: '91218.35',
    index_price: '91220.36',
    last_price: '91218.4',
    maker_fee_rate: '-0.0001',
    taker_fee_rate: '0.00075',
    order_price_round: '0.1',
    mark_price_round: '0.01',
    funding_rate: '0.000114',
    funding_interval: 28_800,
    funding_next_apply: 1_767_225_600,
    order_size_min: '1',
    order_size_max: '1000000',
    enable_decimal: false,
    order_price_deviate: '0.5',
    position_size: '736485321',
    in_delisting: false,
    orders_limit: 100,
    status: 'trading',
    market_order_size_max: '0',
    ...changes,
  };
}

/** A contract that may be split into tenths. */
export const ETH_ROW = contractRow({
  name: 'ETH_USDT',
  quanto_multiplier: '0.01',
  enable_decimal: true,
  order_size_min: '0',
  order_price_round: '0.01',
});

export const INVERSE_ROW = contractRow({ name: 'BTC_USD', type: 'inverse', quanto_multiplier: '0' });

const noDrift = {
  drift: (what: string): never => {
    throw new Error(`drift: ${what}`);
  },
};

export const LINEAR = decodeInstrument(contractRow(), 'usdt', noDrift);
export const SPLIT = decodeInstrument(ETH_ROW, 'usdt', noDrift);
export const INVERSE = decodeInstrument(INVERSE_ROW, 'btc', noDrift);
const LISTED = [LINEAR, SPLIT, INVERSE];

export const { encodeContext, decodeContext, accountContext, channelContext } = listedContexts(LISTED, NOW);

/** The private half. */
export function privateHalf(venue: Venue = gateioFutures): PrivateVenue & Required<Pick<PrivateVenue, Wanted>> {
  const half = venue.private;
  if (half === undefined) throw new Error(`${venue.id} has no private half`);
  return half as PrivateVenue & Required<Pick<PrivateVenue, Wanted>>;
}

type Wanted = 'positions' | 'triggers' | 'orderSocket' | 'deadMan';

/** A limit sale of 12 contracts; what a test changes is given. */
export function orderRequest(changes: Partial<OrderRequest> = {}): OrderRequest {
  return {
    symbol: 'BTC/USDT:USDT',
    side: 'sell',
    type: 'limit',
    timeInForce: 'GTC',
    postOnly: false,
    price: d('91500.1'),
    quantity: d('0.0012'),
    clientOrderId: 't-f.1',
    position: { mode: 'one_way' },
    ...changes,
  };
}

/** An order as REST answers it; what a test changes is given. */
export function orderRow(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: 74_046_511,
    user: 6_790_020,
    create_time: 1_767_225_701.121,
    update_time: 1_767_225_701.121,
    status: 'open',
    contract: 'BTC_USDT',
    size: '-12',
    iceberg: '0',
    price: '91500.1',
    tif: 'gtc',
    left: '-12',
    fill_price: '0',
    text: 't-f.1',
    tkfr: '0.0005',
    mkfr: '0.0002',
    refu: 0,
    is_close: false,
    is_reduce_only: true,
    is_liq: false,
    auto_size: '',
    stp_id: 0,
    stp_act: '-',
    amend_text: '-',
    ...changes,
  };
}

/** A short position with cross margin; what a test changes is given. */
export function positionRow(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    user: 1_666,
    contract: 'BTC_USDT',
    size: '-9440',
    leverage: '0',
    cross_leverage_limit: '10',
    lever: '10',
    risk_limit: '500000',
    leverage_max: '100',
    maintenance_rate: '0.004',
    value: '86101.2',
    margin: '4.43',
    entry_price: '91250.1',
    liq_price: '99997.3',
    mark_price: '91218.35',
    unrealised_pnl: '29.9',
    realised_pnl: '-1.2',
    adl_ranking: 4,
    mode: 'single',
    pos_margin_mode: 'cross',
    update_time: 1_767_225_700,
    update_id: 170_919,
    ...changes,
  };
}

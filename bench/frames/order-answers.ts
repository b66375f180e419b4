/** What a venue's server answers that takes every order for BTC/USDT, at MEXC's and Gate.io's endpoints. */
const MEXC_MARKET = {
  symbol: 'BTCUSDT',
  status: '1',
  baseAsset: 'BTC',
  baseAssetPrecision: 6,
  quoteAsset: 'USDT',
  quotePrecision: 2,
  baseSizePrecision: '0.000001',
  quoteAmountPrecision: '1',
  isSpotTradingAllowed: true,
  tradeSideType: 1,
  orderTypes: ['LIMIT', 'MARKET'],
};
const GATE_MARKET = {
  id: 'BTC_USDT',
  base: 'BTC',
  quote: 'USDT',
  fee: '0.2',
  precision: 2,
  amount_precision: 6,
  trade_status: 'tradable',
};
let lastId = 1_000_000;

export function answerTo(method: string | undefined, url: string, body: string): unknown {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  if (method === 'GET') {
    if (pathname.endsWith('/exchangeInfo')) return { symbols: [MEXC_MARKET] };
    if (pathname.endsWith('/currency_pairs')) return [GATE_MARKET];
    if (pathname.endsWith('/time')) return { serverTime: Date.now(), server_time: Date.now() };
    return [];
  }
  return pathname.startsWith('/api/v3')
    ? takeMexc(searchParams.size > 0 ? searchParams : new URLSearchParams(body))
    : takeGate(body);
}

function takeMexc(params: URLSearchParams): unknown {
  return {
    symbol: params.get('symbol'),
    orderId: String(++lastId),
    price: params.get('price'),
    origQty: params.get('quantity'),
    type: params.get('type'),
    side: params.get('side'),
    transactTime: Date.now(),
  };
}

/** An order as Gate.io prints it, resting. */
export function takeGate(body: string): unknown {
  const { text, currency_pair, side, amount, price } = JSON.parse(body) as Record<string, string>;
  const at = Date.now();
  return {
    id: String(++lastId),
    text,
    currency_pair,
    type: 'limit',
    account: 'spot',
    side,
    amount,
    price,
    time_in_force: 'gtc',
    iceberg: '0',
    left: amount,
    fill_price: '0',
    filled_total: '0',
    fee: '0',
    fee_currency: 'BTC',
    create_time: String(Math.floor(at / 1_000)),
    update_time: String(Math.floor(at / 1_000)),
    create_time_ms: at,
    update_time_ms: at,
    status: 'open',
    finish_as: 'open',
  };
}

/** What an order says, whoever has written it. */
export interface OrderFields {
  readonly market: string | undefined;
  readonly side: string | undefined;
  readonly type: string | undefined;
  readonly price: string | undefined;
  readonly quantity: string | undefined;
}

/** @param order parameters of MEXC's call, or the JSON text of Gate.io's. */
export function fieldsOfOrder(order: unknown): OrderFields {
  const fields = (typeof order === 'string' ? JSON.parse(order) : order) as Readonly<Record<string, string>>;
  return {
    market: fields['symbol'] ?? fields['currency_pair'],
    side: fields['side']?.toLowerCase(),
    type: fields['type']?.toLowerCase(),
    price: fields['price'],
    quantity: fields['quantity'] ?? fields['amount'],
  };
}

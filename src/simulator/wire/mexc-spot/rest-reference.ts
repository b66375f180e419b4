import type { WireMarket } from './markets.js';
import { optionalMarket, optionalMarkets, type RestHandler } from './rest-call.js';

/** Source: MEXC spot v3 docs, test connectivity. */
export const ping: RestHandler = () => '{}';

/** Source: MEXC spot v3 docs, check server time. */
export const time: RestHandler = ({ now }) => `{"serverTime":${now}}`;

/** Source: MEXC spot v3 docs, API default symbols. */
export const defaultSymbols: RestHandler = ({ markets, now }) =>
  JSON.stringify({ code: 0, msg: 'success', data: [...markets.keys()], timestamp: now });

/** Source: MEXC spot v3 docs, offline symbols. The simulator lists no delisted pairs. */
export const offlineSymbols: RestHandler = () => '{"data":[]}';

/** Source: MEXC spot v3 docs, exchange information. */
export const exchangeInfo: RestHandler = (call) => {
  const one = optionalMarket(call);
  const asked = one === undefined ? (optionalMarkets(call) ?? [...call.markets.values()]) : [one];
  return JSON.stringify({
    timezone: 'CST',
    serverTime: call.now,
    rateLimits: [],
    exchangeFilters: [],
    symbols: asked.map(symbolRow),
  });
};

/** The two text fields called precision are the smallest quantity and the smallest value, not decimals. */
function symbolRow({ id, view }: WireMarket): unknown {
  const { base, quote, priceDecimals, quantityDecimals, minQuantity, minNotional, makerFee, takerFee } = view.spec;
  return {
    symbol: id,
    status: '1',
    baseAsset: base,
    baseAssetPrecision: quantityDecimals,
    quoteAsset: quote,
    quotePrecision: priceDecimals,
    quoteAssetPrecision: priceDecimals,
    baseCommissionPrecision: quantityDecimals,
    quoteCommissionPrecision: priceDecimals,
    orderTypes: ['LIMIT', 'MARKET', 'LIMIT_MAKER'],
    isSpotTradingAllowed: true,
    isMarginTradingAllowed: false,
    quoteAmountPrecision: minNotional,
    baseSizePrecision: minQuantity,
    permissions: ['SPOT'],
    filters: [{ filterType: 'PERCENT_PRICE_BY_SIDE', bidMultiplierUp: '0.005', askMultiplierDown: '0.005' }],
    maxQuoteAmount: '4000000',
    makerCommission: makerFee,
    takerCommission: takerFee,
    quoteAmountPrecisionMarket: minNotional,
    maxQuoteAmountMarket: '4000000',
    fullName: base,
    tradeSideType: 1,
    contractAddress: '',
    conceptPlateIds: [],
    st: false,
  };
}

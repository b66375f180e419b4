import sdk = require('@cex/sdk');
import simulator = require('@cex/sdk/simulator');

const exchange: sdk.PublicExchange = sdk.createMexcPublic();
export const ticker: Promise<sdk.Ticker> = exchange.getTicker('BTC/USDT');
export const start: typeof simulator.startSimulator = simulator.startSimulator;
// @ts-expect-error no such interval
export const candles = exchange.getCandles('BTC/USDT', '7m');

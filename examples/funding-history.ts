/** What longs paid shorts: the rate now, and what it was, on both exchanges. */
import { supportsFunding } from '@cex/sdk';
import { connect } from './connect.js';

const symbol = 'BTC/USDT:USDT';
const { exchanges, close } = await connect(['mexc_futures', 'gateio_futures']);

try {
  for (const exchange of exchanges) {
    if (!supportsFunding(exchange)) continue;
    const { funding } = exchange;
    const { rate, nextFundingAt, intervalMs = 8 * 3_600_000 } = await funding.getFundingRate(symbol);
    const yearly = (rate * 365 * 86_400_000) / intervalMs;
    const next = nextFundingAt === undefined ? 'unknown' : new Date(nextFundingAt).toISOString();
    console.log(`${exchange.venue}: ${(rate * 1e4).toFixed(2)} bps at ${next}, ${(yearly * 100).toFixed(1)} % a year`);

    const { markPrice } = await funding.getMarkPrice(symbol);
    const { indexPrice } = await funding.getIndexPrice(symbol);
    console.log(
      `  mark ${markPrice}, index ${indexPrice}, ${(((markPrice - indexPrice) / indexPrice) * 1e4).toFixed(1)} bps apart`,
    );
    for (const past of await funding.getFundingRateHistory(symbol, { limit: 5 })) {
      console.log(`  ${new Date(past.fundedAt).toISOString()}  ${(past.rate * 1e4).toFixed(2)} bps`);
    }
  }
} finally {
  await close();
}

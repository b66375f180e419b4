import {
  createGateioFuturesPrivate,
  createGateioPublic,
  createMexcFuturesPublic,
  createMexcPublic,
  createPublicExchange,
  type ExchangeError,
  isExchangeError,
  type LiveOrderBook,
  type MarketSymbol,
  makeSymbol,
  type Position,
  type PrivateExchange,
  type PublicExchange,
  type Subscription,
  supportsPositions,
  type Trade,
  venues,
} from '@cex/sdk';
import type { Venue } from '@cex/sdk/adapter';
import { loadConfig } from '@cex/sdk/config';
import { gateioFuturesBtc, gateioSpot } from '@cex/sdk/gateio';
import { mexcSpot } from '@cex/sdk/mexc';
import { createMetrics, createRingLogger, silentLogger } from '@cex/sdk/observability';
import { startSimulator } from '@cex/sdk/simulator';

const symbol: MarketSymbol = makeSymbol('BTC', 'USDT');
// @ts-expect-error a venue's own string is not a canonical symbol
const wrong: MarketSymbol = 'BTCUSDT';

export async function program(): Promise<readonly [number, MarketSymbol]> {
  const config = await loadConfig({ text: '{}' });
  const simulator = await startSimulator({ seed: 1 });
  const exchanges: readonly PublicExchange[] = [
    createMexcPublic(config.forVenue('mexc_spot').options),
    createGateioPublic({
      logger: silentLogger,
      metrics: createMetrics(),
      endpoints: simulator.endpoints('gateio_spot'),
    }),
    createPublicExchange(mexcSpot, { logger: createRingLogger({ now: () => 0 }) }),
    createPublicExchange('gateio_spot'),
  ];
  const [first] = exchanges;
  if (first === undefined) return [0, wrong];

  const book: LiveOrderBook = first.watchOrderBook(symbol, { depth: 20 }).on('update', () => {});
  const trades: Subscription<Trade> = first.watchTrades(symbol, (trade) => trade.price.toFixed());
  for await (const trade of trades) if (trade.takerSide === 'buy') break;
  const bid: number | undefined = book.bestBid?.price;

  try {
    const candles = await first.getCandles(symbol, '1m', { limit: 10 });
    return [(bid ?? 0) + candles.length, symbol];
  } catch (error) {
    if (isExchangeError(error, 'rate_limit')) return [error.retryAfterMs ?? 0, symbol];
    const failure = error as ExchangeError;
    const outcome: 'not_sent' | 'rejected' | 'unknown' = failure.outcome;
    return [outcome.length, symbol];
  } finally {
    await first.close();
    await simulator.close();
  }
}

/** Of a venue that is named the facets are known; of any other they have to be asked for. */
export async function perpetuals(any: PrivateExchange): Promise<ReadonlyArray<Position | number | undefined>> {
  const rate: number = (await createMexcFuturesPublic().funding.getFundingRate('BTC/USDT:USDT')).rate;
  const account = createGateioFuturesPrivate({ credentials: { apiKey: 'k', secretKey: 's' }, settle: 'btc' });
  // @ts-expect-error neither USDT nor BTC
  createGateioFuturesPrivate({ credentials: { apiKey: 'k', secretKey: 's' }, settle: 'eth' });
  // @ts-expect-error perhaps a spot account
  any.positions.getPositions();
  const own = await account.positions.getPosition('BTC/USD:BTC');
  return [rate, own, ...(supportsPositions(any) ? await any.positions.getPositions() : [])];
}

export const known: readonly Venue[] = [gateioSpot, gateioFuturesBtc, venues.mexc_futures];

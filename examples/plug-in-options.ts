/** Your own limits, policies, log and metrics, from a configuration text and the environment. */
import { createGateioPublic, isExchangeError } from '@cex/sdk';
import { loadConfig } from '@cex/sdk/config';
import { createMetrics, createRingLogger, toPrometheusText } from '@cex/sdk/observability';
import { startSimulator } from '@cex/sdk/simulator';

const config = await loadConfig({
  text: JSON.stringify({
    defaults: { timeoutMs: 3_000, retry: { maxAttempts: 4 } },
    venues: { gateio_spot: { rateLimit: { share: 0.5 }, reconnect: { firstDelayMs: 500 }, symbols: ['BTC/USDT'] } },
  }),
  env: process.env,
});
const simulator = process.argv.includes('--live') ? undefined : await startSimulator({ seed: 3 });
const metrics = createMetrics();
const logger = createRingLogger({ now: Date.now, level: 'debug' });
const exchange = createGateioPublic({
  ...config.forVenue('gateio_spot').options,
  ...(simulator === undefined ? {} : { endpoints: simulator.endpoints('gateio_spot') }),
  metrics,
  logger,
});

exchange.on('reconnect', (event) => console.log('reconnecting', event));
exchange.on('resync', (event) => console.log('rebuilding a book', event));

try {
  console.log('round trip', await exchange.ping(), 'ms');
  await exchange.getTicker('NO/SUCH').catch((error: unknown) => {
    if (isExchangeError(error, 'invalid_symbol')) console.log('refused before anything was sent:', error.message);
    else throw error;
  });
  console.log(toPrometheusText(metrics.snapshot()));
  console.log(await exchange.health());
  console.log(logger.entries().slice(-3));
} finally {
  await exchange.close();
  await simulator?.close();
}

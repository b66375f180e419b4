import type { Venue } from '../adapter/venue.js';
import { isExchangeError } from '../errors/exchange-error.js';
import { createHealthReport, type HealthCheck, type HealthReport } from '../model/health.js';
import { onAbort } from '../transport/on-abort.js';
import { createFundingFacet } from './create-funding-facet.js';
import { createExchangeCore } from './exchange-core.js';
import { createMarketCalls } from './market-calls.js';
import { createMarketWatch } from './market-watch.js';
import { type PublicExchangeOptions, validateOptions } from './options.js';
import type { PublicExchange } from './public-exchange.js';
import { createVenueCalls } from './venue-calls.js';

/**
 * Connects to a venue's market data. Nothing is opened until it is needed.
 * @throws {ConfigurationError} naming the option that is wrong.
 */
export function createPublicExchange(venue: Venue, options: PublicExchangeOptions = {}): PublicExchange {
  validateOptions(options);
  const core = createExchangeCore(venue, options);
  const { metrics, emitter, stream, clock } = core;
  const venueCalls = createVenueCalls(core);
  const calls = createMarketCalls(core, venueCalls);
  const { books, watchChannel, close: closeWatch, ...watch } = createMarketWatch(core);
  const leave = options.signal === undefined ? undefined : onAbort(options.signal, () => void close());
  if (options.signal?.aborted) void close();

  function close(): Promise<void> {
    leave?.();
    return core.close(closeWatch);
  }

  async function health(): Promise<HealthReport> {
    const checks: HealthCheck[] = [await checkRest(calls.ping)];
    const { status } = stream;
    checks.push({
      name: 'stream',
      status: status === 'degraded' || status === 'closed' ? 'degraded' : 'ok',
      detail: status,
    });
    for (const { symbol, state } of books) {
      checks.push({ name: `book ${symbol}`, status: state === 'live' ? 'ok' : 'degraded', detail: state });
    }
    return createHealthReport(venue.id, checks, clock.now());
  }

  return {
    venue: venue.id,
    ...calls,
    ...watch,
    ...(venue.funding && { funding: createFundingFacet(core, venue.funding, venueCalls, watchChannel) }),
    get status() {
      return stream.status;
    },
    on: emitter.on,
    metrics: metrics.snapshot,
    health,
    async warm() {
      core.requireOpen();
      await Promise.all([core.catalog.mapper(), core.time.probe()]);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function checkRest(ping: () => Promise<number>): Promise<HealthCheck> {
  try {
    return { name: 'rest', status: 'ok', detail: `${Math.round(await ping())} ms` };
  } catch (error) {
    return { name: 'rest', status: 'down', detail: isExchangeError(error) ? error.code : 'error' };
  }
}

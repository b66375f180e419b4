import type { Opportunity } from '../../arbitrage/detector/opportunity.js';
import { type ScannedVenue, watchOpportunities } from '../../arbitrage/detector/watch-opportunities.js';
import { createPublicExchange, isExchangeError, type KnownVenueId, type PublicExchange, venues } from '../../index.js';
import { type MarketSymbol, parseSymbol } from '../../model/symbol.js';
import { type SimulatedVenueId, startSimulator } from '../../simulator/index.js';
import { createSystemClock } from '../../transport/clock.js';
import { type Program, pause } from '../program.js';
import { fixed } from '../render.js';
import { UsageError } from '../usage-error.js';
import type { ArbScanCommand } from './arb-command.js';

const SIMULATED: readonly SimulatedVenueId[] = ['mexc_spot', 'gateio_spot'];

/** Prints what pays, until the user stops it or the time is over. @throws {ExchangeError} when a book cannot be had. */
export async function runScan(command: ArbScanCommand, { stdout, signal }: Program): Promise<number> {
  const { symbols, minBps, seconds, json, sim } = command;
  const simulator = sim ? await startSimulator({ venues: SIMULATED, markets: [...symbols] }) : undefined;
  const ids = sim ? SIMULATED : (Object.keys(venues) as KnownVenueId[]);
  const exchanges = ids.map((id) =>
    createPublicExchange(id, simulator === undefined ? {} : { endpoints: simulator.endpoints(id as SimulatedVenueId) }),
  );
  try {
    const scanned = await Promise.all(exchanges.map((exchange) => marketsOf(exchange, symbols)));
    if (scanned.reduce((sum, venue) => sum + venue.symbols.length, 0) < 2)
      throw new UsageError(`symbol: expected a market that two venues have, received ${symbols.join(', ')}`);
    const clock = createSystemClock();
    await using watch = await watchOpportunities(scanned, { clock, minProfitBps: minBps });
    watch.detector
      .on('opened', (found) => stdout.write(`${json ? JSON.stringify({ opened: found }) : describe(found)}\n`))
      .on('ended', ({ id, reason, durationMs, best }) => {
        const text = `${id} ended after ${durationMs} ms: ${reason}, at best ${fixed(best.netProfit, 4)}`;
        stdout.write(`${json ? JSON.stringify({ ended: { id, reason, durationMs } }) : text}\n`);
      });
    if (!json) stdout.write(`${watch.books.length} books, at least ${minBps} bps after fees; Ctrl-C ends it\n`);
    if (seconds > 0) await pause(seconds * 1_000, signal);
    else await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    return 0;
  } finally {
    await Promise.all(exchanges.map((exchange) => exchange.close()));
    await simulator?.close();
  }
}

/** The markets asked for that the venue has, and the perpetuals of the same pairs. */
async function marketsOf(exchange: PublicExchange, symbols: readonly MarketSymbol[]): Promise<ScannedVenue> {
  const wanted = symbols.flatMap((symbol): MarketSymbol[] => {
    const { quote, kind } = parseSymbol(symbol);
    return kind === 'spot' ? [symbol, `${symbol}:${quote}`] : [symbol];
  });
  const found: MarketSymbol[] = [];
  for (const symbol of wanted) {
    try {
      await exchange.getInstrument(symbol);
      found.push(symbol);
    } catch (error) {
      if (!isExchangeError(error, 'invalid_symbol')) throw error;
    }
  }
  return { exchange, symbols: found };
}

function describe({ id, kind, buy, sell, quantity, netProfit, netBps }: Opportunity): string {
  const leg = (word: string, { venue, symbol, averagePrice }: Opportunity['buy']) =>
    `${word} ${venue} ${symbol} at ${fixed(averagePrice, 4)}`;
  const size = Number(quantity.toPrecision(6));
  return `${id} ${kind}: ${leg('buy', buy)}, ${leg('sell', sell)}, ${size}, net ${fixed(netProfit, 4)} (${fixed(netBps, 1)} bps)`;
}

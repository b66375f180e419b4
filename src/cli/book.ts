import { createPublicExchange, type LiveOrderBook, venues } from '../index.js';
import type { Level } from '../model/order-book.js';
import { type SimulatedVenueId, type Simulator, startSimulator } from '../simulator/index.js';
import type { BookCommand } from './args.js';
import { type Program, pause } from './program.js';
import { createScreen, decimalsOf, fixed, table } from './render.js';
import { UsageError } from './usage-error.js';

const DEPTH = 10;
/** Ms between two JSON lines. */
const LINE_EVERY_MS = 100;

/** Shows one live book until the user stops it. @throws {ExchangeError} when the book cannot be had. */
export async function runBook(command: BookCommand, program: Program): Promise<number> {
  const { venue, symbol } = command;
  if (!Object.hasOwn(venues, venue)) {
    throw new UsageError(`venue: expected one of ${Object.keys(venues).join(', ')}, received ${venue}`);
  }
  const id = venue as SimulatedVenueId;
  const simulator = command.sim ? await startSimulator({ venues: [id], markets: [symbol] }) : undefined;
  const { signal } = program;
  const endpoints = simulator?.endpoints(id);
  const exchange = createPublicExchange(id, endpoints === undefined ? {} : { endpoints });
  try {
    const instrument = await untilAborted(exchange.getInstrument(symbol), signal);
    if (instrument === undefined) return 0;
    const book = exchange.watchOrderBook(symbol, { depth: DEPTH });
    const ended = new AbortController();
    let why: string | undefined;
    book.on('state', (state, reason) => {
      if (state !== 'closed') return;
      why = reason ?? 'closed';
      ended.abort();
    });
    await untilAborted(book.ready, signal);
    const until = AbortSignal.any([signal, ended.signal]);
    if (command.json) await printLines(book, venue, program, until);
    else await draw(book, venue, instrument, program, until);
    if (why === undefined) return 0;
    program.stderr.write(`cex: ${venue} ${symbol}: ${why}\n`);
    return 1;
  } finally {
    await closeAll(exchange, simulator);
  }
}

async function closeAll(exchange: { close(): Promise<void> }, simulator: Simulator | undefined): Promise<void> {
  await exchange.close();
  await simulator?.close();
}

async function printLines(book: LiveOrderBook, venue: string, { stdout }: Program, until: AbortSignal): Promise<void> {
  let changed = true;
  const note = (): void => {
    changed = true;
  };
  book.on('update', note).on('state', note);
  while (!until.aborted) {
    if (changed) stdout.write(`${JSON.stringify(lineOf(book, venue))}\n`);
    changed = false;
    await pause(LINE_EVERY_MS, until);
  }
}

/** A book that is not live has no levels to show. */
function lineOf(book: LiveOrderBook, venue: string): Record<string, unknown> {
  const { symbol, state } = book;
  if (state !== 'live') return { venue, symbol, state };
  const { sequence, updatedAt, bids, asks } = book.snapshot(DEPTH);
  const pairs = (levels: readonly Level[]) => levels.map(({ price, quantity }) => [price, quantity]);
  return { venue, symbol, state, sequence, updatedAt, bids: pairs(bids), asks: pairs(asks) };
}

async function draw(
  book: LiveOrderBook,
  venue: string,
  steps: { readonly tickSize: string; readonly lotSize: string },
  { stdout }: Program,
  until: AbortSignal,
): Promise<void> {
  const screen = createScreen(stdout);
  try {
    while (!until.aborted) {
      screen.show(linesOf(book, venue, decimalsOf(steps.tickSize), decimalsOf(steps.lotSize)));
      await pause(screen.everyMs, until);
    }
  } finally {
    screen.close();
  }
}

function linesOf(book: LiveOrderBook, venue: string, priceDecimals: number, quantityDecimals: number): string[] {
  const title = `${venue} ${book.symbol}  ${book.state}  sequence ${book.sequence}  age ${fixed(book.ageMs, 0)} ms`;
  if (book.state !== 'live') return [title];
  const { bids, asks } = book.snapshot(DEPTH);
  const row = (side: string, level: Level | undefined) => [
    side,
    fixed(level?.price, priceDecimals),
    fixed(level?.quantity, quantityDecimals),
  ];
  const rows = [...[...asks].reverse().map((level) => row('ask', level)), ...bids.map((level) => row('bid', level))];
  return [title, ...table([['', 'price', 'quantity'], ...rows], 1)];
}

/** `undefined` when the user stops first; a failure that comes later is nobody's any more. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(undefined);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

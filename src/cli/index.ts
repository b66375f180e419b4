#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { isExchangeError } from '../errors/exchange-error.js';
import { type Command, parseCommand } from './args.js';
import { HELP } from './help.js';
import type { Program } from './program.js';
import { UsageError } from './usage-error.js';

const BAD_INPUT = new Set(['validation', 'configuration', 'invalid_symbol']);
/** A second Ctrl-C after so many ms ends the process at once. */
const IMPATIENT_MS = 1_000;

/** Each command loads what it needs, so that a wrong word is answered at once. */
async function run(command: Command, program: Program): Promise<number> {
  switch (command.name) {
    case 'sim':
      return (await import('./sim.js')).runSim(command, program);
    case 'book':
      return (await import('./book.js')).runBook(command, program);
    case 'arb':
      return (await import('./arb/run-arb.js')).runArb(command, program);
    case 'demo':
      return (await import('./demo/run.js')).runDemo(command, program);
    case 'help':
      program.stdout.write(HELP);
      return 0;
    case 'version':
      program.stdout.write(`${await readVersion()}\n`);
      return 0;
  }
}

/** The sources and the built program both lie two folders below the manifest. */
async function readVersion(): Promise<string> {
  const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  return (manifest as { version: string }).version;
}

function exitCodeOf(error: unknown): number {
  return error instanceof UsageError || (isExchangeError(error) && BAD_INPUT.has(error.code)) ? 2 : 1;
}

function createProgram(): Program {
  const stopping = new AbortController();
  let stoppedAt = Number.POSITIVE_INFINITY;
  const stop = (): void => {
    // npm passes on a Ctrl-C that came from the terminal already; a later one means that the closing hangs.
    if (performance.now() - stoppedAt > IMPATIENT_MS) process.exit(130);
    if (!stopping.signal.aborted) stoppedAt = performance.now();
    stopping.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // The reader of a pipe may leave first, as `head` does.
  process.stdout.on('error', () => stopping.abort());
  return { stdout: process.stdout, stderr: process.stderr, signal: stopping.signal };
}

const program = createProgram();
try {
  process.exitCode = await run(parseCommand(process.argv.slice(2)), program);
} catch (error) {
  process.exitCode = exitCodeOf(error);
  // What fails because the user stopped it is no news.
  if (!program.signal.aborted) {
    const message = error instanceof Error ? error.message : String(error);
    program.stderr.write(`cex: ${message.replaceAll(/\s*\n\s*/g, ' ')}\n`);
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** One line that the engine printed. */
export interface EngineLine {
  readonly transition?: { readonly from: string; readonly to: string; readonly event: string };
  readonly cycle?: { readonly result: { readonly net: string; readonly fees: string; readonly funding: string } };
  readonly alarm?: { readonly reason: string };
  readonly refused?: { readonly reason: string };
  readonly task?: { readonly state: string };
  readonly error?: { readonly message: string };
}

/** An engine in a process of its own: `cex arb run`. */
export interface EngineProcess {
  /** Resolves when it is gone. */
  readonly ended: Promise<number | null>;
  /** At once, as a crash or a loss of power would. */
  kill(): void;
  /** As Ctrl-C does. */
  stop(): void;
}

/** Starts this very program again with other words. @param complain what it printed as errors. */
export function startEngine(
  words: readonly string[],
  hear: (line: EngineLine) => void,
  complain: (text: string) => void,
): EngineProcess {
  const program = process.argv[1] as string;
  const child: ChildProcess = spawn(
    process.execPath,
    [...process.execArgv, program, 'arb', 'run', '--json', ...words],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    try {
      hear(JSON.parse(line) as EngineLine);
    } catch {
      complain(line);
    }
  });
  child.stderr?.setEncoding('utf8').on('data', complain);
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('close', (code) => resolve(code));
  });
  return { ended, kill: () => void child.kill('SIGKILL'), stop: () => void child.kill('SIGTERM') };
}

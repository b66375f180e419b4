import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findKnownLeaks } from '../../support/canary-reporter.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs `cex` from the sources in a process of its own, to its end.
 * @throws when it prints a secret of anything here, in whatever encoding.
 * @param options.stopAt asks it to stop, as Ctrl-C does, once this text is on stdout.
 */
export async function runCli(args: readonly string[], options: { readonly stopAt?: string } = {}): Promise<Finished> {
  const finished = await runToTheEnd(args, options);
  const leaks = findKnownLeaks([
    ['its output', finished.stdout],
    ['its errors', finished.stderr],
  ]);
  if (leaks.length > 0) throw new Error(`cex ${args.join(' ')}: ${leaks.join()}`);
  return finished;
}

function runToTheEnd(args: readonly string[], options: { readonly stopAt?: string }): Promise<Finished> {
  // The variables of the test runner would change what a plain program sees.
  const { NODE_OPTIONS: _, VITEST: __, ...env } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/index.ts', ...args], { cwd: root, env });
  let stdout = '';
  let stderr = '';
  let stopped = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (stopped || options.stopAt === undefined || !stdout.includes(options.stopAt)) return;
    stopped = true;
    child.kill('SIGINT');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a Node program to its end; it is killed, and counts as failed, after `timeoutMs`. */
export function runNode(
  args: readonly string[],
  options: { readonly cwd: string; readonly timeoutMs?: number },
): Promise<Finished> {
  const { cwd, timeoutMs = 60_000 } = options;
  // The variables of the test runner would change what a plain program sees.
  const { NODE_OPTIONS: _, VITEST: __, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, env, timeout: timeoutMs, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, stdout, stderr: error?.killed ? `${stderr}\nkilled after ${timeoutMs} ms` : stderr });
    });
  });
}

import { readdirSync, readFileSync } from 'node:fs';
import type { Reporter } from 'vitest/node';
import { findCanaries } from './canaries.js';

/** Shorter ones stand for wrong input, and stand in other words, too. */
const SHORTEST = 10;
const SECRET = /secretKey: '([^'\\]+)'/g;

/** Every secret key that a test uses, by the file that names it. */
export function secretsOfTests(folder: URL): Record<string, string> {
  const secrets: Record<string, string> = {};
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.ts')) continue;
    for (const [, secret = ''] of readFileSync(new URL(path, folder), 'utf8').matchAll(SECRET)) {
      if (secret.length >= SHORTEST) secrets[`a secret of ${path}`] = secret;
    }
  }
  return secrets;
}

/** Reads along with everything that a test run prints, and fails the run when a secret is in it, in whatever encoding. */
export class CanaryReporter implements Reporter {
  #printed = '';

  onInit(): void {
    for (const stream of [process.stdout, process.stderr]) {
      const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
      stream.write = (chunk: unknown, ...rest: unknown[]): boolean => {
        this.#printed += typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString();
        return write(chunk, ...rest);
      };
    }
  }

  onTestRunEnd(): void {
    const printed = this.#printed;
    const leaks = findCanaries(secretsOfTests(new URL('..', import.meta.url)), [['what the run has printed', printed]]);
    process.stdout.write(`canary scan: ${printed.length} characters printed, ${leaks.length} secrets in them\n`);
    for (const leak of leaks) process.stdout.write(`LEAK ${leak}\n`);
    if (leaks.length > 0) process.exitCode = 1;
  }
}

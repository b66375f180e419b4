import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Reporter } from 'vitest/node';
import { findCanaries } from './canaries.js';

/** Shorter ones stand for wrong input, and stand in other words, too. */
const SHORTEST = 10;
/** A key that stands in code or data: `secretKey: '…'`, `"secret": "…"`, `const SECRET = '…'`. */
const NAMED = /\b(?:api_?|[A-Z]+_)?secret(?:_?key)?s?["']?\s*[:=]\s*(["'`])((?:(?!\1)[^\\\n$])+)\1/gi;
/** What is secret for its place, whatever it says: a signature, a listen key. */
const MADE: ReadonlyArray<readonly [name: string, shape: RegExp]> = [
  ['a signature', /\b(?:signature|SIGN)["']?\s*[:=]\s*["']?[0-9a-f]{64}/i],
  ['a listen key', /\blistenKey["']?\s*[:=]\s*["']?[\w-]{32}/i],
];
const SOURCES = /\.(?:ts|mts|cts|js|mjs|cjs|json)$/;

/** The secret keys that a text names, each once. */
export function secretsIn(text: string): string[] {
  const found = [...text.matchAll(NAMED)].map((match) => match[2] ?? '');
  return [...new Set(found.filter((secret) => secret.length >= SHORTEST))];
}

/** Every secret key that stands in a file of the folders, by file and number. */
export function secretsOf(folders: readonly URL[]): Record<string, string> {
  const secrets: Record<string, string> = {};
  for (const folder of folders) {
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!SOURCES.test(path) || path.includes('node_modules')) continue;
      for (const [index, secret] of secretsIn(readFileSync(new URL(path, folder), 'utf8')).entries())
        secrets[`secret ${index + 1} of ${path}`] = secret;
    }
  }
  return secrets;
}

/** What of the secrets is in the texts, in whatever encoding, and what else is secret there. */
export function findLeaks(
  secrets: Readonly<Record<string, string>>,
  texts: ReadonlyArray<readonly [place: string, text: string]>,
): string[] {
  // The same key stands in many files; it is looked for once.
  const distinct = new Map(Object.entries(secrets).map(([name, secret]) => [secret, name]));
  const wanted = Object.fromEntries([...distinct].map(([secret, name]) => [name, secret]));
  const made = texts.flatMap(([place, text]) =>
    MADE.flatMap(([name, shape]) => (shape.test(text) ? [`${name} in ${place}`] : [])),
  );
  return [...findCanaries(wanted, texts), ...made];
}

const FOLDERS = ['../', '../../bench/', '../../examples/', '../../src/'].map((path) => new URL(path, import.meta.url));

let known: Record<string, string> | undefined;

/** What of all secrets is in texts that the run does not print itself: of a process that a test has started. */
export function findKnownLeaks(texts: ReadonlyArray<readonly [place: string, text: string]>): string[] {
  known ??= secretsOf(FOLDERS);
  return findLeaks(known, texts);
}

/**
 * Reads along with everything that a test run prints, and fails the run when a secret is in it, in whatever encoding. It
 * looks at the very end, so that what other reporters print last is seen, too.
 * @param reports files that other reporters write.
 */
export class CanaryReporter implements Reporter {
  readonly #reports: readonly string[];
  readonly #printed: string[] = [];

  constructor(reports: readonly string[]) {
    this.#reports = reports;
  }

  onInit(): void {
    for (const stream of [process.stdout, process.stderr]) {
      const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
      stream.write = (chunk: unknown, ...rest: unknown[]): boolean => {
        this.#printed.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString());
        return write(chunk, ...rest);
      };
    }
    process.once('exit', () => this.#judge());
  }

  #judge(): void {
    const startedAt = performance.now();
    const printed = this.#printed.join('');
    const texts: Array<readonly [string, string]> = [['what the run has printed', printed]];
    for (const path of this.#reports) if (existsSync(path)) texts.push([path, readFileSync(path, 'utf8')]);
    const secrets = secretsOf(FOLDERS);
    const leaks = findLeaks(secrets, texts);
    const size = texts.reduce((sum, [, text]) => sum + text.length, 0);
    const took = Math.round(performance.now() - startedAt);
    const kinds = new Set(Object.values(secrets)).size;
    const lines = leaks.map((leak) => `LEAK ${leak}\n`).join('');
    process.stdout.write(
      `canary scan: ${kinds} secrets, ${size} characters, ${took} ms, ${leaks.length} leaks\n${lines}`,
    );
    if (leaks.length > 0) process.exitCode = 1;
  }
}

import { isDeepStrictEqual } from 'node:util';

/** @throws {Error} when a contender gives another answer than the first: then its time means nothing. */
export function requireSame(what: string, answers: Readonly<Record<string, unknown>>): void {
  const [[first, wanted], ...others] = Object.entries(answers) as [[string, unknown], ...[string, unknown][]];
  for (const [name, answer] of others) {
    if (isDeepStrictEqual(answer, wanted)) continue;
    throw new Error(`${what}: ${name} differs from ${first}\n${print(wanted)}\n${print(answer)}`);
  }
}

function print(value: unknown): string {
  return JSON.stringify(value).slice(0, 600);
}

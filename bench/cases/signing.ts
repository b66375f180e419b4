import { createHmac, createSecretKey } from 'node:crypto';
import { createHmacSha256, createHmacSha512 } from '../../src/crypto/hmac.js';
import { atMost, judge } from '../measure/result.js';
import { type Contender, compare, describe, samplesOf } from '../measure/rounds.js';
import { requireSame } from '../measure/same.js';
import { ratios } from '../measure/samples.js';
import { roundsOf, type Suite } from '../measure/suite.js';

const TEXTS = 2_000;
const SECRET = 'b7e1c2d3f4a5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff';

/** The digest of a signed call, of a text as long as an order's, with a key that was imported before. */
export const signing: Suite = {
  ids: ['sign.mexc', 'sign.gate'],
  async run(effort) {
    const rounds = roundsOf(effort);
    return [
      await race('sign.mexc', 'sha256', createHmacSha256(SECRET), rounds),
      await race('sign.gate', 'sha512', createHmacSha512(SECRET), rounds),
    ];
  },
};

async function race(id: string, algorithm: string, hmac: (text: string) => string, rounds: number) {
  const key = createSecretKey(Buffer.from(SECRET));
  const bare = (text: string): string => createHmac(algorithm, key).update(text, 'utf8').digest('hex');
  const texts = Array.from({ length: TEXTS }, (_, at) => `${'symbol=BTCUSDT&side=BUY&'.repeat(5)}timestamp=${at}`);
  requireSame(id, { node: texts.map(bare), ours: texts.map(hmac) });
  const timings = await compare([signAll('ours', texts, hmac), signAll('node', texts, bare)], { rounds, units: TEXTS });
  return judge({
    id,
    samples: ratios(samplesOf(timings, 'ours'), samplesOf(timings, 'node')),
    unit: '×',
    goal: atMost(1.1),
    baseline: 'createHmac of node:crypto with a KeyObject',
    detail: describe(timings),
  });
}

function signAll(name: string, texts: readonly string[], sign: (text: string) => string): Contender {
  return {
    name,
    run: () => {
      for (const text of texts) if (sign(text) === '') throw new Error('no digest');
    },
  };
}

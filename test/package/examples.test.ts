import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { root, runNode } from './run.js';

const folder = join(inject('consumer'), 'examples');
const tsx = pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href;
const examples = readdirSync(join(root, 'examples')).filter(
  (name) => name.endsWith('.ts') && !['account.ts', 'connect.ts'].includes(name),
);

/** What a run must have printed, so that an example cannot pass by doing nothing. */
const prints: Readonly<Record<string, RegExp>> = {
  'live-book.ts': /the book is live[\s\S]*spread[\s\S]*buying 0\.5 BTC costs[\s\S]*[1-9]\d* updates/,
  'best-price-across-venues.ts': /buy mexc_spot at [\d.]+, sell gateio_spot at [\d.]+: -?[\d.]+ bps/,
  'trades-stream.ts': /(?:buy|sell) [\d.]+ at [\d.]+[\s\S]*takers bought/,
  'candles-history.ts': /14[34]\d candles[\s\S]*open [\d.]+ {2}high/,
  'paper-simulator.ts': /the exchange itself says[\s\S]*went .*live[\s\S]*faults that happened/,
  'plug-in-options.ts': /round trip [\d.]+ ms[\s\S]*refused before anything was sent[\s\S]*# TYPE/,
  'place-order-safely.ts':
    /placed \d+ t-\w+ open\ncanceled canceled with 0 filled\nnothing was sent: quantity: expected/,
  'lost-answer.ts': /found by evidence: \S+ open[\s\S]*rejected: .*proven[\s\S]*open at the venue: 1/,
  'watch-account.ts': /live: live[\s\S]*filled: buy 0\.00\d+ at[\s\S]*live again, with 0\.00\d+ BTC/,
  'withdraw.ts': /USDT over TRX: fee [\d.]+[\s\S]*withdrawal \S+ pending[\s\S]*refused before anything was sent/,
  'scan-for-spreads.ts':
    /BTC unproven[\s\S]*o1: buy [\d.]+ at gateio_spot for [\d.]+, sell at mexc_spot[\s\S]*net [\d.]+/,
  'run-a-task.ts': /IDLE -> SYNCING[\s\S]*ANALYZING -> MANAGING_ORDERS[\s\S]*result \{[\s\S]*net: '\d/,
  'own-detector.ts': /new best: -?[\d.]+ bps net for 0\.5 ETH[\s\S]*at best -?[\d.]+ bps/,
  'contracts-and-base.ts':
    /one contract is 0\.0001 BTC[\s\S]*long 0\.02 BTC = 200 contracts[\s\S]*closed: sell 0\.02 BTC, reduce only: true/,
  'hedge-spot.ts':
    /long 0\.02\d* BTC on spot, short 0\.02\d* BTC[\s\S]*after fees: -?[\d.]+ USDT on spot, -?[\d.]+ USDT on the/,
  'funding-history.ts':
    /mexc_futures: -?[\d.]+ bps[\s\S]*gateio_futures: [\s\S]*mark [\d.]+, index [\d.]+[\s\S]*Z {2}-?[\d.]+ bps/,
  'close-everything.ts': /canceled 1 orders[\s\S]*closed BTC\/USDT:USDT sell 0\.01 filled[\s\S]*positions left: 0/,
  'record-json-lines.ts': /^(?:\{"type":"(?:bookTicker|trade)".*\}\n)+$/,
};

describe('the examples', () => {
  beforeAll(() => {
    cpSync(join(root, 'examples'), folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  });

  it('are the ones that are tested here', () => {
    expect([...examples].sort()).toEqual(Object.keys(prints).sort());
  });

  it.each(examples)('%s runs on the installed package, says what it should, and ends', async (name) => {
    const { code, stdout, stderr } = await runNode(['--import', tsx, name, '--seconds', '2'], {
      cwd: folder,
      timeoutMs: 30_000,
    });
    expect({ code, stderr: stderr.replace(/^\d+ lines\n$/, ''), stdout }).toEqual({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(prints[name] ?? /./),
    });
  });

  it.each(examples)('%s has less than 60 lines', (name) => {
    expect(readFileSync(join(root, 'examples', name), 'utf8').split('\n').length).toBeLessThan(60);
  });
});

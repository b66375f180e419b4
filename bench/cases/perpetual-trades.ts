import type { MarketStreams } from '../../src/adapter/venue.js';
import { gateioFuturesStreams } from '../../src/venues/gateio/futures/stream-market.js';
import { mexcFuturesStreams } from '../../src/venues/mexc/futures/stream-market.js';
import { asBytes, createOurReader } from '../contenders/ours.js';
import { readAll, runOnce } from '../contenders/passes.js';
import { type FrameWriter, makeFrames } from '../frames/frame-set.js';
import { gateContractFrames, mexcContractFrames } from '../frames/perpetuals.js';
import { atMost, judge, type Result } from '../measure/result.js';
import { compare, describe, samplesOf } from '../measure/rounds.js';
import { requireSame } from '../measure/same.js';
import { ratios } from '../measure/samples.js';
import { type Effort, roundsOf, type Suite } from '../measure/suite.js';
import { parseAll } from './gate-depth.js';

const FRAMES = 10_000;

/** A row of either exchange. */
interface Row {
  readonly p?: number;
  readonly price?: string;
  readonly v?: number;
  readonly size?: string;
  readonly T?: number;
}

/** Trades of perpetuals, 1 to 4 per push, 100 symbols: text → trades. */
export const perpetualTrades: Suite = {
  ids: ['gate.futures.trades', 'mexc.futures.deals'],
  async run(effort) {
    return [
      await race('gate.futures.trades', gateioFuturesStreams, gateContractFrames, effort),
      await race('mexc.futures.deals', mexcFuturesStreams, mexcContractFrames, effort),
    ];
  },
};

async function race(
  id: string,
  streams: MarketStreams,
  writer: FrameWriter<string>,
  { seed, ...effort }: Effort,
): Promise<Result> {
  const options = { seed, markets: 100, frames: FRAMES, depth: 50, kinds: ['trades'] as const, maxTrades: 4 };
  const set = makeFrames(writer, options);
  const reader = await createOurReader(streams, streams.chooseBook({}), set);
  const ours = readAll('ours', asBytes(set.frames), reader);
  await runOnce(ours);
  set.markets.forEach(({ symbol, id: market }) => {
    const last = set.frames.findLast((frame) => frame.includes(`"${market}"`)) ?? '{}';
    const { result, data } = JSON.parse(last) as { result?: Row[]; data?: Row[] };
    const row = (result ?? data)?.at(-1);
    const contracts = Number(row?.size ?? (row?.T === 2 ? -(row.v ?? 0) : row?.v));
    const trade = reader.trades.get(symbol);
    requireSame(`${id} of ${symbol}`, {
      'JSON.parse': [Number(row?.price ?? row?.p), Math.abs(contracts), contracts > 0 ? 'buy' : 'sell'],
      ours: [trade?.price, trade?.quantity, trade?.takerSide],
    });
  });
  const timings = await compare([ours, parseAll(set.frames)], { rounds: roundsOf({ seed, ...effort }), units: FRAMES });
  return judge({
    id,
    samples: ratios(samplesOf(timings, 'ours'), samplesOf(timings, 'JSON.parse')),
    unit: '×',
    goal: atMost(0.45),
    baseline: 'JSON.parse alone of the same text; nothing is done with what it gives',
    detail: describe(timings),
  });
}

import { gateioSpotStreams } from '../../src/venues/gateio/spot/stream-market.js';
import { asBytes, createOurReader } from '../contenders/ours.js';
import { readAll, runOnce } from '../contenders/passes.js';
import { type FrameKind, makeFrames } from '../frames/frame-set.js';
import { gateUpdateFrames } from '../frames/gateio.js';
import { atMost, judge, type Result } from '../measure/result.js';
import { compare, describe, samplesOf } from '../measure/rounds.js';
import { requireSame } from '../measure/same.js';
import { ratios } from '../measure/samples.js';
import { type Effort, roundsOf, type Suite } from '../measure/suite.js';
import { parseAll } from './gate-depth.js';

const FRAMES = 10_000;

/** Gate.io `book_ticker` and `trades` (one per push), 100 symbols: text → numbers. */
export const gateEvents: Suite = {
  ids: ['gate.bookTicker', 'gate.trades'],
  async run(effort) {
    return [
      await race('gate.bookTicker', 'bookTicker', 0.25, effort),
      await race('gate.trades', 'trades', 0.45, effort),
    ];
  },
};

async function race(id: string, kind: FrameKind, goal: number, effort: Effort): Promise<Result> {
  const { seed } = effort;
  const options = { seed, markets: 100, frames: FRAMES, depth: 50, kinds: [kind], maxTrades: 1 };
  const set = makeFrames(gateUpdateFrames, options);
  const reader = await createOurReader(gateioSpotStreams, gateioSpotStreams.chooseBook({}), set);
  const ours = readAll('ours', asBytes(set.frames), reader);
  await runOnce(ours);
  set.markets.forEach(({ symbol, id: pair }) => {
    const last = set.frames.findLast((frame) => frame.includes(`"${pair}"`));
    const { result } = JSON.parse(last ?? '{}') as { result?: Record<string, string> };
    const [ticker, trade] = [reader.tickers.get(symbol), reader.trades.get(symbol)];
    requireSame(`${id} of ${symbol}`, {
      'JSON.parse':
        kind === 'trades'
          ? [String(result?.['id']), Number(result?.['price']), Number(result?.['amount']), result?.['side']]
          : ['b', 'B', 'a', 'A'].map((field) => Number(result?.[field])),
      ours:
        kind === 'trades'
          ? [trade?.id, trade?.price, trade?.quantity, trade?.takerSide]
          : [ticker?.bidPrice, ticker?.bidQuantity, ticker?.askPrice, ticker?.askQuantity],
    });
  });
  const timings = await compare([ours, parseAll(set.frames)], { rounds: roundsOf(effort), units: FRAMES });
  return judge({
    id,
    samples: ratios(samplesOf(timings, 'ours'), samplesOf(timings, 'JSON.parse')),
    unit: '×',
    goal: atMost(goal),
    baseline: 'JSON.parse alone of the same text; nothing is done with what it gives',
    detail: describe(timings),
  });
}

import { mexcSpotStreams } from '../../src/venues/mexc/spot/stream-market.js';
import { CCXT, ccxtLevels, createCcxtReader } from '../contenders/ccxt.js';
import { createOurReader } from '../contenders/ours.js';
import { readAll, runOnce } from '../contenders/passes.js';
import { createProtobufBooks, createProtobufDecoder, PROTOBUFJS } from '../contenders/protobuf.js';
import { levelsOf, numbersOf } from '../contenders/text-book.js';
import { makeFrames } from '../frames/frame-set.js';
import { mexcFrames } from '../frames/mexc.js';
import { bytesPerUnit, HEAP_FLAGS } from '../measure/allocation.js';
import { atLeast, atMost, judge } from '../measure/result.js';
import { compare, describe, samplesOf } from '../measure/rounds.js';
import { requireSame } from '../measure/same.js';
import { ratios } from '../measure/samples.js';
import { type Effort, roundsOf, type Suite } from '../measure/suite.js';

const FRAMES = 4_000;

/** MEXC `aggre.depth`, 1 to 40 levels, 100 symbols: bytes of a frame → applied to a book of 500 levels a side. */
async function createContenders({ seed }: Effort) {
  const set = makeFrames(mexcFrames, {
    seed,
    markets: 100,
    frames: FRAMES,
    depth: 500,
    kinds: ['depth'],
    maxTrades: 1,
  });
  const ours = await createOurReader(mexcSpotStreams, mexcSpotStreams.chooseBook({}), set);
  const ccxt = await createCcxtReader('mexc', set);
  const protobuf = createProtobufBooks(await createProtobufDecoder(), set);
  const contenders = {
    ours: readAll('ours', set.frames, ours),
    ccxt: readAll('ccxt', set.frames, ccxt),
    protobufjs: readAll('protobufjs', set.frames, protobuf),
  };
  for (const contender of Object.values(contenders)) await runOnce(contender);
  set.markets.forEach(({ symbol }, at) => {
    requireSame(`book of ${symbol}`, {
      truth: numbersOf(set.end[at] as never),
      ours: levelsOf(ours.books[at] as never),
      ccxt: ccxtLevels(ccxt.exchange.orderbooks[symbol]),
      protobufjs: levelsOf(protobuf.books[at] as never),
    });
  });
  return contenders;
}

export const mexcDepth: Suite = {
  ids: ['mexc.depth'],
  async run(effort) {
    const { ours, ccxt, protobufjs } = await createContenders(effort);
    const timings = await compare([ours, ccxt, protobufjs], { rounds: roundsOf(effort), units: FRAMES });
    const own = samplesOf(timings, 'ours');
    const detail = describe(timings);
    return [
      judge({
        id: 'mexc.depth/ccxt',
        samples: ratios(samplesOf(timings, 'ccxt'), own),
        unit: '×',
        goal: atLeast(15),
        baseline: `${CCXT}: onMessage of its client, with its handlers and its book`,
        detail,
      }),
      judge({
        id: 'mexc.depth/protobufjs',
        samples: ratios(samplesOf(timings, 'protobufjs'), own),
        unit: '×',
        goal: atLeast(5),
        baseline: `${PROTOBUFJS}, applied to our book`,
        detail,
      }),
    ];
  },
};

export const mexcDepthAllocation: Suite = {
  ids: ['mexc.depth/allocated'],
  flags: HEAP_FLAGS,
  async run(effort) {
    const { ours, ccxt, protobufjs } = await createContenders(effort);
    const [peer] = await bytesPerUnit(ccxt, FRAMES, 3);
    const [floor] = await bytesPerUnit(protobufjs, FRAMES, 3);
    return [
      judge({
        id: 'mexc.depth/allocated',
        samples: await bytesPerUnit(ours, FRAMES, 9),
        unit: 'B/frame',
        goal: atMost(32),
        baseline: 'heap and buffers after a pass without a collection',
        detail: `ccxt ${peer?.toFixed(0)} B, protobufjs ${floor?.toFixed(0)} B`,
      }),
    ];
  },
};

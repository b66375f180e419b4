import { mexcSpotStreams } from '../../src/venues/mexc/spot/stream-market.js';
import { createOurReader } from '../contenders/ours.js';
import { readAll, runOnce } from '../contenders/passes.js';
import { createProtobufDecoder, PROTOBUFJS } from '../contenders/protobuf.js';
import { type FrameKind, type FrameSet, makeFrames } from '../frames/frame-set.js';
import { mexcFrames } from '../frames/mexc.js';
import { atLeast, judge, type Result } from '../measure/result.js';
import { compare, describe, samplesOf } from '../measure/rounds.js';
import { requireSame } from '../measure/same.js';
import { ratios } from '../measure/samples.js';
import { type Effort, roundsOf, type Suite } from '../measure/suite.js';

const FRAMES = 10_000;

interface PlainTicker {
  readonly bidPrice: number;
  readonly bidQuantity: number;
  readonly askPrice: number;
  readonly askQuantity: number;
}

interface PlainTrade {
  readonly price: number;
  readonly quantity: number;
  readonly buys: boolean;
  readonly time: number;
}

/** MEXC `aggre.bookTicker` and `aggre.deals` (1 to 4 trades), 100 symbols: bytes → numbers. */
export const mexcEvents: Suite = {
  ids: ['mexc.bookTicker', 'mexc.deals'],
  async run(effort) {
    return [
      await race('mexc.bookTicker', 5, framesOf('bookTicker', effort), effort),
      await race('mexc.deals', 4, framesOf('trades', effort), effort),
    ];
  },
};

function framesOf(kind: FrameKind, { seed }: Effort): FrameSet<Uint8Array> {
  return makeFrames(mexcFrames, { seed, markets: 100, frames: FRAMES, depth: 50, kinds: [kind], maxTrades: 4 });
}

async function race(id: string, goal: number, set: FrameSet<Uint8Array>, effort: Effort): Promise<Result> {
  const ours = await createOurReader(mexcSpotStreams, mexcSpotStreams.chooseBook({}), set);
  const plain = await createPlainReader();
  const contenders = [readAll('ours', set.frames, ours), readAll('protobufjs', set.frames, plain)];
  for (const contender of contenders) await runOnce(contender);
  requireSame(id, {
    protobufjs: [Object.fromEntries(plain.tickers), Object.fromEntries(plain.trades)],
    ours: [
      Object.fromEntries(
        set.markets.flatMap(({ id: name, symbol }) => entry(name, ours.tickers.get(symbol), tickerOf)),
      ),
      Object.fromEntries(set.markets.flatMap(({ id: name, symbol }) => entry(name, ours.trades.get(symbol), tradeOf))),
    ],
  });
  const timings = await compare(contenders, { rounds: roundsOf(effort), units: FRAMES });
  return judge({
    id,
    samples: ratios(samplesOf(timings, 'protobufjs'), samplesOf(timings, 'ours')),
    unit: '×',
    goal: atLeast(goal),
    baseline: `${PROTOBUFJS}, into an object per event`,
    detail: describe(timings),
  });
}

/** Decode, four numbers or a list of trades, no checks. */
async function createPlainReader() {
  const decode = await createProtobufDecoder();
  const tickers = new Map<string, PlainTicker>();
  const trades = new Map<string, PlainTrade>();
  return {
    tickers,
    trades,
    reset: () => {},
    read(frame: Uint8Array): void {
      const { symbol, publicAggreBookTicker: ticker, publicAggreDeals } = decode(frame);
      if (ticker !== undefined && ticker !== null) {
        tickers.set(symbol, {
          bidPrice: Number(ticker.bidPrice),
          bidQuantity: Number(ticker.bidQuantity),
          askPrice: Number(ticker.askPrice),
          askQuantity: Number(ticker.askQuantity),
        });
      }
      let newest: PlainTrade | undefined;
      for (const { price, quantity, tradeType, time } of publicAggreDeals?.deals ?? []) {
        newest = {
          price: Number(price),
          quantity: Number(quantity),
          buys: tradeType === 1,
          time: typeof time === 'number' ? time : time.toNumber(),
        };
      }
      if (newest !== undefined) trades.set(symbol, newest);
    },
  };
}

function entry<T, P>(name: string, value: T | undefined, plain: (value: T) => P): [string, P][] {
  return value === undefined ? [] : [[name, plain(value)]];
}

function tickerOf(ticker: { [K in keyof PlainTicker]: number | undefined }) {
  const { bidPrice, bidQuantity, askPrice, askQuantity } = ticker;
  return { bidPrice, bidQuantity, askPrice, askQuantity };
}

function tradeOf(trade: { price: number; quantity: number; takerSide: string; matchedAt: number }): PlainTrade {
  const { price, quantity, takerSide, matchedAt } = trade;
  return { price, quantity, buys: takerSide === 'buy', time: matchedAt };
}

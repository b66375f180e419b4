import type { FrameWriter } from './frame-set.js';
import { gateFuturesFrames } from './gateio.js';

/** Gate.io futures' pushes with lists of trades. Source: Gate futures WebSocket v4 docs, trades. */
export const gateContractFrames: FrameWriter<string> = {
  ...gateFuturesFrames,
  trades: ({ id: contract }, trades, at) =>
    JSON.stringify({
      time: Math.floor(at / 1_000),
      time_ms: at,
      channel: 'futures.trades',
      event: 'update',
      result: trades.map(({ id, price, quantity, side }) => ({
        size: side === 'buy' ? quantity : `-${quantity}`,
        id,
        create_time: Math.floor(at / 1_000),
        create_time_ms: at,
        price,
        contract,
      })),
    }),
};

/** MEXC futures' text pushes of trades. Source: MEXC contract API docs, deal stream. */
export const mexcContractFrames: FrameWriter<string> = {
  ...gateFuturesFrames,
  trades: ({ id: symbol }, trades, at) =>
    JSON.stringify({
      symbol,
      data: trades.map(({ price, quantity, side }) => ({
        p: Number(price),
        v: Number(quantity),
        T: side === 'buy' ? 1 : 2,
        O: 3,
        M: 2,
        t: at,
      })),
      channel: 'push.deal',
      ts: at + 2,
    }),
};

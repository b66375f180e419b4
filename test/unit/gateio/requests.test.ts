import { describe, expect, it } from 'vitest';
import type { Topic } from '../../../src/adapter/channel.js';
import { gateioSpot } from '../../../src/venues/gateio/index.js';

const codec = await gateioSpot.streams.loadCodec();
const NOW = 1_767_225_610_999;

const topic = (channel: string, ...args: string[]): Topic => ({ channel, key: args.join('_'), args });

function write(event: 'subscribe' | 'unsubscribe', topics: readonly Topic[]) {
  let id = 10;
  const messages = codec[event](
    topics,
    () => {
      id += 1;
      return id;
    },
    NOW,
  );
  return messages.map((message) => ({ ...message, text: JSON.parse(message.text) }));
}

describe('Gate.io requests', () => {
  it('puts pairs of one list channel into one message, and cuts the time to whole seconds', () => {
    const topics = [topic('spot.tickers', 'A_USDT'), topic('spot.trades', 'A_USDT'), topic('spot.tickers', 'B_USDT')];
    expect(write('subscribe', topics)).toEqual([
      {
        id: 11,
        text: {
          time: 1_767_225_610,
          id: 11,
          channel: 'spot.tickers',
          event: 'subscribe',
          payload: ['A_USDT', 'B_USDT'],
        },
        topics: [topics[0], topics[2]],
      },
      {
        id: 12,
        text: { time: 1_767_225_610, id: 12, channel: 'spot.trades', event: 'subscribe', payload: ['A_USDT'] },
        topics: [topics[1]],
      },
    ]);
  });

  it('gives every book and candle topic a message of its own', () => {
    const topics = [
      topic('spot.candlesticks', '1m', 'A_USDT'),
      topic('spot.candlesticks', '1m', 'B_USDT'),
      topic('spot.order_book_update', 'A_USDT', '100ms'),
      topic('spot.order_book', 'A_USDT', '20', '1000ms'),
      topic('spot.obu', 'ob.A_USDT.50'),
      topic('spot.obu', 'ob.B_USDT.50'),
    ];
    expect(write('unsubscribe', topics).map(({ text }) => [text.channel, text.event, text.payload])).toEqual(
      topics.map(({ channel, args }) => [channel, 'unsubscribe', args]),
    );
  });

  it('splits after 100 pairs and loses none', () => {
    const topics = Array.from({ length: 250 }, (_, at) => topic('spot.book_ticker', `P${at}_USDT`));
    const messages = write('subscribe', topics);
    expect(messages.map(({ id, topics: carried }) => [id, carried.length])).toEqual([
      [11, 100],
      [12, 100],
      [13, 50],
    ]);
    expect(messages.flatMap(({ text }) => text.payload)).toEqual(topics.map(({ args }) => args[0]));
  });

  it('writes nothing for no topics', () => {
    expect(write('subscribe', [])).toEqual([]);
  });

  it('writes the application ping', () => {
    expect(JSON.parse(codec.ping(NOW))).toEqual({ time: 1_767_225_610, channel: 'spot.ping' });
  });
});

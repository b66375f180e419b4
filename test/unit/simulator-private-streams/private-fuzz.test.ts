import { describe, expect, it } from 'vitest';
import { createSeededRandom, type SeededRandom } from '../../../src/transport/seeded-random.js';
import { type ApiFrame, createGateioStreamWorld, SOON } from './gateio-client.js';

const CHANNELS = [
  ...['spot.order_place', 'spot.order_amend', 'spot.order_cancel', 'spot.order_cancel_ids', 'spot.order_cancel_cp'],
  ...['spot.order_status', 'spot.order_list', 'spot.login', 'spot.orders', 'spot.balances', 'spot.priceorders', ''],
];
const FIELDS = [
  'currency_pair',
  'side',
  'type',
  'amount',
  'price',
  'text',
  'time_in_force',
  'id',
  'order_id',
  'status',
];
const WORDS = ['', '0', '1', '-1', '0.5', '100', 'buy', 'sell', 'limit', 'market', 'BTC_USDT', 't-1', 'open', 'ioc'];
const ODD: readonly unknown[] = [
  ...WORDS,
  null,
  true,
  [],
  {},
  [1],
  1e300,
  0.1,
  '"}]\\',
  '龙虾',
  { a: { req_param: 1 } },
];

function draw(random: SeededRandom): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (let n = random.int(8); n > 0; n--) fields[random.pick(FIELDS)] = random.pick(ODD);
  return fields;
}

describe('the socket answers everything', () => {
  it.each(['1', '2', '3'])('that has an id to answer to, seed %s', async (seed) => {
    const random = createSeededRandom(seed);
    const world = createGateioStreamWorld();
    const client = await world.loggedIn();
    const statuses = new Set<unknown>();
    for (let i = 0; i < 1_500; i++) {
      const one = draw(random);
      const good = { currency_pair: 'BTC_USDT', side: 'buy', amount: '0.1', price: '100', text: 't-1', id: '1' };
      const param = random.pick([one, [one], [one, one], { ...good, ...one }, [good], random.pick(ODD), undefined]);
      const { channel, ...message } = world.command(random.pick(CHANNELS), param, random.pick([undefined, one]));
      client.send({ ...message, channel, event: random.pick(['api', 'api', 'api', 'subscribe', one]) });
      client.send({ ...message, channel, payload: random.pick(ODD) });
      client.send({ ...world.signed(channel, 'subscribe', random.pick(ODD)), ...one });
      await world.clock.advance(random.int(300));
      const answers = client.takeTexts() as ApiFrame[];
      for (const { header } of answers) statuses.add(header?.['status']);
      const id = message.payload.req_id;
      client.send({ ...message, channel: 'spot.order_list', event: 'api' });
      await world.clock.advance(SOON);
      const own = (client.takeTexts() as ApiFrame[]).filter((frame) => frame.request_id === id && frame.ack !== true);
      expect(own.length).toBeGreaterThanOrEqual(1);
    }
    expect([...statuses]).toEqual(expect.arrayContaining(['200', '400', '404']));
    expect(client.closedWith).toBeUndefined();
    expect(world.audit()).toEqual([]);
  });
});

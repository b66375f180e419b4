import { afterEach, describe, expect, it } from 'vitest';
import { PRIVATE_ROUTES } from '../../../src/simulator/wire/mexc-futures/private/routes.js';
import { createSeededRandom, type SeededRandom } from '../../../src/transport/seeded-random.js';
import { createMexcFuturesPrivateWorld, OPEN_LONG } from '../../support/mexc-futures-private-world.js';

const WORDS: readonly unknown[] = [
  ...[
    '',
    '0',
    '1',
    '-1',
    '0.5',
    '100',
    '1e9',
    'null',
    'BTC_USDT',
    'ETH_USDT',
    'BTCUSDT',
    'ADD',
    'SUB',
    'mine',
    '龙虾',
    '%',
  ],
  ...['9'.repeat(40), '739113577038000001', '265557643326000001', '1,2', '{}', 'true'],
];
const ODD: readonly unknown[] = [
  null,
  true,
  false,
  [],
  {},
  [1],
  1e300,
  1e-9,
  0.1,
  -0,
  0,
  1,
  2,
  3,
  4,
  5,
  6,
  10,
  99,
  100,
  101,
];
const FIELDS = [
  ...['symbol', 'price', 'vol', 'leverage', 'side', 'type', 'openType', 'positionId', 'externalOid', 'positionMode'],
  ...[
    'reduceOnly',
    'stpMode',
    'triggerPrice',
    'triggerType',
    'executeCycle',
    'orderType',
    'trend',
    'orderId',
    'amount',
  ],
  ...[
    'positionType',
    'page_num',
    'page_size',
    'states',
    'start_time',
    'end_time',
    'order_ids',
    'currency',
    'position_id',
  ],
];
const ROUTES = Object.keys(PRIVATE_ROUTES);

function draw(random: SeededRandom): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (let n = random.int(6); n > 0; n--) fields[random.pick(FIELDS)] = random.pick([...WORDS, ...ODD]);
  return fields;
}

let world: ReturnType<typeof createMexcFuturesPrivateWorld>;
afterEach(() => expect(world.audit()).toEqual([]));

describe('the wire answers everything', () => {
  it.each(['1', '2', '3'])('that is signed well with an envelope, seed %s', async (seed) => {
    const random = createSeededRandom(seed);
    world = createMexcFuturesPrivateWorld();
    const codes = new Set<number>();
    for (let i = 0; i < 4_000; i++) {
      const [method, pattern] = random.pick(ROUTES).split(' ') as ['GET' | 'POST', string];
      const path = pattern.replace(/\{\w+\}/g, () =>
        encodeURIComponent(String(random.pick(['BTC_USDT', 'mine', '1']))),
      );
      const one = (): unknown => ({ ...(random.chance(0.7) ? OPEN_LONG : {}), ...draw(random) });
      const body = random.pick([one(), one(), one(), [one()], [one(), '1'], random.pick(ODD)]);
      const { code } = world.call(method, path, method === 'GET' ? draw(random) : body);
      expect(Number.isSafeInteger(code), `seed ${seed} step ${i}: ${method} ${path}`).toBe(true);
      codes.add(code);
      if (i % 10 === 0) world.offer(random.pick(['buy', 'sell'] as const), 90 + random.int(20), 1 + random.int(20));
      await world.clock.advance(random.int(300));
    }
    expect([...codes]).toEqual(expect.arrayContaining([0, 600, 604, 1001, 2009, 2040]));
  });

  it.each(['1', '2', '3'])('on the socket, or is silent, seed %s', async (seed) => {
    const random = createSeededRandom(seed);
    world = createMexcFuturesPrivateWorld();
    const client = world.connect();
    client.login();
    const kinds = ['depth', 'depth.full', 'depth.step', 'deal', 'kline', 'ticker', 'tickers', 'fair.price', 'x', ''];
    const methods = [
      ...kinds.flatMap((kind) => [`sub.${kind}`, `unsub.${kind}`]),
      ...['login', 'personal.filter', 'ping', '', 'SUBSCRIPTION'],
    ];
    const values = [...WORDS, ...ODD];
    for (let i = 0; i < 2_000; i++) {
      const param = {
        symbol: random.pick(['BTC_USDT', ...values]),
        limit: random.pick(values),
        step: random.pick(values),
      };
      const more = { interval: random.pick(['Min1', ...values]), filters: random.pick(values) };
      const message = random.pick([{ ...param, ...more }, random.pick(values)]);
      client.send(random.pick([{ method: random.pick(methods), param: message }, random.pick(ODD)]));
      await world.clock.advance(random.int(50));
    }
    client.send({ method: 'ping' });
    expect(client.messages().at(-1)).toMatchObject({ channel: 'pong' });
  });
});

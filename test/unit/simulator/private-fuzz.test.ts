import { describe, expect, it } from 'vitest';
import { createSeededRandom, type SeededRandom } from '../../../src/transport/seeded-random.js';
import { createGateioPrivateWorld } from '../../support/gateio-private-wire-world.js';
import { createMexcPrivateWorld } from '../../support/mexc-private-wire-world.js';

const WORDS = [
  '',
  '0',
  '1',
  '-1',
  '0.5',
  '100',
  '1e9',
  'null',
  'buy',
  'SELL',
  'limit',
  'MARKET',
  'BTC_USDT',
  'BTCUSDT',
];
const MORE = [
  'USDT',
  'spot',
  'SPOT',
  'FUTURES',
  'open',
  'finished',
  't-1',
  '龙虾',
  '%',
  '9'.repeat(40),
  '[]',
  '{}',
  'TRX',
];
const VALUES: readonly unknown[] = [...WORDS, ...MORE];
const ODD: readonly unknown[] = [null, true, [], {}, [1], 1e300, 0.1, -0];

const GATEIO_PATHS = [
  ...['orders', 'orders/1', 'orders/t-1', 'orders/%E0', 'batch_orders', 'amend_batch_orders', 'cancel_batch_orders'],
  ...['open_orders', 'my_trades', 'countdown_cancel_all', 'accounts', 'account_book', 'fee', 'batch_fee', ''],
].map((path) => `/spot/${path}`);
const GATEIO_OTHERS = [
  ...['/wallet/fee', '/wallet/transfers', '/wallet/withdrawals', '/wallet/deposits', '/wallet/deposit_address'],
  ...['/wallet/saved_address', '/wallet/withdraw_status', '/withdrawals', '/withdrawals/w1', '/account/detail'],
];
const GATEIO_FIELDS = [
  ...['currency_pair', 'side', 'type', 'amount', 'price', 'text', 'time_in_force', 'id', 'order_id', 'account'],
  ...['status', 'page', 'limit', 'from', 'to', 'timeout', 'currency', 'chain', 'address', 'settle', 'stp_act', 'tx_id'],
];
const MEXC_PATHS = [
  ...['/order', '/order/test', '/order/all', '/batchOrders', '/openOrders', '/allOrders', '/myTrades', '/account'],
  ...['/tradeFee', '/userDataStream', '/capital/withdraw', '/capital/withdraw/history', '/capital/transfer', '/uid'],
  ...['/capital/deposit/address', '/capital/deposit/hisrec', '/capital/transfer/tranId', '/mxDeduct/enable'],
];
const MEXC_FIELDS = [
  ...['symbol', 'side', 'type', 'quantity', 'quoteOrderQty', 'price', 'newClientOrderId', 'stpMode', 'orderId'],
  ...['origClientOrderId', 'batchOrders', 'startTime', 'endTime', 'limit', 'listenKey', 'coin', 'address', 'amount'],
  ...['fromAccountType', 'toAccountType', 'asset', 'network', 'netWork', 'tranId', 'page', 'size', 'id', 'recvWindow'],
];
const METHODS = ['GET', 'POST', 'DELETE', 'PATCH', 'PUT'];

function draw(random: SeededRandom, names: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (let n = random.int(8); n > 0; n--) fields[random.pick(names)] = random.pick(values);
  return fields;
}

describe('a wire answers everything', () => {
  it.each(['1', '2', '3'])('Gate.io, seed %s', async (seed) => {
    const random = createSeededRandom(seed);
    const world = createGateioPrivateWorld();
    const statuses = new Set<number>();
    for (let i = 0; i < 4_000; i++) {
      const one = () => draw(random, GATEIO_FIELDS, [...VALUES, ...ODD]);
      const body = random.pick([undefined, one(), [one()], [one(), one()], random.pick(ODD)]);
      const query = Object.entries(draw(random, GATEIO_FIELDS, WORDS))
        .map(([name, value]) => `${name}=${value}`)
        .join('&');
      const path = random.pick([...GATEIO_PATHS, ...GATEIO_OTHERS]);
      statuses.add(world.call(random.pick(METHODS), path, { query, ...(body === undefined ? {} : { body }) }).status);
      if (i % 5 === 0) await world.clock.advance(400);
    }
    expect([...statuses].sort()).toEqual(expect.arrayContaining([200, 400, 404, 405]));
    expect(world.audit()).toEqual([]);
  });

  it.each(['1', '2', '3'])('MEXC, seed %s', async (seed) => {
    const random = createSeededRandom(seed);
    const world = createMexcPrivateWorld();
    const codes = new Set<number>();
    for (let i = 0; i < 4_000; i++) {
      const params = draw(random, MEXC_FIELDS, VALUES) as Record<string, string>;
      if (random.chance(0.3)) params['symbol'] = 'BTCUSDT';
      if (random.chance(0.1)) params['batchOrders'] = JSON.stringify([draw(random, MEXC_FIELDS, [...VALUES, ...ODD])]);
      try {
        codes.add((world.call(random.pick(METHODS), random.pick(MEXC_PATHS), params).body as { code: number }).code);
      } catch (error) {
        // The page of an endpoint that does not exist is not JSON.
        expect(error, `seed ${seed} step ${i}`).toBeInstanceOf(SyntaxError);
      }
      if (i % 3 === 0) await world.clock.advance(400);
    }
    expect([...codes]).toEqual(expect.arrayContaining([33333, 44444, -1121, 700004, 10103]));
    expect(world.audit()).toEqual([]);
  });
});

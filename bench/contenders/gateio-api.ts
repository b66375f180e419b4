import { WebsocketClient } from 'gateio-api';
import { createCountdown, type OpenBookClient } from './book-clients.js';

/** gateio-api's client: parses and hands over each message; it keeps no book. */
export const openGateioApi: OpenBookClient = async ({ set, prelude, flood }, port) => {
  const live = createCountdown(1);
  const finish = createCountdown(1);
  let count = 0;
  const silent = { trace: () => {}, info: () => {}, error: () => {} };
  const client = new WebsocketClient({ wsUrl: `ws://127.0.0.1:${port}/`, reconnectTimeout: 60_000 }, silent);
  client.on('update', () => {
    count++;
    if (count === prelude.length) live.one();
    if (count === prelude.length + flood.length) finish.one();
  });
  client.on('exception', (error: unknown) => finish.fail(error));
  client.subscribe(
    set.markets.map(({ id }) => ({ topic: 'spot.obu', payload: [`ob.${id}.50`] })),
    'spotV4',
  );
  return {
    live: live.done,
    done: finish.done,
    books: () => [],
    close: async () => client.closeAll(true),
  };
};

import { WebsocketAPIClient } from 'gateio-api';
import { createPrivateExchange } from '../../src/exchange/account/create-private-exchange.js';
import { createPublicExchange } from '../../src/exchange/create-public-exchange.js';
import { gateioSpot } from '../../src/venues/gateio/spot/venue.js';
import { mexcSpot } from '../../src/venues/mexc/spot/venue.js';
import { tickMarket } from '../frames/tick.js';
import { type CcxtExchange, createCcxt } from './ccxt.js';

export interface TradeOptions {
  readonly venue: 'mexc' | 'gate';
  readonly via: 'rest' | 'ws';
  readonly port: number;
  readonly keys: { readonly apiKey: string; readonly secretKey: string };
  /** Base asset of each order. */
  readonly quantity: string;
}

/** Listens to the best prices of one market and buys at each new ask. */
export type OpenTrader = (options: TradeOptions) => Promise<{ close(): Promise<void> }>;

export const openOurTrader: OpenTrader = async ({ venue: name, via, port, keys, quantity }) => {
  const venue = name === 'mexc' ? mexcSpot : gateioSpot;
  const limits = Object.fromEntries(
    Object.entries(venue.limits).map(([key, bucket]) => [key, { ...bucket, capacity: 1e9, cancelReserve: 0 }]),
  );
  const rest = `http://127.0.0.1:${port}${name === 'mexc' ? '' : '/api/v4'}`;
  const endpoints = { rest, ws: `ws://127.0.0.1:${port}/` };
  const market = createPublicExchange(venue, { endpoints });
  const warmOrderSocket = via === 'ws';
  const account = createPrivateExchange({ ...venue, limits }, { endpoints, credentials: keys, warmOrderSocket });
  await account.warm();
  const { symbol } = tickMarket(name);
  const feed = market.watchBookTicker(symbol, ({ askPrice: price }) => {
    if (price !== undefined) void account.placeLimitOrder({ symbol, side: 'buy', quantity, price, via });
  });
  await feed.ready;
  return {
    async close() {
      await Promise.all([market.close(), account.close()]);
    },
  };
};

interface CcxtTrader extends CcxtExchange {
  apiKey: string;
  secret: string;
  markets: Record<string, object>;
  watchTicker(symbol: string): Promise<{ readonly ask: number }>;
  watchBidsAsks(symbols: readonly string[]): Promise<Record<string, { readonly ask: number }>>;
  createOrder: PlaceByCcxt;
  createOrderWs: PlaceByCcxt;
}
type PlaceByCcxt = (symbol: string, type: string, side: string, amount: number, price: number) => Promise<unknown>;

export const openCcxtTrader: OpenTrader = async ({ venue, via, port, keys, quantity }) => {
  const market = tickMarket(venue);
  const { symbol } = market;
  const exchange = (await createCcxt(venue, [market])) as CcxtTrader;
  Object.assign(exchange.markets[symbol] ?? {}, { precision: { amount: 0.000001, price: 0.01 } });
  Object.assign(exchange, { apiKey: keys.apiKey, secret: keys.secretKey });
  exchange.options['unifiedAccount'] = false;
  const [rest, ws] = [`http://127.0.0.1:${port}`, `ws://127.0.0.1:${port}/`];
  exchange.urls.api =
    venue === 'mexc'
      ? { ...exchange.urls.api, spot: { public: rest, private: rest }, ws: { spot: ws } }
      : { ...exchange.urls.api, private: { spot: `${rest}/api/v4` }, spot: ws };
  let isClosed = false;
  const loop = async (): Promise<void> => {
    for (;;) {
      // Its `watchBidsAsks` never gets what MEXC pushes.
      const ticker =
        venue === 'mexc' ? await exchange.watchTicker(symbol) : (await exchange.watchBidsAsks([symbol]))[symbol];
      if (ticker === undefined) continue;
      const way = via === 'ws' ? 'createOrderWs' : 'createOrder';
      exchange[way](symbol, 'limit', 'buy', Number(quantity), ticker.ask).catch(fail);
    }
  };
  const fail = (error: unknown): void => {
    if (!isClosed) throw error;
  };
  loop().catch(fail);
  return {
    close: async () => {
      isClosed = true;
      await exchange.close();
    },
  };
};

/** Order entry over its WebSocket client; it keeps no record of an order. */
export const openGateioApiTrader: OpenTrader = async ({ venue, port, keys, quantity }) => {
  const { id } = tickMarket(venue);
  const silent = { trace: () => {}, info: () => {}, error: () => {} };
  const { apiKey, secretKey: apiSecret } = keys;
  const wsUrl = `ws://127.0.0.1:${port}/`;
  const client = new WebsocketAPIClient({ apiKey, apiSecret, wsUrl, attachEventListeners: false }, silent);
  const socket = client.getWSClient();
  socket.on('update', ({ result }: { readonly result: { readonly a: string } }) => {
    void client.submitNewSpotOrder({
      text: 't-m',
      currency_pair: id,
      type: 'limit',
      account: 'spot',
      side: 'buy',
      amount: quantity,
      price: result.a,
      time_in_force: 'gtc',
    });
  });
  socket.subscribe({ topic: 'spot.book_ticker', payload: [id] }, 'spotV4');
  return { close: async () => socket.closeAll(true) };
};

import type { MarketSymbol, PlaceOrderInput } from '../../src/index.js';
import type { SeededRandom } from '../../src/transport/seeded-random.js';
import { claim, isOrder, newName, type TradingPlace } from './trading-claim.js';
import type { Claim, TradingClient, Truth } from './trading-client.js';
import { actOnPerpetual } from './trading-perpetual-acts.js';

type NamedOrder = PlaceOrderInput & { readonly clientOrderId: string };

/** One thing that a trader does; resolves when it is known what came of it, and is claimed. */
export function act(place: TradingPlace, client: TradingClient, random: SeededRandom): Promise<void> {
  const { account, venue } = place;
  const { exchange } = client;
  const special = exchange.triggers !== undefined && random.chance(0.2) && actOnPerpetual(place, client, random);
  if (special) return special;
  const via = venue.startsWith('gateio') && random.chance(0.4) ? 'ws' : 'rest';
  const what = random.int(12);
  const all = account.orders();
  const pool = random.chance(0.85) ? all.filter(({ status }) => status === 'open') : all.slice(-10);
  if (what < 5 || pool.length === 0) {
    const order = drawOrder(place, client, random);
    const { symbol, clientOrderId } = order;
    const asked = { kind: 'place', via, client, symbol, clientOrderId } as const;
    return claim(place, asked, exchange.placeOrder({ ...order, via }));
  }
  const before = random.pick(pool);
  const { symbol, id: orderId, clientOrderId } = before;
  const asked = { via, client, symbol } as const;
  if (what === 5) return placeBatch(place, client, symbol, random);
  if (what < 8) {
    const ref = clientOrderId !== undefined && random.chance(0.3) ? { clientOrderId } : { orderId };
    return claim(place, { ...asked, kind: 'cancel', orderId }, exchange.cancelOrder({ symbol, ...ref, via }));
  }
  const openBefore = all.filter((one) => one.status === 'open' && one.symbol === symbol).map(({ id }) => id);
  if (what === 8)
    return claim(place, { ...asked, kind: 'cancelAll', via: 'rest', openBefore }, exchange.cancelAllOrders(symbol));
  // Its id is not known to a client before it was told.
  if (what === 9 && exchange.amend !== undefined && client.byOrderId.has(orderId)) {
    const change = drawChange(before, random);
    const amending = exchange.amend.amendOrder({ symbol, orderId, ...change, via });
    return claim(place, { ...asked, kind: 'amend', orderId, before, change }, amending);
  }
  if (what === 10) return claim(place, { ...asked, kind: 'get', orderId }, exchange.getOrder({ symbol, orderId, via }));
  return claim(place, { ...asked, kind: 'open', via: 'rest' }, exchange.getOpenOrders(symbol));
}

/** Somebody trades with an open order of the account, or the venue takes it back. */
export function meet({ sim, account, venue }: TradingPlace, random: SeededRandom): void {
  const orders = account.orders().filter(({ status }) => status === 'open');
  if (orders.length === 0) return;
  const { symbol, side, price, id } = random.pick(orders);
  if (random.chance(0.1)) return void account.cancelByVenue(id);
  const quantity = String(10 * (1 + random.int(60)));
  const limit = Number(price) > 0 ? ({ price, timeInForce: 'ioc' } as const) : {};
  sim.injectOrder(venue, { symbol, side: side === 'buy' ? 'sell' : 'buy', ...limit, quantity });
}

/** Most of one market; sometimes one of them is more than the account has money for. */
async function placeBatch(
  place: TradingPlace,
  client: TradingClient,
  market: MarketSymbol,
  random: SeededRandom,
): Promise<void> {
  const orders = Array.from({ length: 2 + random.int(4) }, () =>
    drawOrder(place, client, random, random.chance(0.7) ? market : undefined),
  );
  const [first] = orders;
  if (first?.type === 'limit' && random.chance(0.3)) orders[0] = { ...first, quantity: '3000000' };
  const answers = await client.exchange.placeOrders(orders);
  for (const [i, answer] of answers.entries()) {
    const { symbol, clientOrderId } = orders[i] as NamedOrder;
    const told = isOrder(answer) ? { order: answer } : { error: answer };
    place.claims.push({ kind: 'batch', via: 'rest', client, symbol, clientOrderId, ...told });
  }
}

/** By market, at once as far as it goes, at the best price, or behind it. */
function drawOrder(
  place: TradingPlace,
  client: TradingClient,
  random: SeededRandom,
  market?: MarketSymbol,
): NamedOrder {
  const { sim, venue, symbols } = place;
  const symbol = market ?? random.pick(symbols);
  const side = random.pick(['buy', 'sell'] as const);
  const clientOrderId = (random.chance(0.1) ? refusedName(place, client, random) : undefined) ?? newName(place);
  if (place.names.has(clientOrderId)) place.again.push(clientOrderId);
  place.names.set(clientOrderId, client);
  const book = sim.book(venue, symbol);
  const best = (side === 'buy' ? book?.bids : book?.asks)?.[0]?.[0] ?? 1;
  const better = side === 'buy' ? best : -best;
  const quantity = String(100 * (1 + random.int(5)));
  const base = {
    symbol,
    side,
    clientOrderId,
    rounding: 'down' as const,
    // Accounts there begin in hedge mode.
    ...(venue === 'mexc_futures' ? { positionSide: side === 'buy' ? ('long' as const) : ('short' as const) } : {}),
  };
  switch (random.int(6)) {
    case 0: {
      const isByQuote = side === 'buy' && venue.endsWith('spot');
      return { ...base, type: 'market', ...(isByQuote ? { quoteQuantity: quantity } : { quantity }) };
    }
    case 1: {
      const large = String(100 * (1 + random.int(60)));
      const timeInForce = random.pick(['IOC', 'FOK', 'GTC'] as const);
      return { ...base, type: 'limit', quantity: large, price: best + better * 0.01, timeInForce };
    }
    case 2:
      return { ...base, type: 'limit', quantity, price: best, postOnly: random.chance(0.3) };
    default:
      return { ...base, type: 'limit', quantity, price: best - better * random.pick([0.0005, 0.002, 0.03]) };
  }
}

/** The name of an order that is certain not to be there may be given again by who gave it. */
function refusedName({ claims }: TradingPlace, client: TradingClient, random: SeededRandom): string | undefined {
  const refused = claims.filter(
    (one) => one.client === client && one.kind === 'place' && one.error && one.error.outcome !== 'unknown',
  );
  return refused.length === 0 ? undefined : random.pick(refused).clientOrderId;
}

function drawChange({ price }: Truth[number], random: SeededRandom): NonNullable<Claim['change']> {
  if (random.chance(0.5)) return { quantity: String(100 * (1 + random.int(8))) };
  return { price: (Number(price) * random.pick([0.98, 0.99, 1.01, 1.02])).toFixed(4) };
}

import type { PlaceTrigger, TriggersFacet } from '../../src/index.js';
import type { SeededRandom } from '../../src/transport/seeded-random.js';
import { claim, newName, type TradingPlace } from './trading-claim.js';
import type { TradingClient } from './trading-client.js';

/** What can be done with perpetuals alone: triggers, and closing a position. `undefined`: there is nothing to do it with. */
export function actOnPerpetual(
  place: TradingPlace,
  client: TradingClient,
  random: SeededRandom,
): Promise<void> | undefined {
  const { triggers } = client.exchange;
  if (triggers === undefined) return undefined;
  const what = random.int(6);
  if (what < 3) return placeTrigger(place, client, triggers, random);
  if (what < 5) return cancelTrigger(place, client, triggers, random);
  return closePosition(place, client, random);
}

/** Before the price at which it fires, which may be there soon. */
async function placeTrigger(
  place: TradingPlace,
  client: TradingClient,
  triggers: TriggersFacet,
  random: SeededRandom,
): Promise<void> {
  const { sim, venue, symbols } = place;
  const symbol = random.pick(symbols);
  const direction = random.pick(['rises_to', 'falls_to'] as const);
  const book = sim.book(venue, symbol);
  const levels = (direction === 'rises_to' ? book?.asks : book?.bids) ?? [];
  const [price] = levels[Math.min(levels.length - 1, 1 + random.int(12))] ?? [];
  if (price === undefined) return;
  const side = random.pick(['buy', 'sell'] as const);
  const isMarket = random.chance(0.7);
  const trigger: PlaceTrigger = {
    symbol,
    side,
    quantity: String(100 * (1 + random.int(3))),
    ...(isMarket ? { type: 'market' } : { type: 'limit', price: String(price) }),
    triggerPrice: String(price),
    triggerBy: random.pick(['last', 'mark'] as const),
    direction,
    // Accounts there begin in hedge mode.
    ...(venue === 'mexc_futures' ? { positionSide: side === 'buy' ? ('long' as const) : ('short' as const) } : {}),
  };
  place.triggerCalls++;
  let triggerId: string | undefined;
  const placed = triggers.placeTriggerOrder(trigger).then(({ id }) => {
    triggerId = id;
    place.triggers.push({ id, symbol });
    return undefined;
  });
  const asked = { kind: 'trigger', via: 'rest', client, symbol, trigger } as const;
  const before = place.claims.length;
  await claim(place, asked, placed);
  const at = place.claims.findIndex((one, i) => i >= before && one.trigger === trigger);
  if (triggerId !== undefined) place.claims[at] = { ...asked, triggerId };
}

function cancelTrigger(
  place: TradingPlace,
  client: TradingClient,
  triggers: TriggersFacet,
  random: SeededRandom,
): Promise<void> | undefined {
  if (place.triggers.length === 0) return undefined;
  const { id, symbol } = random.pick(place.triggers.slice(-6));
  const asked = { kind: 'cancelTrigger', via: 'rest', client, symbol, triggerId: id } as const;
  return claim(
    place,
    asked,
    triggers.cancelTriggerOrder({ symbol, id }).then(() => undefined),
  );
}

function closePosition(place: TradingPlace, client: TradingClient, random: SeededRandom): Promise<void> | undefined {
  const open = place.account.positions();
  const { positions } = client.exchange;
  if (open.length === 0 || positions === undefined) return undefined;
  const { symbol, side } = random.pick(open);
  const clientOrderId = newName(place);
  place.names.set(clientOrderId, client);
  const asked = { kind: 'close', via: 'rest', client, symbol, clientOrderId } as const;
  return claim(place, asked, positions.closePosition({ symbol, side, clientOrderId }));
}

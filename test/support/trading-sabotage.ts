import type { PrivateVenue } from '../../src/adapter/private-venue.js';
import type { Venue } from '../../src/adapter/venue.js';
import type { Runtime } from '../../src/transport/runtime.js';
import { sabotageOrders } from './order-sabotage.js';

/** Mistakes that the worlds must find. */
export const TRADING_SABOTAGES = [
  'blind retry',
  'what was missed is never read',
  'every push of a fill counts',
  'a trigger that has fired is told to be canceled',
  'orders leave before their records are durable',
  'the dead-man switch is not refreshed in time',
] as const;
export type TradingSabotage = (typeof TRADING_SABOTAGES)[number];

/** A venue and a runtime with one mistake in them; that of the records is one of the disk. */
export function sabotageTrading(
  venue: Venue,
  runtime: Runtime,
  mistake: TradingSabotage | undefined,
): { readonly venue: Venue; readonly runtime: Runtime } {
  const account = venue.private;
  if (mistake === undefined || account === undefined) return { venue, runtime };
  if (mistake === 'blind retry') return sabotageOrders(venue, runtime, mistake);
  return { venue: { ...venue, private: { ...account, ...changeOf(account, mistake) } }, runtime };
}

function changeOf(
  { orders, streams, triggers, deadMan }: PrivateVenue,
  mistake: TradingSabotage,
): Partial<PrivateVenue> {
  switch (mistake) {
    case 'what was missed is never read':
      return { orders: { ...orders, fills: { ...orders.fills, decode: () => [] } } };
    case 'every push of a fill counts':
      return { streams: countingEach(streams) };
    case 'a trigger that has fired is told to be canceled':
      return triggers === undefined ? {} : { triggers: { ...triggers, cancelTellsNothing: false } };
    case 'the dead-man switch is not refreshed in time':
      return deadMan === undefined ? {} : { deadMan: { ...deadMan, arm: shorterAfterwards(deadMan.arm) } };
    default:
      return {};
  }
}

function countingEach(streams: PrivateVenue['streams']): PrivateVenue['streams'] {
  const { fills } = streams;
  let pushes = 0;
  return {
    ...streams,
    fills: {
      ...fills,
      decode: (payload, context, emit) =>
        fills.decode(payload, context, (fill) => emit({ ...fill, id: `${fill.id}-${pushes++}` })),
    },
  };
}

type Arm = NonNullable<PrivateVenue['deadMan']>['arm'];

/** Each time but the first it is set to less than the time to the next refresh. */
function shorterAfterwards(arm: Arm): Arm {
  let calls = 0;
  return {
    ...arm,
    encode: (params, context) => arm.encode(calls++ === 0 ? params : { ...params, timeoutMs: 5_000 }, context),
  };
}

import type { Venue } from '../../src/adapter/venue.js';
import type { HttpTransport } from '../../src/transport/http/http.js';
import type { Runtime } from '../../src/transport/runtime.js';

/** Mistakes that clients really make with orders whose answer was lost. */
export const ORDER_SABOTAGES = ['blind retry', 'an error means failed', 'not found means rejected'] as const;

export type OrderSabotage = (typeof ORDER_SABOTAGES)[number];

/** A venue and a runtime with one mistake in them; nothing in the sources knows of it. */
export function sabotageOrders(
  venue: Venue,
  runtime: Runtime,
  mistake: OrderSabotage,
): { venue: Venue; runtime: Runtime } {
  if (mistake === 'an error means failed') return failFast(venue, runtime);
  const account = venue.private;
  if (account === undefined) throw new Error('no private half');
  const { orders } = account;
  const wrong =
    mistake === 'blind retry'
      ? { ...orders, place: { ...orders.place, idempotent: true } }
      : { ...orders, rules: { ...orders.rules, visibilityLagMs: -1_000_000 } };
  return { venue: { ...venue, private: { ...account, orders: wrong } }, runtime };
}

function failFast(venue: Venue, runtime: Runtime): { venue: Venue; runtime: Runtime } {
  return {
    venue: {
      ...venue,
      classify: (answer) => {
        const refusal = venue.classify(answer);
        return refusal === undefined ? undefined : { ...refusal, outcome: 'rejected' };
      },
    },
    runtime: { ...runtime, createHttp: (options) => withCertainty(runtime.createHttp(options)) },
  };
}

function withCertainty(inner: HttpTransport): HttpTransport {
  const sure = async (...args: Parameters<HttpTransport>) => {
    try {
      return await inner(...args);
    } catch (error) {
      throw Object.assign(error as Error, { outcome: 'rejected' });
    }
  };
  return Object.assign(sure, { close: async () => inner.close?.() });
}

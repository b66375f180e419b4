import { multiplyDecimals, toDecimal } from '../../model/decimal.js';
import { ZERO } from '../strategy/position.js';
import type { OrderFills, OrderNews } from '../strategy/strategy-event.js';
import type { LegOrder } from '../strategy/strategy-state.js';
import type { MarketTerms } from '../strategy/strategy-terms.js';
import type { OrderDesk } from './order-desk.js';

/** Sends nothing: every order is filled at its limit, the worst that it accepts, and pays the taker's fee. */
export function createDryRunDesk(): OrderDesk {
  const ended = (order: LegOrder): OrderNews => ({
    id: order.id,
    status: 'ended',
    end: 'filled',
    filled: order.quantity,
    filledQuote: multiplyDecimals(order.quantity, order.price),
  });
  return {
    place: async (_, order) => ended(order),
    cancel: async (_, order) => ended(order),
    locate: async (_, order) => ended(order),
    sync: async () => ({ strays: [] }),
    async settle({ markets }, { orders }) {
      const fills = orders.map(({ id, market, filled, filledQuote, feeBase = ZERO }): OrderFills => {
        const rate = toDecimal((markets[market] as MarketTerms).takerFee);
        return { id, quantity: filled, quote: filledQuote, fee: multiplyDecimals(filledQuote, rate), feeBase };
      });
      return { fills, funding: ZERO };
    },
    free: () => PLENTY,
    onNews: () => undefined,
    close: async () => undefined,
  };
}

const PLENTY = toDecimal('1000000000000');

import { printAmount } from '../../accounts/amount.js';
import type { PerpetualMarket } from '../../positions/perpetual-market.js';
import { markPrice, valueAt } from '../../positions/valuation.js';
import { toSeconds } from '../gateio/wall-time.js';
import type { Sizes } from './sizes.js';

/** Open interest and liquidations; ratios between longs and shorts are invented. Source: Gate API v4 docs, futures stats. */
export function statsFields(perpetual: PerpetualMarket, openedAt: number, sizes: Sizes): Record<string, unknown> {
  const { spec, openInterestLots, liquidations } = perpetual;
  const mark = markPrice(perpetual);
  const later = liquidations.filter(({ at }) => at >= openedAt);
  const sum = (sign: 1 | -1): number =>
    later.reduce((lots, one) => lots + (Math.sign(one.lots) === sign ? Math.abs(one.lots) : 0), 0);
  const usd = (lots: number): number => Number(printAmount(valueAt(perpetual, lots, mark)));
  const [long, short] = [sum(1), sum(-1)];
  return {
    time: toSeconds(openedAt),
    lsr_taker: 1.02,
    lsr_account: 1.31,
    long_liq_size: sizes.print(spec, long),
    long_liq_amount: long / 10 ** spec.quantityDecimals,
    long_liq_usd: usd(long),
    short_liq_size: sizes.print(spec, short),
    short_liq_amount: short / 10 ** spec.quantityDecimals,
    short_liq_usd: usd(short),
    open_interest: sizes.print(spec, openInterestLots),
    open_interest_usd: usd(openInterestLots),
    top_lsr_account: 1.1,
    top_lsr_size: 1.05,
    mark_price: Number(printAmount(mark)),
    long_users: 4_203,
    short_users: 3_187,
  };
}

import { type Amount, amountOf, printAmount } from '../../../accounts/amount.js';
import { liquidationPrice } from '../../../positions/liquidation-price.js';
import { initialMargin } from '../../../positions/margins.js';
import type { Position } from '../../../positions/position.js';
import { riskLimitOf, tierOfLeverage } from '../../../positions/risk-limits.js';
import {
  entryPrice,
  maintenanceMargin,
  markPrice,
  markValue,
  tierOf,
  unrealisedPnl,
} from '../../../positions/valuation.js';
import { toSeconds } from '../../gateio/wall-time.js';
import { contractId } from '../contracts.js';
import type { Sizes } from '../sizes.js';

/** Source: Gate API v4 docs, position object, mode. */
const MODES = { net: 'single', long: 'dual_long', short: 'dual_short' } as const;

/** Decimals of amounts that are not exact. */
const SHOWN = 12;

/** The position object. A cross position says leverage 0. Source: Gate API v4 docs, futures positions. */
export function positionFields(position: Position, sizes: Sizes): Record<string, unknown> {
  const { account, market, lots, side, leverage, marginMode, margin } = position;
  const { spec, terms } = market;
  const isCross = marginMode === 'cross';
  const closing = [...account.openOrders].find(
    (order) => order.market === market && order.positionSide === side && order.closesAll,
  );
  const pending = [...account.openOrders].filter((order) => order.market === market && order.positionSide === side);
  const tier = tierOf(position);
  return {
    user: Number(account.settings.userId),
    contract: contractId(spec),
    size: sizes.print(spec, lots),
    leverage: isCross ? '0' : String(leverage),
    cross_leverage_limit: isCross ? String(leverage) : '0',
    lever: String(leverage),
    leverage_max: String(tierOfLeverage(market, leverage).maxLeverage),
    risk_limit: printAmount(riskLimitOf(position, leverage)),
    risk_limit_table: `CUSTOM_${contractId(spec)}`,
    maintenance_rate: tier.maintenanceRate,
    average_maintenance_rate: tier.maintenanceRate,
    value: shown(lots === 0 ? 0n : markValue(position)),
    margin: shown(margin),
    initial_margin: shown(initialMargin(position.entryValue, leverage)),
    maintenance_margin: shown(maintenanceMargin(position)),
    entry_price: shown(entryPrice(position)),
    mark_price: printAmount(markPrice(market)),
    liq_price: shown(liquidationPrice(position)),
    unrealised_pnl: shown(unrealisedPnl(position)),
    realised_pnl: shown(lots === 0 ? 0n : position.pnl + position.fees + position.funding),
    pnl_pnl: shown(lots === 0 ? 0n : position.pnl),
    pnl_fund: shown(lots === 0 ? 0n : position.funding),
    pnl_fee: shown(lots === 0 ? 0n : position.fees),
    history_pnl: shown(position.historyPnl),
    last_close_pnl: shown(position.lastPnl),
    realised_point: '0',
    history_point: '0',
    adl_ranking: lots === 0 ? 6 : 4,
    pending_orders: pending.length,
    close_order: closing === undefined ? null : { id: Number(closing.id), price: '0', is_liq: closing.isLiquidation },
    mode: MODES[side],
    pos_margin_mode: marginMode,
    update_time: toSeconds(position.updatedAt),
    update_id: position.version,
    open_time: lots === 0 ? 0 : toSeconds(position.openedAt),
    trade_max_size: terms.maxContracts,
    pid: position.number,
  };
}

/** With a bounded number of decimals, towards zero. */
export function shown(amount: Amount): string {
  const step = amountOf(1, SHOWN);
  return printAmount((amount / step) * step);
}

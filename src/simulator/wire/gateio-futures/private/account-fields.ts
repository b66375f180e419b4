import { type Amount, printAmount } from '../../../accounts/amount.js';
import { toSeconds, wallMs } from '../../gateio/wall-time.js';
import type { PrivateCall } from './call.js';
import { shown } from './position-fields.js';

/** The account object: `total` is without unrealised profit. Source: Gate API v4 docs, query futures account. */
export function accountFields(call: PrivateCall): Record<string, unknown> {
  const { account, model, asset } = call;
  const money = model.desk.summary(account, asset);
  const isDual = account.positionMode === 'hedge';
  const available = atLeastZero(money.available);
  const crossBalance = money.balance - money.isolatedMargin + money.crossUnrealised;
  return {
    user: Number(account.settings.userId),
    currency: asset,
    total: printAmount(money.balance),
    unrealised_pnl: shown(money.isolatedUnrealised + money.crossUnrealised),
    position_margin: shown(money.isolatedMargin + money.crossMargin),
    position_initial_margin: shown(money.isolatedMargin + money.crossMargin),
    order_margin: shown(money.orderMargin),
    available: shown(available),
    maintenance_margin: shown(money.isolatedMaintenance + money.crossMaintenance),
    point: '0',
    bonus: '0',
    in_dual_mode: isDual,
    position_mode: isDual ? 'dual' : 'single',
    margin_mode: 0,
    enable_credit: false,
    enable_evolved_classic: true,
    enable_new_dual_mode: true,
    enable_tiered_mm: true,
    enable_dual_plus: false,
    cross_order_margin: shown(money.orderMargin),
    cross_initial_margin: shown(money.crossMargin),
    cross_maintenance_margin: shown(money.crossMaintenance),
    cross_unrealised_pnl: shown(money.crossUnrealised),
    cross_available: shown(available),
    cross_margin_balance: shown(crossBalance),
    cross_mmr: '0',
    cross_imr: '0',
    isolated_position_margin: shown(money.isolatedMargin),
    update_id: account.version(asset),
    update_time: toSeconds(wallMs(model.clock)),
    history: {
      dnw: printAmount(account.total(asset, 'deposit') + account.total(asset, 'transfer')),
      pnl: shown(account.total(asset, 'pnl') + account.total(asset, 'insurance')),
      fee: shown(account.total(asset, 'fee')),
      refr: '0',
      fund: shown(account.total(asset, 'funding')),
      point_dnw: '0',
      point_fee: '0',
      point_refr: '0',
      bonus_dnw: '0',
      bonus_offset: '0',
      cross_settle: '0',
    },
  };
}

function atLeastZero(amount: Amount): Amount {
  return amount > 0n ? amount : 0n;
}

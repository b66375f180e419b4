import { printAmount } from '../../../accounts/amount.js';
import type { FuturesBalanceCause, FuturesBalanceChange } from '../../../positions/futures-account.js';
import type { ClosedPosition, Liquidation } from '../../../positions/position.js';
import { priceOfValue } from '../../../positions/valuation.js';
import { readPage, readRange } from '../../gateio/rest/paging.js';
import { toSeconds } from '../../gateio/wall-time.js';
import { contractId } from '../contracts.js';
import { optionalContract } from '../rest/params.js';
import { fractionalSeconds } from '../trade-fields.js';
import { accountFields } from './account-fields.js';
import type { PrivateCall, PrivateHandler } from './call.js';
import { shown } from './position-fields.js';

const MAX_ROWS = 1_000;

/** Source: Gate API v4 docs, futures account book, type. What the insurance fund pays or takes counts as profit. */
export const CHANGE_TYPES: Readonly<Record<FuturesBalanceCause, string>> = {
  deposit: 'dnw',
  transfer: 'dnw',
  pnl: 'pnl',
  fee: 'fee',
  funding: 'fund',
  insurance: 'pnl',
};

/** `GET /futures/{settle}/accounts`. Source: Gate API v4 docs, query futures account. */
export const getAccount: PrivateHandler = accountFields;

/** What a change is about, as pushes and the account book print it. */
export function changeText({ market, orderId }: FuturesBalanceChange): string {
  if (market === undefined) return '';
  return orderId === undefined ? contractId(market.spec) : `${contractId(market.spec)}:${orderId}`;
}

/** `GET /futures/{settle}/account_book`, newest first. Source: Gate API v4 docs, query account book. */
export const accountBook: PrivateHandler = (call) => {
  const { account, asset, query, contracts } = call;
  const contract = optionalContract(query, contracts);
  const type = query.get('type');
  const { fromMs, toMs } = readRange(query, undefined);
  const rows = account.changes
    .from(0)
    .filter(
      (one) =>
        one.asset === asset &&
        one.at >= fromMs &&
        one.at < toMs &&
        (contract === undefined || one.market === contract.perpetual) &&
        (type === null || CHANGE_TYPES[one.cause] === type),
    );
  return readPage(query, MAX_ROWS)
    .cut(rows.reverse())
    .map((one) => ({
      time: fractionalSeconds(one.at),
      change: printAmount(one.change),
      balance: printAmount(one.balance),
      type: CHANGE_TYPES[one.cause],
      text: changeText(one),
      contract: one.market === undefined ? '' : contractId(one.market.spec),
      trade_id: one.tradeId === 0 ? '' : String(one.tradeId),
      id: String(one.number),
    }));
};

/** `GET /futures/{settle}/position_close`, newest first. Source: Gate API v4 docs, list position close history. */
export const closedPositions: PrivateHandler = (call) => {
  const { account, query, sizes } = call;
  const [side, pnl] = [query.get('side'), query.get('pnl')];
  const { fromMs, toMs } = readRange(query, undefined);
  const rows = inContract(call, account.closedPositions).filter(
    (one) =>
      one.closedAt >= fromMs &&
      one.closedAt < toMs &&
      (side === null || one.side === side) &&
      (pnl === null || (pnl === 'profit') === totalOf(one) > 0n),
  );
  return readPage(query, MAX_ROWS)
    .cut(rows.reverse())
    .map((one) => {
      const [entry, exit] = [averageOf(one, 'opened'), averageOf(one, 'closed')];
      return {
        time: fractionalSeconds(one.closedAt),
        contract: contractId(one.market.spec),
        side: one.side,
        pnl: shown(totalOf(one)),
        pnl_pnl: shown(one.pnl),
        pnl_fund: shown(one.funding),
        pnl_fee: shown(one.fees),
        text: account.ordersById.get(one.orderId)?.source ?? 'api',
        max_size: String(sizes.print(one.market.spec, one.mostLots)),
        accum_size: String(sizes.print(one.market.spec, one.closedLots)),
        first_open_time: toSeconds(one.openedAt),
        long_price: one.side === 'long' ? entry : exit,
        short_price: one.side === 'long' ? exit : entry,
        leverage: String(one.leverage),
      };
    });
};

/** `GET /futures/{settle}/liquidates`, newest first. Source: Gate API v4 docs, list liquidation history. */
export const liquidations: PrivateHandler = (call) => {
  const rows = inContract(call, call.account.liquidations);
  return readPage(call.query, MAX_ROWS)
    .cut(rows.reverse())
    .map((one) => liquidationFields(one, call));
};

function liquidationFields(one: Liquidation, { sizes }: Pick<PrivateCall, 'sizes'>): Record<string, unknown> {
  return {
    time: toSeconds(one.at),
    contract: contractId(one.market.spec),
    leverage: one.marginMode === 'cross' ? '0' : String(one.leverage),
    size: sizes.print(one.market.spec, one.lots),
    margin: shown(one.margin),
    entry_price: shown(one.entryPrice),
    liq_price: shown(one.liquidationPrice),
    mark_price: printAmount(one.markPrice),
    order_id: Number(one.orderId),
    order_price: printAmount(one.orderPrice),
    fill_price: printAmount(one.fillPrice),
    left: sizes.print(one.market.spec, 0),
  };
}

/** `GET /futures/{settle}/auto_deleverages`: never happens here. */
export const autoDeleverages: PrivateHandler = () => [];

/** `GET /futures/{settle}/fee`. Source: Gate API v4 docs, query user trading fee rates. */
export const tradingFees: PrivateHandler = ({ query, contracts }) => {
  const asked = optionalContract(query, contracts);
  const rows = (asked === undefined ? [...contracts.values()] : [asked]).map(({ id, perpetual: { spec } }) => [
    id,
    { taker_fee: spec.takerFee, maker_fee: spec.makerFee },
  ]);
  return Object.fromEntries(rows);
};

function inContract<T extends { readonly market: unknown }>(
  { query, contracts }: PrivateCall,
  rows: readonly T[],
): T[] {
  const contract = optionalContract(query, contracts);
  return rows.filter(({ market }) => contract === undefined || market === contract.perpetual);
}

function totalOf({ pnl, fees, funding }: ClosedPosition): bigint {
  return pnl + fees + funding;
}

function averageOf(one: ClosedPosition, what: 'opened' | 'closed'): string {
  const [lots, value] = what === 'opened' ? [one.openedLots, one.openedValue] : [one.closedLots, one.closedValue];
  return shown(priceOfValue(one.market, lots, value));
}

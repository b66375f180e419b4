import { amountOf, shareOf } from '../accounts/amount.js';
import type { Ledger } from '../accounts/ledger.js';
import type { FuturesAccount } from './futures-account.js';
import type { FundingSettlement, PerpetualMarket } from './perpetual-market.js';
import type { Position } from './position.js';
import { valueAt } from './valuation.js';

/** Longs pay shorts when the rate is above zero, shorts pay longs when it is below; the crowd is on the other side of every account. */
export function payFunding(
  accounts: Iterable<FuturesAccount>,
  market: PerpetualMarket,
  settlement: FundingSettlement,
  ledger: Ledger,
): void {
  for (const account of accounts) {
    for (const position of account.positions(market.spec.symbol)) {
      if (position.lots !== 0) pay(account, position, settlement, ledger);
    }
  }
}

function pay(account: FuturesAccount, position: Position, settlement: FundingSettlement, ledger: Ledger): void {
  const { market, lots, number, side } = position;
  const { rateMillionths, markTicks } = settlement;
  const value = valueAt(market, lots, amountOf(markTicks, market.terms.markDecimals));
  const owed = shareOf(value, amountOf(rateMillionths, 6));
  const amount = lots > 0 ? -owed : owed;
  const at = Math.floor(account.now());
  account.fundingPayments.push({
    number: account.fundingPayments.length + 1,
    market,
    positionNumber: number,
    positionSide: side,
    lots,
    value,
    rateMillionths,
    amount,
    at,
  });
  position.funding += amount;
  position.version++;
  position.updatedAt = at;
  account.post('funding', market.terms.settle, amount, ledger.counterparty, { market });
  account.tell((listener) => listener.position?.(position));
}

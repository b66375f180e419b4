import { printAmount } from '../../../accounts/amount.js';
import type { Transfer } from '../../../accounts/wallet.js';
import { missing, Refusal, readTimes, wrong } from '../rest-call.js';
import type { PrivateCall, PrivateHandler } from './call.js';
import { amountOf, assetOf } from './capital.js';

const FIRST_TRANSFER = 11_945_860_000;
const WEEK_MS = 7 * 86_400_000;
const MAX_PAGE = 100;

/** `POST /api/v3/capital/transfer`, between spot and futures. Source: MEXC spot v3 docs, user universal transfer. */
export const transfer: PrivateHandler = (call) => {
  const [from, to] = [accountOf(call, 'fromAccountType'), accountOf(call, 'toAccountType')];
  if (from === to) throw wrong('toAccountType');
  const [asset, amount] = [assetOf(call, 'asset'), amountOf(call)];
  const { account, model } = call;
  const has = from === 'spot' ? account.free.get(asset) : model.wallet.inFutures(account, asset);
  if (has < amount) throw new Refusal(10101, 'Insufficient balance');
  // The venue answers either shape.
  const made = model.wallet.transfer(account, asset, amount, from, to);
  const answer = { tranId: idOf(made) };
  return made.number % 2 === 0 ? [answer] : answer;
};

/** `GET /api/v3/capital/transfer`, newest first. Source: MEXC spot v3 docs, universal transfer history. */
export const transferHistory: PrivateHandler = (call) => {
  const { account, model, query, now } = call;
  const [from, to] = [accountOf(call, 'fromAccountType'), accountOf(call, 'toAccountType')];
  const { start, end = now } = readTimes(call);
  const rows = model.wallet.transfers.filter(
    (one) =>
      one.account === account &&
      one.from === from &&
      one.to === to &&
      one.at >= (start ?? end - WEEK_MS) &&
      one.at <= end,
  );
  const [page, size] = [readCount(query, 'page', 1), readCount(query, 'size', 10)];
  if (size > MAX_PAGE) throw wrong('size');
  return {
    rows: rows
      .reverse()
      .slice((page - 1) * size, page * size)
      .map(transferRow),
    total: rows.length,
  };
};

/** `GET /api/v3/capital/transfer/tranId`. Source: MEXC spot v3 docs, transfer by tranId. */
export const transferById: PrivateHandler = ({ account, model, query }) => {
  const id = query.get('tranId');
  if (id === null) throw missing('tranId');
  const found = model.wallet.transfers.find((one) => one.account === account && idOf(one) === id);
  if (found === undefined) throw new Refusal(22222, 'Record does not exist');
  const { fromSymbol, toSymbol, ...row } = transferRow(found);
  return { ...row, symbol: fromSymbol ?? toSymbol };
};

function transferRow(one: Transfer): Record<string, unknown> {
  return {
    tranId: idOf(one),
    clientTranId: null,
    asset: one.asset,
    amount: printAmount(one.amount),
    fromAccountType: one.from.toUpperCase(),
    toAccountType: one.to.toUpperCase(),
    fromSymbol: null,
    toSymbol: null,
    status: 'SUCCESS',
    timestamp: one.at,
  };
}

function idOf({ number }: Transfer): string {
  return String(FIRST_TRANSFER + number);
}

function accountOf({ query }: PrivateCall, name: string): 'spot' | 'futures' {
  const text = query.get(name);
  if (text === null) throw missing(name);
  if (text === 'SPOT' || text === 'FUTURES') return text === 'SPOT' ? 'spot' : 'futures';
  throw new Refusal(10103, 'Account transfer is not supported');
}

function readCount(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name) ?? String(fallback);
  if (!/^[1-9]\d{0,5}$/.test(text)) throw wrong(name);
  return Number(text);
}

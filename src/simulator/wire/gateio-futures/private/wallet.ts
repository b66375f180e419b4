import { type Amount, amountOf, parseAmount } from '../../../accounts/amount.js';
import { readObject, requiredText, textOf } from '../../gateio/rest/fields.js';
import { invalidValue, RestRefusal } from '../../gateio/rest/refusal.js';
import type { PrivateHandler } from './call.js';

const FIRST_TRANSFER = 59_636_381_000;
const TRANSFER_DECIMALS = 8;

/** `POST /wallet/transfers`, between spot and these futures only. Source: Gate API v4 docs, transfer between accounts. */
export const transfer: PrivateHandler = ({ account, model, asset, body }) => {
  const fields = readObject({ body });
  const currency = requiredText(fields, 'currency');
  if (currency !== asset) throw new RestRefusal(400, 'INVALID_CURRENCY', `Invalid currency ${currency}`);
  const [from, to] = [requiredText(fields, 'from'), requiredText(fields, 'to')];
  if (!isPlace(from)) throw invalidValue('from');
  if (!isPlace(to) || from === to) throw invalidValue('to');
  if (textOf(fields, 'settle')?.toUpperCase() !== asset) throw invalidValue('settle');
  const moved = model.transfers.move(account, currency, readAmount(requiredText(fields, 'amount')), to);
  if (moved !== undefined) return { tx_id: FIRST_TRANSFER + moved.number };
  throw new RestRefusal(
    400,
    from === 'spot' ? 'BALANCE_NOT_ENOUGH' : 'FUTURES_BALANCE_NOT_ENOUGH',
    'Not enough balance',
  );
};

/** `GET /wallet/fee`. Source: Gate API v4 docs, trading fee rates. */
export const tradingFee: PrivateHandler = ({ account, contracts }) => {
  const spec = [...contracts.values()][0]?.perpetual.spec;
  return {
    user_id: Number(account.settings.userId),
    taker_fee: '0.002',
    maker_fee: '0.002',
    futures_taker_fee: spec?.takerFee,
    futures_maker_fee: spec?.makerFee,
    gt_discount: false,
    gt_taker_fee: '0',
    gt_maker_fee: '0',
    loan_fee: '0',
    point_type: '1',
  };
};

function isPlace(text: string): text is 'spot' | 'futures' {
  return text === 'spot' || text === 'futures';
}

function readAmount(text: string): Amount {
  const amount = parseAmount(text);
  if (amount === undefined || amount === 0n) throw invalidValue('amount');
  if (amount % amountOf(1, TRANSFER_DECIMALS) !== 0n) {
    throw new RestRefusal(400, 'INVALID_PRECISION', `At most ${TRANSFER_DECIMALS} decimals`);
  }
  return amount;
}

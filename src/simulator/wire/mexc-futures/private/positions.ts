import { parseAmount } from '../../../accounts/amount.js';
import type { FuturesOrderRequest } from '../../../positions/futures-request.js';
import type { Position, PositionSide } from '../../../positions/position.js';
import { tierOf } from '../../../positions/valuation.js';
import type { Contract } from '../contracts.js';
import { cutPage, findContract, optionalContract, pageObject, Refusal, requireContract, wrong } from '../rest/call.js';
import { tierRow } from '../rest/detail.js';
import { atDesk, type PrivateCall, type PrivateHandler } from './call.js';
import { closedRow, fundingRow, positionRow } from './position-rows.js';
import { readNumbers, readRange } from './ranges.js';
import { asFields, type Fields, readId, readInteger, readNumber, readText, required } from './read-body.js';

const MAX_ROWS = 100;

/** `GET position/open_positions`. Source: MEXC contract docs, open positions. */
export const openPositions: PrivateHandler = (call) => {
  const symbol = optionalContract(call)?.view.spec.symbol;
  const id = call.query.get('positionId');
  return call.account
    .positions(symbol)
    .filter(({ lots, number }) => lots !== 0 && (!id || String(number) === id))
    .map(positionRow);
};

/** `GET position/list/history_positions`, newest first, a bare list. Source: MEXC contract docs, history positions. */
export const historyPositions: PrivateHandler = (call) => {
  const { query, account } = call;
  const market = optionalContract(call)?.perpetual;
  const isInRange = readRange(query);
  const types = readNumbers(query, 'type');
  const rows = account.closedPositions.filter(
    (closed) =>
      (market === undefined || closed.market === market) &&
      (types?.has(closed.side === 'long' ? 1 : 2) ?? true) &&
      isInRange(closed.closedAt),
  );
  return cutPage(query, rows.reverse(), MAX_ROWS).map(closedRow);
};

/** `GET position/funding_records`, newest first. Source: MEXC contract docs, funding fee details. */
export const fundingRecords: PrivateHandler = (call) => {
  const { query, account } = call;
  const market = optionalContract(call)?.perpetual;
  const isInRange = readRange(query);
  const [id, types] = [query.get('position_id'), readNumbers(query, 'position_type')];
  const rows = account.fundingPayments.filter(
    (one) =>
      (market === undefined || one.market === market) &&
      (!id || String(one.positionNumber) === id) &&
      (types?.has(one.lots > 0 ? 1 : 2) ?? true) &&
      isInRange(one.at),
  );
  return pageObject(query, rows.map(fundingRow).reverse(), MAX_ROWS);
};

/** `GET position/leverage`: a row for each side. Source: MEXC contract docs, leverage multipliers. */
export const getLeverage: PrivateHandler = (call) => {
  const contract = requireContract(call);
  return [1, 2].map((positionType) => {
    const position = positionOf(call, contract, positionType);
    const { level, maxVol, mmr, imr } = tierRow(tierOf(position));
    const openType = position.marginMode === 'isolated' ? 1 : 2;
    return { positionType, level, imr, mmr, leverage: position.leverage, openType, maxVol };
  });
};

/** `POST position/change_leverage`, of a position or of the place for one. Source: MEXC contract docs, modify leverage. */
export const changeLeverage: PrivateHandler = (call) => {
  const fields = asFields(call.body);
  const leverage = required(readInteger(fields, 'leverage'), 'leverage');
  const held = readId(fields['positionId'], 'positionId');
  const position = held === undefined ? emptyPosition(call, fields) : heldPosition(call, held);
  const openType = held === undefined ? readOpenType(fields) : position.marginMode;
  const { account, model } = call;
  if (position.lots !== 0 && openType !== position.marginMode) {
    throw new Refusal(2027, 'Cross and isolated margin cannot be mixed');
  }
  const hasOrders = [...account.openOrders].some(
    ({ market, positionSide }) => market === position.market && positionSide === position.side,
  );
  if (hasOrders) throw new Refusal(2019, 'The leverage cannot be changed with open orders');
  atDesk(() => model.desk.setLeverage(account, position.market, [position.side], leverage, openType), {
    insufficient_available: new Refusal(2044, 'The margin is too small for the leverage'),
  });
  return undefined;
};

/** `POST position/change_margin`. Source: MEXC contract docs, increase or decrease margin. */
export const changeMargin: PrivateHandler = (call) => {
  const fields = asFields(call.body);
  const position = heldPosition(call, required(readId(fields['positionId'], 'positionId'), 'positionId'));
  const amount = parseAmount(required(readNumber(fields, 'amount'), 'amount'));
  const type = readText(fields, 'type');
  if (amount === undefined || amount === 0n) throw wrong('amount');
  if (type !== 'ADD' && type !== 'SUB') throw wrong('type');
  atDesk(() => call.model.desk.changeMargin(call.account, position, type === 'ADD' ? amount : -amount));
  return undefined;
};

/** `GET position/position_mode`: a bare number. Source: MEXC contract docs, position mode. */
export const getPositionMode: PrivateHandler = ({ account }) => (account.positionMode === 'hedge' ? 1 : 2);

/** `POST position/change_position_mode`. Source: MEXC contract docs, modify position mode. */
export const changePositionMode: PrivateHandler = (call) => {
  const mode = readInteger(asFields(call.body), 'positionMode');
  if (mode !== 1 && mode !== 2) throw wrong('positionMode');
  const asked = mode === 1 ? 'hedge' : 'one_way';
  if (asked !== call.account.positionMode) atDesk(() => call.model.desk.setPositionMode(call.account, asked));
  return undefined;
};

/** `POST position/reverse`: closes so much at the market and opens as much on the other side. Source: MEXC contract docs. */
export const reversePosition: PrivateHandler = (call) => {
  const fields = asFields(call.body);
  const contract = findContract(call.contracts, required(readText(fields, 'symbol'), 'symbol'));
  const position = heldPosition(call, required(readId(fields['positionId'], 'positionId'), 'positionId'));
  if (position.market !== contract.perpetual) throw new Refusal(2043, 'The order and the position do not match');
  const contracts = required(readNumber(fields, 'vol'), 'vol');
  const [{ account, model }, { side, leverage, marginMode }] = [call, position];
  const opposite: PositionSide = side === 'long' ? 'short' : 'long';
  const opening = {
    positionSide: side === 'net' ? side : opposite,
    reduceOnly: false,
    contracts,
    leverage,
    marginMode,
  };
  // Which way it goes is read before it is closed.
  const orders = [closing(position, { contracts }), { ...closing(position, {}), ...opening }];
  for (const order of orders) atDesk(() => model.desk.place(account, position.market, order));
  return undefined;
};

/** `POST position/close_all`: at the market. Source: MEXC contract docs, close all positions. */
export const closeAll: PrivateHandler = ({ account, model }) => {
  for (const position of account.positions().filter(({ lots }) => lots !== 0)) {
    atDesk(() => model.desk.place(account, position.market, closing(position, { closesAll: true })));
  }
  return undefined;
};

/** A market order against the position. */
function closing(position: Position, size: Pick<FuturesOrderRequest, 'contracts' | 'closesAll'>): FuturesOrderRequest {
  return {
    side: position.lots > 0 ? 'sell' : 'buy',
    positionSide: position.side,
    type: 'market',
    timeInForce: 'ioc',
    postOnly: false,
    reduceOnly: true,
    ...size,
  };
}

function positionOf({ account }: PrivateCall, { perpetual }: Contract, positionType: number): Position {
  const side = positionType === 1 ? 'long' : 'short';
  return account.position(perpetual, account.positionMode === 'hedge' ? side : 'net');
}

/** @throws {Refusal} 2009 */
function heldPosition({ account }: PrivateCall, id: string): Position {
  const position = account.positions().find(({ number, lots }) => lots !== 0 && String(number) === id);
  if (position === undefined) throw new Refusal(2009, 'The position does not exist or is closed');
  return position;
}

function emptyPosition(call: PrivateCall, fields: Fields): Position {
  const contract = findContract(call.contracts, required(readText(fields, 'symbol'), 'symbol'));
  const positionType = required(readInteger(fields, 'positionType'), 'positionType');
  if (positionType !== 1 && positionType !== 2) throw wrong('positionType');
  return positionOf(call, contract, positionType);
}

function readOpenType(fields: Fields): 'isolated' | 'cross' {
  const openType = required(readInteger(fields, 'openType'), 'openType');
  if (openType !== 1 && openType !== 2) throw new Refusal(2002, 'Open type error');
  return openType === 1 ? 'isolated' : 'cross';
}

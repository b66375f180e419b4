import { type Amount, parseAmount } from '../../../accounts/amount.js';
import type { FuturesDesk } from '../../../positions/futures-model.js';
import type { MarginMode, Position, PositionSide } from '../../../positions/position.js';
import { readObject, requiredText } from '../../gateio/rest/fields.js';
import { readPage } from '../../gateio/rest/paging.js';
import { readRequired } from '../../gateio/rest/params.js';
import { invalidValue, RestRefusal } from '../../gateio/rest/refusal.js';
import type { Contract } from '../contracts.js';
import { findContract } from '../rest/params.js';
import { accountFields } from './account-fields.js';
import { atDesk, contractOf, type PrivateCall, type PrivateHandler } from './call.js';
import { positionFields } from './position-fields.js';

const MAX_ROWS = 100;

/** `GET /futures/{settle}/positions`. Source: Gate API v4 docs, list all positions of a user. */
export const listPositions: PrivateHandler = (call) => {
  const { query, contracts, account, sizes } = call;
  const isHolding = query.get('holding') === 'true';
  const rows = [...contracts.values()]
    .flatMap((contract) => sidesOf(call).map((side) => account.position(contract.perpetual, side)))
    .filter(({ lots }) => !isHolding || lots !== 0);
  const page = query.get('limit') === null ? rows : readPage(query, MAX_ROWS).cut(rows);
  return page.map((position) => positionFields(position, sizes));
};

/** `GET /futures/{settle}/positions/{contract}`. Source: Gate API v4 docs, get a single position. */
export const getPosition: PrivateHandler = (call) => print(call, positionsOf(call, 'single'), 'single');

/** `GET /futures/{settle}/dual_comp/positions/{contract}`. Source: Gate API v4 docs, dual mode position. */
export const getDual: PrivateHandler = (call) => print(call, positionsOf(call, 'dual'), 'dual');

/** `POST …/leverage`, parameters in the query: 0 is cross, anything else isolated. Source: Gate API v4 docs, update position leverage. */
export const setLeverage = forBoth((call, mode) => {
  const { query } = call;
  const leverage = readLeverage(query, 'leverage');
  const isCross = leverage === 0;
  const wanted = isCross && query.get('cross_leverage_limit') ? readLeverage(query, 'cross_leverage_limit') : leverage;
  const positions = positionsOf(call, mode);
  // Without a limit the leverage stays what it was.
  apply(call, positions, wanted === 0 ? positions[0]!.leverage : wanted, isCross ? 'cross' : 'isolated');
  return positions;
});

/** `POST …/set_leverage`, parameters in the query. Source: Gate API v4 docs, update leverage by position. */
export const setLeverageByMode: PrivateHandler = (call) => {
  const { query } = call;
  const marginMode = readRequired(query, 'margin_mode');
  if (marginMode !== 'isolated' && marginMode !== 'cross') throw invalidValue('margin_mode');
  const mode = modeOf(call);
  const positions = positionsOf(call, mode).filter((position) => isAsked(query.get('dual_side'), position.side));
  apply(call, positions, readLeverage(query, 'leverage'), marginMode);
  return positionFields(positions[0]!, call.sizes);
};

/** `GET …/get_leverage/{contract}`. Source: Gate API v4 docs, get leverage. */
export const getLeverage: PrivateHandler = (call) => {
  const asked = call.query.get('dual_side');
  const position = positionsOf(call, modeOf(call)).find(({ side }) => isAsked(asked, side))!;
  return { Lever: String(position.leverage) };
};

/** `POST …/margin`, parameters in the query. Source: Gate API v4 docs, update position margin. */
export const changeMargin = forBoth((call, mode) => {
  const change = readSigned(readRequired(call.query, 'change'));
  const positions = positionsOf(call, mode);
  const asked = mode === 'dual' ? readRequired(call.query, 'dual_side') : null;
  const position = positions.find(({ side }) => isAsked(asked, side));
  if (position === undefined) throw invalidValue('dual_side');
  atDesk(() => call.model.desk.changeMargin(call.account, position, change));
  return positions;
});

/** `POST …/risk_limit`, parameters in the query. Source: Gate API v4 docs, update position risk limit. */
export const setRiskLimit = forBoth((call, mode) => {
  const limit = parseAmount(readRequired(call.query, 'risk_limit'));
  if (limit === undefined) throw invalidValue('risk_limit');
  const positions = positionsOf(call, mode);
  for (const position of positions) atDesk(() => call.model.desk.setRiskLimit(call.account, position, limit));
  return positions;
});

/** `POST …/positions/cross_mode`, a JSON body. Source: Gate API v4 docs, switch between cross and isolated. */
export const setCrossMode: (mode: 'single' | 'dual') => PrivateHandler = (mode) => (call) => {
  const fields = readObject(call);
  const wanted = requiredText(fields, 'mode');
  if (wanted !== 'CROSS' && wanted !== 'ISOLATED') throw invalidValue('mode');
  const named = { ...call, name: contractOf(fields, call).id };
  const positions = positionsOf(named, mode);
  apply(call, positions, positions[0]!.leverage, wanted === 'CROSS' ? 'cross' : 'isolated');
  return print(call, positions, mode);
};

/** `POST /futures/{settle}/dual_mode` and `set_position_mode`, parameters in the query. Source: Gate API v4 docs, position mode. */
export const setPositionMode: PrivateHandler = (call) => {
  const wanted =
    call.query.get('position_mode') ?? { true: 'dual', false: 'single' }[call.query.get('dual_mode') ?? ''];
  if (wanted !== 'single' && wanted !== 'dual') throw invalidValue('position_mode');
  atDesk(() => call.model.desk.setPositionMode(call.account, wanted === 'dual' ? 'hedge' : 'one_way'));
  return accountFields(call);
};

type Mode = 'single' | 'dual';

/** The same call on the path of each mode; a dual one answers a list. */
function forBoth(act: (call: PrivateCall, mode: Mode) => readonly Position[]): Readonly<Record<Mode, PrivateHandler>> {
  return {
    single: (call) => print(call, act(call, 'single'), 'single'),
    dual: (call) => print(call, act(call, 'dual'), 'dual'),
  };
}

function print({ sizes }: PrivateCall, positions: readonly Position[], mode: Mode): unknown {
  const rows = positions.map((position) => positionFields(position, sizes));
  return mode === 'single' ? rows[0] : rows;
}

/** The positions of the contract that the path names. @throws {RestRefusal} when the path is that of the other mode. */
function positionsOf(call: PrivateCall, mode: Mode): Position[] {
  const contract: Contract = findContract(call.contracts, call.name);
  if (modeOf(call) !== mode)
    throw new RestRefusal(400, 'POSITION_DUAL_MODE', 'does not fit the position mode', 'detail');
  return sidesOf(call).map((side) => call.account.position(contract.perpetual, side));
}

function modeOf({ account }: PrivateCall): Mode {
  return account.positionMode === 'hedge' ? 'dual' : 'single';
}

function sidesOf(call: PrivateCall): readonly PositionSide[] {
  return modeOf(call) === 'dual' ? ['long', 'short'] : ['net'];
}

function isAsked(dualSide: string | null, side: PositionSide): boolean {
  return dualSide === null || dualSide === '' || dualSide === `dual_${side}`;
}

function apply(
  { account, model }: PrivateCall,
  positions: readonly Position[],
  leverage: number,
  mode: MarginMode,
): void {
  const sides = positions.map(({ side }) => side);
  const set: FuturesDesk['setLeverage'] = (...parts) => model.desk.setLeverage(...parts);
  atDesk(() => set(account, positions[0]!.market, sides, leverage, mode));
}

function readLeverage(query: URLSearchParams, name: string): number {
  const text = readRequired(query, name);
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw invalidValue(name);
}

function readSigned(text: string): Amount {
  const amount = parseAmount(text.replace(/^[+-]/, ''));
  if (amount === undefined || amount === 0n) throw invalidValue('change');
  return text.startsWith('-') ? -amount : amount;
}

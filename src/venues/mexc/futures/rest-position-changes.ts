import { defineEndpoint, type EncodeContext, type Endpoint } from '../../../adapter/endpoint.js';
import type { MarginChange, PositionEndpoints, SettingsChange } from '../../../adapter/position-endpoints.js';
import type { Decimal } from '../../../model/decimal.js';
import type { PositionMode, PositionSide } from '../../../model/position.js';
import { costOf } from './limits.js';
import { idValue, numberValue, openTypeOf, refuse, wholeLeverage } from './order-encode.js';
import { HEDGE, ONE_WAY } from './order-words.js';

const ROOT = '/api/v1/private/position';
/** The answers carry nothing. */
const WRITE = {
  method: 'POST',
  auth: 'signed',
  cost: costOf('usual'),
  lane: 'place',
  decode: () => undefined,
} as const;

/** Refused while positions or orders are open. Source: MEXC contract API docs, change position mode. */
const setMode: Endpoint<{ readonly mode: PositionMode }, void> = defineEndpoint({
  ...WRITE,
  path: `${ROOT}/change_position_mode`,
  idempotent: true,
  encode: ({ mode }) => ({ body: { positionMode: mode === 'hedge' ? HEDGE : ONE_WAY } }),
});

/** Of one side; an open position is named by its id. Source: MEXC contract API docs, change leverage. */
const setLeverage: Endpoint<SettingsChange, void> = defineEndpoint({
  ...WRITE,
  path: `${ROOT}/change_leverage`,
  cost: costOf('leverage'),
  idempotent: true,
  encode: (change, context) => ({ body: leverageBody(change, context) }),
});

/**
 * There is no call for it alone: the leverage is set anew, as it is, in the other mode. Source: MEXC contract API docs,
 * change leverage.
 */
const setMarginMode: Endpoint<SettingsChange, void> = defineEndpoint({
  ...setLeverage,
  encode: (change, context) => ({ body: leverageBody({ leverage: leverageNow(change), ...change }, context) }),
});

/** Of an isolated position. Source: MEXC contract API docs, change margin. */
const changeMargin: Endpoint<MarginChange, void> = defineEndpoint({
  ...WRITE,
  path: `${ROOT}/change_margin`,
  idempotent: false,
  encode({ position: { id }, amount }) {
    if (id === undefined) refuse('position', 'a position with an id', id);
    const isTaking = amount.startsWith('-');
    const size = (isTaking ? amount.slice(1) : amount) as Decimal;
    return { body: { positionId: idValue(id), amount: numberValue(size), type: isTaking ? 'SUB' : 'ADD' } };
  },
});

/** The calls that change how positions are held. */
export const positionChanges = {
  setMode,
  setLeverage,
  setMarginMode,
  changeMargin,
} as const satisfies Partial<PositionEndpoints>;

type LeverageChange = Omit<SettingsChange, 'leverage'> & { readonly leverage?: Decimal | undefined };

function leverageBody(change: LeverageChange, { toVenue }: EncodeContext) {
  const { symbol, current, positions, leverage } = change;
  const side = requireSide(change);
  if (leverage === undefined) refuse('leverage', 'the leverage to set', leverage);
  const position = positions.find((one) => one.symbol === symbol && one.side === side && one.id !== undefined);
  const marginMode = change.marginMode ?? position?.marginMode ?? current.marginMode;
  if (marginMode === undefined) refuse('marginMode', 'cross or isolated', marginMode);
  if (position?.id === undefined) {
    const positionType = side === 'long' ? 1 : 2;
    return {
      openType: openTypeOf(marginMode),
      leverage: wholeLeverage(leverage),
      symbol: toVenue(symbol),
      positionType,
    };
  }
  if (position.marginMode !== marginMode)
    refuse('marginMode', `${position.marginMode}, as that of the open position, which cannot change`, marginMode);
  return { positionId: idValue(position.id), leverage: wholeLeverage(leverage) };
}

function leverageNow({ current, ...change }: SettingsChange): Decimal | undefined {
  return requireSide(change) === 'short' ? (current.shortLeverage ?? current.leverage) : current.leverage;
}

/** Each side has a call of its own. */
function requireSide({ side }: Pick<SettingsChange, 'side'>): PositionSide {
  return side ?? refuse('side', 'long or short: each has a leverage of its own', side);
}

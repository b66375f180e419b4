import { amountOf, parseAmount } from '../../../accounts/amount.js';
import type { PerpetualMarket } from '../../../positions/perpetual-market.js';
import type { TriggerOrder, TriggerRequest } from '../../../positions/trigger-order.js';
import { cutPage, findContract, optionalContract, Refusal } from '../rest/call.js';
import { atDesk, type PrivateCall, type PrivateHandler } from './call.js';
import { orderMissing } from './cancel.js';
import { readOrder } from './place.js';
import { planId, planRow, planState } from './plan-rows.js';
import { readNumbers, readRange } from './ranges.js';
import {
  asBatch,
  asFields,
  asOptionalFields,
  type Fields,
  readId,
  readInteger,
  readNumber,
  readText,
  required,
} from './read-body.js';

const MAX_PLANS = 50;
const MAX_ROWS = 100;
const DAY_MS = 86_400_000;
const RULES: Readonly<Record<number, TriggerRequest['rule']>> = { 1: 'at_or_above', 2: 'at_or_below' };
const REFERENCES: Readonly<Record<number, TriggerRequest['reference']>> = { 1: 'last', 2: 'mark', 3: 'index' };
const CYCLES: Readonly<Record<number, number>> = { 1: DAY_MS, 2: 7 * DAY_MS };

/** `POST planorder/place/v2`: answers the id. Source: MEXC contract docs, trigger order. */
export const placePlan: PrivateHandler = (call) => planId(place(call, asFields(call.body)));

/** `POST planorder/place`, older: the same id as a number beyond 2^53. Source: MEXC contract docs, 2025. */
export const placeOlderPlan: PrivateHandler = (call) => amountOf(BigInt(planId(place(call, asFields(call.body)))), 0);

/** `POST planorder/cancel`, objects or, older, ids. Source: MEXC contract docs, cancel trigger orders. */
export const cancelPlans: PrivateHandler = (call) => {
  const plans = call.model.desk.triggers.of(call.account);
  const named = asBatch(call.body).map((item) => {
    const raw = typeof item === 'object' && item !== null ? asFields(item)['orderId'] : item;
    const id = required(readId(raw, 'orderId'), 'orderId');
    return plans.find((one) => planId(one) === id);
  });
  if (named.includes(undefined)) throw orderMissing();
  for (const plan of named) call.model.desk.triggers.cancel(plan!);
  return undefined;
};

/** `POST planorder/cancel_all`. Source: MEXC contract docs, cancel all trigger orders. */
export const cancelAllPlans: PrivateHandler = (call) => {
  const symbol = readText(asOptionalFields(call.body), 'symbol');
  const market = symbol === undefined ? undefined : findContract(call.contracts, symbol).perpetual;
  for (const plan of call.model.desk.triggers.of(call.account)) {
    if (market === undefined || plan.request.market === market) call.model.desk.triggers.cancel(plan);
  }
  return undefined;
};

/** `GET planorder/list/orders`, newest first. Source: MEXC contract docs, trigger order list. */
export const listPlans: PrivateHandler = (call) => {
  const { account, model, query } = call;
  const market = optionalContract(call)?.perpetual;
  const isInRange = readRange(query);
  const [states, sides] = [readNumbers(query, 'states'), readNumbers(query, 'side')];
  const plans = model.desk.triggers
    .of(account)
    .filter(
      (plan) =>
        (market === undefined || plan.request.market === market) &&
        (states?.has(planState(plan)) ?? true) &&
        (sides?.has(Number(plan.request.extra?.['side'])) ?? true) &&
        isInRange(plan.createdAt),
    );
  return cutPage(query, plans.reverse(), MAX_ROWS).map((plan) => planRow(account, plan));
};

/** `POST planorder/change_price`. Source: MEXC contract docs, modify trigger order price. */
export const changePlanPrice: PrivateHandler = (call) => {
  const fields = asFields(call.body);
  const id = required(readId(fields['orderId'], 'orderId'), 'orderId');
  const plan = call.model.desk.triggers.of(call.account).find((one) => planId(one) === id);
  if (plan === undefined) throw orderMissing();
  const { request } = plan;
  const price = readNumber(fields, 'price') ?? request.order.price;
  const changed = { ...request, ...readTrigger(request.market, fields), order: { ...request.order, price } };
  atDesk(() => call.model.desk.triggers.amend(plan, changed));
  return undefined;
};

function place(call: PrivateCall, fields: Fields): TriggerOrder {
  const { account, model, contracts } = call;
  const contract = findContract(contracts, required(readText(fields, 'symbol'), 'symbol'));
  const open = model.desk.triggers.of(account).filter(({ status }) => status === 'open');
  if (open.length >= MAX_PLANS) throw new Refusal(2016, 'Too many trigger orders');
  const order = readOrder(call, contract, fields, 'orderType');
  const cycle = CYCLES[required(readInteger(fields, 'executeCycle'), 'executeCycle')];
  if (cycle === undefined) throw new Refusal(3003, 'Execution cycle error');
  const request: TriggerRequest = {
    market: contract.perpetual,
    ...readTrigger(contract.perpetual, fields),
    expiresAfterMs: cycle,
    order,
    refusesReached: false,
    extra: order.extra,
  };
  return atDesk(() => model.desk.triggers.place(account, request));
}

function readTrigger(
  { spec, terms }: PerpetualMarket,
  fields: Fields,
): Pick<TriggerRequest, 'triggerTicks' | 'rule' | 'reference'> {
  const price = parseAmount(required(readNumber(fields, 'triggerPrice'), 'triggerPrice')) ?? 0n;
  if (price === 0n || price % amountOf(1, spec.priceDecimals) !== 0n) throw new Refusal(3004, 'Trigger price error');
  const rule = RULES[required(readInteger(fields, 'triggerType'), 'triggerType')];
  if (rule === undefined) throw new Refusal(3002, 'Trigger type error');
  const reference = REFERENCES[required(readInteger(fields, 'trend'), 'trend')];
  if (reference === undefined) throw new Refusal(3001, 'Trigger price type error');
  return { triggerTicks: Number(price / amountOf(1, terms.markDecimals)), rule, reference };
}

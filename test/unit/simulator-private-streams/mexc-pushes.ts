import { messagesOf, numberOf, type ProtoFields, readProto, textOf } from '../../support/proto-reader.js';

export const ORDERS = 'spot@private.orders.v3.api.pb';
export const DEALS = 'spot@private.deals.v3.api.pb';
export const ACCOUNT = 'spot@private.account.v3.api.pb';

type Reader = (fields: ProtoFields, field: number) => unknown;

const FIELDS: Readonly<Record<string, readonly (readonly [string, Reader])[]>> = {
  304: [
    ...['id', 'clientId', 'price', 'quantity', 'amount', 'avgPrice'].map((name) => [name, textOf] as const),
    ...['orderType', 'tradeType', 'isMaker'].map((name) => [name, numberOf] as const),
    ...['remainAmount', 'remainQuantity', 'lastDealQuantity', 'cumulativeQuantity', 'cumulativeAmount'].map(
      (name) => [name, textOf] as const,
    ),
    ...['status', 'createTime'].map((name) => [name, numberOf] as const),
  ],
  306: [
    ...['price', 'quantity', 'amount'].map((name) => [name, textOf] as const),
    ...['tradeType', 'isMaker', 'isSelfTrade'].map((name) => [name, numberOf] as const),
    ...['tradeId', 'clientOrderId', 'orderId', 'feeAmount', 'feeCurrency'].map((name) => [name, textOf] as const),
    ['time', numberOf],
  ],
  307: [
    ...['asset', 'coinId', 'free', 'freeChange', 'locked', 'lockedChange', 'type'].map(
      (name) => [name, textOf] as const,
    ),
    ['time', numberOf],
  ],
};

/** One push with the fields that are on the wire, by name; the fields of a body are numbered as listed above. */
export interface MexcPush {
  readonly channel: string;
  readonly symbol: string | undefined;
  readonly createTime: number | undefined;
  readonly sendTime: number | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

export function readPush(bytes: Uint8Array): MexcPush {
  const wrapper = readProto(bytes);
  const number = Object.keys(FIELDS).find((one) => wrapper.has(Number(one)))!;
  const [body] = messagesOf(wrapper, Number(number));
  const fields = FIELDS[number]!.flatMap(([name, read], index) =>
    body!.has(index + 1) ? [[name, read(body!, index + 1)] as const] : [],
  );
  return {
    channel: textOf(wrapper, 1)!,
    symbol: textOf(wrapper, 3),
    createTime: numberOf(wrapper, 5),
    sendTime: numberOf(wrapper, 6),
    body: Object.fromEntries(fields),
  };
}

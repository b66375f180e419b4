import type { CommandAnswer, CommandContext, OrderSocket } from '../../adapter/account-streams.js';
import type { ConnectionPlan } from '../../adapter/connection-plan.js';
import type { AmendRequest, OrderRef, OrderRequest } from '../../adapter/order-endpoints.js';
import { type JsonObject, malformed, readObject } from '../../adapter/read.js';
import { createHmacSha512 } from '../../crypto/hmac.js';
import { isObject, parseFrame } from './frame.js';
import { writePing } from './requests.js';
import { commandPayload } from './signature.js';
import { toWholeSeconds } from './times.js';
import type { GateioWire } from './wire.js';

const STATUS = /^[1-5]\d\d$/;
/** An error under a status of success: nobody can tell what happened. */
const CONTRADICTION = 500;

/** What the commands of one market carry. */
export interface CommandParameters {
  place(request: OrderRequest, context: CommandContext): object;
  cancel(ref: OrderRef, context: CommandContext): object;
  amend(request: AmendRequest, context: CommandContext): object;
  get(ref: OrderRef, context: CommandContext): object;
}

/**
 * Order entry over a socket: one login, then commands without signatures. A new order is answered twice, first by an
 * echo. The expiry travels as a header inside the command; documents disagree on the name of that part, and this is
 * the one that answers echo. Source: Gate spot and futures WebSocket v4 docs, WebSocket API.
 */
export function createGateioOrderSocket(
  wire: GateioWire,
  plan: ConnectionPlan,
  parameters: CommandParameters,
): OrderSocket {
  const { prefix } = wire;
  const login = `${prefix}.login`;
  return {
    plan,
    createLogin({ apiKey, secretKey }) {
      const hmac = createHmacSha512(secretKey);
      return (requestId, now) => {
        const timestamp = String(toWholeSeconds(now));
        const signature = hmac(commandPayload(login, '', timestamp));
        return write(login, now, { api_key: apiKey, signature, timestamp, req_id: requestId });
      };
    },
    place: (request, context) => writeCommand(`${prefix}.order_place`, parameters.place(request, context), context),
    cancel: (ref, context) => writeCommand(`${prefix}.order_cancel`, parameters.cancel(ref, context), context),
    amend: (request, context) => writeCommand(`${prefix}.order_amend`, parameters.amend(request, context), context),
    get: (ref, context) =>
      write(`${prefix}.order_status`, context.now, {
        req_id: context.requestId,
        req_param: parameters.get(ref, context),
      }),
    ping: (now) => writePing(now, wire),
    readAnswer(frame) {
      const message = parseFrame(frame);
      if (message === undefined) throw malformed('order socket frame', 'a JSON object', frame);
      const { request_id, header } = message;
      // Pongs and pushes of channels have neither.
      if (request_id === undefined && header === undefined) return undefined;
      return readAnswer(message);
    },
  };
}

function writeCommand(channel: string, parameters: object, { requestId, now, expiresAt }: CommandContext): string {
  return write(channel, now, {
    req_id: requestId,
    req_param: parameters,
    req_header: { 'x-gate-exptime': String(Math.floor(expiresAt)) },
  });
}

function write(channel: string, now: number, payload: object): string {
  return JSON.stringify({ time: toWholeSeconds(now), channel, event: 'api', payload });
}

function readAnswer({ request_id, ack, header, data }: JsonObject): CommandAnswer {
  if (typeof request_id !== 'string') throw malformed('order socket request_id', 'a text', request_id);
  const { result = null, errs } = data === undefined || data === null ? {} : readObject(data, 'order socket data');
  const status = readStatus(readObject(header, 'order socket header'));
  const isError = errs !== undefined && errs !== null;
  return {
    requestId: request_id,
    isAck: ack === true && !isError && status < 300,
    status: isError && status < 300 ? CONTRADICTION : status,
    body: isError ? readErrors(errs) : result,
  };
}

function readStatus({ status }: JsonObject): number {
  const text = typeof status === 'number' ? String(status) : status;
  if (typeof text === 'string' && STATUS.test(text)) return Number(text);
  throw malformed('order socket status', 'a status of HTTP', status);
}

/** As the REST call would have answered: an object with `label` and `message`. */
function readErrors(errs: unknown): unknown {
  const first: unknown = Array.isArray(errs) ? errs[0] : errs;
  return isObject(first) ? first : {};
}

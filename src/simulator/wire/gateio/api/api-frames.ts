import type { Clock } from '../../../../transport/clock.js';
import type { RateVerdict } from '../rate-window.js';
import { wallMs } from '../wall-time.js';
import type { ApiRequest } from './api-request.js';

/** What an answer says besides its data. */
export interface AnswerHead {
  readonly request: ApiRequest;
  readonly connectionId: string;
  readonly ip: string;
  /** A number of its own. */
  readonly trace: number;
  /** Epoch ms when the request came. */
  readonly receivedAt: number;
  readonly status: number;
  /** Of a command that is metered. */
  readonly rate?: (RateVerdict & { readonly limit: number }) | undefined;
}

/** The request as it came, before it is carried out. Source: Gate.io spot WebSocket v4 docs, WebSocket API, order place. */
export function printEcho(clock: Clock, head: AnswerHead): string {
  const { id, headers, param } = head.request;
  const result = { req_id: id, req_header: headers, req_param: param, api_key: '', timestamp: '', signature: '' };
  return JSON.stringify({ request_id: id, ack: true, header: headerFields(clock, head), data: { result } });
}

/** @param data `{result}` or `{errs}`. Source: Gate.io spot WebSocket v4 docs, WebSocket API, server response. */
export function printAnswer(clock: Clock, head: AnswerHead, data: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ request_id: head.request.id, header: headerFields(clock, head), data });
}

function headerFields(clock: Clock, { request, connectionId, ip, trace, receivedAt, status, rate }: AnswerHead) {
  const now = wallMs(clock);
  const traceId = trace.toString(16).padStart(32, '0');
  return {
    response_time: String(now),
    status: String(status),
    channel: request.channel,
    event: 'api',
    client_id: `${ip}-${connectionId}`,
    x_in_time: receivedAt * 1_000,
    x_out_time: now * 1_000,
    conn_id: connectionId,
    conn_trace_id: connectionId.padStart(32, '0'),
    trace_id: traceId,
    ...(rate === undefined ? {} : rateFields(rate, now, trace)),
  };
}

/** Zeros are left out; the time is spelled both ways. */
function rateFields(
  { limit, remaining, waitMs }: RateVerdict & { readonly limit: number },
  now: number,
  trace: number,
) {
  const reset = Math.ceil(now + waitMs);
  return {
    ...(remaining > 0 ? { x_gate_ratelimit_requests_remain: remaining } : {}),
    x_gate_ratelimit_limit: limit,
    [trace % 2 === 0 ? 'x_gat_ratelimit_reset_timestamp' : 'x_gate_ratelimit_reset_timestamp']: reset,
  };
}

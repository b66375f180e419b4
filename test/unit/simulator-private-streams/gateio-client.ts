import { createHmac } from 'node:crypto';
import type { AccountOption } from '../../../src/simulator/accounts/account-options.js';
import { ALICE, createGateioPrivateWorld, LIMIT_BUY } from '../../support/gateio-private-wire-world.js';
import { connectStream, type StreamClient } from './stream-client.js';

export const SOON = 20;

export interface Frame {
  readonly channel?: string;
  readonly event?: string;
  readonly payload?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
  readonly result?: unknown;
}

export interface ApiFrame {
  readonly request_id: string;
  readonly ack?: boolean;
  readonly header: Readonly<Record<string, unknown>>;
  readonly data: {
    readonly result?: Readonly<Record<string, unknown>>;
    readonly errs?: { readonly label: string; readonly message: string };
  };
}

export function hmac(secret: string, text: string): string {
  return createHmac('sha512', secret).update(text).digest('hex');
}

/** The venue and clients of its socket that sign as it documents, written apart from the code under test. */
export function createGateioStreamWorld(accounts: readonly AccountOption[] = [ALICE]) {
  const world = createGateioPrivateWorld(accounts);
  const seconds = (): number => Math.floor(world.clock.now() / 1_000);
  const connect = (): StreamClient => connectStream(world.venue.gateway, '/ws/v4/');
  /** A signed message. */
  const signed = (channel: string, event: string, payload?: unknown, as = accounts[0]!) => {
    const time = seconds();
    const SIGN = hmac(as.secretKey, `channel=${channel}&event=${event}&time=${time}`);
    return { time, channel, event, payload, auth: { method: 'api_key', KEY: as.apiKey, SIGN } };
  };
  const subscribed = (channel: string, payload?: unknown): StreamClient => {
    const client = connect();
    client.send(signed(channel, 'subscribe', payload));
    client.takeTexts();
    return client;
  };
  let requests = 0;
  /** A command as the venue wants it. */
  const command = (channel: string, param?: unknown, header?: unknown) => ({
    time: seconds(),
    channel,
    event: 'api',
    payload: { req_id: `r${++requests}`, req_param: param, ...(header === undefined ? {} : { req_header: header }) },
  });
  const loginOf = (as: AccountOption, change: Readonly<Record<string, unknown>> = {}) => {
    const timestamp = String(seconds());
    const signature = hmac(as.secretKey, `api\nspot.login\n\n${timestamp}`);
    const payload = { req_id: 'login', api_key: as.apiKey, signature, timestamp, ...change };
    return { time: seconds(), channel: 'spot.login', event: 'api', payload };
  };
  const ask = async (client: StreamClient, message: unknown): Promise<ApiFrame[]> => {
    client.send(message);
    await world.clock.advance(SOON);
    return client.takeTexts() as ApiFrame[];
  };
  const loggedIn = async (as = accounts[0]!): Promise<StreamClient> => {
    const client = connect();
    await ask(client, loginOf(as));
    return client;
  };
  return { ...world, seconds, connect, signed, subscribed, command, loginOf, ask, loggedIn };
}

/** All rows of the pushes of a channel that came since the last look. */
export function takeRows(client: StreamClient, channel: string): Readonly<Record<string, unknown>>[] {
  const frames = client.takeTexts() as Frame[];
  return frames.flatMap((frame) =>
    frame.channel === channel && frame.event === 'update' ? (frame.result as Record<string, unknown>[]) : [],
  );
}

/** Status and label of a refusal; status alone of a success. */
export function verdictOf({ header, data }: ApiFrame): unknown {
  return data.errs === undefined ? header['status'] : [header['status'], data.errs.label];
}

/** Of the order in the last answer. */
export function idOf(frames: readonly ApiFrame[]): string {
  return frames.at(-1)!.data.result!['id'] as string;
}

export { ALICE, LIMIT_BUY };

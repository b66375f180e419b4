import { defineEndpoint } from '../../adapter/endpoint.js';
import { readObject } from '../../adapter/read.js';
import { readMilliseconds } from './times.js';

const PUBLIC = { method: 'GET', auth: 'none', cost: { public: 1 }, idempotent: true } as const;

/** The clock of the venue. Source: Gate API v4 docs, get server current time. */
export const serverTime = defineEndpoint<void, number>({
  ...PUBLIC,
  path: '/spot/time',
  encode: () => ({}),
  decode: readServerTime,
});

/** The lightest call there is: the clock again, thrown away. Source: Gate API v4 docs, get server current time. */
export const ping = defineEndpoint<void, void>({
  ...PUBLIC,
  path: serverTime.path,
  encode: () => ({}),
  decode: (body) => {
    readServerTime(body);
  },
});

function readServerTime(body: unknown): number {
  const { server_time } = readObject(body, 'time');
  return readMilliseconds(server_time, 'server_time');
}

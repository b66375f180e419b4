import { describe, expect, it } from 'vitest';
import { MalformedResponseError } from '../../../src/errors/kinds.js';
import { noInstrument } from '../../support/no-instrument.js';
import { account, pushContext } from './private-support.js';

const { listenKey: keys } = account.streams;

describe('a listen key', () => {
  const { create, keepAlive, remove, url } = keys ?? expect.unreachable('the streams need one');
  const key = 'pqia91ma19a5s61cv6a81va65sdf19v8a65a1';
  const context = pushContext();

  it('is made, extended and removed at one path', () => {
    expect([create, keepAlive, remove].map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/v3/userDataStream',
      'PUT /api/v3/userDataStream',
      'DELETE /api/v3/userDataStream',
    ]);
    expect(keepAlive.encode({ key }, { toVenue: String, instrument: noInstrument })).toEqual({
      query: { listenKey: key },
    });
    expect(remove.encode({ key }, { toVenue: String, instrument: noInstrument })).toEqual({
      query: { listenKey: key },
    });
    expect(keys).toMatchObject({ keepAliveMs: 1_800_000, lifeMs: 3_600_000 });
  });

  it('comes out of the answer', () => {
    expect(create.decode({ listenKey: key }, undefined, context)).toBe(key);
    expect(keepAlive.decode({ listenKey: key }, { key }, context)).toBeUndefined();
    expect(remove.decode({}, { key }, context)).toBeUndefined();
  });

  it('that is missing or another one is refused, and the error shows none', () => {
    for (const body of [{}, { listenKey: '' }, { listenKey: [key] }, null]) {
      expect(() => create.decode(body, undefined, context)).toThrow(MalformedResponseError);
    }
    expect(() => keepAlive.decode({ listenKey: `${key}x` }, { key }, context)).toThrow(
      'listenKey: expected the key that was sent, received string',
    );
  });

  it('is part of the URL', () => {
    expect(url('wss://wbs-api.mexc.com/ws', key)).toBe(`wss://wbs-api.mexc.com/ws?listenKey=${key}`);
    expect(url('ws://127.0.0.1:1/ws?a=b', 'k&y')).toBe('ws://127.0.0.1:1/ws?a=b&listenKey=k%26y');
  });
});

import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createEmitter } from '../../../src/exchange/exchange-events.js';

const planted = new Error('planted');
const fail = (): never => {
  throw planted;
};

describe('the events of an exchange', () => {
  it('go to the handlers of their name, in the order in which they were added', () => {
    const seen: string[] = [];
    const emitter = createEmitter(fail);
    emitter.on('unknownMessage', ({ what }) => seen.push(`1 ${what}`));
    emitter.on('unknownMessage', ({ what }) => seen.push(`2 ${what}`));
    emitter.on('error', () => seen.push('error'));
    emitter.emit('unknownMessage', { what: 'x' });
    emitter.emit('gap', { symbol: 'BTC/USDT', stream: 'trades', dropped: 1 });
    expect(seen).toEqual(['1 x', '2 x']);
  });

  it('reach the other handlers when one throws, which is counted and reported', () => {
    const [seen, errors, failures]: unknown[][] = [[], [], []];
    const emitter = createEmitter((error) => failures?.push(error));
    emitter.on('status', fail);
    emitter.on('status', ({ status }) => seen?.push(status));
    emitter.on('error', (error) => errors?.push(error));
    emitter.emit('status', { status: 'live', previous: 'idle' });
    expect([seen, errors, failures]).toEqual([['live'], [planted], [planted]]);
  });

  it('do not go round in circles when a handler of errors throws', () => {
    const failures: unknown[] = [];
    const emitter = createEmitter((error) => failures.push(error));
    emitter.on('error', fail);
    emitter.emit('error', new Error('first'));
    expect(failures).toEqual([planted]);
  });

  it('end for a handler when its signal fires, at once for one that has fired, and for all when cleared', () => {
    const seen: string[] = [];
    const emitter = createEmitter(fail);
    const controller = new AbortController();
    const { signal } = controller;
    emitter.on('error', () => seen.push('mine'), { signal });
    emitter.on('error', () => seen.push('late'), { signal: AbortSignal.abort() });
    emitter.on('error', () => seen.push('other'));
    emitter.emit('error', planted);
    controller.abort();
    emitter.emit('error', planted);
    expect([seen, getEventListeners(signal, 'abort').length]).toEqual([['mine', 'other', 'other'], 0]);
    emitter.clear();
    emitter.emit('error', planted);
    expect(seen).toHaveLength(3);
  });

  it('leave nothing on the signal of a handler once they are cleared', () => {
    const emitter = createEmitter(fail);
    const { signal } = new AbortController();
    for (let i = 0; i < 20; i++) emitter.on('error', fail, { signal });
    emitter.clear();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('isolate an async handler that rejects', async () => {
    const failures: unknown[] = [];
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', note);
    const emitter = createEmitter((error) => failures.push(error));
    emitter.on('unknownMessage', async () => fail());
    emitter.emit('unknownMessage', { what: 'x' });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);
    expect([failures, unhandled]).toEqual([[planted], []]);
  });
});

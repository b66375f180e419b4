import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { CallSignals } from '../../../src/exchange/call-signals.js';

const listeners = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

describe('the signals of calls', () => {
  it('aborts each call that is open, and those that begin after the end, when the client closes', () => {
    const signals = new CallSignals();
    const [open, over] = [signals.begin(undefined), signals.begin(undefined)];
    over.end();
    signals.close();
    expect([open.signal.aborted, over.signal.aborted, signals.begin(undefined).signal.aborted]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('listens once to a signal that many calls share, until the last of them is over', () => {
    const signals = new CallSignals();
    const caller = new AbortController();
    const calls = Array.from({ length: 100 }, () => signals.begin(caller.signal));
    expect(listeners(caller.signal)).toBe(1);
    for (const call of calls.slice(1)) call.end();
    expect(listeners(caller.signal)).toBe(1);
    calls[0]?.end();
    expect(listeners(caller.signal)).toBe(0);
  });

  it("aborts the caller's open calls only", () => {
    const signals = new CallSignals();
    const [one, two] = [new AbortController(), new AbortController()];
    const [first, second] = [signals.begin(one.signal), signals.begin(two.signal)];
    one.abort();
    expect([first.signal.aborted, second.signal.aborted]).toEqual([true, false]);
    expect(signals.begin(one.signal).signal.aborted).toBe(true);
  });

  it('serves one call each unless told that nobody listens on', () => {
    const signals = new CallSignals();
    const first = signals.begin(undefined);
    first.end();
    expect(signals.begin(undefined).signal).not.toBe(first.signal);
  });

  it('serves all calls of nobody else where it may, and aborts them, also those that begin after the end', () => {
    const signals = new CallSignals(true);
    const first = signals.begin(undefined);
    const second = signals.begin(undefined);
    expect(second.signal).toBe(first.signal);
    first.end();
    signals.close();
    expect([second.signal.aborted, signals.begin(undefined).signal.aborted]).toEqual([true, true]);
  });

  it('aborts nothing but the call of the caller who aborts, also where others share', () => {
    const signals = new CallSignals(true);
    const caller = new AbortController();
    const [call, other] = [signals.begin(caller.signal), signals.begin(undefined)];
    caller.abort();
    call.end();
    expect([call.signal.aborted, other.signal.aborted]).toEqual([true, false]);
    signals.close();
    expect([other.signal.aborted, signals.begin(caller.signal).signal.aborted]).toEqual([true, true]);
  });

  it('is let go by the caller when the call ends', () => {
    const signals = new CallSignals(true);
    const caller = new AbortController();
    const call = signals.begin(caller.signal);
    call.end();
    expect(listeners(caller.signal)).toBe(0);
    caller.abort();
    expect(call.signal.aborted).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { CallSignals } from '../../../src/exchange/call-signals.js';

describe('the signals of calls', () => {
  it('serve one call each unless told that nobody listens on', () => {
    const signals = new CallSignals();
    const first = signals.begin(undefined);
    first.end();
    expect(signals.begin(undefined).signal).not.toBe(first.signal);
  });

  it('serve one call after the other, never two at once', () => {
    const signals = new CallSignals(true);
    const first = signals.begin(undefined);
    const second = signals.begin(undefined);
    expect(second.signal).not.toBe(first.signal);
    first.end();
    first.end();
    const [third, fourth] = [signals.begin(undefined), signals.begin(undefined)];
    expect(third.signal).toBe(first.signal);
    expect(fourth.signal).not.toBe(first.signal);
  });

  it('are not used again once they fired, whoever fired them', () => {
    const signals = new CallSignals(true);
    const caller = new AbortController();
    const call = signals.begin(caller.signal);
    caller.abort();
    call.end();
    const next = signals.begin(undefined);
    expect([call.signal.aborted, next.signal.aborted]).toEqual([true, false]);
    signals.close();
    expect([next.signal.aborted, signals.begin(undefined).signal.aborted]).toEqual([true, true]);
  });

  it('are let go by the caller when the call ends', () => {
    const signals = new CallSignals(true);
    const caller = new AbortController();
    const call = signals.begin(caller.signal);
    call.end();
    const next = signals.begin(undefined);
    caller.abort();
    expect([next.signal === call.signal, next.signal.aborted]).toEqual([true, false]);
  });
});

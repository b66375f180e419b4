import { describe, expect, it } from 'vitest';
import { whenReady } from '../../../src/cli/demo/when-ready.js';
import { AccountNotReadyError, TimeoutError } from '../../../src/index.js';

const NOT_READY = new AccountNotReadyError({ message: 'catching up', outcome: 'not_sent' });
const WAITING = 'not sent: the private streams are catching up';

/** An exchange whose status becomes live as soon as somebody waits for it, and a command that fails first. */
function world(failures: readonly Error[]) {
  const left = [...failures];
  const notes: string[] = [];
  let sent = 0;
  const exchange = {
    status: 'connecting' as const,
    on: (_event: string, handler: (event: { status: string }) => void) => {
      handler({ status: 'degraded' });
      handler({ status: 'live' });
    },
  };
  const send = async (): Promise<string> => {
    sent++;
    const failure = left.shift();
    if (failure !== undefined) throw failure;
    return 'done';
  };
  const run = () =>
    whenReady(exchange as unknown as Parameters<typeof whenReady>[0], send, (text) => void notes.push(text));
  return { run, notes, sent: () => sent };
}

describe('a command that has to wait for the private streams', () => {
  it('is sent again only when it was not sent, and as soon as they are live', async () => {
    const { run, notes, sent } = world([NOT_READY, NOT_READY]);
    expect(await run()).toBe('done');
    expect([sent(), notes]).toEqual([3, [WAITING, WAITING]]);
  });

  it('is given up after three attempts', async () => {
    const { run, sent } = world([NOT_READY, NOT_READY, NOT_READY]);
    await expect(run()).rejects.toBe(NOT_READY);
    expect(sent()).toBe(3);
  });

  it('is never sent again after any other failure', async () => {
    const timeout = new TimeoutError({ message: 'no answer', outcome: 'unknown' });
    const { run, notes, sent } = world([timeout]);
    await expect(run()).rejects.toBe(timeout);
    expect([sent(), notes]).toEqual([1, []]);
  });
});

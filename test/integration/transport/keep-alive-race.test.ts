import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { isExchangeError } from '../../../src/errors/exchange-error.js';
import { createSystemClock } from '../../../src/transport/clock.js';
import { createUndiciTransport } from '../../../src/transport/http/undici-door.js';
import { createSeededRandom } from '../../../src/transport/seeded-random.js';
import { listenRaw } from '../../support/loopback.js';

const ORDERS = 1_000;
const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** Reads no more; some turns of the event loop later it is gone, with whatever has come in the meantime. */
function leave(socket: Socket, turns: number, end: 'destroy' | 'resetAndDestroy'): void {
  socket.pause();
  if (turns === 0) socket[end]();
  else setImmediate(() => leave(socket, turns - 1, end));
}

describe('an order on a connection that the server ends in this moment', () => {
  it('has come once where it was answered, never where it was not sent, and at most once where nobody knows', async () => {
    const seed = `keep-alive-${Date.now()}`;
    const random = createSeededRandom(seed);
    const came = new Map<string, number>();
    const server = await listenRaw((socket, head) => {
      const id = /^POST \/(\d+) /.exec(head)?.[1] ?? head;
      came.set(id, (came.get(id) ?? 0) + 1);
      socket.write(ANSWER);
      if (random.chance(0.5)) leave(socket, random.int(6), random.pick(['destroy', 'resetAndDestroy']));
    });
    const origin = `http://127.0.0.1:${server.port}`;
    const clock = createSystemClock();
    const send = createUndiciTransport({ origin, maxBodyBytes: 100, timeoutMs: 20_000, clock });
    const wrong: string[] = [];
    const words: Record<string, number> = {};
    for (let id = 0; id < ORDERS; id++) {
      const request = {
        method: 'POST',
        url: `${origin}/${id}`,
        headers: {},
        label: 'POST',
        idempotent: false,
      } as const;
      const word = await send(request).then(
        () => 'answered',
        (error: unknown) => (isExchangeError(error) ? error.outcome : String(error)),
      );
      words[word] = (words[word] ?? 0) + 1;
      const times = came.get(String(id)) ?? 0;
      const isRight = { answered: times === 1, not_sent: times === 0, unknown: times <= 1 }[word] ?? false;
      if (!isRight) wrong.push(`${id}: ${word}, came ${times} times`);
    }
    await send.close?.();
    await server.destroy();
    expect(wrong, seed).toEqual([]);
    expect(Object.keys(words).sort(), seed).toEqual(expect.arrayContaining(['answered', 'unknown']));
    process.stdout.write(`keep-alive race: ${JSON.stringify(words)} (${seed})\n`);
  });
});

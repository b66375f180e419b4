import { describe, expect, it } from 'vitest';
import { soakSockets } from '../support/soak-sockets.js';

const SLICE = { ms: 4_500, count: Number.MAX_SAFE_INTEGER };

describe('books at 20,000 frames a second over real sockets that are cut', () => {
  it('are back in the midst of the frames, and are the books of the exchange', async () => {
    const totals = await soakSockets(`sockets-${Date.now()}`, SLICE, { cutEveryMs: 1_500 });
    process.stdout.write(`books over sockets: ${totals.count} frames, ${totals.faults['cut']} cuts\n`);
    expect(totals.failures).toEqual([]);
    expect(totals.count).toBeGreaterThan(10_000);
    expect(totals.faults['cut']).toBeGreaterThan(0);
  });

  it('show a frame that got lost on the way', async () => {
    const { failures } = await soakSockets(
      'control',
      { ms: 1, count: 1 },
      { cutEveryMs: 200, loses: 1, patienceMs: 2_000 },
    );
    expect(failures).toEqual([expect.stringMatching(/^COIN0_USDT stands at \d+, not at \d+$/)]);
  });
});

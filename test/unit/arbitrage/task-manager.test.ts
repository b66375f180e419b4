import { describe, expect, it } from 'vitest';
import { createRecordedBook } from '../../../src/arbitrage/detector/recorded-book.js';
import { LIVE_CONFIRMATION, type TaskManagerOptions } from '../../../src/arbitrage/tasks/manager-options.js';
import { createMemoryJournal } from '../../../src/arbitrage/tasks/memory-journal.js';
import type { TaskRecord } from '../../../src/arbitrage/tasks/task-journal.js';
import { createTaskManager, type TaskManager } from '../../../src/arbitrage/tasks/task-manager.js';
import type { TaskSpec } from '../../../src/arbitrage/tasks/task-spec.js';
import { isExchangeError } from '../../../src/errors/exchange-error.js';
import { InvalidSymbolError } from '../../../src/errors/kinds.js';
import type { PrivateExchange, PublicExchange } from '../../../src/index.js';
import type { MarketSymbol } from '../../../src/model/symbol.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';

const refuse = (): never => {
  throw new Error('must not be called');
};

/** Knows one market and nothing else. */
function publicExchange(venue: string): PublicExchange {
  const getInstrument = async (symbol: string) => {
    if (symbol !== 'BTC/USDT') throw new InvalidSymbolError({ message: `no ${symbol}`, outcome: 'not_sent', venue });
    const [tickSize, lotSize, minQuantity, minNotional] = ['0.01', '0.001', '0.001', '5'];
    return { kind: 'spot', status: 'trading', tickSize, lotSize, minQuantity, minNotional, takerFee: '0.001' };
  };
  return { venue, getInstrument, watchOrderBook: refuse } as unknown as PublicExchange;
}

/** Books that never say anything. */
const EMPTY = {
  book: (_: string, symbol: MarketSymbol) => ({
    ...createRecordedBook(symbol, createVirtualClock({})),
    on: () => undefined,
    close: async () => undefined,
  }),
};

const account = { watchOrders: refuse, placeLimitOrder: refuse } as unknown as PrivateExchange;

function options(more: Partial<TaskManagerOptions> = {}): TaskManagerOptions {
  const venues = new Map(['one', 'two'].map((venue) => [venue, { public: publicExchange(venue) }]));
  const random = { next: () => 0.5 };
  return { venues, journal: createMemoryJournal(), clock: createVirtualClock({}), random, ...more };
}

const SPEC: TaskSpec = {
  id: 'pair',
  markets: [
    { venue: 'one', symbol: 'BTC/USDT' },
    { venue: 'two', symbol: 'BTC/USDT' },
  ],
};

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  const error: unknown = await promise.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  return isExchangeError(error) ? [error.code, 'field' in error ? error.field : error.message] : error;
}

describe('opening an engine', () => {
  const withAccount = (isSimulated: boolean) =>
    new Map([['one', { public: publicExchange('one'), private: account, isSimulated }]]);

  it.each<[string, Partial<TaskManagerOptions>]>([
    ['confirm', { mode: 'live', venues: withAccount(false) }],
    ['venues.one.isSimulated', { mode: 'live', confirm: LIVE_CONFIRMATION, venues: withAccount(true) }],
    ['venues.one.isSimulated', { mode: 'paper', venues: withAccount(false) }],
    ['venues.one.private', { mode: 'paper' }],
    ['mode', { mode: 'real' as 'live' }],
    ['venues', { venues: new Map() }],
    ['tickMs', { tickMs: 0 }],
    ['risk.maxDailyLoss', { risk: { maxDailyLoss: -1 } }],
    ['risk', { risk: null as never }],
  ])('names what is wrong: %s', async (field, more) => {
    expect(await failureOf(createTaskManager(options(more)))).toEqual(['configuration', field]);
  });
});

describe('creating a task', () => {
  it.each<[string, unknown, Partial<TaskSpec>]>([
    [
      'an unknown venue',
      ['validation', 'markets[1].venue'],
      { markets: [SPEC.markets[0], { venue: 'x', symbol: 'BTC/USDT' }] as never },
    ],
    [
      'a symbol that a venue lacks',
      ['invalid_symbol', 'no ETH/USDT'],
      { markets: SPEC.markets.map(({ venue }) => ({ venue, symbol: 'ETH/USDT' })) },
    ],
    [
      'different coins',
      ['validation', 'markets'],
      { markets: [SPEC.markets[0], { venue: 'two', symbol: 'ETH/USDT' }] as never },
    ],
    ['one market', ['validation', 'markets'], { markets: SPEC.markets.slice(0, 1) }],
    ['a limit below the smallest order', ['configuration', 'limits.maxNotional'], { limits: { maxNotional: 2 } }],
    ['a limit that is no number', ['configuration', 'limits.slippageBps'], { limits: { slippageBps: Number.NaN } }],
    [
      'limits that contradict each other',
      ['configuration', 'limits.unwindSlippageBps'],
      { limits: { slippageBps: 50, unwindSlippageBps: 10 } },
    ],
    ['an unknown field', ['validation', 'market'], { market: 1 } as never],
    ['limits that are no object', ['configuration', 'limits'], { limits: null } as never],
    ['a market that is no object', ['validation', 'markets[0]'], { markets: [null, SPEC.markets[1]] } as never],
    ['an id that is no text', ['validation', 'id'], { id: 7 } as never],
    [
      'contracts whose base is not what they are worth',
      ['validation', 'markets[0].symbol'],
      {
        markets: ['one', 'two'].map((venue) => ({ venue, symbol: 'BTC/USD:BTC' as const })),
      },
    ],
  ])('refuses %s and keeps nothing', async (_, expected, wrong) => {
    const manager = await createTaskManager(options());
    expect(await failureOf(manager.create({ ...SPEC, ...wrong }))).toEqual(expected);
    expect(manager.list()).toEqual([]);
    await manager.close();
  });

  it('reports it as plain data, refuses its id a second time, and names the tasks there are', async () => {
    const manager = await createTaskManager(options());
    const report = await manager.create(SPEC);
    expect(JSON.parse(JSON.stringify(report))).toMatchObject({ id: 'pair', state: 'IDLE', wish: 'pause', delta: '0' });
    expect(await failureOf(manager.create(SPEC))).toEqual(['validation', 'id']);
    expect(() => manager.start('other')).toThrow('task: expected one of pair, received "other"');
    await manager.close();
  });

  it('asked for twice at the same time is kept once', async () => {
    const manager = await createTaskManager(options());
    const both = await Promise.allSettled([manager.create(SPEC), manager.create(SPEC)]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(manager.list()).toHaveLength(1);
    await manager.close();
  });

  it('takes tasks of a damaged journal up only when a person starts them', async () => {
    const first = options();
    const manager = await createTaskManager(first);
    await manager.create(SPEC);
    const [record] = first.journal.load();
    const damaged = {
      ...createMemoryJournal(),
      damage: 'damage at byte 7',
      load: () => [record as NonNullable<typeof record>],
    };
    const second = await createTaskManager(options({ journal: damaged }));
    expect(second.list()).toMatchObject([{ state: 'HALTED', halt: 'the journal had damage at byte 7' }]);
    await second.close();
    await manager.close();
  });
});

describe('an engine that is opened again', () => {
  /** What the first engine leaves, as the second finds it. */
  async function leave(act: (manager: TaskManager) => void, more: Partial<TaskManagerOptions> = {}) {
    const first = options(more);
    const manager = await createTaskManager(first);
    await manager.create(SPEC);
    act(manager);
    await manager.close();
    const records = first.journal.load();
    return { records, journal: { ...createMemoryJournal(), load: () => records } };
  }

  it.each<['start' | 'stop', string]>([
    ['start', 'run'],
    ['stop', 'stop'],
  ])('remembers a %s that came right before the end', async (command, wish) => {
    const { records } = await leave((manager) => manager[command](SPEC.id as string));
    expect(records[0]?.state.wish).toBe(wish);
  });

  it('remembers a kill that came right before the end', async () => {
    const { journal } = await leave((manager) => manager.kill('enough'));
    const again = await createTaskManager(options({ journal }));
    expect(again.list()).toMatchObject([{ state: 'HALTED', halt: 'killed' }]);
    await again.close();
  });

  it('is not stopped by a wall clock that was set back meanwhile', async () => {
    const late = createVirtualClock({ startAt: Date.UTC(2026, 0, 2) });
    const { journal } = await leave((manager) => manager.start(SPEC.id as string), { clock: late });
    const [record] = journal.load();
    const idle = { ...(record as TaskRecord), state: { ...(record as TaskRecord).state, name: 'IDLE' as const } };
    const clock = createVirtualClock({ startAt: Date.UTC(2026, 0, 1) });
    const again = await createTaskManager(options({ journal: { ...journal, load: () => [idle] }, clock, feed: EMPTY }));
    await clock.advance(2_000);
    expect(again.list()).toMatchObject([{ state: 'ANALYZING' }]);
    await again.close();
  });

  it('tries again to get its books when the feed has refused one', async () => {
    const clock = createVirtualClock({});
    let [refusals, open] = [1, 0];
    const feed = {
      book: (venue: string, symbol: MarketSymbol) => {
        if (venue === 'two' && refusals-- > 0) throw new Error('no book yet');
        open++;
        return { ...EMPTY.book(venue, symbol), close: async () => void open-- };
      },
    };
    const manager = await createTaskManager(options({ clock, feed }));
    const errors: unknown[] = [];
    manager.on('error', ({ error }) => errors.push(String(error)));
    await manager.create(SPEC);
    manager.start(SPEC.id as string);
    await clock.advance(1_000);
    expect([errors, open]).toEqual([['Error: no book yet'], 0]);
    await clock.advance(40_000);
    expect([errors, open]).toEqual([['Error: no book yet'], 2]);
    await manager.close();
    expect(open).toBe(0);
  });

  it('in another mode or without one of their venues refuses its tasks and lets the accounts go', async () => {
    const { journal } = await leave(() => undefined);
    let watches = 0;
    const watch = () => {
      watches++;
      return { close: async () => void watches-- };
    };
    const simulated = (id: string) => ({
      public: publicExchange(id),
      private: { venue: id, watchOrders: watch, watchBalances: watch } as unknown as PrivateExchange,
      isSimulated: true,
    });
    const venues = new Map(['one', 'two'].map((id) => [id, simulated(id)]));
    expect(await failureOf(createTaskManager(options({ journal, mode: 'paper', venues })))).toEqual([
      'configuration',
      'mode',
    ]);
    expect(watches).toBe(0);
    const one = new Map([['one', { public: publicExchange('one') }]]);
    expect(await failureOf(createTaskManager(options({ journal, venues: one })))).toEqual(['configuration', 'venues']);
  });
});

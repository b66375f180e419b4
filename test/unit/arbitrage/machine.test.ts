import { describe, expect, it } from 'vitest';
import { reduce } from '../../../src/arbitrage/strategy/reduce.js';
import { EVENT_NAMES, type OrderFills } from '../../../src/arbitrage/strategy/strategy-event.js';
import { type LegOrder, STATE_NAMES, type StateName } from '../../../src/arbitrage/strategy/strategy-state.js';
import { TRANSITIONS } from '../../../src/arbitrage/strategy/transition-table.js';
import { toDecimal } from '../../../src/model/decimal.js';
import { createSeededRandom } from '../../../src/transport/seeded-random.js';
import { explore } from './explore.js';
import { fillsOf, HELD_PLAN, Machine, moved, newsOf, PLAN, QUOTES, randomEvent, TERMS } from './machine.js';

/** Every way of the table, as text. */
function listed(): string[] {
  return STATE_NAMES.flatMap((from) =>
    EVENT_NAMES.flatMap((event) => (TRANSITIONS[from][event] ?? []).map((to) => `${from} ${event} ${to}`)),
  );
}

describe('the table of transitions', () => {
  it('is what thousands of random lives do: no way that is not listed, no listed way that is not gone', () => {
    const gone = new Set<string>();
    explore(4_000, (machine, from, event) => {
      if (machine.state.name !== from) gone.add(`${from} ${event} ${machine.state.name}`);
    });
    for (const way of rareWays()) gone.add(way);
    expect([...gone].sort()).toEqual(listed().sort());
  }, 60_000);

  it('catches a reducer that goes elsewhere', () => {
    const ways = listed();
    expect(ways.includes('IDLE opportunity MANAGING_ORDERS')).toBe(false);
    expect(new Set(ways).size).toBe(ways.length);
  });

  it('every state answers every event, and what means nothing gives the same state back', () => {
    const met = new Set<string>();
    explore(300, (machine, from, event) => {
      met.add(`${from} ${event}`);
      const { state } = machine;
      const again = reduce(machine.terms, state, { type: 'recorded', at: machine.at });
      if (state.name !== 'FINALIZING') expect(again).toEqual({ state, effects: [] });
    });
    const random = createSeededRandom('every');
    for (const [name, machine] of machinesOfEveryState()) {
      for (const event of EVENT_NAMES) {
        const { state } = machine;
        machine.send(randomEvent(machine, event, random));
        met.add(`${name} ${event}`);
        machine.state = state;
      }
    }
    expect(met.size).toBe(STATE_NAMES.length * EVENT_NAMES.length);
  });
});

/** Ways that random lives hardly ever go. */
function rareWays(): string[] {
  return [syncWithAnOrderOut(), strayWhileWaitingForAPrice(), fillOfAKilledTask()];
}

/** Halted with an order out, then started: the order is waited for first. */
function syncWithAnOrderOut(): string {
  const machine = entered();
  const [order] = machine.state.orders as [LegOrder];
  machine.state = { ...machine.state, name: 'HALTED', orders: [{ ...order, status: 'unknown' }] };
  machine.send({ type: 'start' });
  return wayOf(machine, { type: 'synced' });
}

function strayWhileWaitingForAPrice(): string {
  const machine = entered();
  const [order] = machine.state.orders as [LegOrder];
  machine.fill('1');
  return wayOf(machine, { type: 'stray', order: { ...order, id: 't-aabcdefgh000007', status: 'open' } });
}

/** Adding up already, when more turns out to have been filled. */
function fillOfAKilledTask(): string {
  const machine = entered();
  const [order] = machine.state.orders as [LegOrder];
  machine.fill('0.004');
  machine.send({ type: 'kill' });
  return wayOf(machine, { type: 'order', news: newsOf(order, '0.9') });
}

function entered(): Machine {
  const machine = new Machine().analyze();
  machine.send({ type: 'opportunity', plan: PLAN });
  return machine;
}

function wayOf(machine: Machine, event: Parameters<Machine['send']>[0]): string {
  const from = machine.state.name;
  machine.send(event);
  return `${from} ${event.type} ${machine.state.name}`;
}

function machinesOfEveryState(): Map<StateName, Machine> {
  const found = new Map<StateName, Machine>();
  explore(200, (machine) => {
    if (found.has(machine.state.name)) return;
    const kept = new Machine(machine.terms);
    [kept.state, kept.at] = [machine.state, machine.at];
    found.set(machine.state.name, kept);
  });
  return found;
}

describe('what always holds in random lives', () => {
  it('nothing new is decided while the fate of an order is unknown, and no id comes twice', () => {
    const ids = new Set<string>();
    let life: Machine | undefined;
    explore(1_000, (machine) => {
      if (machine !== life) ids.clear();
      life = machine;
      const placed = machine.last
        .filter(({ type }) => type === 'place')
        .flatMap((effect) => ('order' in effect ? [effect.order] : []));
      if (placed.length === 0) return;
      const others = machine.state.orders.filter((order) => !placed.includes(order));
      expect(others.every(({ status }) => status === 'ended')).toBe(true);
      for (const { id } of placed) {
        expect(ids.has(id)).toBe(false);
        ids.add(id);
      }
    });
  });

  it('a hedge is never larger than what stands open', () => {
    explore(1_000, (machine) => {
      for (const effect of machine.last) {
        if (effect.type !== 'place' || effect.order.purpose !== 'hedge') continue;
        const open = Math.abs(Number(moved(machine.state)));
        const fees = effect.order.side === 'buy' ? Math.max(...(machine.state.baseFees ?? [])) : 0;
        const most = fees === 0 ? open : open / (1 - fees) + 0.001;
        expect(Number(effect.order.quantity)).toBeLessThanOrEqual(most + 1e-9);
      }
    });
  });
});

describe('a cycle that earns at once', () => {
  it('goes from IDLE to IDLE, leg after leg, and tells what it came to', () => {
    const machine = new Machine().analyze();
    expect(machine.state.name).toBe('ANALYZING');
    expect(machine.send({ type: 'opportunity', plan: PLAN })).toEqual(['place']);
    expect(machine.state.orders).toHaveLength(1);
    expect(machine.fill('1')).toEqual(['quote']);
    expect(machine.state).toMatchObject({ name: 'MANAGING_ORDERS', phase: 'hedge' });
    expect(machine.send({ type: 'quotes', quotes: dear(2) })).toEqual(['place']);
    expect(machine.state.orders.at(-1)).toMatchObject({ market: 2, side: 'sell', quantity: '1', price: '100.95' });
    expect(machine.fill('1')).toEqual(['settle']);
    const fills = machine.state.orders.map((order) => ({ ...fillsOf(order), fee: toDecimal('0.1') }));
    expect(machine.send({ type: 'settled', fills, funding: toDecimal('0') })).toEqual(['record']);
    expect(machine.state.last).toMatchObject({ gross: '0.95', fees: '0.2', net: '0.75', dust: '0', orders: 2 });
    machine.send({ type: 'recorded' });
    expect(machine.state).toMatchObject({ name: 'IDLE', orders: [], carried: ['1', '0', '-1'], cycle: 1 });
  });

  it('hedges a partial fill at the filled quantity', () => {
    const machine = new Machine().analyze();
    machine.send({ type: 'opportunity', plan: PLAN });
    machine.fill('0.4');
    machine.send({ type: 'quotes', quotes: dear(2) });
    expect(machine.state.orders.at(-1)).toMatchObject({ side: 'sell', quantity: '0.4', purpose: 'hedge' });
  });

  it('leaves what is too little to trade as dust', () => {
    const machine = new Machine().analyze();
    machine.send({ type: 'opportunity', plan: PLAN });
    expect(machine.fill('0.004')).toEqual(['settle']);
    expect(machine.state.name).toBe('COMPLETING');
  });

  it('goes back to rest when nothing was filled', () => {
    const machine = new Machine().analyze();
    machine.send({ type: 'opportunity', plan: PLAN });
    expect(machine.fill('0')).toEqual([]);
    expect(machine.state).toMatchObject({ name: 'IDLE', orders: [], phase: 'none' });
  });

  it('places both legs at once where the task says so', () => {
    const machine = new Machine({ ...TERMS, legs: 'parallel' }).analyze();
    expect(machine.send({ type: 'opportunity', plan: PLAN })).toEqual(['place', 'place']);
  });
});

describe('the ladder of a leg that fails', () => {
  function unhedged(): Machine {
    const machine = new Machine().analyze();
    machine.send({ type: 'opportunity', plan: PLAN });
    machine.fill('1');
    return machine;
  }

  it('tries its own market within the slippage, then the other one, then goes back, then unwinds', () => {
    const machine = unhedged();
    const seen: unknown[] = [];
    for (let rung = 0; rung < 5; rung++) {
      machine.send({ type: 'quotes', quotes: dear(2) });
      const order = machine.state.orders.at(-1);
      seen.push([machine.state.name, order?.market, order?.side, order?.price]);
      machine.fill('0');
    }
    expect(seen).toEqual([
      ['MANAGING_ORDERS', 2, 'sell', '100.95'],
      ['MANAGING_ORDERS', 2, 'sell', '100.95'],
      ['MANAGING_ORDERS', 1, 'sell', '99.95'],
      ['MANAGING_ORDERS', 0, 'sell', '99.95'],
      ['UNWINDING', 2, 'sell', '100.5'],
    ]);
  });

  it('does not wait for a market in which the quantity is no whole lot', () => {
    const coarse = TERMS.markets.map((market, at) => (at === 1 ? { ...market, lotSize: toDecimal('1') } : market));
    const machine = new Machine({ ...TERMS, markets: coarse }).analyze();
    machine.send({ type: 'opportunity', plan: HELD_PLAN });
    machine.fill('0.4');
    expect(machine.send({ type: 'quotes', quotes: dear(1) })).toEqual(['place']);
    expect(machine.state.orders.at(-1)).toMatchObject({ market: 2, side: 'sell', quantity: '0.4' });
  });

  it('unwinds when hedging has taken too long, and calls a person when that fails too', () => {
    const machine = unhedged();
    machine.send({ type: 'quotes', quotes: dear(2) });
    machine.send({ type: 'tick' }, 6_000);
    machine.fill('0');
    expect(machine.state.name).toBe('UNWINDING');
    const heard: string[] = [];
    while (machine.state.name === 'UNWINDING') {
      machine.send({ type: 'quotes', quotes: QUOTES });
      heard.push(...machine.fill('0'));
    }
    expect(heard).toContain('alarm');
    expect(machine.state).toMatchObject({ name: 'HALTED', halt: 'what stands open could not be closed' });
  });

  it('raises one alarm when too much stands open for too long', () => {
    const machine = unhedged();
    const heard = [1, 2, 3, 4].flatMap(() => machine.send({ type: 'tick' }, 1_000));
    expect(heard.filter((type) => type === 'alarm')).toEqual(['alarm']);
    expect(machine.state.hasAlarmed).toBe(true);
  });

  it('waits for an order whose fate is not known, whatever else happens', () => {
    const machine = new Machine().analyze();
    machine.send({ type: 'opportunity', plan: PLAN });
    const [order] = machine.state.orders;
    const news = { ...newsOf(order as NonNullable<typeof order>, '0'), status: 'unknown' as const };
    machine.send({ type: 'order', news });
    expect(machine.send({ type: 'quotes', quotes: QUOTES })).toEqual([]);
    expect(machine.send({ type: 'tick' }, 1_500)).toEqual(['locate']);
    expect(machine.state.name).toBe('WAITING_ORDERS');
  });
});

describe('a kill', () => {
  it('of a task that was halted with something open closes it, after a look at the accounts', () => {
    const machine = entered();
    machine.fill('1');
    machine.state = { ...machine.state, name: 'HALTED', wish: 'pause', halt: 'a person should look' };
    expect(machine.send({ type: 'kill' })).toEqual(['sync']);
    expect(machine.send({ type: 'quotes', quotes: QUOTES })).toEqual([]);
    expect(machine.send({ type: 'synced' })).toEqual(['quote']);
    expect(machine.state.name).toBe('UNWINDING');
    machine.send({ type: 'quotes', quotes: QUOTES });
    machine.fill('1');
    const fills = machine.state.orders.map((order) => fillsOf(order));
    machine.send({ type: 'settled', fills, funding: toDecimal('0') });
    machine.send({ type: 'recorded' });
    expect(machine.state).toMatchObject({ name: 'HALTED', halt: 'killed' });
  });

  it('while the accounts are compared waits for that, and halts where nothing is open', () => {
    const machine = new Machine();
    machine.send({ type: 'start' });
    expect(machine.send({ type: 'kill' })).toEqual([]);
    expect(machine.send({ type: 'synced' })).toEqual(['alarm']);
    expect(machine.state).toMatchObject({ name: 'HALTED', halt: 'killed', wish: 'kill' });
  });

  it('that finds no price goes on trying, and calls a person once', () => {
    const held = new Machine().analyze();
    held.send({ type: 'opportunity', plan: HELD_PLAN });
    held.fill('1');
    held.send({ type: 'quotes', quotes: dear(1) });
    held.fill('1');
    held.send({ type: 'kill' });
    const heard: string[] = [];
    for (let second = 0; second < 30; second++) {
      heard.push(...held.send({ type: 'tick' }, 1_000));
      held.send({ type: 'quotes', quotes: [undefined, undefined, undefined] });
    }
    expect(heard.filter((type) => type === 'alarm')).toEqual(['alarm']);
    expect(heard.filter((type) => type === 'quote').length).toBeGreaterThan(20);
    expect(held.send({ type: 'quotes', quotes: QUOTES })).toEqual(['place', 'place']);
  });
});

describe('between two cycles', () => {
  it('nothing is begun before the cooldown is over, also after a restart', () => {
    const machine = entered();
    machine.fill('0');
    expect(machine.state.name).toBe('IDLE');
    machine.send({ type: 'recovered' }, 500);
    expect(machine.send({ type: 'tick' }, 400)).toEqual([]);
    expect(machine.send({ type: 'tick' }, 100)).toEqual(['sync']);
  });
});

describe('an order that does not end', () => {
  it('is canceled, and canceled again when that did not help', () => {
    const machine = entered();
    const [order] = machine.state.orders as [LegOrder];
    machine.send({ type: 'order', news: { ...newsOf(order, '0'), status: 'open' } });
    const heard = Array.from({ length: 6 }, () => machine.send({ type: 'tick' }, 1_000));
    expect(heard.flat().filter((type) => type === 'cancel')).toEqual(['cancel', 'cancel', 'cancel']);
  });
});

describe('adding up a cycle', () => {
  it('takes no fills that were read before the last order was filled', () => {
    const machine = entered();
    machine.fill('0.004');
    const early = machine.state.orders.map((order) => fillsOf(order));
    const [order] = machine.state.orders as [LegOrder];
    machine.send({ type: 'order', news: newsOf(order, '0.006') });
    expect(machine.send({ type: 'settled', fills: early, funding: toDecimal('0') })).toEqual([]);
    expect(machine.state.name).toBe('COMPLETING');
    expect(machine.send({ type: 'tick' }, 1_000)).toEqual(['settle']);
  });
});

describe('a position that is held', () => {
  function held(): Machine {
    const machine = new Machine().analyze();
    machine.send({ type: 'opportunity', plan: HELD_PLAN });
    machine.fill('1');
    machine.send({ type: 'quotes', quotes: dear(1) });
    machine.fill('1');
    return machine;
  }

  it('is monitored, closed when the prices have met, both sides at once and the perpetual only reduced', () => {
    const machine = held();
    expect(machine.state.name).toBe('MONITORING');
    expect(machine.send({ type: 'quotes', quotes: dear(1) })).toEqual([]);
    expect(machine.send({ type: 'quotes', quotes: QUOTES })).toEqual(['place', 'place']);
    expect(machine.state.orders.slice(2)).toMatchObject([
      { market: 1, side: 'buy', purpose: 'exit', reduceOnly: true },
      { market: 0, side: 'sell', purpose: 'exit', reduceOnly: false },
    ]);
    for (const order of machine.state.orders.slice(2)) machine.fill('1', order);
    expect(machine.state.name).toBe('COMPLETING');
  });

  it('is kept while the next funding pays for waiting, and closed when waiting costs', () => {
    const met = (rate: number) =>
      QUOTES.map((quote, at) => (at === 1 ? { ...quote, funding: { rate, nextAt: 0, intervalMs: 1 } } : quote));
    expect(held().send({ type: 'quotes', quotes: met(0.02) })).toEqual([]);
    expect(held().send({ type: 'quotes', quotes: met(0) })).toEqual(['place', 'place']);
  });

  it('is closed on stop and, flattened, halted on kill', () => {
    const stopped = held();
    stopped.send({ type: 'stop' });
    expect(stopped.send({ type: 'quotes', quotes: dear(1) })).toEqual(['place', 'place']);
    const killed = held();
    killed.send({ type: 'kill' });
    expect(killed.state.name).toBe('UNWINDING');
    killed.send({ type: 'quotes', quotes: dear(1) });
    for (const order of killed.state.orders.slice(2)) killed.fill('1', order);
    killed.send({
      type: 'settled',
      fills: killed.state.orders.map((order) => fillsOf(order)),
      funding: toDecimal('0'),
    });
    killed.send({ type: 'recorded' });
    expect(killed.state).toMatchObject({ name: 'HALTED', halt: 'killed', wish: 'kill' });
  });
});

describe('fees that are taken out of what is bought', () => {
  it('are bought on top, and only what has arrived is sold again', () => {
    const machine = new Machine(TERMS, 0.001).analyze();
    machine.send({ type: 'opportunity', plan: HELD_PLAN });
    expect(machine.state.orders[0]).toMatchObject({ side: 'buy', quantity: '1.002' });
    machine.fill('1.002');
    machine.send({ type: 'quotes', quotes: dear(1) });
    expect(machine.state.orders[1]).toMatchObject({ side: 'sell', quantity: '1' });
    machine.fill('1');
    machine.send({ type: 'quotes', quotes: QUOTES });
    expect(machine.state.orders.slice(2)).toMatchObject([
      { market: 1, side: 'buy', quantity: '1' },
      { market: 0, side: 'sell', quantity: '1' },
    ]);
  });

  it('are expected of spot before any fill has shown them, and then are what the fills say', () => {
    const machine = new Machine();
    const { baseFees: _, ...unknown } = machine.state;
    machine.state = unknown;
    machine.analyze().send({ type: 'opportunity', plan: PLAN });
    expect(machine.state.orders[0]).toMatchObject({ quantity: '1.002' });
    machine.fill('1.002');
    machine.send({ type: 'quotes', quotes: dear(2) });
    machine.fill('1');
    const fills = machine.state.orders.map((order) => fillsOf(order));
    machine.send({ type: 'settled', fills, funding: toDecimal('0') });
    expect(machine.state).toMatchObject({ name: 'FINALIZING', baseFees: [0, 0, 0.001], carried: ['1.002', '0', '-1'] });
  });

  it('make the account no poorer twice: they are fees, and what is left over is what is there', () => {
    const machine = new Machine(TERMS, 0.001).analyze();
    machine.send({ type: 'opportunity', plan: PLAN });
    machine.fill('1.002');
    machine.send({ type: 'quotes', quotes: dear(2) });
    machine.fill('1');
    const [bought, sold] = machine.state.orders.map((order) => fillsOf(order)) as [OrderFills, OrderFills];
    const fills = [{ ...bought, fee: toDecimal('0.1002'), feeBase: toDecimal('0.001002') }, sold];
    machine.state = { ...machine.state, mark: 99.99999999999999 };
    machine.send({ type: 'settled', fills, funding: toDecimal('0') });
    // 100.95 received, 100.2 paid, 0.000998 left over at 100, 0.1002 of fees.
    expect(machine.state.last).toMatchObject({ gross: '0.95', fees: '0.1002', net: '0.8498', dust: '0.000998' });
    expect(machine.state.carried).toEqual(['1.000998', '0', '-1']);
  });
});

describe('a perpetual that came to be held by another way than planned', () => {
  /** Bought in market 0 to be sold in market 2, which refuses; so it was sold in the perpetual. */
  function rescued(): Machine {
    const machine = new Machine().analyze();
    machine.send({ type: 'opportunity', plan: PLAN });
    machine.fill('1');
    for (const _ of [1, 2]) {
      machine.send({ type: 'quotes', quotes: dear(2) });
      machine.fill('0');
    }
    machine.send({ type: 'quotes', quotes: dear(1) });
    expect(machine.state.orders.at(-1)).toMatchObject({ market: 1, side: 'sell', quantity: '1' });
    machine.fill('1');
    return machine;
  }

  it('is held and closed, never left behind as if the cycle were over', () => {
    const machine = rescued();
    expect(machine.state.name).toBe('MONITORING');
    expect(machine.send({ type: 'quotes', quotes: QUOTES })).toEqual(['place', 'place']);
    const exits = machine.state.orders.slice(-2);
    expect(exits).toMatchObject([
      { market: 1, side: 'buy', quantity: '1', purpose: 'exit', reduceOnly: true },
      { market: 0, side: 'sell', quantity: '1', purpose: 'exit' },
    ]);
    for (const order of exits) machine.fill('1', order);
    expect(machine.state.name).toBe('COMPLETING');
  });

  it('with its counterpart in two markets is closed by as much as each of them has', () => {
    const machine = new Machine().analyze();
    machine.send({ type: 'opportunity', plan: HELD_PLAN });
    machine.fill('1');
    machine.send({ type: 'quotes', quotes: dear(1) });
    machine.fill('0.5');
    machine.send({ type: 'quotes', quotes: dear(1) });
    machine.fill('0');
    machine.send({ type: 'quotes', quotes: dear(2) });
    machine.send({ type: 'quotes', quotes: dear(2) });
    expect(machine.state.orders.at(-1)).toMatchObject({ market: 2, side: 'sell', quantity: '0.5' });
    machine.fill('0.5');
    expect(machine.state.name).toBe('MONITORING');
    machine.send({ type: 'quotes', quotes: QUOTES });
    const exits = machine.state.orders.slice(-2);
    expect(exits).toMatchObject([
      { market: 1, side: 'buy', quantity: '0.5', purpose: 'exit' },
      { market: 0, side: 'sell', quantity: '0.5', purpose: 'exit' },
    ]);
    for (const order of exits) machine.fill('0.5', order);
    expect(machine.state.name).toBe('COMPLETING');
  });

  it('left over by an earlier run is closed after the next comparison of the accounts', () => {
    const machine = new Machine();
    machine.state = { ...machine.state, carried: ['0.5', '-0.5', '0'].map((value) => toDecimal(value)), mark: 100 };
    machine.analyze();
    expect(machine.state.name).toBe('MONITORING');
    machine.send({ type: 'quotes', quotes: QUOTES });
    expect(machine.state.orders).toMatchObject([{ market: 1, side: 'buy', quantity: '0.5', reduceOnly: true }]);
  });

  it('is not opened by getting rid of something while another market would take it', () => {
    const machine = new Machine().analyze();
    machine.send({ type: 'opportunity', plan: PLAN });
    machine.fill('1');
    machine.send({ type: 'kill' });
    expect(machine.state.name).toBe('UNWINDING');
    machine.send({ type: 'quotes', quotes: dear(1) });
    expect(machine.state.orders.at(-1)).toMatchObject({ market: 0, side: 'sell', purpose: 'unwind' });
  });
});

describe('after a crash', () => {
  it('an order that was being handed over is looked for, never handed over again', () => {
    const machine = new Machine().analyze();
    machine.send({ type: 'opportunity', plan: PLAN });
    expect(machine.send({ type: 'recovered' })).toEqual(['locate', 'sync']);
    expect(machine.state.orders[0]).toMatchObject({ status: 'unknown' });
  });

  it('the accounts are compared before anything is decided, and then it goes on where it was', () => {
    const machine = entered();
    machine.fill('0.004');
    expect(machine.state.name).toBe('COMPLETING');
    expect(machine.send({ type: 'recovered' })).toEqual(['sync']);
    expect(machine.send({ type: 'quotes', quotes: QUOTES })).toEqual([]);
    expect(machine.send({ type: 'synced' })).toEqual(['settle']);
    expect(machine.state.name).toBe('COMPLETING');
  });

  it('a hedge that was placed while the disk had failed is found before another one is decided', () => {
    const machine = entered();
    machine.fill('1');
    const [entry] = machine.state.orders as [LegOrder];
    machine.send({ type: 'recovered' });
    const hedge = { ...entry, id: 't-aabcdefgh000001', market: 2, side: 'sell', purpose: 'hedge' } as const;
    machine.send({ type: 'stray', order: { ...hedge, filledQuote: toDecimal('101') } });
    expect(machine.send({ type: 'synced' })).toEqual(['settle']);
    expect(machine.state).toMatchObject({ name: 'COMPLETING', nextOrder: 2 });
  });

  it('a result that was being handed out is handed out again', () => {
    const machine = entered();
    machine.fill('0.004');
    const fills = machine.state.orders.map((order) => fillsOf(order));
    machine.send({ type: 'settled', fills, funding: toDecimal('0') });
    expect(machine.send({ type: 'recovered' })).toEqual(['record']);
  });

  it('what is open is never left alone because an account cannot be read; a person is called', () => {
    const machine = entered();
    machine.fill('1');
    machine.send({ type: 'recovered' });
    const heard = [1, 2, 3, 4, 5].map(() => machine.send({ type: 'sync_failed', reason: 'no answer' }, 1));
    expect(heard).toEqual([[], [], [], ['alarm'], []]);
    expect(machine.state.name).toBe('SYNCING');
    expect(machine.send({ type: 'tick' }, 1_000)).toEqual(['sync']);
  });

  it('an order of ours that is not remembered counts, is hedged, and its number is not used again', () => {
    const machine = new Machine().analyze();
    machine.send({ type: 'opportunity', plan: PLAN });
    const order = { ...(machine.state.orders[0] as (typeof machine.state.orders)[0]), id: 't-aabcdefgh000005' };
    machine.fill('0');
    const stray = { ...order, status: 'ended', filled: toDecimal('0.5'), filledQuote: toDecimal('50') } as const;
    machine.send({ type: 'start' });
    expect(machine.send({ type: 'stray', order: stray })).toEqual(['alarm']);
    machine.send({ type: 'tick' }, 2_000);
    machine.send({ type: 'synced' });
    expect(machine.state).toMatchObject({ name: 'REBALANCING', nextOrder: 6 });
    expect(machine.send({ type: 'quotes', quotes: QUOTES })).toEqual(['place']);
    expect(machine.state.orders.at(-1)).toMatchObject({ side: 'sell', quantity: '0.5', purpose: 'rebalance' });
  });
});

/** One market is a unit dearer than the others. */
function dear(market: number) {
  return QUOTES.map((quote, at) => (at === market ? { bid: 101, ask: 101.1 } : quote));
}

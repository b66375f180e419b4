import type { Opportunity } from '../detector/opportunity.js';
import type { RiskGate, RiskRefusal } from '../risk/risk-gate.js';
import { halt } from '../strategy/after-orders.js';
import { entryLegs } from '../strategy/leg-policy.js';
import { planTrade } from '../strategy/plan-trade.js';
import { ZERO } from '../strategy/position.js';
import { reduce } from '../strategy/reduce.js';
import type { OrderNews, Step, StrategyEffect, StrategyEvent } from '../strategy/strategy-event.js';
import type { CycleResult, LegOrder, StateName } from '../strategy/strategy-state.js';
import type { TaskJournal, TaskRecord } from '../tasks/task-journal.js';
import type { OrderDesk } from './order-desk.js';
import { reasonOf } from './order-words.js';
import type { TaskMarkets } from './task-markets.js';

/** An event before it has a time. */
export type TaskEvent = StrategyEvent extends infer E ? (E extends StrategyEvent ? Omit<E, 'at'> : never) : never;

/** What a task tells its surroundings. Handlers must not throw. */
export interface TaskListener {
  transition(task: string, from: StateName, to: StateName, event: StrategyEvent['type'], at: number): void;
  cycle(task: string, result: CycleResult): void;
  alarm(task: string, reason: string): void;
  /** An order was not taken: by the venue, by a rule of the market, or by a limit of ours. */
  refused(task: string, order: LegOrder, reason: string): void;
  report(error: unknown): void;
}

interface TaskRunnerOptions {
  readonly record: TaskRecord;
  readonly journal: TaskJournal;
  readonly desk: OrderDesk;
  readonly markets: TaskMarkets;
  readonly risk: RiskGate;
  readonly listener: TaskListener;
  /** Epoch ms. */
  now(): number;
}

/** States in which a task has got somewhere since it was taken up again. */
const PROGRESS: ReadonlySet<StateName> = new Set(['IDLE', 'MONITORING', 'FINALIZING']);
const COMMANDS: ReadonlySet<StrategyEvent['type']> = new Set(['start', 'pause', 'stop', 'kill']);
/** Errors in a row of our own making before a task is left alone. */
const MAX_ERRORS = 3;

/**
 * Runs one task: takes events one after the other, writes the next state down, and only then does what follows from it.
 * Effects run at the same time as later events; each comes back as an event.
 */
export class TaskRunner {
  readonly #options: TaskRunnerOptions;
  readonly #queue: StrategyEvent[] = [];
  readonly #underWay = new Set<string>();
  #record: TaskRecord;
  #running: Promise<void> | undefined;
  #errors = 0;
  #hasJournalFailed = false;
  #isClosed = false;

  constructor(options: TaskRunnerOptions) {
    this.#options = options;
    this.#record = options.record;
  }

  get record(): TaskRecord {
    return this.#record;
  }

  /** Why it is not being done, where an effect is asked for that is under way already. */
  get isBusy(): boolean {
    return this.#running !== undefined || this.#underWay.size > 0;
  }

  dispatch(event: TaskEvent): void {
    if (this.#isClosed) return;
    this.#queue.push({ ...event, at: this.#options.now() } as StrategyEvent);
    this.#running ??= this.#run();
  }

  /** Something pays: it becomes an event only when the task waits for it and no limit speaks against both legs. */
  consider(opportunity: Opportunity): void {
    const { terms, state } = this.#record;
    if (state.name !== 'ANALYZING' || state.wish !== 'run' || this.#queue.length > 0) return;
    const plan = planTrade(terms, opportunity);
    if (plan === undefined) return;
    const both = entryLegs({ ...terms, legs: 'parallel' }, { ...state, plan });
    const legs = both.map((leg) => ({ ...leg, reduceOnly: false }));
    if (this.#options.risk.checkEntry(terms, legs, this.#options.now()) === undefined) {
      this.dispatch({ type: 'opportunity', plan });
    }
  }

  /** Takes no more events. What its owner has asked for is still written down; the next run does it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const asked = this.#queue.filter(({ type }) => COMMANDS.has(type));
    this.#queue.splice(0, this.#queue.length, ...asked);
    await this.#running;
    await this.#options.markets.close();
  }

  async #run(): Promise<void> {
    // One turn later, so that a handler that dispatches is never in the middle of a step.
    await undefined;
    for (let event = this.#queue.shift(); event !== undefined; event = this.#queue.shift()) {
      try {
        await this.#step(event);
        this.#errors = 0;
      } catch (error) {
        await this.#failed(error, event.at);
      }
    }
    this.#running = undefined;
  }

  async #step(event: StrategyEvent): Promise<void> {
    const { terms, state } = this.#record;
    await this.#take(reduce(terms, state, event), event.type, event.at);
  }

  /** Written down first; done afterwards. */
  async #take({ state, effects }: Step, type: StrategyEvent['type'], at: number): Promise<void> {
    const before = this.#record;
    if (state !== before.state) {
      const recoveries = PROGRESS.has(state.name) ? 0 : before.recoveries;
      const record = { ...before, state, recoveries };
      if (!(await this.#write(record)) && effects.some(opens)) return;
      this.#record = record;
      const from = before.state.name;
      if (from !== state.name) this.#options.listener.transition(before.terms.id, from, state.name, type, at);
    }
    if (this.#isClosed) return;
    for (const effect of effects) void this.#perform(effect).catch((error) => this.#options.listener.report(error));
  }

  /** Without a journal nothing opens; closing goes on, and a restart finds those orders by their ids. */
  async #write(record: TaskRecord): Promise<boolean> {
    if (this.#hasJournalFailed) return false;
    try {
      await this.#options.journal.write(record);
      return true;
    } catch (error) {
      this.#hasJournalFailed = true;
      const reason = `the journal has failed, nothing opens any more: ${reasonOf(error)}`;
      this.#options.risk.kill(reason);
      this.#options.listener.alarm(record.terms.id, reason);
      return false;
    }
  }

  async #perform(effect: StrategyEffect): Promise<void> {
    const key = 'order' in effect ? `${effect.type} ${effect.order.id}` : effect.type;
    if (this.#underWay.has(key)) return;
    this.#underWay.add(key);
    try {
      await this.#do(effect);
    } finally {
      this.#underWay.delete(key);
    }
  }

  async #do(effect: StrategyEffect): Promise<void> {
    const { desk, markets, listener } = this.#options;
    const { terms } = this.#record;
    switch (effect.type) {
      case 'sync':
        return this.#sync();
      case 'analyze':
        markets.open();
        for (const opportunity of markets.opportunities()) this.consider(opportunity);
        return;
      case 'quote':
        markets.open();
        return this.dispatch({ type: 'quotes', quotes: markets.quotes() });
      case 'place':
        return this.#place(effect.order);
      case 'cancel':
        return this.dispatch({ type: 'order', news: await desk.cancel(terms, effect.order) });
      case 'locate': {
        const news = await desk.locate(terms, effect.order, this.#record.state.orders);
        return news === undefined ? undefined : this.dispatch({ type: 'order', news });
      }
      case 'settle':
        return this.#settle();
      case 'record':
        listener.cycle(terms.id, effect.result);
        return this.dispatch({ type: 'recorded' });
      case 'alarm':
        return listener.alarm(terms.id, effect.reason);
    }
  }

  async #place(order: LegOrder): Promise<void> {
    const { desk, risk, listener } = this.#options;
    const { terms } = this.#record;
    const refusal = risk.checkOrder(terms, order);
    const news = refusal === undefined ? await desk.place(terms, order) : notSent(order, refusal);
    if (news.end === 'refused') listener.refused(terms.id, order, news.reason ?? 'no reason told');
    this.dispatch({ type: 'order', news });
  }

  async #sync(): Promise<void> {
    const { terms, state } = this.#record;
    try {
      const { strays } = await this.#options.desk.sync(terms, state);
      for (const order of strays) this.dispatch({ type: 'stray', order });
      this.dispatch({ type: 'synced' });
    } catch (error) {
      this.dispatch({ type: 'sync_failed', reason: reasonOf(error) });
    }
  }

  async #settle(): Promise<void> {
    const { terms, state } = this.#record;
    try {
      this.dispatch({ type: 'settled', ...(await this.#options.desk.settle(terms, state)) });
    } catch (error) {
      this.dispatch({ type: 'settle_failed', reason: reasonOf(error) });
    }
  }

  /** An error of ours: the others go on, and this one is left alone before it does harm in a loop. */
  async #failed(error: unknown, at: number): Promise<void> {
    this.#options.listener.report(error);
    if (++this.#errors < MAX_ERRORS) return;
    const step = halt(this.#record.state, `quarantined after ${this.#errors} errors: ${reasonOf(error)}`, at);
    await this.#take(step, 'tick', at).catch((again) => this.#options.listener.report(again));
  }
}

function notSent({ id }: LegOrder, { limit, message }: RiskRefusal): OrderNews {
  const reason = `${limit}: ${message}`;
  return { id, status: 'ended', end: 'refused', filled: ZERO, filledQuote: ZERO, reason };
}

function opens(effect: StrategyEffect): boolean {
  return effect.type === 'place' && effect.order.purpose === 'entry';
}

import { ClosedError, ValidationError } from '../../errors/kinds.js';
import type { VenueId } from '../../model/venue-id.js';
import type { Timer } from '../../transport/clock.js';
import { createSystemClock } from '../../transport/clock.js';
import { systemRandom } from '../../transport/random.js';
import { createMarketFeed } from '../engine/market-feed.js';
import type { OrderDesk } from '../engine/order-desk.js';
import { createSteadyTime } from '../engine/steady-time.js';
import { TaskMarkets } from '../engine/task-markets.js';
import { TaskRunner } from '../engine/task-runner.js';
import { RiskGate } from '../risk/risk-gate.js';
import { firstState } from '../strategy/first-state.js';
import { orderNumberOf } from '../strategy/leg-order.js';
import { readManagerOptions, type TaskManagerOptions, type TradingVenue } from './manager-options.js';
import { openDesk } from './open-desk.js';
import { resolveTerms } from './resolve-terms.js';
import { newestTime, refuseForeign, takeUp } from './take-up.js';
import { TaskEvents, type TaskManagerEvents } from './task-events.js';
import type { TaskRecord } from './task-journal.js';
import { detailsOf, reportOf, type TaskDetails, type TaskReport } from './task-report.js';
import { type CheckedSpec, readTaskSpec, type TaskSpec } from './task-spec.js';

/** Keeps tasks: creates, starts and stops them, and takes them up again after whatever ended the process. */
export interface TaskManager extends AsyncDisposable {
  /** @throws {ValidationError | ConfigurationError | InvalidSymbolError} naming the field; nothing is kept then. */
  create(spec: TaskSpec): Promise<TaskReport>;
  /** Runs it, or goes on after a pause, a stop or a halt; the accounts are compared first. @throws {ValidationError} for an unknown id. */
  start(id: string): void;
  /** Nothing new is opened; what is open is looked after. */
  pause(id: string): void;
  /** As {@link TaskManager.start}. */
  resume(id: string): void;
  /** Closes what is held, then rests. */
  stop(id: string): void;
  /**
   * Cancels, flattens and halts every task, or one. Without an id nothing opens before {@link TaskManager.release}; after a
   * restart the tasks are still halted, and open something only when a person starts them.
   */
  kill(reason: string, id?: string): void;
  /** Ends a kill; tasks stay halted until they are started. */
  release(): void;
  list(): TaskReport[];
  inspect(id: string): TaskDetails;
  on<E extends keyof TaskManagerEvents>(event: E, handler: (event: TaskManagerEvents[E]) => void): this;
  /**
   * Stops looking and writing; leaves positions and orders as they are. What was asked for before is written down first, so
   * that the next run does it. The journal is closed, the exchanges are not.
   */
  close(): Promise<void>;
}

const TAG_DIGITS = 8;

/**
 * Opens the engine of an account. Tasks that were under way are taken up again: what they were about to do is looked up at
 * the venues, never done twice.
 * @throws {ConfigurationError} naming the option: a mode that was not confirmed, a venue without an account, a journal whose
 * tasks are of another mode or trade at a venue that is not given. The journal stays open then.
 */
export async function createTaskManager(options: TaskManagerOptions): Promise<TaskManager> {
  const manager = new RunningManager({ clock: createSystemClock(), random: systemRandom, ...options });
  try {
    await manager.recover();
  } catch (error) {
    await manager.leave();
    throw error;
  }
  return manager;
}

type ManagerOptions = TaskManagerOptions & Required<Pick<TaskManagerOptions, 'clock' | 'random'>>;

class RunningManager implements TaskManager {
  readonly #options: ManagerOptions;
  readonly #settings: ReturnType<typeof readManagerOptions>;
  readonly #now: () => number;
  readonly #runners = new Map<string, TaskRunner>();
  readonly #risk: RiskGate;
  readonly #desk: OrderDesk;
  readonly #feed;
  readonly #events = new TaskEvents();
  /** Ids of tasks that are being asked about at the venues. */
  readonly #creating = new Set<string>();
  #timer: Timer | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: ManagerOptions) {
    this.#options = options;
    this.#settings = readManagerOptions(options);
    this.#now = createSteadyTime(options.clock, newestTime(options.journal.load()));
    this.#feed = options.feed ?? createMarketFeed(options.venues, (error) => this.#events.emit('error', { error }));
    this.#risk = new RiskGate(
      options.clock,
      {
        tasks: () => this.#records(),
        quote: (market) => this.#quote(market.venue, market.symbol),
        free: (venue, asset) => this.#desk.free(venue, asset),
      },
      options.risk,
    );
    this.#desk = openDesk({
      ...this.#settings,
      venues: options.venues,
      clock: options.clock,
      breaker: this.#risk.breaker,
      now: this.#now,
      report: (error) => this.#events.emit('error', { error }),
    });
    this.#desk.onNews((news) => this.#runnerOfOrder(news.id)?.dispatch({ type: 'order', news }));
  }

  async recover(): Promise<void> {
    const { journal, venues } = this.#options;
    const { maxRecoveries, mode } = this.#settings;
    for (const record of journal.load()) refuseForeign(record, mode, venues);
    for (const record of journal.load()) {
      const taken = takeUp(record, { damage: journal.damage, maxRecoveries, at: this.#now() });
      if (taken !== record) await journal.write(taken);
      const runner = this.#open(taken);
      if (taken.state.name !== 'HALTED') runner.dispatch({ type: 'recovered' });
    }
    this.#tick();
  }

  async create(spec: TaskSpec): Promise<TaskReport> {
    if (this.#closing !== undefined) throw new ClosedError({ message: 'the task manager is closed' });
    const checked = readTaskSpec(spec, [...this.#options.venues.keys()]);
    const tag = this.#newTag();
    const id = checked.id ?? `task-${tag}`;
    if (this.#runners.has(id) || this.#creating.has(id))
      throw new ValidationError({ field: 'id', expected: 'a new id', received: id });
    this.#creating.add(id);
    try {
      return await this.#create(checked, id, tag);
    } finally {
      this.#creating.delete(id);
    }
  }

  async #create(checked: CheckedSpec, id: string, tag: string): Promise<TaskReport> {
    const terms = await resolveTerms(checked, { id, tag }, (venue) => this.#options.venues.get(venue) as TradingVenue);
    const createdAt = this.#now();
    const { mode } = this.#settings;
    const record = { terms, state: firstState(terms.markets.length, createdAt), createdAt, recoveries: 0, mode };
    await this.#options.journal.write(record);
    this.#open(record);
    return reportOf(record);
  }

  start(id: string): void {
    this.#runner(id).dispatch({ type: 'start' });
  }

  pause(id: string): void {
    this.#runner(id).dispatch({ type: 'pause' });
  }

  resume(id: string): void {
    this.start(id);
  }

  stop(id: string): void {
    this.#runner(id).dispatch({ type: 'stop' });
  }

  kill(reason: string, id?: string): void {
    if (id !== undefined) return this.#runner(id).dispatch({ type: 'kill' });
    this.#risk.kill(reason);
    for (const runner of this.#runners.values()) runner.dispatch({ type: 'kill' });
  }

  release(): void {
    this.#risk.release();
  }

  list(): TaskReport[] {
    return [...this.#records()].map(reportOf);
  }

  inspect(id: string): TaskDetails {
    return detailsOf(this.#runner(id).record);
  }

  on<E extends keyof TaskManagerEvents>(event: E, handler: (event: TaskManagerEvents[E]) => void): this {
    this.#events.on(event, handler);
    return this;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Everything but the journal. */
  async leave(): Promise<void> {
    this.#timer?.cancel();
    await Promise.all([...this.#runners.values()].map((runner) => runner.close()));
    await this.#desk.close();
  }

  async #close(): Promise<void> {
    await this.leave();
    await this.#options.journal.close();
  }

  #open(record: TaskRecord): TaskRunner {
    const { clock, journal } = this.#options;
    const { terms } = record;
    const markets = new TaskMarkets({
      terms,
      feed: this.#feed,
      clock,
      maxAgeMs: this.#settings.maxAgeMs,
      onOpportunity: (opportunity) => runner.consider(opportunity),
    });
    const runner: TaskRunner = new TaskRunner({
      record,
      journal,
      desk: this.#desk,
      markets,
      risk: this.#risk,
      now: this.#now,
      listener: {
        transition: (task, from, to, event, at) => this.#events.emit('transition', { task, from, to, event, at }),
        cycle: (task, result) => this.#events.emit('cycle', { task, result }),
        refused: (task, order, reason) => this.#events.emit('refused', { task, order, reason }),
        alarm: (task, reason) => this.#events.emit('alarm', { task, reason }),
        report: (error) => this.#events.emit('error', { error }),
      },
    });
    this.#runners.set(terms.id, runner);
    this.#markets.set(terms.id, markets);
    return runner;
  }

  readonly #markets = new Map<string, TaskMarkets>();

  #tick(): void {
    this.#timer = this.#options.clock.setTimer(this.#settings.tickMs, () => this.#tick());
    for (const [id, runner] of this.#runners) {
      const { name, wish } = runner.record.state;
      if (name === 'HALTED' || (name === 'IDLE' && wish !== 'run')) continue;
      this.#markets.get(id)?.sweep();
      runner.dispatch({ type: 'tick' });
    }
  }

  *#records(): Generator<TaskRecord> {
    for (const { record } of this.#runners.values()) yield record;
  }

  #quote(venue: VenueId, symbol: string) {
    for (const [id, { record }] of this.#runners) {
      const at = record.terms.markets.findIndex((market) => market.venue === venue && market.symbol === symbol);
      const quote = at < 0 ? undefined : this.#markets.get(id)?.quote(at);
      if (quote !== undefined) return quote;
    }
    return undefined;
  }

  #runner(id: string): TaskRunner {
    const runner = this.#runners.get(id);
    if (runner !== undefined) return runner;
    const expected =
      this.#runners.size === 0 ? 'a task; there are none' : `one of ${[...this.#runners.keys()].join(', ')}`;
    throw new ValidationError({ field: 'task', expected, received: id });
  }

  #runnerOfOrder(id: string): TaskRunner | undefined {
    for (const runner of this.#runners.values()) {
      if (orderNumberOf(runner.record.terms.tag, id) !== undefined) return runner;
    }
    return undefined;
  }

  #newTag(): string {
    const { random } = this.#options;
    return Array.from({ length: TAG_DIGITS }, () => Math.floor(random.next() * 36).toString(36)).join('');
  }
}

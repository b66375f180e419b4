import { ClosedError, ValidationError } from '../../errors/kinds.js';
import type { PrivateExchange } from '../../exchange/account/private-exchange.js';
import type { VenueId } from '../../model/venue-id.js';
import type { Timer } from '../../transport/clock.js';
import { createSystemClock } from '../../transport/clock.js';
import { systemRandom } from '../../transport/random.js';
import { createDryRunDesk } from '../engine/dry-run-desk.js';
import { ExchangeDesk } from '../engine/exchange-desk.js';
import { createMarketFeed } from '../engine/market-feed.js';
import type { OrderDesk } from '../engine/order-desk.js';
import { createSteadyTime } from '../engine/steady-time.js';
import { TaskMarkets } from '../engine/task-markets.js';
import { TaskRunner } from '../engine/task-runner.js';
import { RiskGate } from '../risk/risk-gate.js';
import { firstState } from '../strategy/first-state.js';
import { orderNumberOf } from '../strategy/leg-order.js';
import type { StrategyEvent } from '../strategy/strategy-event.js';
import type { CycleResult, LegOrder, StateName } from '../strategy/strategy-state.js';
import { readManagerOptions, type TaskManagerOptions, type TradingVenue } from './manager-options.js';
import { resolveTerms } from './resolve-terms.js';
import { takeUp } from './take-up.js';
import type { TaskRecord } from './task-journal.js';
import { detailsOf, reportOf, type TaskDetails, type TaskReport } from './task-report.js';
import { readTaskSpec, type TaskSpec } from './task-spec.js';

export interface TaskManagerEvents {
  readonly transition: {
    readonly task: string;
    readonly from: StateName;
    readonly to: StateName;
    readonly event: StrategyEvent['type'];
    /** Epoch ms. */
    readonly at: number;
  };
  readonly cycle: { readonly task: string; readonly result: CycleResult };
  /** An order was not taken: by the venue, by a rule of its market, or by a limit of ours. */
  readonly refused: { readonly task: string; readonly order: LegOrder; readonly reason: string };
  /** A person should look. */
  readonly alarm: { readonly task: string; readonly reason: string };
  /** Something failed beside the tasks: a handler, a read. */
  readonly error: { readonly error: unknown };
}

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
  /** Cancels, flattens and halts every task, or one; nothing opens before {@link TaskManager.release}. */
  kill(reason: string, id?: string): void;
  /** Ends a kill; tasks stay halted until they are started. */
  release(): void;
  list(): TaskReport[];
  inspect(id: string): TaskDetails;
  on<E extends keyof TaskManagerEvents>(event: E, handler: (event: TaskManagerEvents[E]) => void): this;
  /** Stops looking and writing; leaves positions and orders as they are. The journal is closed, the exchanges are not. */
  close(): Promise<void>;
}

const TAG_DIGITS = 8;

/**
 * Opens the engine of an account. Tasks that were under way are taken up again: what they were about to do is looked up at
 * the venues, never done twice.
 * @throws {ConfigurationError} naming the option: a mode that was not confirmed, a venue without an account.
 */
export async function createTaskManager(options: TaskManagerOptions): Promise<TaskManager> {
  const manager = new RunningManager({ clock: createSystemClock(), random: systemRandom, ...options });
  await manager.recover();
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
  readonly #handlers: { [E in keyof TaskManagerEvents]: ((event: TaskManagerEvents[E]) => void)[] } = {
    transition: [],
    cycle: [],
    alarm: [],
    refused: [],
    error: [],
  };
  #timer: Timer | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: ManagerOptions) {
    this.#options = options;
    this.#settings = readManagerOptions(options);
    this.#now = createSteadyTime(options.clock);
    this.#feed = options.feed ?? createMarketFeed(options.venues, (error) => this.#emit('error', { error }));
    this.#risk = new RiskGate(
      options.clock,
      {
        tasks: () => this.#records(),
        quote: (market) => this.#quote(market.venue, market.symbol),
        free: (venue, asset) => this.#desk.free(venue, asset),
      },
      options.risk,
    );
    this.#desk = this.#openDesk();
    this.#desk.onNews((news) => this.#runnerOfOrder(news.id)?.dispatch({ type: 'order', news }));
  }

  async recover(): Promise<void> {
    const { journal } = this.#options;
    const { maxRecoveries } = this.#settings;
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
    if (this.#runners.has(id)) throw new ValidationError({ field: 'id', expected: 'a new id', received: id });
    const terms = await resolveTerms(checked, { id, tag }, (venue) => this.#options.venues.get(venue) as TradingVenue);
    const createdAt = this.#now();
    const record = { terms, state: firstState(terms.markets.length, createdAt), createdAt, recoveries: 0 };
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
    this.#handlers[event].push(handler);
    return this;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#timer?.cancel();
    await Promise.all([...this.#runners.values()].map((runner) => runner.close()));
    await this.#desk.close();
    await this.#options.journal.close();
  }

  #openDesk(): OrderDesk {
    if (this.#settings.mode === 'dry-run') return createDryRunDesk();
    const exchanges = new Map<VenueId, PrivateExchange>();
    for (const [id, { private: account }] of this.#options.venues)
      if (account !== undefined) exchanges.set(id, account);
    return new ExchangeDesk({
      exchanges,
      clock: this.#options.clock,
      breaker: this.#risk.breaker,
      provenAbsentAfterMs: this.#settings.provenAbsentAfterMs,
      report: (error) => this.#emit('error', { error }),
    });
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
        transition: (task, from, to, event, at) => this.#emit('transition', { task, from, to, event, at }),
        cycle: (task, result) => this.#emit('cycle', { task, result }),
        refused: (task, order, reason) => this.#emit('refused', { task, order, reason }),
        alarm: (task, reason) => this.#emit('alarm', { task, reason }),
        report: (error) => this.#emit('error', { error }),
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

  /** A handler that throws stops nobody. */
  #emit<E extends keyof TaskManagerEvents>(event: E, value: TaskManagerEvents[E]): void {
    for (const handler of this.#handlers[event]) {
      try {
        handler(value);
      } catch (error) {
        if (event !== 'error') this.#emit('error', { error });
      }
    }
  }
}

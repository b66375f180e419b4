import type { StrategyEvent } from '../strategy/strategy-event.js';
import type { CycleResult, LegOrder, StateName } from '../strategy/strategy-state.js';

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

type Handlers = { [E in keyof TaskManagerEvents]: ((event: TaskManagerEvents[E]) => void)[] };

/** Tells whoever listens. A handler that throws stops nobody. */
export class TaskEvents {
  readonly #handlers: Handlers = { transition: [], cycle: [], alarm: [], refused: [], error: [] };

  on<E extends keyof TaskManagerEvents>(event: E, handler: (event: TaskManagerEvents[E]) => void): void {
    this.#handlers[event].push(handler);
  }

  emit<E extends keyof TaskManagerEvents>(event: E, value: TaskManagerEvents[E]): void {
    for (const handler of this.#handlers[event]) {
      try {
        handler(value);
      } catch (error) {
        if (event !== 'error') this.emit('error', { error });
      }
    }
  }
}

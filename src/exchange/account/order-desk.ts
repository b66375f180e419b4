import type { OrderReport, OrderRequest } from '../../adapter/order-endpoints.js';
import type { PrivateVenue } from '../../adapter/private-venue.js';
import type { ExchangeError } from '../../errors/exchange-error.js';
import type { Order, OrderType } from '../../model/order.js';
import type { OrderStages } from '../../model/stage-times.js';
import { atMost } from '../../transport/at-most.js';
import type { ExchangeCore } from '../exchange-core.js';
import type { IntentLog, IntentOutcome } from '../orders/intent-log.js';
import type { OrderTracker } from '../orders/order-tracker.js';
import type { PlaceOrderInput, UntypedOrder } from '../orders/place-order.js';
import { requireEcho } from '../orders/require-echo.js';
import type { CommandDoor } from './command-door.js';
import { groupByMarket } from './group-by-market.js';
import { asError, asNotSent, notPlaced, notReady, pick } from './order-failures.js';
import { OrderIntake, type Sent } from './order-intake.js';
import type { OrderResolver } from './order-resolver.js';

interface OrderDeskOptions {
  readonly core: ExchangeCore;
  readonly venue: PrivateVenue;
  readonly tracker: OrderTracker;
  readonly log: IntentLog;
  readonly resolver: OrderResolver;
  readonly door: CommandDoor;
  /** The order as it will be sent, at once where nothing has to be learned. @throws for one that breaks a rule. */
  prepare(input: UntypedOrder, type?: OrderType): OrderRequest | Promise<OrderRequest>;
  /** The venue refused an order for certain. */
  refused(error: ExchangeError): void;
  /** Whether something may have been missed that is still being fetched. */
  isReconciling(): boolean;
  readonly placeWhileReconciling: boolean;
  readonly resolveWithinMs: number;
  /** So long after it was recorded a command may still take effect at the venue, ms. */
  readonly commandSpanMs: number;
}

/** A run that crashed may have put its clock right after it had recorded an order, ms. */
const CRASHED_CLOCK_ERROR_MS = 600_000;

/**
 * Places orders once. The intent is recorded before the first byte leaves; its bytes leave once, except after a proven
 * `not_sent`; and an answer that was lost is looked for, never asked for again.
 */
export class OrderDesk {
  readonly #options: OrderDeskOptions;
  readonly #intake: OrderIntake;
  /** Calls that place. */
  #underWay = 0;
  #waiting: (() => void)[] = [];
  #isStopped = false;

  constructor(options: OrderDeskOptions) {
    this.#options = options;
    this.#intake = new OrderIntake({ ...options, requireReady: () => this.#requireReady() });
  }

  /**
   * All of it up to the first byte in one go, where nothing has to be waited for; only then it is told of.
   * @param type in place of the one that it names, if any.
   */
  async place(input: UntypedOrder, type?: OrderType): Promise<Order> {
    const { core, tracker } = this.#options;
    this.#underWay++;
    try {
      const stages = core.stages?.decided();
      // Read before anything is waited for: the caller may change the object.
      const via = input?.via ?? 'rest';
      const accepted = this.#intake.accept(input, type);
      const request = accepted instanceof Promise ? await accepted : accepted;
      const recorded = this.#intake.record(request);
      const sent = recorded instanceof Promise ? await recorded : recorded;
      const answer = this.#send(sent, via, stages);
      // It waits for a limit, and those who watch shall see that.
      if (!sent.hasLeft) tracker.announce(request.clientOrderId);
      return await this.#outcome(sent, answer);
    } finally {
      this.#end();
    }
  }

  #send(sent: Sent, via: 'rest' | 'ws', stages?: OrderStages): Promise<OrderReport> {
    const { door, tracker } = this.#options;
    const leaves = (fence: number | undefined): void => {
      this.#leaves(sent, fence);
      stages?.written();
    };
    const answer = door.place(sent.request, via, leaves, () => tracker.announce(sent.request.clientOrderId));
    if (stages !== undefined) answer.then(() => stages.acknowledged()).catch(() => undefined);
    return answer;
  }

  /** What the answer means, or what evidence says where there is none. @throws as {@link OrderDesk.place} does. */
  async #outcome(sent: Sent, answer: Promise<OrderReport>): Promise<Order> {
    try {
      const taken = this.#taken(sent.request, requireEcho(sent.request, await answer));
      return taken instanceof Promise ? await taken : taken;
    } catch (error) {
      return this.#failed(sent, error);
    }
  }

  /** Nothing is placed and nothing recorded. */
  async test(input: PlaceOrderInput): Promise<void> {
    const { core, venue } = this.#options;
    const request = await this.#intake.prepare(input);
    if (venue.orders.test === undefined) return;
    await core.rest.call(venue.orders.test, request, { mapper: await core.catalog.mapper() });
  }

  /** Each alone up to the log; then one call of the venue per market and batch; over a socket each alone. */
  async placeMany(inputs: readonly PlaceOrderInput[]): Promise<Array<Order | ExchangeError>> {
    this.#underWay++;
    try {
      return await this.#placeMany(inputs);
    } finally {
      this.#end();
    }
  }

  /** Takes no more orders. Resolves when it is known what became of those under way, at the latest after `withinMs`. */
  async stop(withinMs: number): Promise<void> {
    this.#isStopped = true;
    if (this.#underWay > 0)
      await atMost(this.#options.core.clock, withinMs, new Promise<void>((resolve) => this.#waiting.push(resolve)));
  }

  #end(): void {
    if (--this.#underWay === 0) for (const resolve of this.#waiting.splice(0)) resolve();
  }

  async #placeMany(inputs: readonly PlaceOrderInput[]): Promise<Array<Order | ExchangeError>> {
    const answers: Array<Order | ExchangeError> = new Array(inputs.length);
    const accepted: { readonly index: number; readonly sent: Sent }[] = [];
    const alone: Promise<unknown>[] = [];
    for (const [index, input] of inputs.entries()) {
      if (input?.via === 'ws') {
        const placing = this.place(input).catch(asError);
        alone.push(placing.then((answer) => (answers[index] = answer)));
        continue;
      }
      try {
        const request = await this.#intake.accept(input);
        this.#options.tracker.announce(request.clientOrderId);
        accepted.push({ index, sent: await this.#intake.record(request) });
      } catch (error) {
        answers[index] = asError(error);
      }
    }
    const batchSize = this.#options.venue.orders.placeBatch?.maxOrders ?? 1;
    const batches = groupByMarket(accepted, batchSize).map(async (group) => {
      const ended = await this.#sendGroup(group.map(({ sent }) => sent));
      for (const [i, { index }] of group.entries()) answers[index] = ended[i] as Order | ExchangeError;
    });
    await Promise.all([...batches, ...alone]);
    return answers;
  }

  /** What an earlier run of this program recorded and did not see the end of. */
  async recover(): Promise<void> {
    const { core, log, tracker, resolveWithinMs, commandSpanMs } = this.#options;
    const open = log.open().filter(({ venue }) => venue === core.venue.id);
    if (open.length === 0) return;
    for (const { request } of open) {
      tracker.begin(request);
      tracker.mark(request.clientOrderId, 'unknown');
    }
    await core.time.ready().catch(core.report);
    // The last bytes of that run left before now, whatever it thought of the time and however long they had waited.
    const latest = core.time.now() + commandSpanMs;
    const fenceMonotonic = core.clock.monotonic() + commandSpanMs;
    for (const { request, since, fence } of open) {
      const sent = { request, since, fence: Math.max(fence, latest), fenceMonotonic, hasLeft: true };
      void this.#resolve({ ...sent, clockErrorMs: CRASHED_CLOCK_ERROR_MS }, resolveWithinMs);
    }
  }

  /** @throws {ClosedError | AccountNotReadyError} */
  #requireReady(): void {
    const { core, isReconciling, placeWhileReconciling } = this.#options;
    core.requireOpen();
    if (this.#isStopped) throw core.closedError();
    if (isReconciling() && !placeWhileReconciling) throw notReady(core.venue.id);
  }

  #leaves(sent: Sent, fence: number | undefined): void {
    const { clock, time } = this.#options.core;
    const now = time.now();
    sent.hasLeft = true;
    // A clock that was ahead has been put right since the order was recorded.
    sent.since = Math.min(sent.since, now);
    if (fence !== undefined) {
      sent.fence = fence;
      sent.fenceMonotonic = clock.monotonic() + fence - now;
    }
  }

  #taken(request: OrderRequest, report: OrderReport): Order | Promise<Order> {
    const { symbol, clientOrderId } = request;
    const isNamed = report.symbol === symbol && report.clientOrderId === clientOrderId;
    this.#options.tracker.apply(isNamed ? report : { ...report, symbol, clientOrderId }, 'answer');
    return this.#placed(request, report.orderId);
  }

  /** At once where the log has nothing to wait for. */
  #placed(request: OrderRequest, orderId: string | undefined): Order | Promise<Order> {
    const settling = this.#settle(request.clientOrderId, 'placed', orderId);
    return settling === undefined ? this.#standing(request) : settling.then(() => this.#standing(request));
  }

  #standing(request: OrderRequest): Order {
    return this.#options.tracker.get(request) as Order;
  }

  /** @throws the error, when it is certain that there is no order; or while it is not known. */
  async #failed(sent: Sent, error: unknown): Promise<Order> {
    const { tracker, resolveWithinMs, core } = this.#options;
    const { clientOrderId } = sent.request;
    tracker.announce(clientOrderId);
    const failure = sent.hasLeft ? asError(error) : asNotSent(error);
    if (failure.outcome !== 'unknown') {
      tracker.mark(clientOrderId, failure.outcome === 'not_sent' ? 'not_sent' : 'rejected', failure.message);
      await this.#settle(clientOrderId, failure.outcome);
      this.#options.refused(failure);
      throw failure;
    }
    tracker.mark(clientOrderId, 'unknown');
    core.metrics.count('orders.unknown');
    const resolved = this.#resolve(sent, resolveWithinMs);
    const order = await atMost(core.clock, resolveWithinMs, resolved);
    if (order === 'absent') throw notPlaced(failure);
    if (order === undefined) throw failure;
    return order;
  }

  async #resolve(sent: Sent, patientMs: number): Promise<Order | 'absent' | undefined> {
    const { tracker, resolver, core } = this.#options;
    const { symbol, clientOrderId } = sent.request;
    const resolution = await resolver.resolve(sent, patientMs);
    if (resolution === undefined) return undefined;
    core.metrics.count(`orders.resolved.${resolution.kind}`);
    if (resolution.kind === 'found') return this.#taken(sent.request, resolution.report);
    // A push may have shown it while the lists were being read.
    const orderId = tracker.get({ symbol, clientOrderId })?.orderId;
    if (orderId !== undefined) return this.#placed(sent.request, orderId);
    tracker.mark(clientOrderId, 'rejected', 'proven absent at the venue');
    await this.#settle(clientOrderId, 'absent');
    return 'absent';
  }

  /** The order exists or does not, whatever the log says about it: a log that fails now halts the orders that follow. */
  #settle(clientOrderId: string, result: IntentOutcome['result'], orderId?: string): Promise<void> | undefined {
    const { log, core } = this.#options;
    const outcome = orderId === undefined ? { result } : { result, orderId };
    if (log.settleNow === undefined) return this.#settleLater(clientOrderId, outcome);
    try {
      log.settleNow(clientOrderId, outcome);
    } catch (error) {
      core.report(error);
    }
    return undefined;
  }

  async #settleLater(clientOrderId: string, outcome: IntentOutcome): Promise<void> {
    try {
      await this.#options.log.settle(clientOrderId, outcome);
    } catch (error) {
      this.#options.core.report(error);
    }
  }

  async #sendGroup(group: readonly Sent[]): Promise<Array<Order | ExchangeError>> {
    const [only] = group;
    if (only !== undefined && (group.length === 1 || this.#options.venue.orders.placeBatch === undefined)) {
      return [await this.#outcome(only, this.#send(only, 'rest')).catch(asError)];
    }
    const requests = group.map(({ request }) => request);
    const leaves = (fence: number | undefined) => {
      for (const sent of group) this.#leaves(sent, fence);
    };
    const batch = this.#options.door.placeBatch(requests, leaves);
    return Promise.all(group.map((sent, index) => this.#outcome(sent, pick(batch, index)).catch(asError)));
  }
}

import type { PrivateVenue } from '../../adapter/private-venue.js';
import type { Venue } from '../../adapter/venue.js';
import type { ExchangeError } from '../../errors/exchange-error.js';
import { ConfigurationError, ValidationError } from '../../errors/kinds.js';
import { atMost } from '../../transport/at-most.js';
import { onAbort } from '../../transport/on-abort.js';
import type { ExchangeCore } from '../exchange-core.js';
import { createClientOrderIds } from '../orders/client-order-id.js';
import { createMemoryIntentLog } from '../orders/memory-intent-log.js';
import { OrderTracker } from '../orders/order-tracker.js';
import { createAccountCalls } from './account-calls.js';
import { AccountWatch } from './account-watch.js';
import { CancelDesk } from './cancel-desk.js';
import { CommandDoor } from './command-door.js';
import { createPositionsFacet } from './create-positions-facet.js';
import { createTriggersFacet } from './create-triggers-facet.js';
import { DeadManSwitch } from './dead-man-switch.js';
import { OrderDesk } from './order-desk.js';
import { OrderPositions } from './order-positions.js';
import { OrderQueries } from './order-queries.js';
import { OrderReads } from './order-reads.js';
import { OrderResolver } from './order-resolver.js';
import { OrderSocketClient } from './order-socket-client.js';
import { PositionSettingsBook } from './position-settings.js';
import { createPreparation, readCaps } from './preparation.js';
import { createPrivateCore } from './private-core.js';
import type { CloseOptions, PrivateExchange } from './private-exchange.js';
import { type PrivateExchangeOptions, validatePrivateOptions } from './private-options.js';
import { createSession, type Session } from './session.js';
import { createWalletFacet } from './wallet-facet.js';

const DEFAULT_RECV_WINDOW_MS = 5_000;
const DEFAULT_RECONCILE_MS = 30_000;
const DEFAULT_RESOLVE_MS = 30_000;
/** The parts of a client may take leave for so long, ms. */
const PARTING_MS = 1_500;
const CLOSE_ACTIONS: readonly string[] = ['none', 'own', 'all'];

/**
 * Connects to an account at a venue. Nothing is opened until it is needed.
 * @throws {ConfigurationError} naming the option that is wrong.
 */
export function createPrivateExchange(venue: Venue, options: PrivateExchangeOptions): PrivateExchange {
  validatePrivateOptions(venue, options);
  const account = venue.private;
  if (account === undefined)
    throw new ConfigurationError({ field: 'venue', expected: 'one with a private half', received: venue.id });
  const commandLifeMs = options.recvWindowMs ?? DEFAULT_RECV_WINDOW_MS;
  const session = createSession(account, options.credentials);
  const { core, listenKey, prepareStreams } = createPrivateCore(
    venue,
    account,
    options,
    session,
    commandLifeMs,
    (error) => watch.refuse(error),
    () => watch.renew(),
  );
  const { symbols = [] } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const tracker = new OrderTracker({ venue: venue.id, clock: core.clock, conflict: core.report });
  const log = options.intentLog ?? createMemoryIntentLog();
  const ids = createClientOrderIds(core);
  const reads = new OrderReads(core, account, ({ orderId }) => orderId !== undefined && tracker.hasOrder(orderId));
  const socket = createOrderSocket(core, account, options, session, commandLifeMs);
  const door = new CommandDoor(core, account, socket);
  const resolver = new OrderResolver(core, reads, tracker, account.orders.rules.visibilityLagMs, signal);
  const queries = new OrderQueries(core, reads, tracker, door);
  const cancels = new CancelDesk({ core, venue: account, tracker, reads, door, signal });
  const settings = account.positions && new PositionSettingsBook(core, account.positions);
  const watch = new AccountWatch({
    core,
    venue: account,
    tracker,
    reads,
    reconcileEveryMs: options.reconcileEveryMs ?? DEFAULT_RECONCILE_MS,
    symbols,
    prepareStreams,
    settings,
  });
  const orderPositions =
    account.positions &&
    settings &&
    new OrderPositions({ core, endpoints: account.positions, settings, live: (symbol) => watch.livePositions(symbol) });
  const caps = readCaps(options.caps);
  const preparation = createPreparation(core, account, tracker, ids, caps, orderPositions);
  /** The account trades otherwise than we know. */
  const refused = ({ code }: ExchangeError): void => {
    if (code === 'position') settings?.forget();
  };
  const desk = new OrderDesk({
    core,
    venue: account,
    tracker,
    log,
    resolver,
    door,
    prepare: preparation.order,
    refused,
    isReconciling: () => watch.isReconciling,
    placeWhileReconciling: options.placeWhileReconciling ?? false,
    resolveWithinMs: options.resolveWithinMs ?? DEFAULT_RESOLVE_MS,
    commandSpanMs: core.timeoutMs + commandLifeMs,
  });
  const { deadMan, wallet, orders } = account;
  const deadManSwitch = deadMan === undefined ? undefined : new DeadManSwitch(core, deadMan);
  const { amendOrder, ...calls } = createAccountCalls({
    core,
    venue: account,
    desk,
    cancels,
    queries,
    watch,
    prepareAmend: preparation.amend,
  });

  async function end({ cancelOrders = 'none' }: CloseOptions): Promise<void> {
    deadManSwitch?.stop();
    if (cancelOrders !== 'none') {
      // An order that is just on its way could come to rest after its cancellation.
      await desk.stop(core.timeoutMs);
      await cancels.cancelAtClose(cancelOrders, 2 * core.timeoutMs);
    }
    await core.close(async () => {
      closing.abort();
      // What is still being asked ends with the connections.
      await atMost(core.clock, PARTING_MS, Promise.all([watch.close(), door.close(), listenKey?.close()]));
      if (options.intentLog === undefined) await log.close();
    });
  }

  let ended: Promise<void> | undefined;
  async function close(closeOptions: CloseOptions = {}): Promise<void> {
    if (!CLOSE_ACTIONS.includes(closeOptions.cancelOrders ?? 'none')) {
      const { cancelOrders } = closeOptions;
      throw new ValidationError({ field: 'cancelOrders', expected: CLOSE_ACTIONS.join(', '), received: cancelOrders });
    }
    leave?.();
    ended ??= end(closeOptions);
    await ended;
  }

  const leave = options.signal === undefined ? undefined : onAbort(options.signal, () => void close());
  if (options.signal?.aborted) void close();
  void desk.recover().catch(core.report);
  if (options.warmOrderSocket) void door.warm().catch(core.report);

  return {
    venue: venue.id,
    ...calls,
    ...(wallet && {
      wallet: createWalletFacet(core, wallet, options.allowWithdrawals ?? [], () => ids.next(PLAIN_IDS)),
    }),
    ...(account.positions &&
      settings && {
        positions: createPositionsFacet({
          core,
          endpoints: account.positions,
          settings,
          watch,
          place: (order) => desk.place(order),
        }),
      }),
    ...(account.triggers &&
      orderPositions && {
        triggers: createTriggersFacet({
          core,
          endpoints: account.triggers,
          placing: orders.rules,
          caps,
          positions: orderPositions,
          refused,
        }),
      }),
    ...(orders.amend && { amend: { amendOrder } }),
    ...(deadManSwitch && { deadManSwitch }),
    get status() {
      return watch.status;
    },
    on: core.emitter.on,
    metrics: core.metrics.snapshot,
    async warm() {
      core.requireOpen();
      await Promise.all([core.catalog.mapper(), core.time.ready(), core.time.probe(), settings?.warm(symbols)]);
      if (options.warmOrderSocket) await door.warm();
    },
    close,
    [Symbol.asyncDispose]: () => close(),
  };
}

/** Withdrawal ids have no prefix. */
const PLAIN_IDS = { clientIdPrefix: '', clientIdLength: 32 } as const;

function createOrderSocket(
  core: ExchangeCore,
  account: PrivateVenue,
  options: PrivateExchangeOptions,
  session: Session,
  commandLifeMs: number,
): OrderSocketClient | undefined {
  if (account.orderSocket === undefined) return undefined;
  return new OrderSocketClient({
    core,
    orders: account.orders,
    socket: account.orderSocket,
    credentials: session.credentials,
    url: options.endpoints?.ws ?? core.venue.hosts.ws,
    openSocket: core.openSocket,
    policy: core.reconnect,
    commandLifeMs,
    timeoutMs: core.timeoutMs,
  });
}

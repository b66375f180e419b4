import { openFileJournal } from '../../src/arbitrage/tasks/file-journal.js';
import type { TradingVenue } from '../../src/arbitrage/tasks/manager-options.js';
import { createTaskManager } from '../../src/arbitrage/tasks/task-manager.js';
import type { TaskSpec } from '../../src/arbitrage/tasks/task-spec.js';
import { createPrivateExchange, createPublicExchange, type KnownVenueId, openFileIntentLog } from '../../src/index.js';
import { createNodeRuntime } from '../../src/transport/node-runtime.js';

/** What the parent hands over. */
export interface ChildPlan {
  readonly folder: string;
  readonly endpoints: Readonly<Record<string, { readonly rest: string; readonly ws: string }>>;
  readonly credentials: { readonly apiKey: string; readonly secretKey: string };
  readonly spec: TaskSpec & { readonly id: string };
  /** Comes to rest and tells, instead of trading on. */
  readonly isLast: boolean;
}

/** An engine with files, sockets and keys of its own, made to be killed. */
const plan = JSON.parse(process.argv[2] as string) as ChildPlan;
const { folder, endpoints, credentials, spec, isLast } = plan;
const { clock, random } = createNodeRuntime();
const venues = new Map<string, TradingVenue>();
for (const [venue, bases] of Object.entries(endpoints)) {
  const id = venue as KnownVenueId;
  const intentLog = await openFileIntentLog({ path: `${folder}/intents-${venue}` });
  venues.set(venue, {
    public: createPublicExchange(id, { endpoints: bases, timeoutMs: 20_000 }),
    private: createPrivateExchange(id, {
      endpoints: bases,
      credentials,
      intentLog,
      timeoutMs: 5_000,
      recvWindowMs: 1_000,
    }),
    isSimulated: true,
  });
}
const manager = await createTaskManager({
  venues,
  journal: await openFileJournal({ path: `${folder}/tasks` }),
  mode: 'paper',
  clock,
  random,
  tickMs: 50,
  provenAbsentAfterMs: 2_500,
  maxRecoveries: 1_000_000,
});
if (manager.list().length === 0) await manager.create(spec);
manager.on('cycle', () => tell({ cycle: true }));
const [task] = manager.list();
if (task?.wish !== 'run') manager.start(spec.id);
const tell = (message: object): void => void process.send?.(message);
manager.on('transition', ({ to }) => {
  if (to === 'MANAGING_ORDERS') tell({ trading: true });
});
if (isLast) {
  manager.stop(spec.id);
  const look = (): void => {
    const details = manager.inspect(spec.id);
    const isAtRest = (details.state === 'IDLE' || details.state === 'HALTED') && details.orders.length === 0;
    if (isAtRest) tell({ rest: details });
    else setTimeout(look, 50);
  };
  look();
}

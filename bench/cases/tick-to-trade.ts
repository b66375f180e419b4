import { type ChildProcess, fork } from 'node:child_process';
import { CCXT } from '../contenders/ccxt.js';
import { openMinimalTrader } from '../contenders/minimal-trader.js';
import {
  type OpenTrader,
  openCcxtTrader,
  openGateioApiTrader,
  openOurTrader,
  type TradeOptions,
} from '../contenders/traders.js';
import type { OrderFields } from '../frames/order-answers.js';
import { askOfTick, tickMarket } from '../frames/tick.js';
import { directEnvironment, nextMessage } from '../measure/processes.js';
import { atLeast, atMost, judge, type Result } from '../measure/result.js';
import { inWords, processorTime } from '../measure/rounds.js';
import { requireSame } from '../measure/same.js';
import { median, ratios } from '../measure/samples.js';
import type { Effort, Suite } from '../measure/suite.js';

const TRADES = 250;
const WARM_UP = 1_500;
const KEYS = { apiKey: 'key-of-the-bench', secretKey: 'secret-of-the-bench' };
const QUANTITY = '0.001';

interface Samples {
  /** Median of a round, ns. */
  readonly p50: number[];
  /** Processor time of this process per trade, ns. */
  readonly cpu: number[];
}

/**
 * From the write of a push in another process to the arrival of the order that it brought, over loopback, one at a time.
 * Before anything is timed all have ordered the same.
 */
export const tickToTrade: Suite = {
  ids: ['tickToTrade.mexc.rest', 'tickToTrade.gate.rest', 'tickToTrade.gate.ws'],
  async run(effort) {
    const all = { ours: openOurTrader, minimal: openMinimalTrader, ccxt: openCcxtTrader };
    return [
      ...(await race('mexc', 'rest', all, effort)),
      ...(await race('gate', 'rest', all, effort)),
      ...(await race('gate', 'ws', { ...all, 'gateio-api': openGateioApiTrader }, effort)),
    ];
  },
};

async function race(
  venue: TradeOptions['venue'],
  via: TradeOptions['via'],
  openers: Readonly<Record<string, OpenTrader>>,
  effort: Effort,
): Promise<Result[]> {
  const traders = new Map<string, Trader>();
  for (const [name, open] of Object.entries(openers)) traders.set(name, await openTrader(name, open, venue, via));
  const samples = new Map<string, Samples>([...traders.keys()].map((name) => [name, { p50: [], cpu: [] }]));
  const names = [...traders.keys()];
  for (let round = 0; round < (effort.quick ? 5 : 15); round++) {
    for (let at = 0; at < names.length; at++) {
      const name = names[(round + at) % names.length] as string;
      const { p50, cpu } = await (traders.get(name) as Trader).trade(TRADES);
      samples.get(name)?.p50.push(p50);
      samples.get(name)?.cpu.push(cpu);
    }
  }
  for (const trader of traders.values()) await trader.close();
  return resultsOf(`tickToTrade.${venue}.${via}`, via, samples);
}

function resultsOf(id: string, via: TradeOptions['via'], samples: ReadonlyMap<string, Samples>): Result[] {
  const of = (name: string): Samples => samples.get(name) as Samples;
  const inUnits = ([name, { p50, cpu }]: [string, Samples]): string =>
    `${name} ${inWords(median(p50))} (${inWords(median(cpu))})`;
  const common = { unit: '×', detail: `p50 (processor time): ${[...samples].map(inUnits).join(', ')}` };
  const ours = of('ours');
  const faster = (peer: string, goal: number, baseline: string): Result =>
    judge({
      ...common,
      id: `${id}/${peer}`,
      samples: ratios(of(peer).p50, ours.p50),
      goal: atLeast(goal),
      baseline,
    });
  const results = [
    judge({
      ...common,
      id: `${id}/minimal`,
      samples: ratios(ours.p50, of('minimal').p50),
      goal: atMost(1.2),
      baseline: 'ws, a decoder for this push and undici, wired by hand: no checks, no records',
    }),
    faster(
      'ccxt',
      via === 'ws' ? 2.5 : 2,
      `${CCXT}: watchBidsAsks (MEXC: watchTicker) in a loop, createOrder without its rate limiter`,
    ),
    judge({
      ...common,
      id: `${id}/cpu`,
      samples: ratios(ours.cpu, of('ccxt').cpu),
      goal: atMost(0.5),
      baseline: `${CCXT}; processor time per trade`,
    }),
  ];
  if (samples.has('gateio-api')) results.push(faster('gateio-api', 2.3, 'gateio-api: submitNewSpotOrder'));
  return results;
}

interface Trader {
  trade(count: number): Promise<{ p50: number; cpu: number }>;
  close(): Promise<void>;
}

async function openTrader(
  name: string,
  open: OpenTrader,
  venue: TradeOptions['venue'],
  via: TradeOptions['via'],
): Promise<Trader> {
  const server = fork('node_modules/.cache/cex-bench/trade-server.mjs', [venue], { env: directEnvironment() });
  const { port } = await nextMessage<{ port: number }>(server);
  const subscribed = nextMessage<string>(server);
  const client = await open({ venue, via, port, keys: KEYS, quantity: QUANTITY });
  await subscribed;
  const { orders } = await ticks(server, WARM_UP, `${name} at ${venue} over ${via}`);
  const market = tickMarket(venue).id;
  const wanted = orders.map((_, tick): OrderFields => {
    return { market, side: 'buy', type: 'limit', price: askOfTick(tick), quantity: QUANTITY };
  });
  requireSame(`orders of ${name}`, { wanted, [name]: orders });
  return {
    async trade(count) {
      const startedAt = processorTime();
      const { delays } = await ticks(server, count, name);
      return { p50: median(delays), cpu: (processorTime() - startedAt) / count };
    },
    async close() {
      await client.close();
      server.disconnect();
    },
  };
}

interface Ended {
  readonly delays: readonly number[];
  readonly orders: readonly OrderFields[];
}

async function ticks(server: ChildProcess, count: number, who: string): Promise<Ended> {
  const ended = nextMessage<Ended>(server);
  server.send({ ticks: count });
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${who}: no end of ${count} trades`)), 60_000);
  });
  return Promise.race([ended, tooLong]).finally(() => clearTimeout(timer));
}

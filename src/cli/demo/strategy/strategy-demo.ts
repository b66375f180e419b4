import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EngineLine, type EngineProcess, startEngine } from './engine-process.js';
import { ACCOUNT, MARKETS, openStage, type Stage } from './stage.js';

/** What the strategy did in the demo; printed by `--json` as it is. */
export interface StrategySummary {
  /** Full cycles from IDLE to IDLE. */
  readonly cycles: number;
  /** Of all cycles, quote asset, after fees and funding. */
  readonly net: string;
  readonly fees: string;
  readonly funding: string;
  /** Every state in the order in which it was entered. */
  readonly states: readonly string[];
  /** How often the engine was ended in the middle. */
  readonly kills: number;
  readonly orders: number;
  readonly duplicates: number;
  /** Base asset without a counterpart at the end, over all venues. */
  readonly delta: string;
  readonly isBalanced: boolean;
  readonly problems: readonly string[];
}

/** The strategy in paper mode: an engine in a process of its own trades on a stage of simulated venues. */
export interface StrategyDemo {
  /** What happened, in words, with monotonic ms. */
  readonly life: readonly { readonly at: number; readonly text: string }[];
  summary(): StrategySummary;
  /** Resolves when a cycle is over, or when it cannot be any more. Never rejects. */
  readonly done: Promise<void>;
  close(): Promise<void>;
}

const PREMIUM = 0.015;
/** Ms after which the prices meet again. */
const HELD_MS = 700;
/** Ms for a cycle; a slow machine is no failure. */
const PATIENCE_MS = 60_000;
/** Too little to trade. */
const DUST = 0.2;

const TASK = {
  id: 'three-venues',
  markets: MARKETS,
  limits: { maxNotional: 1_000, minProfitBps: 25, exitProfitBps: 10, cooldownMs: 300, unwindSlippageBps: 100 },
};

/** @param kill ends the engine once while both legs are held, and starts it again. */
export async function startStrategyDemo(seed: number | undefined, kill: boolean): Promise<StrategyDemo> {
  const stage = await openStage(seed, (ms, run) => {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  });
  const folder = await mkdtemp(join(tmpdir(), 'cex-demo-'));
  const config = join(folder, 'venues.json');
  const venues = Object.fromEntries(
    MARKETS.map(({ venue }) => [venue, { endpoints: stage.simulator.endpoints(venue), credentials: ACCOUNT }]),
  );
  await writeFile(config, JSON.stringify({ venues }), { mode: 0o600 });
  const words = [
    '--cycles',
    '1',
    '--mode',
    'paper',
    '--config',
    config,
    '--journal',
    join(folder, 'tasks'),
    '--task',
    JSON.stringify(TASK),
  ];
  const demo = new Running(stage, folder, words, kill);
  demo.start();
  return demo;
}

export function isGoodStrategy({ cycles, duplicates, delta, isBalanced, problems }: StrategySummary): boolean {
  return cycles > 0 && duplicates === 0 && isBalanced && problems.length === 0 && Math.abs(Number(delta)) < DUST;
}

export function describeStrategy(summary: StrategySummary): string {
  const { cycles, net, fees, funding, kills, orders, duplicates, delta, problems } = summary;
  const earned = `${cycles} cycle${cycles === 1 ? '' : 's'}, net ${net} USDT after fees ${fees} and funding ${funding}`;
  const counts = `${orders} orders, ${duplicates} duplicates, ${delta} SOL open, ${kills} kills`;
  return `strategy: ${earned}; ${counts}${problems.map((problem) => `; ${problem}`).join('')}`;
}

class Running implements StrategyDemo {
  readonly life: { readonly at: number; readonly text: string }[] = [];
  readonly done: Promise<void>;
  readonly #stage: Stage;
  readonly #folder: string;
  readonly #words: readonly string[];
  readonly #states: string[] = ['IDLE'];
  readonly #problems: string[] = [];
  readonly #timers: NodeJS.Timeout[] = [];
  #engine: EngineProcess | undefined;
  #hasKilled: boolean;
  #hasHeld = false;
  #isOver = false;
  #kills = 0;
  #cycles = 0;
  #sums = { net: 0, fees: 0, funding: 0 };
  #end: () => void = () => undefined;

  constructor(stage: Stage, folder: string, words: readonly string[], kill: boolean) {
    this.#stage = stage;
    this.#folder = folder;
    this.#words = words;
    this.#hasKilled = !kill;
    this.done = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  start(): void {
    const patience = setTimeout(() => this.#fail('no cycle was over in time'), PATIENCE_MS);
    this.#timers.push(patience);
    // The demo may go on for longer than that.
    void this.done.then(() => clearTimeout(patience));
    this.#open();
  }

  summary(): StrategySummary {
    const { net, fees, funding } = this.#sums;
    const { orders, duplicates, delta, isBalanced } = this.#stage.truth();
    return {
      cycles: this.#cycles,
      net: net.toFixed(4),
      fees: fees.toFixed(4),
      funding: funding.toFixed(4),
      states: this.#states,
      kills: this.#kills,
      orders,
      duplicates,
      delta,
      isBalanced,
      problems: this.#problems,
    };
  }

  async close(): Promise<void> {
    this.#isOver = true;
    this.#end();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#engine?.stop();
    await this.#engine?.ended;
    await this.#stage.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #open(): void {
    const engine = startEngine(
      this.#words,
      (line) => this.#hear(line),
      (text) => this.#fail(text.trim()),
    );
    this.#engine = engine;
    void engine.ended.then((code) => {
      if (this.#isOver || this.#engine !== engine) return;
      if (code === 0 && this.#cycles > 0) this.#end();
      else this.#fail(`the engine ended with code ${code}`);
    });
  }

  #hear({ transition, cycle, alarm, refused, error }: EngineLine): void {
    if (alarm !== undefined) this.#note(`alarm: ${alarm.reason}`);
    if (refused !== undefined) this.#note(`an order was refused: ${refused.reason}`);
    if (error !== undefined) this.#note(`error: ${error.message}`);
    if (cycle !== undefined) this.#add(cycle.result);
    if (transition === undefined) return;
    this.#states.push(transition.to);
    this.#note(`${transition.from} -> ${transition.to} (${transition.event})`);
    if (transition.to === 'ANALYZING' && this.#cycles === 0) this.#stage.premium = PREMIUM;
    if (transition.to === 'MONITORING') this.#onHeld();
  }

  /** Both legs are held: perhaps a crash, then funding, then the prices meet. */
  #onHeld(): void {
    // An engine that was started again comes by here once more.
    if (this.#hasHeld) return;
    this.#hasHeld = true;
    const isKill = !this.#hasKilled;
    this.#hasKilled = true;
    if (isKill) this.#crash();
    this.#later(HELD_MS / 2, () => {
      this.#stage.payFunding();
      this.#note('funding was paid');
    });
    this.#later(HELD_MS, () => {
      this.#stage.premium = 0;
      this.#note('the prices have met');
    });
  }

  #crash(): void {
    this.#kills++;
    const old = this.#engine;
    this.#engine = undefined;
    old?.kill();
    this.#note('the engine was killed with SIGKILL');
    void old?.ended.then(() => {
      if (this.#isOver) return;
      this.#note('the engine starts again and takes up its task from the journal');
      this.#open();
    });
  }

  #add({ net, fees, funding }: { readonly net: string; readonly fees: string; readonly funding: string }): void {
    this.#cycles++;
    this.#sums.net += Number(net);
    this.#sums.fees += Number(fees);
    this.#sums.funding += Number(funding);
    this.#note(`cycle over: net ${net} USDT after fees ${fees} and funding ${funding}`);
  }

  #note(text: string): void {
    this.life.push({ at: performance.now(), text });
  }

  #fail(problem: string): void {
    if (this.#isOver) return;
    this.#problems.push(problem);
    this.#end();
  }

  #later(ms: number, run: () => void): void {
    this.#timers.push(setTimeout(run, ms));
  }
}

import type { Decimal } from '../../../index.js';
import { addDecimals, subtractDecimals, toDecimal } from '../../../model/decimal.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { type SimulatedVenueId, type Simulator, startSimulator } from '../../../simulator/index.js';

/** The markets of the demo's strategy: spot, perpetual, and spot somewhere else. */
export const MARKETS: readonly { readonly venue: SimulatedVenueId; readonly symbol: MarketSymbol }[] = [
  { venue: 'gateio_spot', symbol: 'SOL/USDT' },
  { venue: 'gateio_futures', symbol: 'SOL/USDT:USDT' },
  { venue: 'mexc_spot', symbol: 'SOL/USDT' },
];

export const ACCOUNT = { apiKey: 'mx0strategy', secretKey: 'a-secret-of-the-stage' } as const;

const BALANCES = { USDT: '20000', SOL: '100' };
const MID = 142;
const LEVELS = 5;
const REQUOTE_MS = 150;
const PERPETUAL = 1;

/** Simulated venues on which a scripted maker sets the prices, so that there is something to earn when it is time. */
export interface Stage {
  readonly simulator: Simulator;
  /** How much dearer the perpetual is than spot, fraction. */
  premium: number;
  /** Pays funding once, longs to shorts. */
  payFunding(): void;
  /** What the venues themselves say of the account. */
  truth(): StageTruth;
  close(): Promise<void>;
}

export interface StageTruth {
  readonly orders: number;
  /** Orders that share a client id with another. */
  readonly duplicates: number;
  /** Base asset without a counterpart, over all venues. */
  readonly delta: Decimal;
  /** Whether the simulator's own books add up. */
  readonly isBalanced: boolean;
}

/** @param every repeats something until its answer is called. */
export async function openStage(
  seed: number | undefined,
  every: (ms: number, run: () => void) => () => void,
): Promise<Stage> {
  const simulator = await startSimulator({
    venues: MARKETS.map(({ venue }) => venue),
    markets: ['SOL/USDT'],
    flow: { eventsPerSecond: 0, levels: 0, dislocationsPerMinute: 0 },
    accounts: [{ ...ACCOUNT, balances: BALANCES }],
    ...(seed === undefined ? {} : { seed }),
  });
  const resting = MARKETS.map((): number[] => []);
  let round = 0;
  const stage: Stage = {
    simulator,
    premium: 0,
    payFunding() {
      const perpetual = simulator.perpetual('gateio_futures', 'SOL/USDT:USDT');
      perpetual.forceFundingRate('0.0008');
      perpetual.settleFunding();
    },
    truth: () => truthOf(simulator),
    async close() {
      stop();
      await simulator.close();
    },
  };
  const requote = (): void => {
    round++;
    for (const [at, { venue, symbol }] of MARKETS.entries()) {
      for (const order of resting[at] ?? []) simulator.cancelOrder(venue, symbol, order);
      const mid = MID * (1 + (at === PERPETUAL ? stage.premium : 0)) + (round % 4) * 0.01;
      resting[at] = quote(simulator, venue, symbol, mid);
    }
  };
  requote();
  const stop = every(REQUOTE_MS, requote);
  return stage;
}

function quote(simulator: Simulator, venue: SimulatedVenueId, symbol: MarketSymbol, mid: number): number[] {
  const ids: number[] = [];
  for (let level = 1; level <= LEVELS; level++) {
    for (const side of ['buy', 'sell'] as const) {
      const price = (mid + (side === 'buy' ? -1 : 1) * level * 0.02).toFixed(2);
      ids.push(simulator.injectOrder(venue, { symbol, side, price, quantity: '500' }).orderId);
    }
  }
  return ids;
}

function truthOf(simulator: Simulator): StageTruth {
  const ids: string[] = [];
  let delta = toDecimal(0);
  for (const { venue } of MARKETS) {
    const account = simulator.account(ACCOUNT.apiKey, venue);
    for (const { clientOrderId = '' } of account.orders()) ids.push(clientOrderId);
    for (const { side, quantity, fee, feeAsset } of account.fills()) {
      delta = side === 'buy' ? addDecimals(delta, quantity) : subtractDecimals(delta, quantity);
      if (feeAsset === 'SOL') delta = subtractDecimals(delta, fee);
    }
  }
  const duplicates = ids.length - new Set(ids).size;
  return { orders: ids.length, duplicates, delta, isBalanced: simulator.audit().length === 0 };
}

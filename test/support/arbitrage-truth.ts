import type { TaskDetails } from '../../src/arbitrage/tasks/task-report.js';
import { addDecimals, compareDecimals, type Decimal, subtractDecimals, toDecimal } from '../../src/model/decimal.js';
import type { Simulator } from '../../src/simulator/index.js';
import type { SimulatedVenueId } from '../../src/simulator/profiles.js';

const ZERO = toDecimal(0);

/**
 * Holds what a task at rest remembers against the venues' own books. Empty = every quantity is accounted for, no order is
 * there twice, nothing stands open that could be traded, and no perpetual is still held.
 * @param most base asset that may stand open: the smallest order and the fees of the last cycle, which are known only when it is over.
 */
export function compareWithTruth(simulator: Simulator, apiKey: string, task: TaskDetails, most: number): string[] {
  const found: string[] = [];
  let delta = ZERO;
  for (const [at, { venue, symbol }] of task.terms.markets.entries()) {
    const account = simulator.account(apiKey, venue as SimulatedVenueId);
    const orders = account.orders().filter((order) => order.symbol === symbol);
    const ids = orders.map(({ clientOrderId }) => clientOrderId);
    if (new Set(ids).size < ids.length) found.push(`${venue}: a duplicate order`);
    const base = symbol.split('/')[0];
    let truth: Decimal = ZERO;
    for (const fill of account.fills()) {
      if (fill.symbol !== symbol) continue;
      const { side, quantity, fee, feeAsset } = fill;
      truth = side === 'buy' ? addDecimals(truth, quantity) : subtractDecimals(truth, quantity);
      if (feeAsset === base) truth = subtractDecimals(truth, fee);
    }
    delta = addDecimals(delta, truth);
    if (compareDecimals(truth, task.carried[at] as Decimal) !== 0)
      found.push(`${venue}: ${truth} at the venue, ${task.carried[at]} remembered`);
    if (symbol.includes(':') && Math.abs(Number(truth)) >= most) found.push(`${venue}: a position of ${truth} is left`);
  }
  if (Math.abs(Number(delta)) >= most) found.push(`${delta} stand open`);
  for (const wrong of simulator.audit()) found.push(`the ledger: ${JSON.stringify(wrong)}`);
  return found;
}

import type { Simulator } from '../../simulator/index.js';

/** Frames that one venue loses. */
const DROPPED = 4;

/** Damages both connections, each in its own way. Returns what was done, in words. */
export function injectFaults(simulator: Simulator): string[] {
  simulator.faults.cut('mexc_spot');
  simulator.faults.drop('gateio_spot', { times: DROPPED });
  return ['cut the sockets of mexc_spot', `dropped ${DROPPED} frames of gateio_spot`];
}

/** How many faults really happened; a connection that is cut counts once. */
export function countFaults(simulator: Simulator): number {
  return Object.values(simulator.faults.counts()).reduce((sum, count) => sum + count, 0);
}

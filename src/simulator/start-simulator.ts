import type { Clock } from '../transport/clock.js';
import type { VirtualClock } from '../transport/virtual-clock.js';
import type { SimulatorOptions as AnyOptions } from './options.js';
import { PROFILES, type SimulatedVenueId } from './profiles.js';
import { type Simulator as AnySimulator, createSimulator } from './simulator.js';

/** A running simulated exchange. `C` = its clock. */
export type Simulator<C extends Clock = Clock> = AnySimulator<SimulatedVenueId, C>;

/** All optional: BTC/USDT and ETH/USDT on all venues, real clock, lively flow, another seed each time. */
export type SimulatorOptions = AnyOptions<SimulatedVenueId>;

/**
 * Starts a simulated exchange that speaks the venues' own wire protocols.
 * @throws {ConfigurationError} that names the option; nothing is left running then.
 */
export function startSimulator(
  options: SimulatorOptions & { readonly clock: 'virtual' },
): Promise<Simulator<VirtualClock>>;
export function startSimulator<C extends Clock>(
  options: SimulatorOptions & { readonly clock: C },
): Promise<Simulator<C>>;
export function startSimulator(options?: SimulatorOptions): Promise<Simulator>;
export function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  return createSimulator(options, PROFILES);
}

import { type Bounds, readNumbers } from '../read-options.js';

export interface DetectorOptions {
  /** Least net profit, bps of what is bought, after the fees of every execution. Default 25. */
  readonly minProfitBps?: number;
  /** Smallest worth of a leg, quote asset. Default 10. */
  readonly minNotional?: number;
  /** Largest worth of a leg, quote asset. Default 10,000. */
  readonly maxNotional?: number;
  /** A book that was proven longer ago is not used, ms. Default 5,000. */
  readonly maxAgeMs?: number;
  /** Levels per side that are looked at. Default 50. */
  readonly depth?: number;
  /** Funding payments within this time count, ms. Default 8 hours. */
  readonly fundingHorizonMs?: number;
}

export type DetectorSettings = Required<DetectorOptions>;

const DEFAULTS: DetectorSettings = {
  minProfitBps: 25,
  minNotional: 10,
  maxNotional: 10_000,
  maxAgeMs: 5_000,
  depth: 50,
  fundingHorizonMs: 8 * 3_600_000,
};

const BOUNDS: Readonly<Record<keyof DetectorSettings, Bounds>> = {
  minProfitBps: [-1_000, 10_000],
  minNotional: [0, 1e12],
  maxNotional: [0, 1e12],
  maxAgeMs: [1, 3_600_000],
  depth: [1, 5_000],
  fundingHorizonMs: [0, 30 * 86_400_000],
};

/** @throws {ConfigurationError} naming the option. */
export function readDetectorOptions(options: DetectorOptions): DetectorSettings {
  return readNumbers<DetectorSettings>(options, DEFAULTS, BOUNDS);
}

import { type Bounds, readNumbers } from '../read-options.js';

/** Bounds over all tasks of an engine. They hold for what opens; closing what is open is always allowed. */
export interface RiskLimits {
  /** Worth of the open legs of one base asset, quote asset. Default 10,000. */
  readonly maxCoinNotional?: number;
  /** Worth of all open legs, quote asset. Default 50,000. */
  readonly maxTotalNotional?: number;
  /** Legs that may be open or on their way at a time. Default 20. */
  readonly maxOpenLegs?: number;
  /** Once a UTC day has lost so much, nothing opens before the next, quote asset. Default 1,000. */
  readonly maxDailyLoss?: number;
  /** How far an order's limit may be from the middle of the other venues' books, bps. Default 300. */
  readonly priceBandBps?: number;
  /** Part of a perpetual leg's worth that has to be free as its margin. Default 1. */
  readonly marginFraction?: number;
  /** Failures of a venue within a minute that stop new legs there. Default 5. */
  readonly breakerFailures?: number;
  /** How long they stop, ms. Default 30,000. */
  readonly breakerMs?: number;
}

export type RiskSettings = Required<RiskLimits>;

const DEFAULTS: RiskSettings = {
  maxCoinNotional: 10_000,
  maxTotalNotional: 50_000,
  maxOpenLegs: 20,
  maxDailyLoss: 1_000,
  priceBandBps: 300,
  marginFraction: 1,
  breakerFailures: 5,
  breakerMs: 30_000,
};

const BOUNDS: Readonly<Record<keyof RiskSettings, Bounds>> = {
  maxCoinNotional: [0, 1e12],
  maxTotalNotional: [0, 1e12],
  maxOpenLegs: [0, 10_000],
  maxDailyLoss: [0, 1e12],
  priceBandBps: [1, 10_000],
  marginFraction: [0.001, 1],
  breakerFailures: [1, 1_000],
  breakerMs: [1, 86_400_000],
};

/** @throws {ConfigurationError} naming the limit. */
export function readRiskLimits(limits: RiskLimits): RiskSettings {
  return readNumbers<RiskSettings>(limits, DEFAULTS, BOUNDS, [], 'risk.');
}

import { ConfigurationError } from '../../errors/kinds.js';

/** How the synthetic traders behave. Rates and sizes are per market of one venue. */
export interface FlowSettings {
  /** Mean number of actions (order placed, taken back, market order) per second; following the price adds more. 0 = the book stands still. */
  readonly eventsPerSecond: number;
  /** Levels per side that the makers keep, about. 0 = an empty book. */
  readonly levels: number;
  /** Fraction of the actions that are market orders. */
  readonly takerShare: number;
  /** Standard deviation of the shared price over one second, basis points. */
  readonly volatilityBps: number;
  /** How often per minute one venue's price breaks away from the others, by 30 to 80 bps, for some seconds. */
  readonly dislocationsPerMinute: number;
}

/** `lively` and `calm` are presets; settings that are left out are those of `lively`. `off` keeps a book that stands still. */
export type FlowOption = 'lively' | 'calm' | 'off' | Partial<FlowSettings>;

const LIVELY: FlowSettings = {
  eventsPerSecond: 100,
  levels: 200,
  takerShare: 0.1,
  volatilityBps: 0.8,
  dislocationsPerMinute: 3,
};

const PRESETS: Readonly<Record<string, FlowSettings>> = {
  lively: LIVELY,
  calm: { eventsPerSecond: 20, levels: 100, takerShare: 0.08, volatilityBps: 0.3, dislocationsPerMinute: 0.5 },
  off: { ...LIVELY, eventsPerSecond: 0 },
};

const BOUNDS: Readonly<Record<keyof FlowSettings, number>> = {
  eventsPerSecond: 1_000_000,
  levels: 10_000,
  takerShare: 1,
  volatilityBps: 100,
  dislocationsPerMinute: 600,
};

/** @throws {ConfigurationError} that names the setting. */
export function readFlowOption(option: FlowOption | undefined): FlowSettings {
  if (option === undefined) return LIVELY;
  if (typeof option === 'string' && Object.hasOwn(PRESETS, option)) return PRESETS[option]!;
  if (typeof option !== 'object' || option === null) {
    throw new ConfigurationError({ field: 'flow', expected: "'lively', 'calm', 'off' or settings", received: option });
  }
  for (const [name, value] of Object.entries(option)) requireSetting(name, value);
  const settings = { ...LIVELY, ...option };
  if (Number.isInteger(settings.levels)) return settings;
  throw new ConfigurationError({ field: 'flow.levels', expected: 'a whole number', received: settings.levels });
}

function requireSetting(name: string, value: unknown): void {
  if (!Object.hasOwn(BOUNDS, name)) {
    throw new ConfigurationError({ field: `flow.${name}`, expected: Object.keys(BOUNDS).join(', '), received: value });
  }
  const bound = BOUNDS[name as keyof FlowSettings];
  if (typeof value === 'number' && value >= 0 && value <= bound) return;
  throw new ConfigurationError({ field: `flow.${name}`, expected: `a number from 0 to ${bound}`, received: value });
}

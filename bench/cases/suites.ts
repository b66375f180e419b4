import type { Suite } from '../measure/suite.js';
import { gateDepth, gateDepthAllocation } from './gate-depth.js';
import { gateEvents } from './gate-events.js';
import { mexcDepth, mexcDepthAllocation } from './mexc-depth.js';
import { mexcEvents } from './mexc-events.js';
import { mixed } from './mixed.js';

/** Everything that can be measured, in the order of the report. */
export const suites: readonly Suite[] = [
  mexcDepth,
  mexcDepthAllocation,
  mexcEvents,
  gateDepth,
  gateDepthAllocation,
  gateEvents,
  mixed,
];

import type { Suite } from '../measure/suite.js';
import { bookUpdate } from './book.js';
import { bookRead } from './book-read.js';
import { bothLegs } from './both-legs.js';
import { bundle } from './bundle.js';
import { delivery } from './delivery.js';
import { detector } from './detector.js';
import { e2eBooks } from './e2e-books.js';
import { e2eLatency } from './e2e-latency.js';
import { gateDepth, gateDepthAllocation } from './gate-depth.js';
import { gateEvents } from './gate-events.js';
import { imports } from './imports.js';
import { logging } from './logging.js';
import { machine } from './machine.js';
import { memory } from './memory.js';
import { mexcDepth, mexcDepthAllocation } from './mexc-depth.js';
import { mexcEvents } from './mexc-events.js';
import { mixed } from './mixed.js';
import { orders } from './orders.js';
import { perpetualTrades } from './perpetual-trades.js';
import { rest } from './rest.js';
import { scale } from './scale.js';
import { signing } from './signing.js';
import { stages } from './stages.js';
import { symbols } from './symbols.js';
import { tickToTrade } from './tick-to-trade.js';

/** Everything that can be measured, in the order of the report. */
export const suites: readonly Suite[] = [
  mexcDepth,
  mexcDepthAllocation,
  mexcEvents,
  gateDepth,
  gateDepthAllocation,
  gateEvents,
  perpetualTrades,
  mixed,
  bookUpdate,
  bookRead,
  e2eBooks,
  e2eLatency,
  delivery,
  symbols,
  logging,
  memory,
  signing,
  stages,
  rest,
  orders,
  tickToTrade,
  scale,
  detector,
  machine,
  bothLegs,
  imports,
  bundle,
];

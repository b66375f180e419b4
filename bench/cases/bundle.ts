import { bundleSize } from '../measure/bundle-size.js';
import { atMost, judge } from '../measure/result.js';
import type { Suite } from '../measure/suite.js';

const MARKET_DATA = `export {
  createGateioFuturesPublic,
  createGateioPublic,
  createMexcFuturesPublic,
  createMexcPublic,
} from './src/index.js';`;

/** What a program bundles that reads market data of both venues, all that it may load later included, without ws and undici. */
export const bundle: Suite = {
  ids: ['bundle'],
  async run() {
    const market = await bundleSize(MARKET_DATA, process.cwd());
    const whole = await bundleSize(`export * from './src/index.js';`, process.cwd());
    return [
      judge({
        id: 'bundle',
        samples: [market.total],
        unit: 'kB',
        goal: atMost(60),
        baseline: 'esbuild, minified, each file gzipped; spot and futures, REST, streams and books',
        detail: `${market.later.toFixed(1)} kB of it, protobufjs above all, loaded later; with trading ${whole.total.toFixed(1)} kB`,
      }),
    ];
  },
};

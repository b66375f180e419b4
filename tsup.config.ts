import { defineConfig, type Options } from 'tsup';

/** Output name → source of every public entry; the same list as `exports` in package.json. */
const library = {
  index: 'src/index.ts',
  'mexc/index': 'src/venues/mexc/index.ts',
  'gateio/index': 'src/venues/gateio/index.ts',
  'adapter/index': 'src/adapter/index.ts',
  'simulator/index': 'src/simulator/index.ts',
  'arbitrage/index': 'src/arbitrage/index.ts',
  'config/index': 'src/config/index.ts',
  'observability/index': 'src/observability/index.ts',
};

/**
 * No entry of the package: it makes the bundler keep apart what who only reads market data needs, so that another bundler can
 * leave out the rest.
 */
const apart = { 'apart/market-data': 'src/market-data.ts' };

const shared: Options = {
  outDir: 'dist',
  platform: 'node',
  target: 'node20',
  // One ExchangeError class for all entries of a format.
  splitting: true,
  clean: false,
  minify: false,
  sourcemap: false,
  external: ['yaml'],
  removeNodeProtocol: false,
};

export default defineConfig([
  {
    ...shared,
    // A quarter less to read at the import; names stay, so that a stack says where it is. What turns ES modules into CommonJS
    // does not read code without blanks.
    esbuildOptions: (options) => {
      options.minifyWhitespace = true;
      options.minifySyntax = true;
    },
    format: 'esm',
    entry: { ...library, ...apart, 'cli/index': 'src/cli/index.ts' },
    dts: { entry: library },
  },
  { ...shared, format: 'cjs', entry: library, dts: { entry: library } },
]);

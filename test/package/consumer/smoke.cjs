/**
 * What a program does with the installed package, the same for ESM and CommonJS. `load` gets a module by its name.
 * Prints one line per check and ends with code 0 only if all held.
 */
async function smoke(load) {
  const sdk = await load('@cex/sdk');
  const { mexcSpot, mexcFutures } = await load('@cex/sdk/mexc');
  const { gateioSpot, gateioFutures } = await load('@cex/sdk/gateio');
  const { defineVenue, ValidationError } = await load('@cex/sdk/adapter');
  const { startSimulator } = await load('@cex/sdk/simulator');
  const { loadConfig } = await load('@cex/sdk/config');
  const { createMetrics, createRingLogger } = await load('@cex/sdk/observability');

  check('entries share one class of errors', ValidationError === sdk.ValidationError);
  check('errors keep their names', new sdk.TimeoutError({ message: '', outcome: 'unknown' }).name === 'TimeoutError');
  check(
    'venues are the same values everywhere',
    sdk.venues.mexc_spot === mexcSpot &&
      sdk.venues.mexc_futures === mexcFutures &&
      sdk.venues.gateio_spot === gateioSpot &&
      sdk.venues.gateio_futures === gateioFutures,
  );
  check('a venue is a value', defineVenue(mexcSpot) === mexcSpot);
  check('configuration loads', (await loadConfig({ text: '{}' })).forVenue('mexc_spot').options !== undefined);
  const metrics = createMetrics();
  const logger = createRingLogger({ now: () => 0 });

  const credentials = { apiKey: 'mx0smoke', secretKey: 'a-secret-of-the-simulator' };
  const accounts = [{ ...credentials, balances: { USDT: '10000' } }];
  const simulator = await startSimulator({ seed: 7, markets: ['BTC/USDT'], accounts });
  try {
    for (const [venue, symbol] of [
      ['mexc_spot', 'BTC/USDT'],
      ['mexc_futures', 'BTC/USDT:USDT'],
      ['gateio_spot', 'BTC/USDT'],
      ['gateio_futures', 'BTC/USDT:USDT'],
    ]) {
      const endpoints = simulator.endpoints(venue);
      const exchange = sdk.createPublicExchange(venue, { endpoints, metrics, logger });
      try {
        const snapshot = await exchange.getOrderBook(symbol, { depth: 5 });
        check(`${venue}: REST gives a book`, snapshot.bids[0].price < snapshot.asks[0].price);
        const book = exchange.watchOrderBook(symbol);
        await book.ready;
        check(
          `${venue}: the stream keeps a live book`,
          book.state === 'live' && book.bestBid.price < book.bestAsk.price,
        );
        const refused = await exchange.getTicker('NO/SUCH').catch((error) => error);
        check(`${venue}: an unknown symbol is refused`, sdk.isExchangeError(refused, 'invalid_symbol'));
      } finally {
        await exchange.close();
      }
    }
    const futures = sdk.createGateioFuturesPrivate({ credentials, endpoints: simulator.endpoints('gateio_futures') });
    try {
      const opened = await futures.placeMarketOrder({ symbol: 'BTC/USDT:USDT', side: 'sell', quantity: '0.01' });
      check('gateio_futures: a short is opened in base asset', opened.filledQuantity === '0.01');
      await futures.positions.closePosition({ symbol: 'BTC/USDT:USDT' });
      check('gateio_futures: and closed', (await futures.positions.getPositions()).length === 0);
    } finally {
      await futures.close();
    }
    check('metrics reach the sink', Object.keys(metrics.snapshot().counters).length > 0);
  } finally {
    await simulator.close();
  }
}

function check(what, holds) {
  console.log(`${holds ? 'ok' : 'not ok'} ${what}`);
  if (!holds) process.exitCode = 1;
}

module.exports = { smoke };

if (require.main === module) {
  smoke(require).catch((error) => {
    console.log(`not ok ${error.stack}`);
    process.exitCode = 1;
  });
}

/** What `cex --help` prints. */
export const HELP = `cex: MEXC and Gate.io, spot and perpetual futures, real or simulated

Usage
  cex book VENUE SYMBOL [--json] [--sim]
      A live order book: cex book mexc_spot BTC/USDT, or cex book mexc_futures BTC/USDT:USDT
      VENUE: mexc_spot, mexc_futures, gateio_spot, gateio_futures (settled in USDT) or gateio_futures_btc (in BTC)
      --json          one JSON object per line, at most ten a second
      --sim           from a simulated exchange instead of the real one
  cex sim [--port N] [--seed N]
      Serves the simulated exchanges on 127.0.0.1 until Ctrl-C.
      --port N        port of mexc_spot (default 18080); the next ones are those of gateio_spot, mexc_futures,
                      gateio_futures and gateio_futures_btc
      --seed N        the same seed gives the same traders
  cex arb scan [SYMBOL...] [--min-bps N] [--seconds N] [--json] [--sim]
      What pays between the venues, after fees, spot and perpetuals (default BTC/USDT and ETH/USDT, 25 bps).
  cex arb run --journal PATH [--task JSON|@FILE] [--config FILE] [--mode MODE] [--confirm TEXT] [--cycles N]
      [--start TASK] [--quarantine] [--json]
      Runs the tasks of a journal, and the one given. MODE: dry-run (default) sends nothing, paper takes loopback
      venues only, live wants --confirm 'I trade real money'. Keys come from the file or from variables such as
      CEX_MEXC_SPOT_API_KEY. --start sets a task going that was halted; --quarantine takes over what can be read of a
      damaged journal, whose tasks are halted then.
  cex arb tasks --journal PATH, cex arb show TASK --journal PATH, cex arb states
      What a journal says, as JSON; the states of the strategy, as Markdown.
  cex demo [--seconds N] [--json] [--live] [--kill] [--seed N]
      Live books of two exchanges side by side, with faults on the way; checked against the simulator's own books.
      --seconds N     how long, 1 to 86400 (default 20)
      --json          only the summary, as one JSON object
      --live          the real exchanges: no faults, nothing to check against
      --kill          ends the strategy's engine in the middle with SIGKILL, and starts it again
      --seed N        the same seed gives the same traders
  cex --help, cex --version

Exit codes: 0 fine, 1 failed (demo: a book was not live at the end, or wrong), 2 bad input.
`;

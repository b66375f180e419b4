/** What `cex --help` prints. */
export const HELP = `cex: market data of MEXC and Gate.io, live or simulated

Usage
  cex book VENUE SYMBOL [--json] [--sim]
      A live order book: cex book mexc_spot BTC/USDT
      --json          one JSON object per line, at most ten a second
      --sim           from a simulated exchange instead of the real one
  cex sim [--port N] [--seed N]
      Serves the simulated exchanges on 127.0.0.1 until Ctrl-C.
      --port N        port of mexc_spot; gateio_spot has the next one (default 18080)
      --seed N        the same seed gives the same traders
  cex demo [--seconds N] [--json] [--live] [--seed N]
      Live books of two exchanges side by side, with faults on the way; checked against the simulator's own books.
      --seconds N     how long, 1 to 86400 (default 20)
      --json          only the summary, as one JSON object
      --live          the real exchanges: no faults, nothing to check against
      --seed N        the same seed gives the same traders
  cex --help, cex --version

Exit codes: 0 fine, 1 failed (demo: a book was not live at the end, or wrong), 2 bad input.
`;

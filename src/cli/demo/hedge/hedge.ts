import { refOf } from '../../../exchange/orders/order-ref.js';
import {
  addDecimals,
  type Credentials,
  createExchangePair,
  type Decimal,
  divideDecimals,
  type ExchangePair,
  isExchangeError,
  isFinal,
  isZero,
  type Order,
  type PositionsFacet,
  type PrivateExchange,
  roundToStep,
  subtractDecimals,
  supportsPositions,
  toDecimal,
} from '../../../index.js';
import type { SimulatedVenueId, Simulator } from '../../../simulator/index.js';
import type { Clock } from '../../../transport/clock.js';
import type { DemoPerpetual } from '../markets.js';
import { whenReady } from '../when-ready.js';
import type { HedgeSummary } from './hedge-summary.js';
import { reckonHedge } from './reckon-hedge.js';

const START = '10000';
const BASE = 'BTC';
const QUOTE = 'USDT';
const ZERO = toDecimal('0');

/** The account of the hedges, at every simulated venue. It begins without any base asset. */
export const HEDGE_ACCOUNT = {
  apiKey: 'mx0hedge',
  secretKey: 'a-secret-of-the-hedge',
  balances: { [QUOTE]: START },
} as const satisfies Credentials & { balances: Record<string, string> };

const QUANTITY = '0.05';
const LEVERAGE = 3;
/** How much worse than the best price the purchase may be, fraction. */
const SLIPPAGE = 0.005;
/** The price may run away from an order that does not wait. */
const TRIES = 5;
const SETTLED_EVERY_MS = 100;
const SETTLED_TRIES = 100;

/** Buys spot, sells as much of the perpetual, takes the funding, closes both, and reckons what is left of it. */
export class Hedge {
  /** What happened, in words, with monotonic ms. */
  readonly life: { readonly at: number; readonly text: string }[] = [];
  /** Of the perpetual. */
  readonly venue: SimulatedVenueId;
  readonly #simulator: Simulator;
  readonly #market: DemoPerpetual;
  readonly #clock: Clock;
  readonly #spot: ExchangePair;
  readonly #perpetual: ExchangePair;
  readonly #problems: string[] = [];
  #quantity = ZERO;
  #result = reckonHedge({ base: BASE, spot: [], perpetual: [], payments: [] });

  constructor(simulator: Simulator, market: DemoPerpetual, clock: Clock) {
    const open = (venue: SimulatedVenueId): ExchangePair =>
      createExchangePair(venue, { credentials: HEDGE_ACCOUNT, endpoints: simulator.endpoints(venue) });
    this.venue = market.venue;
    this.#simulator = simulator;
    this.#market = market;
    this.#clock = clock;
    this.#spot = open(market.spotVenue);
    this.#perpetual = open(market.venue);
  }

  /**
   * Never rejects: what goes wrong is part of the summary.
   * @param pause lets people look, between two steps.
   */
  async run(pause: () => Promise<void>): Promise<void> {
    try {
      await pause();
      await this.#open();
      await pause();
      await this.#fund();
      await pause();
      await this.#close();
      await this.#reckon();
    } catch (error) {
      this.#problems.push(isExchangeError(error) ? error.message : String(error));
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#spot.close(), this.#perpetual.close()]);
  }

  summary(): HedgeSummary {
    const { spotVenue, venue } = this.#market;
    const accounts = [spotVenue, venue].map((at) => this.#simulator.account(HEDGE_ACCOUNT.apiKey, at));
    const held = (asset: string): Decimal =>
      accounts
        .flatMap((account) => Object.entries(account.balances()))
        .flatMap(([name, { free, locked }]) => (name === asset ? [free, locked] : []))
        .reduce(addDecimals, ZERO);
    const started = addDecimals(toDecimal(START), toDecimal(START));
    return {
      spot: spotVenue,
      perpetual: venue,
      quantity: this.#quantity,
      ...this.#result,
      ledgerPnl: subtractDecimals(held(QUOTE), started),
      ledgerLeft: held(BASE),
      isFlat: accounts.every((account) => account.positions().length === 0),
      problems: this.#problems,
    };
  }

  async #open(): Promise<void> {
    const { symbol } = this.#market;
    await this.#buySpot();
    const { free } = await this.#spot.private.getBalance(BASE);
    const { lotSize } = await this.#perpetual.public.getInstrument(symbol);
    this.#quantity = roundToStep(free, lotSize, 'down');
    const positions = this.#positions();
    await positions.setLeverage({ symbol, leverage: LEVERAGE });
    const side = (await positions.getPositionMode()) === 'hedge' ? ({ positionSide: 'short' } as const) : {};
    await this.#send(this.#perpetual.private, (exchange) =>
      exchange.placeMarketOrder({ symbol, side: 'sell', quantity: this.#quantity, ...side }),
    );
    const position = await positions.getPosition({ symbol, side: 'short' });
    const short = `short ${position?.quantity ?? ZERO} of the perpetual at ${position?.entryPrice ?? '-'}`;
    this.#note(`hedged: long ${free} ${BASE} on spot, ${short}, ${subtractDecimals(free, this.#quantity)} open`);
  }

  /** Some venues know a market purchase by its value only: this one has a limit, and does not wait. */
  async #buySpot(): Promise<void> {
    const symbol = this.#market.spotSymbol;
    const { tickSize } = await this.#spot.public.getInstrument(symbol);
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const { askPrice = 0 } = await this.#spot.public.getBookTicker(symbol);
      const price = roundToStep(toDecimal(askPrice * (1 + SLIPPAGE)), tickSize, 'up');
      const bought = await this.#send(this.#spot.private, (exchange) =>
        exchange.placeLimitOrder({ symbol, side: 'buy', quantity: QUANTITY, price, timeInForce: 'IOC' }),
      );
      if (!isZero(bought.filledQuantity)) return;
    }
  }

  async #fund(): Promise<void> {
    const { venue, symbol } = this.#market;
    this.#simulator.perpetual(venue, symbol).settleFunding();
    for (const { amount, rate } of await this.#positions().getFundingPayments(symbol)) {
      this.#note(`funding: ${amount} ${QUOTE}${rate === undefined ? '' : ` at a rate of ${rate}`}`);
    }
  }

  async #close(): Promise<void> {
    const { symbol, spotSymbol } = this.#market;
    await this.#send(this.#perpetual.private, () => this.#positions().closePosition({ symbol, side: 'short' }));
    const { lotSize } = await this.#spot.public.getInstrument(spotSymbol);
    const { free } = await this.#spot.private.getBalance(BASE);
    const quantity = roundToStep(free, lotSize, 'down');
    await this.#send(this.#spot.private, (exchange) =>
      exchange.placeMarketOrder({ symbol: spotSymbol, side: 'sell', quantity }),
    );
  }

  async #reckon(): Promise<void> {
    const { symbol, spotSymbol } = this.#market;
    const [spot, perpetual, payments] = await Promise.all([
      this.#spot.private.getFills(spotSymbol),
      this.#perpetual.private.getFills(symbol),
      this.#positions().getFundingPayments(symbol),
    ]);
    this.#result = reckonHedge({ base: BASE, spot, perpetual, payments });
    const { realizedPnl, fees, funding } = this.#result;
    this.#note(`closed: ${realizedPnl} ${QUOTE} realised, after fees ${fees} and funding ${funding}`);
  }

  /** Places an order and asks for it until it has ended. */
  async #send(exchange: PrivateExchange, place: (exchange: PrivateExchange) => Promise<Order>): Promise<Order> {
    let order = await whenReady(
      exchange,
      () => place(exchange),
      (text) => this.#note(text),
    );
    for (let attempt = 1; !isFinal(order.state) && attempt <= SETTLED_TRIES; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, SETTLED_EVERY_MS));
      order = await exchange.getOrder(refOf(order));
    }
    this.#tell(exchange === this.#spot.private ? 'spot' : 'perpetual', order);
    return order;
  }

  #positions(): PositionsFacet {
    const { private: account } = this.#perpetual;
    if (supportsPositions(account)) return account.positions;
    throw new TypeError(`${account.venue} has no positions`);
  }

  #tell(leg: string, { side, filledQuantity, filledQuoteQuantity, state }: Order): void {
    const isPriced = filledQuoteQuantity !== undefined && !isZero(filledQuantity);
    const price = isPriced ? ` at ${divideDecimals(filledQuoteQuantity, filledQuantity, 2)}` : '';
    this.#note(`${leg} ${side} ${filledQuantity} ${BASE}${price}: ${state}`);
  }

  #note(text: string): void {
    this.life.push({ at: this.#clock.monotonic(), text });
  }
}

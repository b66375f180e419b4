import { refOf } from '../../exchange/orders/order-ref.js';
import {
  type Credentials,
  createPrivateExchange,
  type Decimal,
  isExchangeError,
  type Order,
  type PrivateExchange,
  type PublicExchange,
  roundToStep,
  supportsAmend,
  toDecimal,
} from '../../index.js';
import type { MarketSymbol } from '../../model/symbol.js';
import type { SimulatedVenueId, Simulator } from '../../simulator/index.js';
import type { Clock } from '../../transport/clock.js';
import { whenReady } from './when-ready.js';

/** The account of the demo, at every simulated venue. */
export const DEMO_ACCOUNT = {
  apiKey: 'mx0demo',
  secretKey: 'a-secret-of-the-simulator',
  balances: { USDT: '10000', BTC: '1' },
} as const satisfies Credentials & { balances: Record<string, string> };

const SYMBOL: MarketSymbol = 'BTC/USDT';
const QUANTITY = '0.002';
/** An answer that does not come in this time counts as lost, ms. */
const TIMEOUT_MS = 1_000;
const PLACING: Readonly<Record<SimulatedVenueId, string>> = {
  mexc_spot: 'POST /api/v3/order',
  mexc_futures: 'POST /api/v1/private/order/create',
  gateio_spot: 'POST /api/v4/spot/orders',
  gateio_futures: 'POST /api/v4/futures/usdt/orders',
  gateio_futures_btc: 'POST /api/v4/futures/btc/orders',
};

/** What one trader did; what the venue itself says of it. */
export interface TradingSummary {
  readonly venue: string;
  /** Orders at the venue. */
  readonly orders: number;
  readonly fills: number;
  /** Orders whose answer got lost and that were found all the same. */
  readonly recovered: number;
  /** Orders at the venue that nobody asked for. */
  readonly duplicates: number;
  /** What went wrong, in words. */
  readonly problems: readonly string[];
}

/** Trades a little on one simulated venue: places, changes, cancels and fills orders, and loses an answer on the way. */
export class Trader {
  /** Each order's life, in words, with monotonic ms. */
  readonly life: { readonly at: number; readonly text: string }[] = [];
  readonly venue: SimulatedVenueId;
  readonly #simulator: Simulator;
  readonly #market: PublicExchange;
  readonly #exchange: PrivateExchange;
  readonly #clock: Clock;
  readonly #problems: string[] = [];
  #pause: () => Promise<void> = async () => undefined;
  #asked = 0;
  #recovered = 0;

  constructor(simulator: Simulator, market: PublicExchange, clock: Clock) {
    this.venue = market.venue as SimulatedVenueId;
    this.#simulator = simulator;
    this.#market = market;
    this.#clock = clock;
    this.#exchange = createPrivateExchange(this.venue, {
      credentials: DEMO_ACCOUNT,
      endpoints: simulator.endpoints(this.venue),
      timeoutMs: TIMEOUT_MS,
    });
  }

  /**
   * Never rejects: what goes wrong is part of the summary.
   * @param pause lets people look, between two orders.
   */
  async run(pause: () => Promise<void>): Promise<void> {
    this.#pause = pause;
    try {
      const orders = this.#exchange.watchOrders((order) => this.#tell(order));
      await orders.ready;
      await this.#restAndCancel();
      await this.#order('market buy', () =>
        this.#exchange.placeMarketOrder({ symbol: SYMBOL, side: 'buy', quoteQuantity: '200' }),
      );
      await this.#loseAnAnswer();
      await this.#order('market sell', () =>
        this.#exchange.placeMarketOrder({ symbol: SYMBOL, side: 'sell', quantity: QUANTITY }),
      );
    } catch (error) {
      this.#problems.push(isExchangeError(error) ? error.message : String(error));
    }
  }

  /** Cancels what rests and closes. */
  async close(): Promise<void> {
    await this.#exchange.close({ cancelOrders: 'own' });
  }

  summary(): TradingSummary {
    const account = this.#simulator.account(DEMO_ACCOUNT.apiKey, this.venue);
    const orders = account.orders().length;
    return {
      venue: this.venue,
      orders,
      fills: account.fills().length,
      recovered: this.#recovered,
      duplicates: Math.max(0, orders - this.#asked),
      problems: this.#problems,
    };
  }

  /** A resting order is changed where the venue can do that, replaced where it cannot, and canceled. */
  async #restAndCancel(): Promise<void> {
    const [low, lower] = [await this.#price(0.98), await this.#price(0.97)];
    const resting = await this.#place(low);
    await this.#pause();
    if (supportsAmend(this.#exchange)) {
      await this.#exchange.amend.amendOrder({ ...refOf(resting), price: lower });
      await this.#exchange.cancelOrder(refOf(resting));
    } else {
      await this.#exchange.cancelOrder(refOf(resting));
      await this.#exchange.cancelOrder(refOf(await this.#place(lower)));
    }
  }

  /** The venue takes the order, its answer never comes: the order must be found, and not be placed again. */
  async #loseAnAnswer(): Promise<void> {
    const price = await this.#price(0.98);
    let isArmed = false;
    const order = await this.#order('limit buy', () => {
      // Only now: the hedge places orders at this venue, too.
      if (!isArmed) this.#simulator.faults.timeoutHttp(this.venue, PLACING[this.venue]);
      isArmed = true;
      this.#note('its answer will be lost after the order was taken');
      return this.#limitBuy(price);
    });
    this.#recovered++;
    this.#note(`found again as ${order.orderId}, ${order.state}`);
    await this.#exchange.cancelOrder(refOf(order));
  }

  #place(price: Decimal): Promise<Order> {
    return this.#order('limit buy', () => this.#limitBuy(price));
  }

  #limitBuy(price: Decimal): Promise<Order> {
    return this.#exchange.placeLimitOrder({ symbol: SYMBOL, side: 'buy', quantity: QUANTITY, price });
  }

  async #order(what: string, place: () => Promise<Order>): Promise<Order> {
    await this.#pause();
    this.#asked++;
    this.#note(what);
    return whenReady(this.#exchange, place, (text) => this.#note(text));
  }

  async #price(factor: number): Promise<Decimal> {
    const { tickSize } = await this.#market.getInstrument(SYMBOL);
    const { bidPrice = 0 } = await this.#market.getBookTicker(SYMBOL);
    return roundToStep(toDecimal(bidPrice * factor), tickSize, 'down');
  }

  #tell({ side, type, price, quantity, quoteQuantity, filledQuantity, state }: Order): void {
    const size = quantity ?? `${quoteQuantity} USDT of`;
    const at = type === 'market' ? 'at market' : `at ${price}`;
    this.#note(`${side} ${size} BTC ${at}: ${state}${filledQuantity === '0' ? '' : `, ${filledQuantity} filled`}`);
  }

  #note(text: string): void {
    // The venue's id alone is no news for people.
    if (this.life.at(-1)?.text === text) return;
    this.life.push({ at: this.#clock.monotonic(), text });
  }
}

import type { Decimal } from '../../../src/model/decimal.js';
import type { MarketSymbol } from '../../../src/model/symbol.js';
import { type AccountOption, readAccounts } from '../../../src/simulator/accounts/account-options.js';
import { parseAmount } from '../../../src/simulator/accounts/amount.js';
import type { PerpetualTerms, VenueWire } from '../../../src/simulator/contract.js';
import { createVenue } from '../../../src/simulator/create-venue.js';
import { createFaults } from '../../../src/simulator/faults/faults.js';
import { readFlowOption } from '../../../src/simulator/flow/flow-options.js';
import type { MarketOption } from '../../../src/simulator/market-spec.js';
import { leverPerpetual } from '../../../src/simulator/perpetual-levers.js';
import type { FuturesModel } from '../../../src/simulator/positions/futures-model.js';
import type { FuturesOrderRequest } from '../../../src/simulator/positions/futures-request.js';
import type { FuturesRules } from '../../../src/simulator/positions/futures-rules.js';
import { Trace } from '../../../src/simulator/trace.js';
import { createSeededRandom } from '../../../src/transport/seeded-random.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';

export const LINEAR = 'BTC/USDT:USDT';
export const INVERSE = 'BTC/USD:BTC';

const decimal = (text: string) => text as Decimal;
const tier = (
  n: number,
  limit: string,
  initial: string,
  maintenance: string,
  maxLeverage: number,
  deduction: string,
) => ({
  tier: n,
  limit: decimal(limit),
  initialRate: decimal(initial),
  maintenanceRate: decimal(maintenance),
  maxLeverage,
  deduction: decimal(deduction),
});

/** Round numbers: one contract is 0.1 BTC, or 100 dollars; the second tier begins at 10,000. */
const ROUND_TERMS = (settle: string, isInverse: boolean): PerpetualTerms => ({
  settle,
  isInverse,
  contractSize: decimal(isInverse ? '100' : '0.1'),
  minContracts: decimal('1'),
  maxContracts: decimal('100000'),
  markDecimals: 2,
  minLeverage: 1,
  maxLeverage: 100,
  tiersBy: 'value',
  tiers: [tier(1, '10000', '0.01', '0.005', 100, '0'), tier(2, '1000000', '0.02', '0.01', 50, '50')],
  fundingIntervalMs: 3_600_000,
  maxFundingRate: decimal('0.003'),
  interestRate: decimal('0.0001'),
  maxPriceDeviation: decimal('0.5'),
});

const RULES: FuturesRules = {
  orderId: String,
  impossibleOrders: 'refused',
  emptyBook: 'refused',
  excessReduce: 'shrunk',
  priceBand: 'both',
  maxOpenOrders: 50,
  positionMode: 'one_way',
  marginMode: 'isolated',
  leverage: 10,
  terms: ({ settle, isInverse }) => ROUND_TERMS(settle, isInverse),
};

const ACCOUNT: AccountOption = { apiKey: 'alice', secretKey: 'x', balances: { USDT: '1000', BTC: '10' } };

/** A futures venue with empty books that stand still at 1,000, and nobody but the accounts. */
export function createFuturesWorld(
  options: {
    readonly accounts?: readonly AccountOption[];
    readonly rules?: Partial<FuturesRules>;
    readonly markets?: readonly MarketOption[];
    readonly seed?: number;
  } = {},
) {
  const clock = createVirtualClock({ startAt: 1_767_225_600_000 });
  const prices = { startPrice: 1_000, priceDecimals: 1, quantityDecimals: 0, makerFee: '0.0002', takerFee: '0.0005' };
  const markets = options.markets ?? [LINEAR, INVERSE].map((symbol) => ({ symbol, ...prices }) as MarketOption);
  const world = {
    clock,
    random: createSeededRandom(options.seed ?? 1),
    trace: new Trace(),
    walks: new Map(),
    flow: readFlowOption({ eventsPerSecond: 0, levels: 0, volatilityBps: 0 }),
    accounts: readAccounts(options.accounts ?? [ACCOUNT]),
    countFault() {},
    spotMarkets: new Map(),
    exchanges: new Map(),
  };
  let model: FuturesModel | undefined;
  const wire: VenueWire = {
    http: () => ({ status: 200, headers: {}, body: '' }),
    connect: () => ({ receive() {}, closed() {} }),
    close() {},
  };
  const venue = createVenue(
    'futures',
    {
      kind: 'futures',
      exchange: 'echo',
      hosts: { rest: 'https://echo.test', ws: 'wss://echo.test' },
      fees: { makerFee: '0.0002', takerFee: '0.0005' },
      rules: { ...RULES, ...options.rules },
      createWire: (given) => {
        model = given;
        return wire;
      },
    },
    markets,
    world,
    { change() {}, trade() {} },
  );
  venue.start();
  venue.gateway.request({ method: 'GET', path: '/', query: '', headers: {}, body: '', ip: '' });
  const { desk } = model!;
  const market = (symbol: MarketSymbol) => desk.markets.get(symbol)!;
  return {
    clock,
    venue,
    desk,
    market,
    faults: createFaults(new Map([['futures', venue.gateway]]), clock, new Map()),
    account: (apiKey = 'alice') => desk.accounts.get(apiKey)!,
    view: (apiKey = 'alice') => venue.account(apiKey)!,
    perpetual: (symbol: MarketSymbol = LINEAR) => leverPerpetual(venue.perpetuals.get(symbol)!),
    /** Somebody else's resting order, in ticks and lots. */
    rest: (side: 'buy' | 'sell', priceTicks: number, lots: number, symbol: MarketSymbol = LINEAR) =>
      venue.markets.get(symbol)!.submit({ owner: 'somebody', side, priceTicks, lots }),
    /** Somebody else takes from the book. */
    hit: (side: 'buy' | 'sell', lots: number, symbol: MarketSymbol = LINEAR) =>
      venue.markets.get(symbol)!.submit({ owner: 'somebody', side, lots }),
    place(request: Partial<FuturesOrderRequest>, symbol: MarketSymbol = LINEAR, apiKey = 'alice') {
      const type = request.price === undefined ? 'market' : 'limit';
      return desk.place(desk.accounts.get(apiKey)!, market(symbol), {
        side: 'buy',
        positionSide: 'net',
        type,
        timeInForce: type === 'market' ? 'ioc' : 'gtc',
        postOnly: false,
        reduceOnly: false,
        ...request,
      });
    },
    amount: (text: string) => parseAmount(text)!,
  };
}

import type { MarketSymbol } from '../../../src/model/symbol.js';
import { type AccountOption, readAccounts } from '../../../src/simulator/accounts/account-options.js';
import type { AccountOrder } from '../../../src/simulator/accounts/account-order.js';
import { printAmount } from '../../../src/simulator/accounts/amount.js';
import { auditDesk } from '../../../src/simulator/accounts/audit.js';
import { Desk, type DeskFaults } from '../../../src/simulator/accounts/desk.js';
import { type DeskRules, PLAIN_RULES } from '../../../src/simulator/accounts/desk-rules.js';
import { DeskRefusal, type OrderRequest } from '../../../src/simulator/accounts/order-request.js';
import { SimulatedMarket } from '../../../src/simulator/market.js';
import { completeMarketSpec } from '../../../src/simulator/market-spec.js';
import { createSeededRandom } from '../../../src/transport/seeded-random.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';

const QUIET: DeskFaults = { hidesOrderFor: () => 0, forgetsClientId: () => false, isCancelOnly: () => false };

/** Ten USDT-thousands and two BTC, in no self-trade group. */
export const ALICE: AccountOption = {
  apiKey: 'alice',
  secretKey: 'secret of alice',
  balances: { USDT: '10000', BTC: '2' },
};

/** One market, BTC/USDT with one decimal of price and three of quantity, empty; maker fee 0.1 %, taker fee 0.2 %. */
export function createDeskWorld(
  accounts: readonly AccountOption[] = [ALICE],
  rules: Partial<DeskRules> = {},
  faults: Partial<DeskFaults> = {},
) {
  const clock = createVirtualClock();
  const option = {
    symbol: 'BTC/USDT' as MarketSymbol,
    startPrice: 1_000,
    priceDecimals: 1,
    quantityDecimals: 3,
    minQuantity: '0.002' as never,
    minNotional: '5' as never,
  };
  const spec = completeMarketSpec(option, { makerFee: '0.001', takerFee: '0.002' }, 'market');
  const market = new SimulatedMarket(spec, clock, createSeededRandom(1));
  market.open({ change() {}, trade() {} });
  const desk = new Desk({
    clock,
    markets: new Map([[spec.symbol, market]]),
    accounts: readAccounts(accounts),
    rules: { ...PLAIN_RULES, ...rules },
    faults: { ...QUIET, ...faults },
  });
  const accountOf = (key = 'alice') => desk.accounts.get(key)!;
  return {
    clock,
    market,
    desk,
    accountOf,
    /** Somebody else's resting order: price in ticks of 0.1, quantity in lots of 0.001. */
    rest: (side: 'buy' | 'sell', priceTicks: number, lots: number) =>
      market.submit({ owner: 'somebody', side, priceTicks, lots }),
    /** Somebody else takes from the book. */
    hit: (side: 'buy' | 'sell', lots: number) => market.submit({ owner: 'somebody', side, lots }),
    place: (request: Partial<OrderRequest>, key = 'alice'): AccountOrder =>
      desk.place(accountOf(key), market, {
        side: 'buy',
        type: 'limit',
        timeInForce: 'gtc',
        postOnly: false,
        ...request,
      }),
    /** `USDT` and `BTC` as `free/locked`. */
    money: (key = 'alice') =>
      Object.fromEntries(
        ['USDT', 'BTC'].map((asset) => {
          const { free, locked } = accountOf(key);
          return [asset, `${printAmount(free.get(asset))}/${printAmount(locked.get(asset))}`];
        }),
      ),
    audit: () => auditDesk(desk),
  };
}

/** Why the venue would not have it; throws when it was taken. */
export function refusalOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof DeskRefusal) return error.reason;
    throw error;
  }
  throw new Error('it was taken');
}

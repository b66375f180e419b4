import { ExchangeMoney } from './positions/exchange-money.js';
import type { World } from './world.js';

/** The money of one exchange; made on first use. */
export function moneyOf(exchange: string, { exchanges }: World): ExchangeMoney {
  let money = exchanges.get(exchange);
  if (money === undefined) {
    money = new ExchangeMoney();
    exchanges.set(exchange, money);
  }
  return money;
}

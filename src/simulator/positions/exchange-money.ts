import type { Amount } from '../accounts/amount.js';
import type { Desk } from '../accounts/desk.js';
import type { FuturesSide, Transfer, Wallet } from '../accounts/wallet.js';
import type { FuturesAccount } from './futures-account.js';
import { summarize } from './margins.js';
import type { TradingDesk } from './trading-desk.js';

/** The accounts of one exchange that money can be moved between: those of its spot venue and of its futures venues. */
export class ExchangeMoney implements FuturesSide {
  #spot: { readonly desk: Desk; readonly wallet: Wallet } | undefined;
  readonly #futures: Array<{ readonly desk: TradingDesk; readonly settles: readonly string[] | undefined }> = [];

  addSpot(desk: Desk, wallet: Wallet): void {
    this.#spot = { desk, wallet };
  }

  addFutures(desk: TradingDesk, settles: readonly string[] | undefined): void {
    this.#futures.push({ desk, settles });
  }

  available(apiKey: string, asset: string): Amount | undefined {
    const account = this.#accountFor(apiKey, asset)?.account;
    if (account === undefined) return undefined;
    const { available } = summarize(account, asset);
    return available > 0n ? available : 0n;
  }

  receive(apiKey: string, asset: string, change: Amount): void {
    const found = this.#accountFor(apiKey, asset);
    found?.account.post('transfer', asset, change, found.desk.ledger.outside);
  }

  /** Moves money on behalf of a futures account; `undefined` = there is not enough. */
  move(account: FuturesAccount, asset: string, amount: Amount, to: 'spot' | 'futures'): Transfer | undefined {
    const from = to === 'spot' ? 'futures' : 'spot';
    const spot = this.#spot?.desk.accounts.get(account.settings.apiKey);
    if (this.#spot === undefined || spot === undefined) return undefined;
    const has = from === 'spot' ? spot.free.get(asset) : this.#spot.wallet.inFutures(spot, asset);
    return has < amount ? undefined : this.#spot.wallet.transfer(spot, asset, amount, from, to);
  }

  #accountFor(
    apiKey: string,
    asset: string,
  ): { readonly desk: TradingDesk; readonly account: FuturesAccount } | undefined {
    const desk = this.#futures.find(({ settles }) => settles?.includes(asset) !== false)?.desk;
    const account = desk?.accounts.get(apiKey);
    return desk === undefined || account === undefined ? undefined : { desk, account };
  }
}

import { describe, expect, it } from 'vitest';
import { BalanceBook } from '../../../src/exchange/account/balance-book.js';
import type { Balance } from '../../../src/model/balance.js';
import { toDecimal } from '../../../src/model/decimal.js';

const balance = (asset: string, free: string, updatedAt?: number): Balance => ({
  asset,
  free: toDecimal(free),
  locked: toDecimal('0'),
  ...(updatedAt === undefined ? {} : { updatedAt }),
  receivedAt: 1,
});

describe('the balances that are known', () => {
  it('takes a push that is newer or has no time, and drops an older one', () => {
    const book = new BalanceBook();
    expect([
      book.push(balance('USDT', '10', 5), 1),
      book.push(balance('USDT', '9', 4), 2),
      book.push(balance('USDT', '8', 5), 3),
      book.push(balance('USDT', '8', 6), 4),
      book.push(balance('USDT', '7'), 5),
    ]).toEqual([true, false, true, false, true]);
    expect(book.get('USDT')?.free).toBe('7');
  });

  it('does not let a list that was asked for before a push undo it', () => {
    const book = new BalanceBook();
    book.push(balance('USDT', '7'), 20);
    book.push(balance('BTC', '1'), 5);
    const news = book.replace([balance('USDT', '10'), balance('BTC', '2')], 10);
    expect([news.map(({ asset, free }) => [asset, free]), book.get('USDT')?.free]).toEqual([[['BTC', '2']], '7']);
  });

  it('knows what has moved since the last list: what was pushed, and what this list says otherwise', () => {
    const book = new BalanceBook();
    const moved = (...list: Balance[]) => [...book.movedIn(list)].sort();
    expect(moved(balance('USDT', '10'))).toEqual([]);
    book.replace([balance('USDT', '10'), balance('BTC', '1'), balance('ETH', '2'), balance('SOL', '0')], 10);
    expect(moved(balance('USDT', '10.00'), balance('BTC', '1'), balance('ETH', '2'))).toEqual([]);
    book.push(balance('USDT', '9'), 20);
    expect(moved(balance('USDT', '9'), balance('BTC', '1.1'), balance('TON', '1'))).toEqual([
      'BTC',
      'ETH',
      'TON',
      'USDT',
    ]);
    book.replace([balance('USDT', '9'), balance('BTC', '1.1')], 30);
    expect(moved(balance('USDT', '9'), balance('BTC', '1.1'))).toEqual([]);
  });

  it('tells of an asset that is not listed any more that it is zero, once', () => {
    const book = new BalanceBook();
    book.push(balance('BTC', '1'), 5);
    const list = [balance('USDT', '10')];
    expect(book.replace(list, 10)).toEqual([list[0], { asset: 'BTC', free: '0', locked: '0', receivedAt: 1 }]);
    expect(book.replace(list, 11)).toEqual([]);
    expect(book.values()).toEqual(list);
  });
});

import { describe, expect, it } from 'vitest';
import { PositionBook } from '../../../src/exchange/account/position-book.js';
import { toDecimal as d } from '../../../src/model/decimal.js';
import type { Position } from '../../../src/model/position.js';
import { LONG } from '../../support/perpetual-world.js';

const make = (changes: Partial<Position> = {}): Position => ({ ...LONG, ...changes });
const flat = (changes: Partial<Position> = {}) => make({ quantity: d('0'), contracts: d('0'), ...changes });
const shape = (positions: readonly Position[]) =>
  positions.map(({ symbol, side, contracts }) => `${symbol} ${side} ${contracts}`);

describe('positions from lists and pushes', () => {
  it('are news when something of them changes, not when the market moves', () => {
    const book = new PositionBook();
    const pushes = [
      make(),
      make({ markPrice: d('51000'), unrealizedPnl: d('500'), version: 2 }),
      make({ contracts: d('500.0'), leverage: d('10.00'), version: 3 }),
      make({ contracts: d('600'), version: 4 }),
      make({ contracts: d('600'), marginMode: 'isolated', version: 5 }),
      make({ contracts: d('600'), marginMode: 'isolated', realizedPnl: d('1'), version: 6 }),
      make({ contracts: d('600'), marginMode: 'isolated', realizedPnl: d('2'), version: 7 }),
    ];
    expect(pushes.map((push) => book.push(push, 1))).toEqual([true, false, false, true, true, false, true]);
  });

  it('of an older version, or where there is none of an older time, change nothing', () => {
    const book = new PositionBook();
    book.push(make({ version: 5, updatedAt: 9 }), 1);
    expect(book.push(make({ version: 4, updatedAt: 10, contracts: d('1') }), 2)).toBe(false);
    expect(book.push(make({ version: 6, updatedAt: 8, contracts: d('2') }), 2)).toBe(true);
    const { version, ...bare } = make({ updatedAt: 10 });
    const other = new PositionBook();
    other.push(bare, 1);
    expect([other.push({ ...bare, updatedAt: 9, contracts: d('1') }, 2), shape(other.values())]).toEqual([
      false,
      ['BTC/USDT:USDT long 500'],
    ]);
  });

  it('that are closed come once more, with nothing, and only where they were known', () => {
    const book = new PositionBook();
    expect(book.push(flat({ version: 9 }), 1)).toBe(false);
    book.push(make({ version: 10 }), 1);
    expect([book.push(flat({ version: 11 }), 2), book.push(flat({ version: 12 }), 3), book.values()]).toEqual([
      true,
      false,
      [],
    ]);
  });

  it('in one-way mode turn from one side to the other; the end of the old one, told late, does not end the new one', () => {
    const book = new PositionBook();
    book.push(make(), 1);
    book.push(make({ id: '12', side: 'short', contracts: d('7'), version: 1 }), 2);
    expect([book.push(flat({ version: 2 }), 3), shape(book.values())]).toEqual([false, ['BTC/USDT:USDT short 7']]);
  });

  it('in hedge mode stand beside each other', () => {
    const book = new PositionBook();
    const hedge = { mode: 'hedge' } as const;
    book.push(make(hedge), 1);
    book.push(make({ ...hedge, id: '12', side: 'short', contracts: d('7') }), 1);
    book.push(flat({ ...hedge, version: 2 }), 2);
    expect(shape(book.of('BTC/USDT:USDT'))).toEqual(['BTC/USDT:USDT short 7']);
  });

  it('missing in a list are closed, unless they were pushed after it had been asked for', () => {
    const book = new PositionBook();
    book.push(make(), 10);
    book.push(make({ symbol: 'ETH/USDT:USDT', id: '13' }), 30);
    const news = book.replace([], 20, 99);
    expect(news).toEqual([
      {
        symbol: 'BTC/USDT:USDT',
        id: '11',
        side: 'long',
        mode: 'one_way',
        quantity: '0',
        contracts: '0',
        marginMode: 'cross',
        leverage: '10',
        settle: 'USDT',
        receivedAt: 99,
      },
    ]);
    expect(shape(book.values())).toEqual(['ETH/USDT:USDT long 500']);
  });

  it('of a list do not overrule what was pushed since, unless their version is higher', () => {
    const book = new PositionBook();
    book.push(make({ version: 5 }), 30);
    expect(shape(book.replace([make({ version: 5, contracts: d('1') })], 20, 99))).toEqual([]);
    expect(shape(book.replace([make({ version: 6, contracts: d('2') })], 20, 99))).toEqual(['BTC/USDT:USDT long 2']);
    expect(shape(book.replace([make({ version: 6, contracts: d('2') })], 40, 99))).toEqual([]);
  });

  it('tell in which markets a push has told of a trade, once: its order and fill may have been lost', () => {
    const book = new PositionBook();
    book.push(make(), 1);
    expect([[...book.movedIn([make()])], [...book.movedIn([make()])]]).toEqual([['BTC/USDT:USDT'], []]);
  });

  it('tell in which markets a list shows that something happened', () => {
    const book = new PositionBook();
    const eth = make({ symbol: 'ETH/USDT:USDT' });
    const inverse = make({ symbol: 'BTC/USD:BTC' });
    book.push(make(), 1);
    book.push(eth, 1);
    // What the pushes told.
    book.movedIn([make(), eth]);
    expect([...book.movedIn([make({ contracts: d('500.0'), markPrice: d('1') }), inverse])].sort()).toEqual([
      'BTC/USD:BTC',
      'ETH/USDT:USDT',
    ]);
    const changes = [{ side: 'short' }, { id: '99' }, { entryPrice: d('49999') }, { contracts: d('1') }] as const;
    for (const change of changes) expect([...book.movedIn([make(change), eth])]).toEqual(['BTC/USDT:USDT']);
    expect([...book.movedIn([make({ liquidationPrice: d('1'), margin: d('2'), version: 9 }), eth])]).toEqual([]);
  });
});

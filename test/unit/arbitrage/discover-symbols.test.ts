import { describe, expect, it } from 'vitest';
import { type DiscoverOptions, discoverSymbols } from '../../../src/arbitrage/detector/discover-symbols.js';
import type { PublicExchange } from '../../../src/index.js';
import { type MarketSymbol, parseSymbol } from '../../../src/model/symbol.js';
import type { Currency } from '../../../src/model/wallet.js';

/** A venue with these markets; one with a star is not traded now. */
function venue(id: string, ...symbols: string[]): PublicExchange {
  const rows = symbols.map((name) => {
    const symbol = name.replace('*', '') as MarketSymbol;
    return [symbol, { symbol, ...parseSymbol(symbol), status: name.endsWith('*') ? 'halted' : 'trading' }] as const;
  });
  return { venue: id, getInstruments: async () => new Map(rows) } as unknown as PublicExchange;
}

/** What a wallet says: `network address`. */
function coin(asset: string, ...contracts: string[]): Currency {
  const networks = contracts.map((text) => {
    const [network = '', contractAddress] = text.split(' ');
    return { network, ...(contractAddress === undefined ? {} : { contractAddress }) };
  });
  return { asset, networks } as unknown as Currency;
}

async function identify(one: Currency | undefined, two: Currency | undefined) {
  const currencies = new Map<string, readonly Currency[]>();
  if (one !== undefined) currencies.set('one', [one]);
  if (two !== undefined) currencies.set('two', [two]);
  const [found] = await discoverSymbols([venue('one', 'ABC/USDT'), venue('two', 'ABC/USDT')], { currencies });
  return { identity: found?.identity, warnings: found?.warnings };
}

describe('what several venues trade', () => {
  const find = async (exchanges: PublicExchange[], options?: DiscoverOptions) =>
    (await discoverSymbols(exchanges, options)).map(({ base, quote, markets }) => [
      `${base}/${quote}`,
      ...markets.map((market) => `${market.venue} ${market.instrument.symbol}`),
    ]);

  it('is every base and quote that two of them have, spot and perpetual together, in order', async () => {
    const one = venue('one', 'XYZ/USDT', 'ABC/USDT', 'ONLY/USDT', 'ABC/USDC');
    const two = venue('two', 'ABC/USDT:USDT', 'XYZ/USDT', 'ABC/USDC');
    expect(await find([one, two])).toEqual([
      ['ABC/USDT', 'one ABC/USDT', 'two ABC/USDT:USDT'],
      ['XYZ/USDT', 'one XYZ/USDT', 'two XYZ/USDT'],
    ]);
    expect(await find([one, two], { quotes: ['USDC'] })).toEqual([['ABC/USDC', 'one ABC/USDC', 'two ABC/USDC']]);
  });

  it('leaves out what is not traded now, and what one venue alone has twice', async () => {
    const one = venue('one', 'ABC/USDT', 'ABC/USDT:USDT', 'XYZ/USDT*');
    expect(await find([one, venue('two', 'XYZ/USDT')])).toEqual([]);
  });

  it('needs two venues', async () => {
    await expect(discoverSymbols([venue('one')])).rejects.toMatchObject({ code: 'configuration', field: 'exchanges' });
  });
});

describe('one ticker', () => {
  it('is one coin where both venues name the same contract, however they write it and call the network', async () => {
    const two = coin('ABC', 'ETH 0xabcdef', 'BSC 0x222');
    expect(await identify(coin('ABC', 'ERC20 0xABCdef'), two)).toEqual({ identity: 'same', warnings: [] });
  });

  it('is another coin where they name other contracts on a network that both name', async () => {
    expect(await identify(coin('ABC', 'eth 0x111'), coin('ABC', 'ETH 0x222', 'BSC 0x333'))).toEqual({
      identity: 'different',
      warnings: ['ABC: one and two name other contracts on ETH: another coin'],
    });
  });

  it('is another coin also where the venues know the network by different names, one of which they share', async () => {
    const labelled = { asset: 'ABC', networks: [{ network: 'Ethereum(ERC20)', label: 'ETH', contractAddress: '0x9' }] };
    expect(await identify(labelled as unknown as Currency, coin('ABC', 'eth 0x2'))).toMatchObject({
      identity: 'different',
    });
  });

  it('proves nothing where no network is named by both, none has a contract, or a venue tells none', async () => {
    const unproven = { identity: 'unproven', warnings: ['ABC: no contract that both one and two name'] };
    expect(await identify(coin('ABC', 'ETH 0x111'), coin('ABC', 'BSC 0x222'))).toEqual(unproven);
    expect(await identify(coin('ABC', 'ABC'), coin('ABC', 'ABC'))).toEqual(unproven);
    expect(await identify(coin('ABC', 'ETH 0x111'), undefined)).toEqual({
      identity: 'unproven',
      warnings: ['ABC: two tells no networks; not proven to be the same coin'],
    });
  });

  it('of three venues is another coin as soon as two of them differ, and the same only when all are proven', async () => {
    const exchanges = ['one', 'two', 'three'].map((id) => venue(id, 'ABC/USDT'));
    const identities = async (...contracts: string[]) => {
      const currencies = new Map(contracts.map((text, at) => [`${['one', 'two', 'three'][at]}`, [coin('ABC', text)]]));
      return (await discoverSymbols(exchanges, { currencies })).map(({ identity }) => identity);
    };
    expect(await identities('ETH 0x1', 'ETH 0x1', 'ETH 0x1')).toEqual(['same']);
    expect(await identities('ETH 0x1', 'ETH 0x1', 'ETH 0x2')).toEqual(['different']);
    expect(await identities('ETH 0x1', 'ETH 0x1', 'BSC 0x1')).toEqual(['same']);
    expect(await identities('ETH 0x1', 'ETH 0x1')).toEqual(['unproven']);
  });
});

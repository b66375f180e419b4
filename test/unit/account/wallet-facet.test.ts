import { describe, expect, it } from 'vitest';
import type { WalletEndpoints } from '../../../src/adapter/account-endpoints.js';
import { createWalletFacet } from '../../../src/exchange/account/wallet-facet.js';
import type { ExchangeCore } from '../../../src/exchange/exchange-core.js';
import { toDecimal } from '../../../src/model/decimal.js';
import type { Network } from '../../../src/model/wallet.js';

const OPEN = { depositEnabled: true, withdrawEnabled: true };
const NETWORKS: readonly Network[] = [
  { ...OPEN, network: 'SOL', label: 'Solana(SPL)' },
  { ...OPEN, network: 'ARB', label: 'Arbitrum One(ARB)' },
  { ...OPEN, network: 'TONCOIN', label: 'Toncoin(TON)', memoRequired: true, withdrawStep: toDecimal('0.01') },
  { ...OPEN, network: 'ODD1', label: 'Odd' },
  { ...OPEN, network: 'ODD2', label: 'Odd' },
];

/** A venue that says these things, without a network between. */
function walletOf(addressesByLabel: boolean, labels: readonly string[] = []) {
  const calls: string[] = [];
  const answers: Record<string, unknown> = {
    currencies: [{ asset: 'USDC', networks: NETWORKS }],
    depositAddress: labels.map((network) => ({ asset: 'USDC', network, address: `to ${network}` })),
    withdraw: { id: '1', state: 'pending' },
  };
  const rest = {
    call: async (name: unknown) => {
      calls.push(String(name));
      return answers[String(name)];
    },
  };
  const core = { rest, venue: { id: 'mexc_spot' }, requireOpen: () => undefined } as unknown as ExchangeCore;
  const endpoints = {
    currencies: 'currencies',
    depositAddress: 'depositAddress',
    withdraw: 'withdraw',
    addressesByLabel,
  };
  const allowed = [{ address: 'mine' }, { address: 'mine', memo: '7' }];
  return { calls, wallet: createWalletFacet(core, endpoints as unknown as WalletEndpoints, allowed, () => 'made-up') };
}

describe('a deposit address', () => {
  const labels = ['Solana(SPL)', 'ARB', 'Odd', 'Nowhere(X)'];

  it.each([
    ['SOL', 'to Solana(SPL)'],
    ['ARB', 'to ARB'],
  ])('is found by the id of its network %s, also when the venue names it by its label', async (network, address) => {
    expect(await walletOf(true, labels).wallet.getDepositAddress('USDC', network)).toEqual({
      asset: 'USDC',
      network,
      address,
    });
  });

  it.each(['ODD1', 'ODD2', 'TONCOIN'])(
    'of %s is not guessed: a label of two networks is none of them',
    async (network) => {
      await expect(walletOf(true, labels).wallet.getDepositAddress('USDC', network)).rejects.toMatchObject({
        code: 'not_found',
        outcome: 'rejected',
      });
    },
  );

  it('has the id of its network, too, when no network was named', async () => {
    const { wallet, calls } = walletOf(true, labels);
    expect(await wallet.getDepositAddress('USDC')).toMatchObject({ network: 'SOL' });
    expect(calls).toEqual(['depositAddress', 'currencies']);
  });

  it('costs one call where the venue uses ids', async () => {
    const { wallet, calls } = walletOf(false, ['SOL']);
    expect(await wallet.getDepositAddress('USDC', 'SOL')).toMatchObject({ network: 'SOL' });
    expect(calls).toEqual(['depositAddress']);
  });
});

describe('a withdrawal', () => {
  const request = { asset: 'USDC', network: 'TONCOIN', address: 'mine', memo: '7', amount: '1.25' };

  it.each([
    ['without the memo that its network needs', { memo: undefined }, 'memo'],
    ['off the step of its network', { amount: '1.255' }, 'amount'],
    ['on a network that its asset does not have', { network: 'BTC' }, 'network'],
  ])('%s is refused, and nothing sent', async (_what, change, field) => {
    const { wallet, calls } = walletOf(true);
    const { memo, ...rest } = { ...request, ...change };
    const wrong = memo === undefined ? rest : { ...rest, memo };
    await expect(wallet.withdraw(wrong)).rejects.toMatchObject({ code: 'validation', outcome: 'not_sent', field });
    expect(calls).toEqual(['currencies']);
  });

  it('that keeps to them goes out', async () => {
    const { wallet, calls } = walletOf(true);
    expect(await wallet.withdraw(request)).toMatchObject({ id: '1' });
    expect(calls).toEqual(['currencies', 'withdraw']);
  });
});

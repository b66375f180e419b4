/** A network that an asset can be moved on. */
export interface Network {
  /** `ETH`, `TRX`, or the asset's own name. */
  readonly id: string;
  readonly title: string;
  /** Invented: no contract of any real network. `''` for a network's own coin. */
  readonly contract: string;
  /** In the asset itself. */
  readonly withdrawFee: string;
  readonly withdrawMin: string;
}

const TOKENS: readonly string[] = ['USDT', 'USDC'];
const TOKEN_NETWORKS: readonly Network[] = [
  { id: 'ETH', title: 'Ethereum(ERC20)', contract: `0x${'51'.repeat(20)}`, withdrawFee: '4', withdrawMin: '10' },
  { id: 'TRX', title: 'Tron(TRC20)', contract: 'TSimulatedContract', withdrawFee: '1', withdrawMin: '2' },
];

/** Invented figures: tokens on two networks, every other asset on one of its own. */
export function networksOf(asset: string): readonly Network[] {
  if (TOKENS.includes(asset)) return TOKEN_NETWORKS;
  return [{ id: asset, title: asset, contract: '', withdrawFee: '0.0001', withdrawMin: '0.001' }];
}

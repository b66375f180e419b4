import { describe, expect, it } from 'vitest';
import {
  createGateioPrivate,
  createMexcFuturesPrivate,
  createMexcFuturesPublic,
  createMexcPrivate,
} from '../../../src/index.js';

const credentials = { apiKey: 'mx0names', secretKey: 'the-secret-of-the-names' };

describe('an account at a venue that is named', () => {
  it('has the facets that its type promises, and no other', async () => {
    const mexc = createMexcPrivate({ credentials });
    const gateio = createGateioPrivate({ credentials });
    const facets = [mexc.wallet.withdraw, gateio.wallet.withdraw, gateio.amend.amendOrder, gateio.deadManSwitch.arm];
    expect(facets.map((facet) => typeof facet)).toEqual(facets.map(() => 'function'));
    expect([mexc.amend, mexc.deadManSwitch]).toEqual([undefined, undefined]);
    await Promise.all([mexc.close(), gateio.close()]);
  });

  it('in perpetuals has those of perpetuals', async () => {
    const account = createMexcFuturesPrivate({ credentials });
    const market = createMexcFuturesPublic();
    const facets = [account.positions.setLeverage, account.triggers.placeTriggerOrder, market.funding.getFundingRate];
    expect(facets.map((facet) => typeof facet)).toEqual(facets.map(() => 'function'));
    expect([account.wallet, account.amend, account.deadManSwitch]).toEqual([undefined, undefined, undefined]);
    await Promise.all([account.close(), market.close()]);
  });
});

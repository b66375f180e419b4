import { describe, expect, it } from 'vitest';
import { TopicRoutes } from '../../../src/exchange/topic-routes.js';

function createRoutes(): TopicRoutes<string> {
  const routes = new TopicRoutes<string>();
  routes.set('depth', 'BTC', 'book of BTC');
  routes.set('depth', 'ETH', 'book of ETH');
  routes.set('deal', 'BTC', 'trades of BTC');
  routes.set('account', '', 'account');
  return routes;
}

describe('routes of a socket', () => {
  it('are found by both texts, whatever hint comes with them', () => {
    const routes = createRoutes();
    for (const hint of [undefined, -1, 0, 7, 7, 65_535, 0]) {
      expect(routes.find('depth', 'BTC', hint)).toBe('book of BTC');
      expect(routes.find('depth', 'ETH', hint)).toBe('book of ETH');
      expect(routes.find('deal', 'BTC', hint)).toBe('trades of BTC');
      expect(routes.find('account', '', hint)).toBe('account');
      expect(routes.find('deal', 'ETH', hint)).toBeUndefined();
      expect(routes.find('account', 'BTC', hint)).toBeUndefined();
      expect(routes.find('depth', '', hint)).toBeUndefined();
    }
  });

  it('are gone, or another, at once for a hint that found them', () => {
    const routes = createRoutes();
    expect(routes.find('depth', 'BTC', 3)).toBe('book of BTC');
    routes.set('depth', 'BTC', 'another book of BTC');
    expect(routes.find('depth', 'BTC', 3)).toBe('another book of BTC');
    routes.delete('depth', 'BTC');
    expect(routes.find('depth', 'BTC', 3)).toBeUndefined();
    expect(routes.find('account', '', 4)).toBe('account');
    routes.delete('account', '');
    expect(routes.find('account', '', 4)).toBeUndefined();
  });
});

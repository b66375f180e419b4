import { describe, expect, it } from 'vitest';
import { parseProxy } from '../../../src/transport/proxy.js';

describe('the proxy option', () => {
  it.each([
    ['http://proxy.test:3128', { hostname: 'proxy.test', port: 3128 }],
    ['http://proxy.test', { hostname: 'proxy.test', port: 80 }],
    ['http://[::1]:8080/', { hostname: '::1', port: 8080 }],
    ['http://me:p%40ss@10.0.0.1:1', { hostname: '10.0.0.1', port: 1, authorization: 'Basic bWU6cEBzcw==' }],
    ['http://me@h:1', { hostname: 'h', port: 1, authorization: 'Basic bWU6' }],
  ])('%s is understood', (text, address) => {
    expect(parseProxy(text)).toEqual(address);
  });

  it.each([
    '',
    'proxy.test:3128',
    'https://me:hunter2@proxy.test',
    'socks5://me:hunter2@proxy.test',
    'http://me:hunter2@h/path',
    'http://me:hunter2@h?x=1',
    'http://me:hunter2@h:99999',
    'http://me:hunter2%@h:1',
  ])('%s is refused without showing it', (text) => {
    let caught: unknown;
    try {
      parseProxy(text);
    } catch (error) {
      caught = error;
    }
    expect(caught).toMatchObject({ code: 'configuration', field: 'proxy' });
    expect(String(caught) + JSON.stringify(caught)).not.toContain('hunter2');
  });
});

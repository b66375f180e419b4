import { describe, expect, it } from 'vitest';
import { Directory } from '../../../src/simulator/doors/directory.js';
import type { Gateway } from '../../../src/simulator/doors/gateway.js';

const spot = { name: 'spot' } as unknown as Gateway;
const perpetuals = { name: 'perpetuals' } as unknown as Gateway;

/** Two venues on one REST host, in either order. */
function createShared(order: 'spot first' | 'spot last'): Directory {
  const directory = new Directory();
  const addSpot = (): void => directory.add({ rest: 'https://api.test/base', ws: 'wss://spot.test/ws' }, spot);
  if (order === 'spot first') addSpot();
  directory.add({ rest: 'https://api.test', ws: 'wss://edge.test/edge', paths: ['/api/v1/'] }, perpetuals);
  if (order === 'spot last') addSpot();
  return directory;
}

describe('the directory of venues', () => {
  it.each(['spot first', 'spot last'] as const)(
    'tells venues on one host apart by their paths, and leaves the rest to the one without (%s)',
    (order) => {
      const directory = createShared(order);
      const find = (url: string): Gateway | undefined => directory.find(new URL(url));
      expect(find('https://api.test/api/v1/contract/ping')).toBe(perpetuals);
      expect(find('https://api.test/api/v3/ping')).toBe(spot);
      expect(find('https://api.test/api/v11/ping')).toBe(spot);
      expect(find('wss://edge.test/edge')).toBe(perpetuals);
      expect(find('wss://spot.test/ws?listenKey=x')).toBe(spot);
    },
  );

  it('knows hosts whole, with their port, and no others', () => {
    const directory = createShared('spot first');
    const urls = [
      'https://api.test',
      'https://edge.test',
      'https://api.test.evil',
      'https://api.tes',
      'https://api.test:8',
    ];
    expect(urls.map((url) => directory.has(new URL(url)))).toEqual([true, true, false, false, false]);
    expect(directory.find(new URL('https://api.test.evil/api/v1/x'))).toBeUndefined();
  });

  it('leaves a path of nobody to a venue of the host', () => {
    const directory = new Directory();
    directory.add({ rest: 'https://api.test', ws: 'wss://edge.test', paths: ['/api/v1/'] }, perpetuals);
    expect(directory.find(new URL('https://api.test/elsewhere'))).toBe(perpetuals);
  });
});

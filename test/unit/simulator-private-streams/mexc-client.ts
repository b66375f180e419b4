import { createMexcPrivateWorld } from '../../support/mexc-private-wire-world.js';
import { connectStream } from './stream-client.js';

export const SOON = 20;

/** The venue with clients of its private streams. */
export function createMexcStreamWorld() {
  const world = createMexcPrivateWorld();
  const createKey = (): string => (world.call('POST', '/userDataStream').body as { listenKey: string }).listenKey;
  const connect = (key: string) => connectStream(world.venue.gateway, `/ws?listenKey=${key}`);
  const subscribed = (...params: string[]) => {
    const client = connect(createKey());
    client.send({ method: 'SUBSCRIPTION', params, id: 1 });
    client.takeTexts();
    return client;
  };
  return { ...world, createKey, connect, subscribed };
}

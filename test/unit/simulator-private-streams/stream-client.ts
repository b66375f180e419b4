import type { Gateway } from '../../../src/simulator/doors/gateway.js';

/** One socket of a client, with all that came over it. */
export interface StreamClient {
  readonly received: (string | Uint8Array)[];
  /** The close code, once the venue ended it; 1006 = cut. */
  readonly closedWith: number | undefined;
  send(message: unknown): void;
  /** Texts that came since the last call, parsed where they are JSON. */
  takeTexts(): unknown[];
  /** Binary frames that came since the last call. */
  takeBytes(): Uint8Array[];
  /** The client goes away. */
  leave(): void;
}

export function connectStream(gateway: Gateway, url: string): StreamClient {
  const received: (string | Uint8Array)[] = [];
  let closedWith: number | undefined;
  const link = gateway.accept(url, '10.0.0.1', {
    deliver: (data) => void received.push(data),
    close: (code) => {
      closedWith = code;
    },
    cut: () => {
      closedWith = 1006;
    },
  });
  const take = <T extends string | Uint8Array>(isWanted: (one: string | Uint8Array) => one is T): T[] => {
    const taken = received.filter(isWanted);
    received.splice(0, received.length, ...received.filter((one) => !isWanted(one)));
    return taken;
  };
  return {
    received,
    get closedWith() {
      return closedWith;
    },
    send: (message) => link.receive(typeof message === 'string' ? message : JSON.stringify(message)),
    takeTexts: () => take((one) => typeof one === 'string').map(parse),
    takeBytes: () => take((one) => typeof one !== 'string'),
    leave: () => link.ended(),
  };
}

function parse(text: string): unknown {
  return text.startsWith('{') ? JSON.parse(text) : text;
}

import type { CreateWire, SimConnection } from '../../../src/simulator/contract.js';
import type { SpotProfile } from '../../../src/simulator/venue-profile.js';

/**
 * A wire that shows what the doors do. HTTP answers with what was asked and the sequence a snapshot would have. A socket
 * acknowledges each text; after `start <count> <topic>` it gets that many numbered frames, 10 ms apart; `bytes` gets one
 * binary frame; `bye <code>` is closed.
 */
const createEchoWire: CreateWire = ({ clock, markets, snapshotSequence }) => {
  const timers = new Set<{ cancel(): void }>();
  const publish = (connection: SimConnection, topic: string, next: number, count: number): void => {
    if (next > count) return;
    const timer = clock.setTimer(10, () => {
      connection.send({ kind: 'data', topic, data: `{"${topic}":${next}}` });
      publish(connection, topic, next + 1, count);
    });
    timers.add(timer);
  };
  return {
    http({ method, path, query, headers, body, ip }) {
      const [symbol] = markets.keys();
      const sequence = symbol === undefined ? undefined : snapshotSequence(symbol);
      const answer = {
        method,
        path,
        query,
        accept: headers['accept'],
        body,
        ip,
        ...(sequence === undefined ? {} : { sequence }),
      };
      return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(answer) };
    },
    connect(connection) {
      const control = (data: string): void => connection.send({ kind: 'control', topic: '', data });
      return {
        receive(data) {
          const [word, first = '', topic = ''] = String(data).split(' ');
          control(`ack ${String(data)}`);
          if (word === 'start') publish(connection, topic, 1, Number(first));
          if (word === 'bytes') connection.send({ kind: 'data', topic: 'bytes', data: new Uint8Array(40).fill(7) });
          if (word === 'bye') connection.close(Number(first), 'so long');
          if (word === 'url') control(`${connection.url} ${connection.ip}`);
        },
        closed() {
          for (const timer of timers) timer.cancel();
        },
      };
    },
    close() {
      for (const timer of timers) timer.cancel();
    },
  };
};

export const ECHO_PROFILES: Readonly<Record<'echo' | 'other', SpotProfile>> = {
  echo: {
    kind: 'spot',
    exchange: 'echo',
    hosts: { rest: 'https://echo.test/api/v9', ws: 'wss://stream.echo.test/ws/' },
    fees: { makerFee: '0', takerFee: '0.001' },
    createWire: createEchoWire,
  },
  other: {
    kind: 'spot',
    exchange: 'other',
    hosts: { rest: 'https://other.test', ws: 'wss://other.test/ws' },
    fees: { makerFee: '0.001', takerFee: '0.002' },
    createWire: createEchoWire,
  },
};

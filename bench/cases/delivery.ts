import { SubscriptionCore } from '../../src/exchange/subscription.js';
import { atMost, judge } from '../measure/result.js';
import { type Contender, compare, describe, samplesOf } from '../measure/rounds.js';
import { roundsOf, type Suite } from '../measure/suite.js';

const EVENTS = 64_000;
/** Events that come in one go, as frames do that share a read of the socket; then the consumer has its turn. */
const BURST = 16;

interface Event {
  readonly price: number;
}

/** What a subscription adds to an event, over a function that is called. */
export const delivery: Suite = {
  ids: ['subscribe.callback', 'subscribe.iterator'],
  async run(effort) {
    const direct = createConsumer();
    const handled = createConsumer();
    const contenders: Contender[] = [
      inBursts('function', direct, direct.take),
      inBursts('callback', handled, subscribe(handled.take)),
      createIterator(),
    ];
    const timings = await compare(contenders, { rounds: roundsOf(effort), units: EVENTS });
    const base = samplesOf(timings, 'function');
    const over = (name: string): number[] => samplesOf(timings, name).map((value, at) => value - (base[at] as number));
    const baseline = 'a function called in the same loop, whose time is taken off';
    const detail = describe(timings);
    return [
      judge({ id: 'subscribe.callback', samples: over('callback'), unit: 'ns', goal: atMost(20), baseline, detail }),
      judge({ id: 'subscribe.iterator', samples: over('iterator'), unit: 'ns', goal: atMost(150), baseline, detail }),
    ];
  },
};

function createConsumer() {
  const state = { sum: 0 };
  return {
    state,
    take: ({ price }: Event): void => {
      state.sum += price;
    },
  };
}

function subscribe(handler: (event: Event) => void): (event: Event) => void {
  const subscription = createSubscription().on(handler);
  return (event) => subscription.push(event);
}

function createSubscription(): SubscriptionCore<Event> {
  return new SubscriptionCore<Event>({
    capacity: 1_024,
    report: (error) => {
      throw error;
    },
    onGap: (dropped) => {
      throw new Error(`${dropped} events lost`);
    },
    end: async () => {},
  });
}

function inBursts(name: string, { state }: { state: { sum: number } }, push: (event: Event) => void): Contender {
  return {
    name,
    prepare: () => {
      state.sum = 0;
    },
    run: async () => {
      await produce(push);
      requireAll(name, state.sum);
    },
  };
}

function createIterator(): Contender {
  return {
    name: 'iterator',
    run: async () => {
      const subscription = createSubscription();
      let sum = 0;
      const consume = async (): Promise<void> => {
        for await (const { price } of subscription) {
          sum += price;
          if (sum === EVENTS) return;
        }
      };
      const consumed = consume();
      await produce((event) => subscription.push(event));
      await consumed;
      requireAll('iterator', sum);
    },
  };
}

async function produce(push: (event: Event) => void): Promise<void> {
  for (let at = 0; at < EVENTS; at += BURST) {
    for (let next = 0; next < BURST; next++) push({ price: 1 });
    await nextTurn();
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function requireAll(name: string, sum: number): void {
  if (sum !== EVENTS) throw new Error(`${name}: ${sum} of ${EVENTS} events`);
}

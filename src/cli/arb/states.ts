import { EVENT_NAMES } from '../../arbitrage/strategy/strategy-event.js';
import { STATE_NAMES, type StateName } from '../../arbitrage/strategy/strategy-state.js';
import { TRANSITIONS } from '../../arbitrage/strategy/transition-table.js';

/** The picture and the table of the strategy's states, as Markdown; the documentation holds the same text. */
export function describeStates(): string {
  return `${picture()}\n${table()}`;
}

function picture(): string {
  const ways = STATE_NAMES.flatMap((from) => {
    const events = new Map<StateName, string[]>();
    for (const event of EVENT_NAMES) {
      // A kill leads the same way from everywhere; the table has it.
      if (event === 'kill' || event === 'stray') continue;
      for (const to of TRANSITIONS[from][event] ?? []) events.set(to, [...(events.get(to) ?? []), event]);
    }
    return [...events].map(([to, names]) => `  ${from} --> ${to}: ${names.join(', ')}`);
  });
  return ['```mermaid', 'stateDiagram-v2', '  [*] --> IDLE', ...ways, '```', ''].join('\n');
}

function table(): string {
  const rows = STATE_NAMES.flatMap((from) =>
    EVENT_NAMES.flatMap((event) => {
      const to = TRANSITIONS[from][event];
      return to === undefined ? [] : [`| \`${from}\` | ${event} | ${to.map((name) => `\`${name}\``).join(', ')} |`];
    }),
  );
  return ['| in state | on | to |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

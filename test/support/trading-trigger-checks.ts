import type { TriggerOrder } from '../../src/index.js';
import type { TradingPlace } from './trading-claim.js';

/** Each answer on a trigger is true, and none was placed twice. @param listed all that the venue has, as it lists them at the end. */
export function checkTriggers({ claims, triggerCalls }: TradingPlace, listed: readonly TriggerOrder[]): string[] {
  const placing = claims.filter(({ kind }) => kind === 'trigger');
  const done = placing.filter(({ error }) => error === undefined);
  // Who died heard nothing any more.
  const unheard = triggerCalls - placing.length;
  const open = unheard + placing.filter(({ error }) => error?.outcome === 'unknown').length;
  const failures: string[] = [];
  if (listed.length < done.length || listed.length > done.length + open)
    failures.push(`${listed.length} triggers are there, ${done.length} were told and ${open} are unknown`);
  const byId = new Map(listed.map((one) => [one.id, one]));
  for (const { triggerId = '', trigger } of done) {
    const real = byId.get(triggerId);
    const isIt = real?.symbol === trigger?.symbol && Number(real?.triggerPrice) === Number(trigger?.triggerPrice);
    if (!isIt) failures.push(`trigger ${triggerId} was told to be placed, and is ${JSON.stringify(real)}`);
  }
  for (const { client, kind, triggerId = '', error } of claims) {
    if (kind !== 'cancelTrigger') continue;
    const state = byId.get(triggerId)?.state;
    const what = `${client.name}: canceling trigger ${triggerId}`;
    if (error === undefined && state !== 'canceled') failures.push(`${what}: told done, and it is ${state}`);
    const isGone = error?.code === 'order_not_found' && error.outcome === 'rejected';
    if (isGone && state === 'waiting') failures.push(`${what}: told to have ended, and it waits`);
  }
  return failures;
}

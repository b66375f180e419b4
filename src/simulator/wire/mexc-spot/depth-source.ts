import type { LevelChange, MarketSpec, TrueLevel } from '../../contract.js';
import { BODY, type WireDepths, type WireLevels, writeAggreDepths, writeDepths, writeDepthsBatch } from './bodies.js';
import type { SymbolChannel } from './channel.js';
import type { CreateSource } from './source.js';

/** Entries per item of the older batch channel. */
const BATCH = 5;

/**
 * Changes since the last push, the last value of each level; the versions are the market's sequence numbers, so pushes
 * are contiguous. Where the journal was too short the missing versions show as a gap.
 */
export const createAggreDepthSource: CreateSource = (channel, encoder) => {
  const { name, market, eventType } = channel;
  const { id, view } = market;
  let version = view.sequence;
  return (now, emit) => {
    if (view.sequence === version) return;
    const changes = view.changesSince(version);
    const first = changes[0];
    const last = changes.at(-1);
    if (first === undefined || last === undefined) return;
    version = last.sequence;
    const body = {
      levels: lastValues(changes, view.spec),
      eventType,
      fromVersion: first.sequence,
      toVersion: last.sequence,
      lastOrderCreateTime: last.at,
    };
    const envelope = { channel: name, symbol: id, sendTime: now };
    emit(encoder.frame(envelope, BODY.aggreDepths, (to, item) => writeAggreDepths(to, item, body)));
  };
};

/** The top of the book whenever the book changed. */
export const createLimitDepthSource: CreateSource<SymbolChannel & { readonly depth: number }> = (channel, encoder) => {
  const { name, market, eventType, depth } = channel;
  const { id, view } = market;
  const { priceDecimals, quantityDecimals } = view.spec;
  let version = -1;
  return (now, emit) => {
    if (view.sequence === version) return;
    const { sequence, bids, asks } = view.book(depth);
    version = sequence;
    const body: WireDepths = {
      levels: { asks, bids, priceDecimals, quantityDecimals },
      eventType,
      version: sequence,
      lastOrderCreateTime: view.changedAt,
    };
    const envelope = { channel: name, symbol: id, sendTime: now };
    emit(encoder.frame(envelope, BODY.limitDepths, (to, item) => writeDepths(to, item, body)));
  };
};

/** Older channel: one push per version. */
export const createIncreaseDepthSource: CreateSource = (channel, encoder) => {
  const { name, market, eventType } = channel;
  const { id, view } = market;
  let version = view.sequence;
  return (now, emit) => {
    for (const change of view.changesSince(version)) {
      version = change.sequence;
      const body = depthsOf([change], view.spec, eventType);
      const envelope = { channel: name, symbol: id, sendTime: now };
      emit(encoder.frame(envelope, BODY.increaseDepths, (to, item) => writeDepths(to, item, body)));
    }
  };
};

/** Older channel: items of at most five changes, each with the version of its last one. */
export const createIncreaseDepthBatchSource: CreateSource = (channel, encoder) => {
  const { name, market, eventType } = channel;
  const { id, view } = market;
  let version = view.sequence;
  return (now, emit) => {
    const changes = view.changesSince(version);
    if (changes.length === 0) return;
    version = changes.at(-1)!.sequence;
    const bodies: WireDepths[] = [];
    for (let at = 0; at < changes.length; at += BATCH) {
      bodies.push(depthsOf(changes.slice(at, at + BATCH), view.spec, eventType));
    }
    const envelope = { channel: name, symbol: id, sendTime: now };
    emit(
      encoder.frame(envelope, BODY.increaseDepthsBatch, (to, item) => writeDepthsBatch(to, item, bodies, eventType)),
    );
  };
};

function depthsOf(changes: readonly LevelChange[], spec: MarketSpec, eventType: string): WireDepths {
  const version = changes.at(-1)!.sequence;
  return { levels: lastValues(changes, spec), eventType, version, lastOrderCreateTime: 0 };
}

function lastValues(changes: readonly LevelChange[], { priceDecimals, quantityDecimals }: MarketSpec): WireLevels {
  const asks = new Map<number, TrueLevel>();
  const bids = new Map<number, TrueLevel>();
  for (const change of changes) (change.side === 'ask' ? asks : bids).set(change.priceTicks, change);
  return { asks: [...asks.values()], bids: [...bids.values()], priceDecimals, quantityDecimals };
}

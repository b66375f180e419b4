import type { BookFeed } from '../../src/adapter/book-feed.js';
import type { Venue } from '../../src/adapter/venue.js';
import type { SequenceRule } from '../../src/model/book-update.js';
import type { Runtime } from '../../src/transport/runtime.js';
import type { OpenSocket, Socket } from '../../src/transport/ws/socket.js';

/** Mistakes that the fault schedules must find: each is one that a book keeper can really make. */
export const SABOTAGES = ['gap check skipped', 'straddling update dropped', 'no resync after reconnect'] as const;

export type Sabotage = (typeof SABOTAGES)[number];

/** A venue and a runtime with one mistake in them; nothing in the sources knows of it. */
export function sabotage(venue: Venue, runtime: Runtime, mistake: Sabotage): { venue: Venue; runtime: Runtime } {
  if (mistake === 'no resync after reconnect') return hideReconnects(venue, runtime);
  const spoil = mistake === 'gap check skipped' ? skipGapCheck : dropStraddler;
  return { venue: withFeeds(venue, (feed) => ({ ...feed, continues: spoil(feed.continues) })), runtime };
}

function skipGapCheck(continues: SequenceRule): SequenceRule {
  return (last, update) => {
    const verdict = continues(last, update);
    return verdict === 'gap' && last >= 0 ? 'apply' : verdict;
  };
}

/** Takes the number of an update that overlaps the book, but none of its levels. */
function dropStraddler(continues: SequenceRule): SequenceRule {
  return (last, update) => {
    const verdict = continues(last, update);
    if (verdict === 'apply' && !update.full && last >= 0 && update.firstSequence <= last) {
      update.bidCount = 0;
      update.askCount = 0;
    }
    return verdict;
  };
}

/** The client never hears of a lost socket, and its book goes on with whatever comes first on the next one. */
function hideReconnects(venue: Venue, runtime: Runtime): { venue: Venue; runtime: Runtime } {
  const reopened = { times: 0 };
  const carryOn = (feed: BookFeed): BookFeed => {
    let seen = 0;
    return {
      ...feed,
      continues: (last, update) => {
        const verdict = feed.continues(last, update);
        if (verdict !== 'gap' || last < 0 || seen === reopened.times) return verdict;
        seen = reopened.times;
        return 'apply';
      },
    };
  };
  const openSocket = reopening(runtime.openSocket, reopened);
  return { venue: withFeeds(venue, carryOn), runtime: { ...runtime, openSocket } };
}

function reopening(open: OpenSocket, reopened: { times: number }): OpenSocket {
  return async (request, handler, signal) => {
    const sent: string[] = [];
    let over = false;
    let current: Socket;
    const quiet = {
      ...handler,
      message: (data: string | Uint8Array) => handler.message(data),
      close: (event: Parameters<typeof handler.close>[0]) => {
        if (over) handler.close(event);
        else void reopen();
      },
    };
    const reopen = async (): Promise<void> => {
      try {
        current = await open(request, quiet);
      } catch {
        handler.close({ code: 1006, reason: '' });
        return;
      }
      reopened.times++;
      for (const text of sent) current.send(text);
    };
    current = await open(request, quiet, signal);
    return {
      get bufferedAmount() {
        return current.bufferedAmount;
      },
      send(text) {
        sent.push(text);
        return current.send(text);
      },
      ping: () => current.ping(),
      close(code, reason) {
        over = true;
        current.close(code, reason);
      },
      terminate() {
        over = true;
        current.terminate();
      },
    };
  };
}

function withFeeds(venue: Venue, change: (feed: BookFeed) => BookFeed): Venue {
  const { chooseBook } = venue.streams;
  return { ...venue, streams: { ...venue.streams, chooseBook: (request) => change(chooseBook(request)) } };
}

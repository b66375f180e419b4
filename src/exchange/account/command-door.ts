import type { AmendRequest, BatchAnswer, OrderRef, OrderReport, OrderRequest } from '../../adapter/order-endpoints.js';
import type { PrivateVenue } from '../../adapter/private-venue.js';
import { UnsupportedError } from '../../errors/kinds.js';
import type { ExchangeCore } from '../exchange-core.js';
import type { OrderSocketClient } from './order-socket-client.js';

/** Called right before the bytes leave, with the time after which the venue will not act on them. */
type BeforeSend = (expiresAt: number | undefined) => void;

/** Hands commands to the venue, over REST or over a socket. One command goes out once; who repeats it does so above. */
export class CommandDoor {
  readonly #core: ExchangeCore;
  readonly #venue: PrivateVenue;
  readonly #socket: OrderSocketClient | undefined;

  constructor(core: ExchangeCore, venue: PrivateVenue, socket: OrderSocketClient | undefined) {
    this.#core = core;
    this.#venue = venue;
    this.#socket = socket;
  }

  /** @param afterSend called once they have left, or are about to. */
  place(
    request: OrderRequest,
    via: 'rest' | 'ws',
    beforeSend: BeforeSend,
    afterSend: () => void,
  ): Promise<OrderReport> {
    if (via === 'ws') return this.#placeOverSocket(request, beforeSend, afterSend);
    const { catalog, rest } = this.#core;
    const { place } = this.#venue.orders;
    const lane = request.reduceOnly === true ? ('reduce' as const) : ('place' as const);
    const mapper = catalog.loadedMapper;
    if (mapper !== undefined) return rest.call(place, request, { mapper, beforeSend, afterSend, lane });
    return catalog
      .mapper()
      .then((loaded) => rest.call(place, request, { mapper: loaded, beforeSend, afterSend, lane }));
  }

  async #placeOverSocket(request: OrderRequest, beforeSend: BeforeSend, afterSend: () => void): Promise<OrderReport> {
    const answer = this.#requireSocket().place(request, beforeSend);
    afterSend();
    return await answer;
  }

  async placeBatch(requests: readonly OrderRequest[], beforeSend: BeforeSend): Promise<readonly BatchAnswer[]> {
    const { placeBatch } = this.#venue.orders;
    if (placeBatch === undefined) throw this.#unsupported('batches of orders');
    return this.#core.rest.call(placeBatch.endpoint, requests, {
      mapper: await this.#core.catalog.mapper(),
      beforeSend,
      lane: 'place',
    });
  }

  async cancel(ref: OrderRef, via: 'rest' | 'ws'): Promise<OrderReport> {
    if (via === 'ws') return this.#requireSocket().cancel(ref);
    const mapper = await this.#core.catalog.mapper();
    return this.#core.rest.call(this.#venue.orders.cancel, ref, { mapper, lane: 'cancel' });
  }

  /** @throws {OrderNotFoundError} */
  async get(ref: OrderRef, via: 'rest' | 'ws'): Promise<OrderReport> {
    if (via === 'ws') return this.#requireSocket().get(ref);
    return this.#core.rest.call(this.#venue.orders.get, ref, { mapper: await this.#core.catalog.mapper() });
  }

  async amend(change: AmendRequest, via: 'rest' | 'ws'): Promise<OrderReport> {
    if (via === 'ws') return this.#requireSocket().amend(change);
    const { amend } = this.#venue.orders;
    if (amend === undefined) throw this.#unsupported('amending orders');
    const mapper = await this.#core.catalog.mapper();
    return this.#core.rest.call(amend, change, { mapper, lane: 'place' });
  }

  /** Connects and logs in beforehand. @throws {UnsupportedError} where there is no such socket. */
  async warm(): Promise<void> {
    await this.#requireSocket().warm();
  }

  async close(): Promise<void> {
    await this.#socket?.close();
  }

  #requireSocket(): OrderSocketClient {
    if (this.#socket === undefined) throw this.#unsupported("order entry over a WebSocket (via: 'ws')");
    return this.#socket;
  }

  #unsupported(what: string): UnsupportedError {
    const { id, name } = this.#core.venue;
    return new UnsupportedError({ message: `${name} has no ${what}`, venue: id });
  }
}

import type { Balance } from '../model/balance.js';
import type { Fill } from '../model/fill.js';
import type { Instrument } from '../model/instrument.js';
import type { MarketSymbol } from '../model/symbol.js';
import type { Topic } from './channel.js';
import type { ConnectionPlan } from './connection-plan.js';
import type { Endpoint } from './endpoint.js';
import type { FrameCodec } from './frame-codec.js';
import type { AmendRequest, OrderRef, OrderReport, OrderRequest } from './order-endpoints.js';
import type { ListedPosition } from './position-endpoints.js';
import type { Credentials } from './signer.js';

export interface AccountChannelContext {
  /** `undefined` for a string that is not in the instrument list. */
  toCanonical(venueSymbol: string): MarketSymbol | undefined;
  /** The rules of a market that {@link toCanonical} named. */
  instrument(symbol: MarketSymbol): Instrument;
  /** Epoch ms by our clock. */
  readonly receivedAt: number;
  /** Epoch ms by the venue's clock, from the envelope; `NaN` where it has none. */
  readonly venueTime: number;
  /** Reports something unknown but harmless. */
  drift(what: string): void;
}

/** A stream of the account: one topic, all markets. Pure. */
export interface AccountChannel<E> {
  readonly topic: Topic;
  /**
   * Calls `emit` once per event of the push, in the order of the wire.
   * @throws {MalformedResponseError} when the push cannot be read; nothing has been emitted then.
   */
  decode(payload: unknown, context: AccountChannelContext, emit: (event: E) => void): void;
}

/** The key that a private connection's URL carries. Secrets. */
export interface ListenKeyEndpoints {
  readonly create: Endpoint<void, string>;
  readonly keepAlive: Endpoint<{ readonly key: string }, void>;
  readonly remove: Endpoint<{ readonly key: string }, void>;
  /** Ms between keep-alives. */
  readonly keepAliveMs: number;
  /** Ms that a key lives without one. */
  readonly lifeMs: number;
  /** The connection's URL. */
  url(base: string, key: string): string;
}

/** The private streams of a venue. */
export interface AccountStreams {
  readonly orders: AccountChannel<OrderReport>;
  readonly fills: AccountChannel<Fill>;
  /** `moved`: something has changed, but the push does not say to what; the balances are read again. */
  readonly balances: AccountChannel<Balance | 'moved'>;
  /** The venue pushes no balances for what open orders hold: they are read again whenever an order moves. */
  readonly balancesFollowOrders?: boolean;
  /** Every change of a position, closed ones with a quantity of zero; absent on spot. */
  readonly positions?: AccountChannel<ListedPosition>;
  readonly plan: ConnectionPlan;
  /** Absent where subscriptions are signed instead. */
  readonly listenKey?: ListenKeyEndpoints;
  /** The account's own id, where subscriptions have to name it; asked once, before the codec is loaded. */
  readonly identity?: Endpoint<void, string>;
  /** Loads what the codec needs on first use; the codec signs what has to be signed. */
  loadCodec(credentials: Credentials, identity?: string): Promise<FrameCodec>;
}

/** What came back for a command that was sent over a socket. */
export interface CommandAnswer {
  readonly requestId: string;
  /** The venue has the command, its result follows. */
  readonly isAck: boolean;
  readonly status: number;
  /** What the REST call would have answered: the result, or the error body. */
  readonly body: unknown;
}

/** Order entry over a socket. Answers have the bodies of the REST calls and are read by their endpoints. */
export interface OrderSocket {
  readonly plan: ConnectionPlan;
  /** What placing and amending over it take from the venue's budgets, besides what the call takes anyway. */
  readonly extraCost?: Readonly<Record<string, number>>;
  /** Text of the login; its answer carries `requestId`. @param now epoch ms by the venue's clock. */
  createLogin(credentials: Credentials): (requestId: string, now: number) => string;
  /** Texts of the commands; `expiresAt` as in `UnsignedRequest`. */
  place(request: OrderRequest, context: CommandContext): string;
  cancel(ref: OrderRef, context: CommandContext): string;
  amend(request: AmendRequest, context: CommandContext): string;
  get(ref: OrderRef, context: CommandContext): string;
  ping(now: number): string;
  /** `undefined`: a pong or a frame that answers nothing. @throws {MalformedResponseError} */
  readAnswer(frame: string | Uint8Array): CommandAnswer | undefined;
}

export interface CommandContext {
  readonly requestId: string;
  /** Epoch ms by the venue's clock. */
  readonly now: number;
  readonly expiresAt: number;
  toVenue(symbol: MarketSymbol): string;
  /** The rules of a listed market. @throws {ValidationError} for a symbol that the venue does not list. */
  instrument(symbol: MarketSymbol): Instrument;
}

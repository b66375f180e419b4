import type { SimConnection, SimFrame, VenueBase } from '../../../contract.js';
import { PushQueue } from '../../push-queue.js';
import type { Accounts, Holder } from '../accounts.js';
import { missing, RestRefusal } from '../rest/refusal.js';
import { requireService } from '../rest/rest-shell.js';
import type { StreamRequest } from '../stream/request.js';
import { wallMs } from '../wall-time.js';
import type { ApiDesk, CommandRate } from './api-desk.js';
import { type AnswerHead, printAnswer, printEcho } from './api-frames.js';
import { type ApiRequest, readApiRequest } from './api-request.js';
import { login, requireCurrent } from './login.js';

/** The commands of one socket; the login is the socket's. */
export interface ApiSession {
  receive(request: StreamRequest): void;
  close(): void;
}

interface Context<A extends Holder> {
  readonly prefix: 'spot' | 'futures';
  readonly model: VenueBase & Accounts<A>;
  readonly api: ApiDesk<A>;
  /** The venue's code of its rate limit. */
  readonly limitCode: number;
  nextId(): number;
}

/** A frame is made when it is sent: it tells the time. */
type MakeFrame = () => SimFrame;

/**
 * Faults know an echo by `spot.order_place.ack` and an answer by `spot.order_place.result`.
 * Source: Gate.io spot WebSocket v4 docs, WebSocket API.
 */
export function createApiSession<A extends Holder>(
  connection: SimConnection,
  connectionId: string,
  context: Context<A>,
): ApiSession {
  const { model, api, nextId, prefix, limitCode } = context;
  const { clock, service } = model;
  const answers = new PushQueue<MakeFrame>(clock, model.random, (frames) => {
    for (const make of frames) connection.send(make());
  });
  let account: A | undefined;

  const act = (request: ApiRequest, head: () => AnswerHead, sender: Sender): void => {
    let rate: CommandRate | undefined;
    const finish = (status: number, data: Readonly<Record<string, unknown>>): void => {
      const full = { ...head(), status, rate };
      sender('result', () => printAnswer(clock, full, data));
    };
    try {
      if (request.id === '') throw missing('req_id');
      requireService(service.stateOf(`WS ${request.channel}`), limitCode);
      requireCurrent(request.time, wallMs(clock));
      if (request.channel === `${prefix}.login`) {
        account = login(request, model, connection.ip);
        const { apiKey, userId } = account.settings;
        return finish(200, { result: { api_key: apiKey, uid: userId } });
      }
      const command = api.admit(request, account, connection, (verdict) => {
        rate = verdict;
      });
      const echoHead = { ...head(), rate };
      if (command.echoes) sender('ack', () => printEcho(clock, echoHead));
      finish(200, { result: command.run() });
    } catch (error) {
      if (!(error instanceof RestRefusal)) throw error;
      finish(error.status, { errs: { label: error.label, message: error.message } });
    }
  };

  return {
    receive(message) {
      const request = readApiRequest(message);
      const receivedAt = wallMs(clock);
      const head = (): AnswerHead => ({
        request,
        connectionId,
        ip: connection.ip,
        trace: nextId(),
        receivedAt,
        status: 200,
      });
      const fate = service.fateOf(`WS ${request.channel}`);
      if (fate.kind === 'lost') return;
      if (fate.kind === 'unanswered') {
        const unheard = (): void => act(request, head, () => {});
        if (fate.afterMs === 0) unheard();
        else api.later(fate.afterMs, unheard);
        return;
      }
      const notBefore = fate.answerAfterMs === 0 ? 0 : clock.monotonic() + fate.answerAfterMs;
      act(request, head, (kind, print) => {
        const topic = `${request.channel}.${kind}`;
        answers.push(() => ({ data: print(), kind: 'data', topic }), notBefore);
      });
    },
    close: () => answers.close(),
  };
}

type Sender = (kind: 'ack' | 'result', print: () => string) => void;

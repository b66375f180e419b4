import type { Acknowledgement } from '../../../adapter/frame-codec.js';
import type { VenueErrorCode } from '../../../errors/kinds.js';

const LONGEST_TEXT = 200;
const NO_SUCH_CONTRACT = /contract.{0,20}(?:not exist|doesn't exist|does not exist)/i;

/**
 * Reads an answer. It names the method it answers, but neither the message nor the topic; a refusal (`rs.error`) names
 * nothing at all, so it is the answer to the oldest message. Source: MEXC contract API docs, websocket API.
 * @param refuses argument of the topics that a refusal concerns, where one message speaks of several.
 */
export function readAnswer(channel: string, data: unknown, refuses?: readonly string[]): Acknowledgement {
  const reply = channel.slice('rs.'.length);
  if (reply !== 'error' && data === 'success') return { reply, refused: 'none' };
  const message = typeof data === 'string' && data !== '' ? data.slice(0, LONGEST_TEXT) : 'refused without a reason';
  return {
    ...(reply === 'error' ? {} : { reply }),
    refused: refuses ?? 'all',
    code: codeOf(message, refuses),
    message,
  };
}

function codeOf(message: string, refuses: readonly string[] | undefined): VenueErrorCode {
  if (refuses !== undefined) return 'authentication';
  return NO_SUCH_CONTRACT.test(message) ? 'invalid_symbol' : 'subscription_refused';
}

import { isExchangeError, type PrivateExchange } from '../../index.js';

const ATTEMPTS = 3;

/**
 * Sends a command; one that was not sent because the private streams were catching up is sent when they have.
 * @param note hears why it waits. @throws whatever `send` throws.
 */
export async function whenReady<T>(
  exchange: Pick<PrivateExchange, 'status' | 'on'>,
  send: () => Promise<T>,
  note: (text: string) => void,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (attempt === ATTEMPTS || !isExchangeError(error, 'account_not_ready')) throw error;
      note('not sent: the private streams are catching up');
      await untilLive(exchange);
    }
  }
}

function untilLive(exchange: Pick<PrivateExchange, 'status' | 'on'>): Promise<void> {
  if (exchange.status === 'live') return Promise.resolve();
  return new Promise((resolve) => {
    exchange.on('status', ({ status }) => {
      if (status === 'live' || status === 'closed') resolve();
    });
  });
}

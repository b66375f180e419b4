/** From the most to the least talkative. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Facts beside the message. Keep them flat; never hand over a credential. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where the library writes to. `console` and winston fit as they are; pino wants its arguments the other way round. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

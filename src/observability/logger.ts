import { ConfigurationError } from '../errors/kinds.js';
import { LOG_LEVELS, type LogFields, type Logger, type LogLevel } from '../model/logger.js';
import { redactValue } from './redact-fields.js';

/** One line of a {@link RingLogger}, already redacted. */
export interface LogEntry {
  /** Epoch ms by the clock that the logger was given. */
  readonly at: number;
  readonly level: LogLevel;
  readonly message: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** A logger that remembers the newest lines. Writing keeps references only; redaction happens when they are read. */
export interface RingLogger extends Logger {
  /** The lines that are still there, oldest first, each with everything secret-looking hidden. */
  entries(): LogEntry[];
  /** Lines that newer ones have replaced since the start or the last `clear`. */
  readonly overwritten: number;
  /** Forgets all lines. */
  clear(): void;
}

export interface RingLoggerOptions {
  /** Epoch ms. */
  readonly now: () => number;
  /** Lines kept, 1 to 1,000,000, default 1,000; the oldest makes room for the newest. */
  readonly capacity?: number;
  /** What is less important is dropped at once. Default `'info'`. */
  readonly level?: LogLevel;
}

/** Takes everything and keeps nothing. */
export const silentLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Builds a {@link RingLogger}. @throws {ConfigurationError} for a capacity or level out of range. */
export function createRingLogger(options: RingLoggerOptions): RingLogger {
  const { now, capacity = 1_000, level = 'info' } = options;
  requireOption('capacity', 'a whole number from 1 to 1000000', capacity, isCapacity(capacity));
  requireOption('level', LOG_LEVELS.join(', '), level, LOG_LEVELS.includes(level));
  const lines: Line[] = [];
  let written = 0;
  let cleared = 0;

  const writer = (at: LogLevel) =>
    LOG_LEVELS.indexOf(at) < LOG_LEVELS.indexOf(level)
      ? ignore
      : (message: string, fields?: LogFields): void => {
          lines[written % capacity] = { at: now(), level: at, message, fields };
          written++;
        };

  return {
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    entries() {
      const start = Math.max(cleared, written - capacity);
      return Array.from({ length: written - start }, (_, i) => redactLine(lines[(start + i) % capacity] as Line));
    },
    get overwritten() {
      return Math.max(0, written - cleared - capacity);
    },
    clear() {
      lines.length = 0;
      cleared = written;
    },
  };
}

interface Line {
  readonly at: number;
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields | undefined;
}

function redactLine({ at, level, message, fields }: Line): LogEntry {
  const entry = { at, level, message: String(redactValue(message)) };
  return fields === undefined ? entry : { ...entry, fields: redactValue(fields) as Record<string, unknown> };
}

function isCapacity(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 1_000_000;
}

function requireOption(field: string, expected: string, received: unknown, isValid: boolean): void {
  if (!isValid) throw new ConfigurationError({ field, expected, received });
}

function ignore(): void {}

import type { Logger as PinoLogger } from 'pino';
import pino from 'pino';
import { humanLine } from './human-line.ts';
import { redactUrl } from './redact.ts';

export type Logger = PinoLogger;
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const secretFields = ['password', 'secret', 'token', 'authorization', 'sasl', 'key', 'cert'];

/**
 * A logger that writes one JSON object a line. Fields that hold credentials are hidden, and so are those in URLs,
 * wherever in a line they stand, an error's stack included.
 * @param destination where the lines go; standard output unless given, and there in a form for people when it is a
 * terminal. Writes are synchronous, so that nothing is lost when the process exits.
 */
export function createLogger({
  name,
  level = 'info',
  destination = standardOutput(),
}: {
  readonly name: string;
  readonly level?: LogLevel;
  readonly destination?: { write(line: string): void };
}): Logger {
  const redact = {
    paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
    censor: '***',
  };
  const options = {
    name,
    level,
    redact,
    base: { name },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: levelName },
  };
  return pino(options, { write: (line: string) => destination.write(redactUrl(line)) });
}

function standardOutput(): { write(line: string): void } {
  const output = pino.destination({ fd: 1, sync: true });
  return process.stdout.isTTY ? { write: (line) => output.write(humanLine(line)) } : output;
}

function levelName(label: string): { level: string } {
  return { level: label };
}

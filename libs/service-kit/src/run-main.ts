import { constants } from 'node:os';
import type { z } from 'zod';
import type { Environment } from './config.ts';
import { ConfigError, describeConfig } from './config.ts';
import { credentialFiles, watchCredentials } from './credential-files.ts';
import { withFlags } from './flags.ts';
import type { Logger } from './logger.ts';
import { createLogger, logLevels } from './logger.ts';
import { redactUrl } from './redact.ts';

/** What `start` gets of the process: nothing below it looks at `process` itself. */
export interface ProgramContext {
  readonly env: Environment;
  readonly args: readonly string[];
  readonly logger: Logger;
  /** Aborts when the process is asked to stop, also while it still starts. */
  readonly signal: AbortSignal;
}

/** A program that has started. */
export interface Program {
  /** Drains: finishes or hands back what is in work, then lets go of everything. */
  close(): Promise<void>;
  /** For a program that ends by itself: resolves with its exit code when it is done; `close` follows. */
  readonly finished?: Promise<number>;
}

interface MainOptions {
  /** Names the program in its log. */
  readonly name: string;
  /** Printed on `--help`, above the variables of `schema`; a program without it parses its arguments itself. */
  readonly help?: string;
  /** Its configuration: with it, flags of the same names may stand for variables. */
  readonly schema?: z.ZodObject;
  /** How long `close` may take after a signal. */
  readonly closeWithinMs?: number;
}

const exitCodes = { failed: 1, interruptedTwice: 128 + constants.signals.SIGINT };

/**
 * Runs a program as a process: the only place that handles signals, arguments and exit codes.
 * SIGTERM and SIGINT drain by `close()` within a deadline and exit 0 (1 when the deadline passes), at once while the
 * program still starts; a second signal exits 130. A failed start prints its message and exits with the error's `exitCode` (ConfigError: 2), else 1.
 * A file of credentials that changes drains too and exits 0: what keeps the program running starts it with the new ones.
 * An error that nobody caught is logged and exits 1.
 */
export async function runMain(
  start: (context: ProgramContext) => Promise<Program>,
  options: MainOptions,
): Promise<void> {
  const { name, help, schema, closeWithinMs = 10_000 } = options;
  const args = process.argv.slice(2);
  if (help !== undefined && args.includes('--help')) {
    process.stdout.write(`${help}\n${schema ? `\n${describeConfig(schema)}\n` : ''}`);
    return;
  }
  try {
    if (help !== undefined && !schema) refuseArguments(args);
    const env = schema ? withFlags(process.env, args, schema) : process.env;
    const logger = createLogger({ name, level: readLogLevel(env, schema) });
    exitOnUncaught(logger);
    const stop = onStopSignal(logger);
    watchCredentials(credentialFiles(env), (file) => {
      logger.warn({ file }, 'credentials have changed: stopping, to be started again with the new ones');
      stop.request();
    });
    const program = await Promise.race([start({ env, args, logger, signal: stop.signal }), stop.requested]);
    // Nothing was accepted before the start was over, so there is nothing to drain.
    if (!program) process.exit(0);
    const exitCode = await Promise.race([stop.requested.then(() => 0), program.finished ?? never]);
    await closeWithin(program, closeWithinMs);
    process.exit(exitCode);
  } catch (error) {
    process.stderr.write(`${redactUrl(error instanceof Error ? error.message : String(error))}\n`);
    process.exit(exitCodeOf(error));
  }
}

const never = new Promise<never>(() => {});

interface StopRequest {
  readonly signal: AbortSignal;
  readonly requested: Promise<void>;
  request(): void;
}

function onStopSignal(logger: Logger): StopRequest {
  const controller = new AbortController();
  const { promise: requested, resolve } = Promise.withResolvers<void>();
  const request = (): void => {
    controller.abort();
    resolve();
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interruptedTwice);
    logger.info({ signal }, 'stopping; a second signal ends at once');
    request();
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  return { signal: controller.signal, requested, request };
}

function exitOnUncaught(logger: Logger): void {
  const onError = (error: unknown): void => {
    logger.fatal({ err: error }, 'an error that nobody caught');
    process.exit(exitCodes.failed);
  };
  process.on('uncaughtException', onError).on('unhandledRejection', onError);
}

async function closeWithin(program: Program, deadlineMs: number): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`did not stop within ${deadlineMs} ms`)), deadlineMs);
  await Promise.race([program.close(), late.promise]);
  clearTimeout(timer);
}

function refuseArguments(args: readonly string[]): void {
  if (args.length === 0) return;
  throw new ConfigError([
    `${args.join(' ')}: no arguments but --help are taken; set environment variables instead`,
  ]);
}

/** A program whose schema has the level refuses a wrong one itself, together with its other mistakes. */
function readLogLevel(env: Environment, schema: z.ZodObject | undefined) {
  const given = env['FRAMEGATE_LOG_LEVEL'] || 'info';
  const level = logLevels.find((known) => known === given);
  if (level !== undefined) return level;
  if (schema && 'logLevel' in schema.shape) return 'info';
  throw new ConfigError([
    `FRAMEGATE_LOG_LEVEL=${JSON.stringify(given)}: expected one of ${logLevels.join(', ')}`,
  ]);
}

function exitCodeOf(error: unknown): number {
  const code = error instanceof Error && 'exitCode' in error ? error.exitCode : undefined;
  return typeof code === 'number' ? code : exitCodes.failed;
}

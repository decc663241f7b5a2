import type { z } from 'zod';
import type { Environment } from './config.ts';
import { ConfigError, variableOf } from './config.ts';

/**
 * Command-line flags as environment variables, so that one schema serves both: `--http-port=9000` and `--http-port 9000`
 * are `FRAMEGATE_HTTP_PORT=9000`, and `--lossless` alone is `FRAMEGATE_LOSSLESS=true`. A flag wins over its variable.
 * @throws ConfigError for arguments that are no flag of the schema
 */
export function withFlags(env: Environment, args: readonly string[], schema: z.ZodObject): Environment {
  const known = new Map(Object.keys(schema.shape).map((field) => [flagOf(field), variableOf(field)]));
  const given = readFlags(args).map(({ flag, value }) => ({
    flag,
    variable: known.get(flag),
    value: value ?? 'true',
  }));
  const unknown = given.filter(({ variable }) => variable === undefined);
  if (unknown.length > 0) {
    const flags = [...known.keys()].join(', ');
    throw new ConfigError(unknown.map(({ flag }) => `${flag}: no such flag; there are ${flags}, --help`));
  }
  return { ...env, ...Object.fromEntries(given.map(({ variable, value }) => [variable, value])) };
}

interface Flag {
  readonly flag: string;
  /** Undefined until one follows. */
  readonly value: string | undefined;
}

/** A word that is no flag is the value of the flag before it, where that has none yet. */
function readFlags(args: readonly string[]): Flag[] {
  const flags: Flag[] = [];
  for (const arg of args) {
    const last = flags.at(-1);
    const [flag = '', ...value] = arg.split('=');
    if (!arg.startsWith('--') && last && last.value === undefined)
      flags.splice(-1, 1, { ...last, value: arg });
    else flags.push({ flag, value: value.length === 0 ? undefined : value.join('=') });
  }
  return flags;
}

/** `httpPort` → `--http-port` */
function flagOf(field: string): string {
  return `--${field.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()}`;
}

import type { z } from 'zod';
import type { Environment } from './config.ts';
import { ConfigError, variableOf } from './config.ts';

/**
 * Command-line flags as environment variables, so that one schema serves both: `--http-port=9000` is
 * `FRAMEGATE_HTTP_PORT=9000`, and `--lossless` alone is `FRAMEGATE_LOSSLESS=true`. A flag wins over its variable.
 * @throws ConfigError for arguments that are no flag of the schema
 */
export function withFlags(env: Environment, args: readonly string[], schema: z.ZodObject): Environment {
  const known = new Map(Object.keys(schema.shape).map((field) => [flagOf(field), variableOf(field)]));
  const given = args.map((arg) => {
    const [flag = '', ...value] = arg.split('=');
    return { arg, variable: known.get(flag), value: value.length === 0 ? 'true' : value.join('=') };
  });
  const unknown = given.filter(({ variable }) => variable === undefined);
  if (unknown.length > 0) {
    const flags = [...known.keys()].join(', ');
    throw new ConfigError(
      unknown.map(({ arg }) => `${arg.split('=')[0]}: no such flag; there are ${flags}, --help`),
    );
  }
  return { ...env, ...Object.fromEntries(given.map(({ variable, value }) => [variable, value])) };
}

/** `httpPort` → `--http-port` */
function flagOf(field: string): string {
  return `--${field.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()}`;
}

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { redactUrl } from './redact.ts';

/** Environment variables, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

const prefix = 'FRAMEGATE_';
/** A variable with such a name, and any that comes from a file, is never printed. */
const secretName = /(PASSWORD|SECRET|TOKEN|KEY|CREDENTIALS)$/;

/** All mistakes of a configuration, one a line. The program ends with exit code 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly exitCode = 2;
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.mistakes = mistakes;
  }
}

/**
 * Reads a typed configuration from the environment: the field `kafkaBrokers` from `FRAMEGATE_KAFKA_BROKERS`, or from
 * the file that `FRAMEGATE_KAFKA_BROKERS_FILE` names (how orchestrators hand over secrets; a last newline is dropped).
 * An empty variable counts as unset. Fields take strings: use `z.coerce` or `z.stringbool` for others.
 * @throws ConfigError with every mistake: variable, value unless secret, what was expected, what to do
 */
export function readConfig<Schema extends z.ZodObject>(schema: Schema, env: Environment): z.output<Schema> {
  const fields = Object.keys(schema.shape).map((field) => readField(field, env));
  const given = fields.filter((field) => field.value !== undefined);
  const parsed = schema.safeParse(Object.fromEntries(given.map(({ name, value }) => [name, value])));
  const unreadable = fields.flatMap((field) => field.mistake ?? []);
  if (parsed.success && unreadable.length === 0) return parsed.data;
  const unreadableNames = new Set(
    fields.filter((field) => field.mistake !== undefined).map(({ name }) => name),
  );
  const issues = (parsed.error?.issues ?? []).filter((issue) => !unreadableNames.has(String(issue.path[0])));
  throw new ConfigError([...unreadable, ...issues.map((issue) => describeIssue(issue, fields))]);
}

/** The variables of a configuration with their defaults and descriptions, one a line: for `--help`. */
export function describeConfig(schema: z.ZodObject): string {
  const lines = Object.entries(schema.shape).map(([field, type]) => {
    const fallback = z.safeParse(type, undefined);
    const value = fallback.success
      ? fallback.data === undefined
        ? 'optional'
        : `default ${show(fallback.data)}`
      : 'required';
    const description = z.globalRegistry.get(type)?.description;
    return `  ${variableOf(field)}  (${value})${description === undefined ? '' : `  ${description}`}`;
  });
  return ['Environment:', ...lines].join('\n');
}

interface Field {
  readonly name: string;
  readonly variable: string;
  readonly value?: string;
  readonly isSecret: boolean;
  readonly mistake?: string;
}

function readField(name: string, env: Environment): Field {
  const variable = variableOf(name);
  const [direct, file] = [env[variable] || undefined, env[`${variable}_FILE`] || undefined];
  if (file === undefined) {
    return {
      name,
      variable,
      isSecret: secretName.test(variable),
      ...(direct === undefined ? {} : { value: direct }),
    };
  }
  const fromFile = { name, variable: `${variable}_FILE`, isSecret: true };
  if (direct !== undefined) {
    return { ...fromFile, mistake: `${variable} and ${variable}_FILE are both set: unset one of them` };
  }
  try {
    return { ...fromFile, value: readFileSync(file, 'utf8').replace(/\r?\n$/, '') };
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    const mistake = `${variable}_FILE=${JSON.stringify(file)} can't be read (${reason}): name a file that this user may read`;
    return { ...fromFile, mistake };
  }
}

function describeIssue(issue: z.core.$ZodIssue, fields: readonly Field[]): string {
  const field = fields.find(({ name }) => name === issue.path[0]);
  if (field === undefined) return `configuration: ${issue.message}`;
  const expected = issue.message.replace(/^Invalid input: /, '').replace(/, received undefined$/, '');
  if (field.value === undefined) return `${field.variable} is not set: ${expected}. Set it to such a value`;
  const value = field.isSecret ? '(secret, not shown)' : JSON.stringify(redactUrl(field.value));
  return `${field.variable}=${value}: ${expected}. Set it to such a value${field.isSecret ? '' : ', or unset it for its default'}`;
}

/** `kafkaBrokers` → `FRAMEGATE_KAFKA_BROKERS` */
export function variableOf(field: string): string {
  return prefix + field.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase();
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

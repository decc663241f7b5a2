import { readFileSync } from 'node:fs';
import { BusError } from '@framegate/message-bus';
import { z } from 'zod';
import type { KafkaBusOptions } from './options.ts';

const broker = z.string().regex(/^[^\s:]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/, 'expected host:port');
const brokerList = z
  .string({ error: 'is not set: give host:port of the brokers, separated by commas' })
  .transform((list) => list.split(',').map((each) => each.trim()))
  .pipe(z.array(broker));

const environment = z.object({
  KAFKA_BROKERS: brokerList,
  KAFKA_TLS: z.enum(['true', 'false']).optional(),
  KAFKA_TLS_CA: z.string().optional(),
  KAFKA_TLS_CERT: z.string().optional(),
  KAFKA_TLS_KEY: z.string().optional(),
  KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional(),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),
  KAFKA_SASL_PASSWORD_FILE: z.string().optional(),
});

export type KafkaConnection = Pick<KafkaBusOptions, 'brokers' | 'ssl' | 'sasl'>;

/**
 * Reads `KAFKA_BROKERS` (`host:port,…`), `KAFKA_TLS` (`true`, `false`), `KAFKA_TLS_CA`, `_CERT` and `_KEY` (paths of
 * PEM files; any of them turns TLS on) and `KAFKA_SASL_MECHANISM`, `_USERNAME` and `_PASSWORD`, or
 * `KAFKA_SASL_PASSWORD_FILE`, which names a file that holds it.
 *
 * @param readFile gives the content of a PEM file
 * @throws BusError `INVALID_ARGUMENT` that lists every mistake; it never contains the password
 */
export function parseKafkaEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): KafkaConnection {
  const parsed = environment.safeParse(env);
  if (!parsed.success) throw invalid(parsed.error.issues.map(describeIssue));
  const { KAFKA_BROKERS: brokers, ...rest } = parsed.data;
  const ssl = tls(rest, readFile);
  const credentials = sasl(rest, readFile);
  return { brokers, ...(ssl && { ssl }), ...(credentials && { sasl: credentials }) };
}

type Security = Omit<z.infer<typeof environment>, 'KAFKA_BROKERS'>;

function tls(env: Security, readFile: (path: string) => string): KafkaConnection['ssl'] {
  const { KAFKA_TLS_CA: ca, KAFKA_TLS_CERT: cert, KAFKA_TLS_KEY: key } = env;
  if ((cert === undefined) !== (key === undefined)) {
    throw invalid(['KAFKA_TLS_CERT and KAFKA_TLS_KEY go together: set both or neither']);
  }
  const files = Object.entries({ ca, cert, key }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  if (files.length === 0) return env.KAFKA_TLS === 'true' ? true : undefined;
  if (env.KAFKA_TLS === 'false')
    throw invalid(['KAFKA_TLS is false, but certificates are given: remove one of them']);
  return Object.fromEntries(
    files.map(([name, path]) => [name, contentOf(`KAFKA_TLS_${name.toUpperCase()}`, path, readFile)]),
  );
}

function contentOf(variable: string, path: string, readFile: (path: string) => string): string {
  try {
    return readFile(path);
  } catch (error) {
    throw invalid([`${variable}: cannot read ${path}: ${String(error)}`]);
  }
}

function sasl(env: Security, readFile: (path: string) => string): KafkaConnection['sasl'] {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username } = env;
  const password = passwordOf(env, readFile);
  if (mechanism === undefined && username === undefined && password === undefined) return undefined;
  if (mechanism !== undefined && username !== undefined && password !== undefined)
    return { mechanism, username, password };
  throw invalid([
    'KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD go together: set all or none',
  ]);
}

/** From a file where orchestrators hand over secrets as such; a last newline is dropped. */
function passwordOf(env: Security, readFile: (path: string) => string): string | undefined {
  const { KAFKA_SASL_PASSWORD: password, KAFKA_SASL_PASSWORD_FILE: file } = env;
  if (file === undefined) return password;
  if (password !== undefined)
    throw invalid(['KAFKA_SASL_PASSWORD and KAFKA_SASL_PASSWORD_FILE are both set: unset one of them']);
  return contentOf('KAFKA_SASL_PASSWORD_FILE', file, readFile).replace(/\r?\n$/, '');
}

function describeIssue({ path, message, input }: z.core.$ZodIssue): string {
  const [name = 'environment'] = path;
  return `${String(name)}: ${message}${typeof input === 'string' ? `, got "${input}"` : ''}`;
}

function invalid(mistakes: readonly string[]): BusError {
  return new BusError(
    'INVALID_ARGUMENT',
    `Kafka settings in the environment are wrong. ${mistakes.join('; ')}.`,
  );
}

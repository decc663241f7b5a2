import { parseArgs } from 'node:util';
import { defaultDataFolder } from './layout.ts';

export const HELP = `Runs one Apache Kafka broker on this machine, for development and tests.

Usage: pnpm kafka <start|stop|status> [--port P] [--data DIR]

  start   fetch Kafka once, start the broker in the background, return when it serves
  stop    stop it cleanly; its topics stay in DIR
  status  say whether it serves

Options:
  --port P    port to serve on (default 9092); its controller takes P+1
  --data DIR  folder of topics and logs (default: in the user's state folder, by port)
  --help      show this text

Exit codes: 0 done, or serving; 1 failed, or not serving; 2 wrong arguments.

Examples:
  pnpm kafka start                            a broker at 127.0.0.1:9092
  pnpm kafka start --port 9192 --data ./data  a second one, with its topics in ./data
  pnpm kafka stop --port 9192
`;

export type Command =
  { action: 'help' } | { action: 'start' | 'stop' | 'status'; port: number; dataFolder: string };

/** @throws UsageError */
export function parseCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Command {
  const { values, positionals } = parse(args);
  if (values.help) return { action: 'help' };
  const [action, ...rest] = positionals;
  if (action !== 'start' && action !== 'stop' && action !== 'status') {
    throw new UsageError(
      `Expected start, stop or status, got ${action === undefined ? 'nothing' : `"${action}"`}.`,
    );
  }
  if (rest.length > 0) throw new UsageError(`Unexpected argument "${rest.join(' ')}" after ${action}.`);
  const port = parsePort(values.port ?? '9092');
  return { action, port, dataFolder: values.data ?? defaultDataFolder(env, port) };
}

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { port: { type: 'string' }, data: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_534) return port;
  throw new UsageError(`Expected a port from 1 to 65534 after --port, got "${text}".`);
}

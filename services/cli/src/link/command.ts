import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

const details = `
Clients connect to the address that it prints; what they send to the target goes through the link. A Kafka client
moves on to the address that its broker advertises: give the broker a second listener that advertises this one.
While it runs, a line on standard input changes the link: "delay 200", "rate 50000", "loss 0.1", "cut", "open",
"reset".

Exit codes: 0 it was ended; 2 impossible conditions, or its port is in use.

Examples:
  $ framegate link camera.local:554 --port 8554 --rate 250000            an uplink of 2 Mbit/s
  $ framegate link 127.0.0.1:9093 --port 9192 --delay 100 --jitter 50    a long way
  $ framegate link 127.0.0.1:9093 --loss 0.1 --delay 200                 emulated: rate and time-outs of such a link`;

export interface LinkFlags {
  readonly port: number;
  readonly host: string;
  readonly rate: number;
  readonly delay: number;
  readonly jitter: number;
  readonly loss: number;
}

/** `framegate link`: a bad network in front of a server. */
export function registerLink(program: Command): void {
  program
    .command('link')
    .description('a TCP proxy that delays, narrows, loses and cuts, to try a bad network')
    .argument('<target>', 'host:port of the server behind it', target)
    .option('--port <number>', 'to listen on; 0 takes a free one', (text) => within(text, 0, 65_535), 0)
    .option('--host <address>', 'to listen on', '127.0.0.1')
    .option('--rate <bytes>', 'a second, towards the target', (text) => within(text, 1, 1e12), Infinity)
    .option('--delay <ms>', 'in each direction', (text) => within(text, 0, 3_600_000), 0)
    .option('--jitter <ms>', 'up to so much more', (text) => within(text, 0, 3_600_000), 0)
    .option('--loss <share>', 'of the packets, 0 to 0.99', (text) => within(text, 0, 0.99), 0)
    .addHelpText('after', details)
    .action(async (to: { host: string; port: number }, flags: LinkFlags) => {
      const { runLink } = await import('./run-link.ts');
      await runLink(to, flags, process.stdin, process.stdout);
    });
}

function target(text: string): { host: string; port: number } {
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined || Number(port) > 65_535)
    throw new InvalidArgumentError('Expected host:port, such as 127.0.0.1:9092.');
  return { host, port: Number(port) };
}

function within(text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least && value <= most))
    throw new InvalidArgumentError(`Expected a number from ${least} to ${most}.`);
  return value;
}

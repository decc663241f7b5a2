import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

const details = `
Cameras answer a probe by multicast to 239.255.255.250:3702 (ONVIF, WS-Discovery), so only those on this machine's
own networks are found. --target asks one address directly, for networks that carry no multicast.

Examples:
  $ framegate cameras discover
  $ framegate cameras discover --seconds 10 --json
  $ framegate cameras discover --target 192.168.1.64`;

export interface DiscoverFlags {
  readonly seconds: number;
  readonly json: boolean;
  readonly target?: { readonly address: string; readonly port: number };
}

/** `framegate cameras`: what is on the network. */
export function registerCameras(program: Command): void {
  const cameras = program
    .command('cameras')
    .description('cameras on the network')
    .addHelpText('after', details);
  cameras
    .command('discover')
    .description('ask which ONVIF cameras are there')
    .option('--seconds <number>', 'to wait for answers', seconds, 3)
    .option('--target <host[:port]>', 'ask this address instead of everyone', target)
    .option('--json', 'as JSON', false)
    .addHelpText('after', details)
    .action(async (flags: DiscoverFlags) => {
      const { runDiscover } = await import('./run-discover.ts');
      await runDiscover(flags, process.stdout);
    });
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value <= 300))
    throw new InvalidArgumentError('Expected a number above 0 and up to 300.');
  return value;
}

function target(text: string): { address: string; port: number } {
  const [, address, port = '3702'] = /^([^\s:]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (address === undefined || Number(port) < 1 || Number(port) > 65_535)
    throw new InvalidArgumentError('Expected a host such as 192.168.1.64, or host:port.');
  return { address, port: Number(port) };
}

import type { Output } from '../terminal/output.ts';
import type { DiscoverFlags } from './command.ts';
import { discoverCameras } from './discover.ts';
import type { DiscoveredCamera } from './ws-discovery.ts';

export async function runDiscover({ seconds, json, target }: DiscoverFlags, stdout: Output): Promise<void> {
  const cameras = await discoverCameras({ waitMs: seconds * 1000, target });
  if (json) stdout.write(`${JSON.stringify(cameras, null, 2)}\n`);
  else if (cameras.length === 0) stdout.write(`${noneAnswered(seconds)}\n`);
  else stdout.write(cameras.map(cameraText).join(''));
}

function cameraText({ name, address, hardware, location, serviceUrls }: DiscoveredCamera): string {
  const facts = [address, hardware, location].filter((fact) => fact !== null);
  return [`${name}  ${facts.join(', ')}`, ...serviceUrls.map((url) => `  ${url}`), ''].join('\n');
}

function noneAnswered(seconds: number): string {
  return `no camera answered within ${seconds} s. Cameras need ONVIF discovery switched on, and a network that carries multicast; --target HOST asks one directly.`;
}

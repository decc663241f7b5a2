import { cpus } from 'node:os';

/** What the figures were made on. */
export function environmentOf(): Record<string, string | number> {
  const cores = cpus();
  return {
    cpu: cores[0]?.model ?? 'unknown',
    cores: cores.length,
    node: process.versions.node,
    platform: process.platform,
  };
}

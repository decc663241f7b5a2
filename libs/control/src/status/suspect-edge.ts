import type { History } from './history.ts';
import { readSite } from './history.ts';
import type { Suspicion } from './suspicion.ts';
import type { Reading } from './usual.ts';
import { evidenceOf } from './usual.ts';

/**
 * The computers of a site, or its encoding. Whatever slows the gate, which does the same work on each frame, is the
 * processor's; what encoding takes beyond that is its own. The wait for a core, which lies in the time until a frame
 * is decoded, is shared out as the work is.
 */
export function suspectEdge(history: History, site: string): Suspicion[] {
  const decode = readSite(history, site, 'decode', 1);
  const gate = readSite(history, site, 'gate', 0.05);
  const encode = readSite(history, site, 'encode', 0.3);
  const cpu = readSite(history, site, 'cpuShare', 0.05);

  const slowdown = Math.max(1, ratio(gate) ?? 1);
  const cpuMs = (slowdown > 1.25 ? slowdown - 1 : 0) * sumOfUsual(decode, gate, encode);
  const ownMs = encode.value - encode.usual * slowdown;
  const encodeMs = encode.excess > 0 && ownMs > 0.5 * encode.usual * slowdown ? ownMs : 0;
  const waitingMs = Math.max(0, decode.excess - (slowdown - 1) * sumOfUsual(decode));
  const isBusy = cpu.value > 0.9 && cpu.excess > 0;
  const work = cpuMs + encodeMs;
  const encodeShare = work > 0 ? encodeMs / work : 0;
  const cpuShare = work > 0 ? cpuMs / work : isBusy ? 1 : 0;

  const suspicions: Suspicion[] = [
    {
      cause: 'edge-cpu',
      at: site,
      explainsMs: cpuMs + waitingMs * cpuShare,
      evidence: [
        ...tellingly(decode, 'decode, with the wait for a core', ' ms'),
        ...tellingly(gate, 'gate', ' ms'),
        evidenceOf(cpu, 'busy share of the cores', ''),
      ],
    },
    {
      cause: 'encode',
      at: site,
      explainsMs: encodeMs + waitingMs * encodeShare,
      evidence: [
        evidenceOf(encode, 'encode', ' ms'),
        ...tellingly(decode, 'decode, with the wait for a core', ' ms'),
      ],
    },
  ];
  return suspicions.filter(({ explainsMs }) => explainsMs > 1);
}

function tellingly(reading: Reading, name: string, unit: string) {
  return reading.excess > 0 ? [evidenceOf(reading, name, unit)] : [];
}

function ratio({ value, usual }: Reading): number | undefined {
  return value > 0 && usual > 0 ? value / usual : undefined;
}

function sumOfUsual(...readings: readonly Reading[]): number {
  return readings.reduce((sum, { usual }) => sum + (usual > 0 ? usual : 0), 0);
}

import type { NetworkChaos, Resource, Selector } from '../resources/resource.ts';
import { errorNames, signals, stateVolume } from './local-terms.ts';

type Of<Kind extends Resource['kind']> = Extract<Resource, { kind: Kind }>['spec'];

/** @returns why this machine can't do it, in words; undefined where it can */
export function whyNotLocal(resource: Resource): string | undefined {
  const reason = reasonOf(resource);
  return reason === undefined ? undefined : `${resource.kind} ${resource.metadata.name}: ${reason}`;
}

function reasonOf(resource: Resource): string | undefined {
  switch (resource.kind) {
    case 'PodChaos':
      return undefined;
    case 'NetworkChaos':
      return ofNetwork(resource);
    case 'PhysicalMachineChaos': {
      const { signal } = resource.spec.process;
      return signals[signal] ? undefined : `signal ${signal} is none of 9, 15 and 19`;
    }
    case 'StressChaos':
      return undefined;
    case 'TimeChaos':
      return ofTime(resource.spec);
    case 'IOChaos':
      return ofDisk(resource.spec);
    case 'DNSChaos':
      return resource.spec.action === 'error'
        ? undefined
        : "names can't be resolved to random addresses here; run it on a cluster";
    default:
      return `a ${resource.kind} can't be reproduced on this machine; run it on a cluster`;
  }
}

function ofNetwork(resource: NetworkChaos): string | undefined {
  const { action, duplicate, corrupt } = resource.spec;
  const impossible = duplicate ? 'duplicate' : corrupt ? 'corrupt' : action;
  if (impossible === 'duplicate' || impossible === 'corrupt')
    return `a proxy of TCP connections can't ${impossible} packets; run it on a cluster`;
  return isUplink(resource) ? undefined : 'only the way between edge and kafka has a proxy';
}

function isUplink({ spec }: NetworkChaos): boolean {
  const componentOf = (selector?: Selector): string | undefined =>
    selector?.labelSelectors['app.kubernetes.io/component'];
  const ends = new Set([componentOf(spec.selector), componentOf(spec.target?.selector) ?? 'kafka']);
  return ends.has('edge') && ends.has('kafka');
}

function ofTime({ clockIds, selector }: Of<'TimeChaos'>): string | undefined {
  const other = clockIds.find((clock) => clock !== 'CLOCK_REALTIME');
  if (other !== undefined) return `only CLOCK_REALTIME can be set wrong here, not ${other}`;
  return ofService(selector);
}

function ofDisk({
  action,
  volumePath,
  methods,
  percent,
  errno,
  path,
  selector,
}: Of<'IOChaos'>): string | undefined {
  if (action !== 'latency' && action !== 'fault') return `writes can't be changed by ${action} here`;
  if (volumePath !== stateVolume)
    return `only the volume ${stateVolume} has a folder here, not ${volumePath}`;
  if (path !== undefined && path !== `${volumePath}/**/*`) return 'only a whole volume can be disturbed here';
  if (methods?.join() !== 'write' && methods?.join() !== 'WRITE')
    return 'only the method WRITE can be disturbed here';
  if (percent !== 100) return `each write is disturbed here, not ${percent} %`;
  if (action === 'fault' && errorNames[errno ?? 0] === undefined)
    return `errno ${errno ?? 'missing'} is none of ${Object.keys(errorNames).join(' and ')}`;
  return ofService(selector);
}

const services = new Set(['edge', 'inference', 'controller']);

/** Only processes of the repository can be disturbed from inside. */
function ofService({ labelSelectors }: Selector): string | undefined {
  const component = labelSelectors['app.kubernetes.io/component'] ?? '';
  return services.has(component) ? undefined : `"${component}" is no service of this repository`;
}

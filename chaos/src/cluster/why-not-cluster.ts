import type { Experiment } from '../experiment.ts';
import type { Fault } from '../read-experiment.ts';

/** @returns what of an experiment a cluster can't do or show, in words; empty where it can be run there */
export function whyNotOnCluster({ load, start, statements }: Experiment, faults: readonly Fault[]): string[] {
  const unjudged = statements.filter(({ field }) => field.startsWith('logs.'));
  return [
    ...faults.flatMap(({ resource }) => {
      const reason = reasonOf(resource.kind);
      return reason === undefined ? [] : [`${resource.kind} ${resource.metadata.name}: ${reason}`];
    }),
    ...(load
      ? ['load: more cameras are processes of this machine; deploy/load has a job for a cluster']
      : []),
    ...(start.source === 'network'
      ? ['start.source network: those cameras are processes of this machine']
      : []),
    ...unjudged.map(({ says, field }) => `"${says}" (${field}): the logs of pods are not read`),
  ];
}

function reasonOf(kind: Fault['resource']['kind']): string | undefined {
  switch (kind) {
    case 'PhysicalMachineChaos':
      return 'it is for machines that run chaosd, and a pod is none; Chaos Mesh sends no signal to a pod';
    case 'Schedule':
    case 'Workflow':
      return 'it does not tell when its faults begin and end';
    default:
      return undefined;
  }
}

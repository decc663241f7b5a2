import { join } from 'node:path';
import { chartVariants } from './chart-variants.ts';
import { type Manifest, parseManifests } from './rendered.ts';
import { runCommand } from './run-command.ts';
import type { Transcript } from './transcript.ts';

const namespace = 'framegate-validation';
/** Goes before the name of a file, or - for what is handed in. */
const check = [
  'apply',
  '--namespace',
  namespace,
  '--dry-run=server',
  '--validate=strict',
  '--warnings-as-errors',
  '--filename',
];

/**
 * Gives every object of both charts to the API server, which checks its types, keys and values and creates nothing, in
 * a namespace that warns of whatever is outside "restricted". Kinds that this cluster does not know are said.
 */
export async function validateCharts(root: string, helm: string, transcript: Transcript): Promise<void> {
  await runCommand('kubectl', ['create', 'namespace', namespace]);
  try {
    await runCommand('kubectl', [
      'label',
      'namespace',
      namespace,
      'pod-security.kubernetes.io/warn=restricted',
    ]);
    const known = new Set((await runCommand('kubectl', ['api-versions'])).trim().split('\n'));
    const unknown = new Set<string>();
    let objects = 0;
    for (const { name, chart, values } of chartVariants) {
      const folder = join(root, 'deploy/helm', `framegate-${chart}`);
      const text = await runCommand(helm, ['template', 'fg', folder, '--namespace', namespace, ...values]);
      const manifests = parseManifests(text);
      for (const { apiVersion, kind } of manifests)
        if (!known.has(apiVersion)) unknown.add(`${kind} (${apiVersion})`);
      const checked = manifests.filter(({ apiVersion }) => known.has(apiVersion));
      const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: checked.map(asWritten) });
      await runCommand('kubectl', [...check, '-'], { input });
      objects += checked.length;
      transcript.step(`${name}: ${checked.length} objects are as the API server wants them`);
    }
    await runCommand('kubectl', [...check, join(root, 'deploy/load/job.yaml')]);
    transcript.step('the job that sends a load is as the API server wants it');
    objects += 1;
    transcript.figure('objects that the API server checked', String(objects));
    if (unknown.size > 0)
      transcript.step(`not run: ${[...unknown].join(', ')}, which this cluster does not know`);
  } finally {
    await runCommand('kubectl', ['delete', 'namespace', namespace, '--wait=false']);
  }
}

/** Without the empty `spec` that reading gives to kinds which have none. */
function asWritten({ spec, ...rest }: Manifest): object {
  return Object.keys(spec).length === 0 ? rest : { ...rest, spec };
}

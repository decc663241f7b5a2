import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Trial } from './cluster-charts.ts';
import { readsAs } from './cluster-charts.ts';
import { until } from './pipeline-watch.ts';
import { indented } from './transcript.ts';

/** deploy/load/job.yaml as it is, but for less of it, on a node with little room, over the secured listener for sites. */
const kustomization = (broker: string): string => `resources: [job.yaml]
patches:
  - patch: |
      apiVersion: batch/v1
      kind: Job
      metadata: { name: framegate-load }
      spec:
        template:
          spec:
            containers:
              - name: load
                imagePullPolicy: Never
                resources: { requests: { cpu: 250m } }
                args: [--as=edge, --cameras=20, --fps=2, --size=640x360, --motion=0.2, --seconds=20]
                env:
                  - { name: KAFKA_BROKERS, value: '${broker}' }
                  - { name: KAFKA_TLS, value: 'true' }
                  - { name: KAFKA_TLS_CA, value: /etc/framegate/ca/ca.crt }
                  - { name: KAFKA_SASL_MECHANISM, value: scram-sha-512 }
                  - { name: KAFKA_SASL_USERNAME, value: ${readsAs} }
                  - { name: KAFKA_SASL_PASSWORD_FILE, value: /etc/framegate/users/${readsAs} }
                volumeMounts:
                  - { name: ca, mountPath: /etc/framegate/ca, readOnly: true }
                  - { name: users, mountPath: /etc/framegate/users, readOnly: true }
            volumes:
              - { name: ca, secret: { secretName: framegate-kafka-tls, items: [{ key: ca.crt, path: ca.crt }] } }
              - { name: users, secret: { secretName: framegate-kafka-users } }
`;

/** Sends a load from a pod of the cluster, once. @throws Error when the job fails, as it does when a frame failed */
export async function sendLoad({ root, folder, cloud, transcript }: Trial): Promise<void> {
  const load = join(folder, 'load');
  await mkdir(load);
  await copyFile(join(root, 'deploy/load/job.yaml'), join(load, 'job.yaml'));
  const { kubectl } = cloud.cluster;
  await writeFile(join(load, 'kustomization.yaml'), kustomization(`${cloud.node.address}:30094`));
  await kubectl('apply', '--kustomize', load);
  let status = '';
  await until(
    async () => {
      status = await kubectl(
        'get',
        'job/framegate-load',
        '--output',
        'jsonpath={.status.conditions[*].type}',
      );
      return /Complete|Failed/.test(status);
    },
    240_000,
    () => 'the job that sends a load has not ended',
  );
  const log = (await kubectl('logs', 'job/framegate-load', '--tail=6')).trimEnd();
  // A machine that is too busy for the schedule fails the job, too; here only frames that did not arrive count.
  if (!log.includes(', failed 0;')) throw new Error(`deploy/load/job.yaml failed:\n${log}`);
  transcript.step(`deploy/load/job.yaml sent its load:\n${indented(log)}`);
  await kubectl('delete', 'job', 'framegate-load', '--wait');
}

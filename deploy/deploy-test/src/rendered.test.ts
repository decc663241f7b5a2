import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLoadOptions } from '@framegate/service-load';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseManifests, podOf, shortcomings } from './rendered.ts';

const pod = (
  container: string,
  securityContext = '{ runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }',
) => {
  const [manifest] = parseManifests(`
apiVersion: v1
kind: Pod
metadata: { name: p }
spec:
  securityContext: ${securityContext}
  containers: [${container}]
`);
  return manifest && podOf(manifest);
};
const good = `{ name: c, image: "r/i:1", securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } },
    resources: { requests: { cpu: 1, memory: 1Mi }, limits: { memory: 1Mi } } }`;

describe('what is asked of a pod', () => {
  it('is met by one that may do nothing more than it must', () => {
    const found = pod(good);
    expect(found && shortcomings(found)).toEqual([]);
  });

  it.each([
    [good.replace('r/i:1', 'r/i'), 'c has no version'],
    [good.replace('r/i:1', 'host:5000/i'), 'c has no version'],
    [good.replace('readOnlyRootFilesystem: true, ', ''), 'c may write to its root'],
    [good.replace('[ALL]', '[NET_RAW]'), 'c keeps capabilities'],
    [good.replace('limits: { memory: 1Mi }', 'limits: {}'), 'c has no limit of memory'],
    [good.replace('allowPrivilegeEscalation: false', 'privileged: true'), 'c is privileged'],
  ])('is missed by %s', (container, complaint) => {
    const found = pod(container);
    expect(found && shortcomings(found)).toContain(complaint);
  });

  it('is missed by one that may run as root', () => {
    const found = pod(good, '{}');
    expect(found && shortcomings(found)).toEqual(['may run as root', 'has no seccomp profile']);
  });
});

describe('the job that sends a load', () => {
  const [job] = parseManifests(readFileSync(join(import.meta.dirname, '../../load/job.yaml'), 'utf8'));
  const found = job && podOf(job);

  it('runs once, without a token of the cluster, and may do nothing more than it must', () => {
    expect(job?.spec).toMatchObject({ backoffLimit: 0 });
    expect(found?.automountServiceAccountToken).toBe(false);
    expect(found && shortcomings(found)).toEqual([]);
  });

  it('is started with options that the load generator knows', () => {
    const args = z.array(z.string()).parse(found?.containers[0]?.['args']);
    expect(readLoadOptions(args)).toMatchObject({ as: 'edge', cameras: 200, host: '0.0.0.0' });
  });
});

import { describe, expect, it } from 'vitest';
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

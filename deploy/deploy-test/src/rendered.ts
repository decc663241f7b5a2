import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const securitySchema = z.record(z.string(), z.unknown()).default({});
const containerSchema = z.looseObject({
  name: z.string(),
  image: z.string(),
  securityContext: securitySchema,
  resources: z
    .object({
      requests: z.record(z.string(), z.unknown()).default({}),
      limits: z.record(z.string(), z.unknown()).default({}),
    })
    .default({ requests: {}, limits: {} }),
});
const podSpecSchema = z.looseObject({
  automountServiceAccountToken: z.boolean().optional(),
  securityContext: securitySchema,
  containers: z.array(containerSchema),
  initContainers: z.array(containerSchema).default([]),
  volumes: z.array(z.looseObject({ name: z.string() })).default([]),
});
export type PodSpec = z.output<typeof podSpecSchema>;

const manifestSchema = z.looseObject({
  kind: z.string(),
  apiVersion: z.string(),
  metadata: z.looseObject({ name: z.string(), labels: z.record(z.string(), z.string()).default({}) }),
  spec: z.looseObject({}).default({}),
});
/** One object of Kubernetes, as a chart renders it. */
export type Manifest = z.output<typeof manifestSchema>;

/** The objects in what `helm template` prints. @throws Error where it is no YAML */
export function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text)
    .map((document): unknown => {
      const [mistake] = document.errors;
      if (mistake) throw mistake;
      return document.toJS();
    })
    .filter((value) => value !== null)
    .map((value) => manifestSchema.parse(value));
}

/** The pod that an object runs, or undefined where it runs none. */
export function podOf({ kind, spec }: Manifest): PodSpec | undefined {
  if (kind === 'Pod') return podSpecSchema.parse(spec);
  if (!['Deployment', 'StatefulSet', 'Job', 'DaemonSet'].includes(kind)) return undefined;
  return z.object({ template: z.object({ spec: podSpecSchema }) }).parse(spec).template.spec;
}

/** How a pod falls short of the pod security standard "restricted" and of what we ask besides, one line each. */
export function shortcomings(pod: PodSpec): string[] {
  const { securityContext, containers, initContainers, volumes } = pod;
  const ofPod = [
    ...(securityContext['runAsNonRoot'] === true ? [] : ['may run as root']),
    ...(has(securityContext['seccompProfile'], 'type', 'RuntimeDefault') ? [] : ['has no seccomp profile']),
    ...volumes.filter((volume) => 'hostPath' in volume).map(({ name }) => `mounts the node's ${name}`),
  ];
  const ofContainers = [...containers, ...initContainers].flatMap(
    ({ name, image, securityContext: own, resources }) =>
      [
        ...(own['allowPrivilegeEscalation'] === false ? [] : ['may gain privileges']),
        ...(own['privileged'] === true ? ['is privileged'] : []),
        ...(own['readOnlyRootFilesystem'] === true ? [] : ['may write to its root']),
        ...(has(own['capabilities'], 'drop', 'ALL') ? [] : ['keeps capabilities']),
        ...('memory' in resources.limits ? [] : ['has no limit of memory']),
        ...('memory' in resources.requests && 'cpu' in resources.requests ? [] : ['requests nothing']),
        ...(/:[^:/]+$/.test(image) && !image.endsWith(':latest') ? [] : ['has no version']),
      ].map((complaint) => `${name} ${complaint}`),
  );
  return [...ofPod, ...ofContainers];
}

function has(value: unknown, key: string, wanted: string): boolean {
  const found = z.record(z.string(), z.unknown()).safeParse(value).data?.[key];
  return found === wanted || (Array.isArray(found) && found.includes(wanted));
}

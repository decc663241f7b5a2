import { z } from 'zod';

const selectionSchema = z.looseObject({ selector: z.looseObject({}).optional() });

const labelsSchema = z.looseObject({ labelSelectors: z.record(z.string(), z.string()) });

/** A Chaos Mesh resource word for word, as an API server takes it. */
export const manifestSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  spec: selectionSchema.extend({ target: selectionSchema.optional() }),
});
export type Manifest = z.output<typeof manifestSchema>;

/**
 * The same for a namespace of a cluster, under a name that is free there, and for no pods but those of the namespace.
 * What is between edge and broker is there for the addresses, too, under which the edge reaches its brokers: behind a
 * Service neither end sees the address of the other's pod.
 */
export function manifestFor(
  manifest: Manifest,
  { namespace, suffix, brokerHosts = [] }: ManifestPlace,
): Manifest {
  const { metadata, spec } = manifest;
  const here = <Selection extends z.output<typeof selectionSchema>>(selection: Selection): Selection => ({
    ...selection,
    selector: { ...selection.selector, namespaces: [namespace] },
  });
  return {
    ...manifest,
    metadata: { ...metadata, name: `${metadata.name}-${suffix}`, namespace },
    spec: {
      ...here(spec),
      ...(spec.target && { target: here(spec.target) }),
      ...(spec.target && brokerHosts.length > 0 && toAddresses(spec, brokerHosts)),
    },
  };
}

/** Chaos Mesh slows down what goes to an address, not what comes from it; it cuts off both. */
function toAddresses(spec: Manifest['spec'], hosts: readonly string[]): Record<string, unknown> {
  const isUplink = componentOf(spec) === 'edge' && spec.target && componentOf(spec.target) === 'kafka';
  if (!isUplink) return {};
  return { externalTargets: hosts, ...(spec['action'] !== 'partition' && { direction: 'to' }) };
}

function componentOf({ selector }: z.output<typeof selectionSchema>): unknown {
  return labelsSchema.safeParse(selector).data?.labelSelectors['app.kubernetes.io/component'];
}

export interface ManifestPlace {
  readonly namespace: string;
  /** Under which the edge there reaches its brokers. */
  readonly brokerHosts?: readonly string[];
  readonly suffix: string;
}

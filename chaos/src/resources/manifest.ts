import { z } from 'zod';

const selectionSchema = z.looseObject({ selector: z.looseObject({}).optional() });

/** A Chaos Mesh resource word for word, as an API server takes it. */
export const manifestSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  spec: selectionSchema.extend({ target: selectionSchema.optional() }),
});
export type Manifest = z.output<typeof manifestSchema>;

/** The same for a namespace of a cluster, under a name that is free there, and for no pods but those of the namespace. */
export function manifestFor(manifest: Manifest, { namespace, suffix }: ManifestPlace): Manifest {
  const { metadata, spec } = manifest;
  const here = <Selection extends z.output<typeof selectionSchema>>(selection: Selection): Selection => ({
    ...selection,
    selector: { ...selection.selector, namespaces: [namespace] },
  });
  return {
    ...manifest,
    metadata: { ...metadata, name: `${metadata.name}-${suffix}`, namespace },
    spec: { ...here(spec), ...(spec.target && { target: here(spec.target) }) },
  };
}

export interface ManifestPlace {
  readonly namespace: string;
  readonly suffix: string;
}

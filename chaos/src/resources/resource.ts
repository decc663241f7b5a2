import { z } from 'zod';
import { durationSchema, offsetSchema, percentSchema, rateSchema } from './duration.ts';

/** The parts of Chaos Mesh's resources (chaos-mesh.org/v1alpha1) that experiments use, as its CRDs have them. */
const selectorSchema = z.strictObject({
  namespaces: z.array(z.string()).optional(),
  labelSelectors: z.record(z.string(), z.string()),
});
export type Selector = z.output<typeof selectorSchema>;

const podSelection = {
  selector: selectorSchema,
  mode: z.enum(['one', 'all', 'fixed', 'fixed-percent', 'random-max-percent']),
  value: z.string().optional(),
};
const targetSchema = z.strictObject(podSelection);

const resource = <Kind extends string, Spec extends z.ZodType>(kind: Kind, spec: Spec) =>
  z.strictObject({
    apiVersion: z.literal('chaos-mesh.org/v1alpha1'),
    kind: z.literal(kind),
    metadata: z.strictObject({
      name: z.string(),
      namespace: z.string().optional(),
      labels: z.record(z.string(), z.string()).optional(),
      annotations: z.record(z.string(), z.string()).optional(),
    }),
    spec,
  });

const podChaosSpec = z.strictObject({
  ...podSelection,
  action: z.enum(['pod-kill', 'pod-failure', 'container-kill']),
  containerNames: z.array(z.string()).optional(),
  gracePeriod: z.int().nonnegative().optional(),
  duration: durationSchema.optional(),
});

const correlation = percentSchema.optional();
const networkChaosSpec = z.strictObject({
  ...podSelection,
  action: z.enum(['netem', 'delay', 'loss', 'duplicate', 'corrupt', 'partition', 'bandwidth']),
  direction: z.enum(['to', 'from', 'both']).default('to'),
  target: targetSchema.optional(),
  duration: durationSchema.optional(),
  delay: z
    .strictObject({ latency: durationSchema, jitter: durationSchema.optional(), correlation })
    .optional(),
  loss: z.strictObject({ loss: percentSchema, correlation }).optional(),
  duplicate: z.strictObject({ duplicate: percentSchema, correlation }).optional(),
  corrupt: z.strictObject({ corrupt: percentSchema, correlation }).optional(),
  bandwidth: z
    .strictObject({ rate: rateSchema, limit: z.int().positive(), buffer: z.int().positive() })
    .optional(),
});

const stressChaosSpec = z.strictObject({
  ...podSelection,
  stressors: z.strictObject({
    cpu: z.strictObject({ workers: z.int().positive(), load: z.int().min(0).max(100).optional() }).optional(),
    memory: z
      .strictObject({
        workers: z.int().positive(),
        size: z
          .string()
          .regex(/^\d+(MB|GB)$/)
          .optional(),
      })
      .optional(),
  }),
  duration: durationSchema.optional(),
});

/** A signal to a process of a machine; Chaos Mesh has none for a pod. */
const physicalMachineChaosSpec = z.strictObject({
  action: z.literal('process'),
  selector: selectorSchema,
  mode: podSelection.mode,
  process: z.strictObject({
    process: z.string(),
    signal: z.int().positive(),
    recoverCmd: z.string().optional(),
  }),
  duration: durationSchema.optional(),
});

const timeChaosSpec = z.strictObject({
  ...podSelection,
  timeOffset: offsetSchema,
  clockIds: z.array(z.string()).default(['CLOCK_REALTIME']),
  containerNames: z.array(z.string()).optional(),
  duration: durationSchema.optional(),
});

const ioChaosSpec = z.strictObject({
  ...podSelection,
  action: z.enum(['latency', 'fault', 'attrOverride', 'mistake']),
  /** Where the volume is mounted in its container. */
  volumePath: z.string(),
  path: z.string().optional(),
  methods: z.array(z.string()).optional(),
  percent: z.int().min(1).max(100).default(100),
  delay: durationSchema.optional(),
  errno: z.int().positive().optional(),
  containerNames: z.array(z.string()).optional(),
  duration: durationSchema.optional(),
});

const dnsChaosSpec = z.strictObject({
  ...podSelection,
  action: z.enum(['error', 'random']),
  patterns: z.array(z.string()).min(1),
  containerNames: z.array(z.string()).optional(),
  duration: durationSchema.optional(),
});

/** Of kinds that no local run reproduces only the frame is read here: they are refused by name. */
const others = ['Schedule', 'Workflow'] as const;

export const resourceSchema = z.discriminatedUnion('kind', [
  resource('PodChaos', podChaosSpec),
  resource('NetworkChaos', networkChaosSpec),
  resource('StressChaos', stressChaosSpec),
  resource('PhysicalMachineChaos', physicalMachineChaosSpec),
  resource('TimeChaos', timeChaosSpec),
  resource('IOChaos', ioChaosSpec),
  resource('DNSChaos', dnsChaosSpec),
  ...others.map((kind) => resource(kind, z.looseObject({}))),
]);

/** A fault, as Chaos Mesh is told of it. */
export type Resource = z.output<typeof resourceSchema>;
export type NetworkChaos = Extract<Resource, { kind: 'NetworkChaos' }>;

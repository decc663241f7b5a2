import { readFileSync } from 'node:fs';
import { z } from 'zod';

const share = z.number().gt(0).max(1);
const positive = z.number().positive();
const price = z.number().nonnegative();

const coefficientSchema = z.object({
  value: z.number().nonnegative(),
  unit: z.string(),
  /** The command that prints it. */
  from: z.string(),
});

/** What was measured. CPU is milliseconds of one core. */
const coefficientsSchema = z.strictObject({
  frameBytes: coefficientSchema,
  /** Decoding and gate, whether frames leave or not. */
  edgeCpuMs: coefficientSchema,
  /** Of a frame that leaves: its JPEG. */
  encodeCpuMs: coefficientSchema,
  publishCpuMs: coefficientSchema,
  brokerCpuMs: coefficientSchema,
  /** Intake, mailbox, ledger, and what is told of a frame. */
  intakeCpuMs: coefficientSchema,
  /** Decoding and the model. */
  detectCpuMs: coefficientSchema,
  observeCpuMs: coefficientSchema,
  controlCpuMs: coefficientSchema,
});
export type Coefficients = z.output<typeof coefficientsSchema>;
export type CoefficientName = keyof Coefficients;

export const fleetFileSchema = z.strictObject({
  '//': z.string(),
  fleet: z.strictObject({
    cameras: z.int().positive(),
    camerasPerSite: z.int().positive(),
    framesPerSecond: positive,
    /** Of all frames, those that leave their site. */
    motionShare: share,
  }),
  provisioning: z.strictObject({
    /** How busy cores may be on average. */
    busyShare: share,
    /** Copies of each message among brokers. */
    replication: z.int().positive(),
    leastBrokers: z.int().positive(),
    coresPerBroker: z.int().positive(),
    /** Written to its disk, copies included. */
    bytesPerSecondPerBroker: positive,
    retentionHours: positive,
  }),
  /** Euros. */
  prices: z.strictObject({
    edgeCoreMonth: price,
    cloudCoreMonth: price,
    storageGbMonth: price,
    uplinkGb: price,
  }),
  coefficients: coefficientsSchema,
});
export type FleetFile = z.output<typeof fleetFileSchema>;

/** @throws RangeError that names the file and all that is wrong with it */
export function readFleet(path: string): FleetFile {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new RangeError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = fleetFileSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new RangeError(`${path}:\n${z.prettifyError(parsed.error)}`);
}

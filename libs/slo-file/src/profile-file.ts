import type { Profile, ProfilePoint } from '@framegate/control';
import { ConfigError } from '@framegate/service-kit';
import { readTextFile } from '@framegate/yaml-file';
import { z } from 'zod';

const schemaName = 'framegate.profile/1';

const share = z.number().min(0).max(1);
const pointSchema = z.object({
  framesPerSecond: z.number().positive(),
  width: z.int().positive(),
  quality: z.int().min(1).max(100),
  model: z.string().min(1),
  /** Of what the top setting finds. */
  accuracy: share,
  /** Of what was really there, where that is known. */
  truthAccuracy: share.exactOptional(),
  bytesPerFrame: z.number().positive(),
  serviceMs: z.number().positive(),
});

const gatePointSchema = z.object({
  motionSensitivity: z.number().min(0).max(100),
  /** Of the frames and of the accuracy at the most sensitive point. */
  sentShare: share,
  accuracyShare: share,
});

const profileSchema = z.object({
  schema: z.literal(schemaName, { error: `expected "schema": "${schemaName}"` }),
  name: z.string().min(1).max(200),
  points: z.array(pointSchema).min(1),
  gate: z.array(gatePointSchema).min(1).exactOptional(),
});

/** Reads a profile (JSON) from disk. @throws ConfigError with every mistake */
export function readProfile(file: string): Profile {
  const parsed = profileSchema.safeParse(parseJson(readTextFile(file, 'profile'), file));
  if (parsed.success) {
    const { name, points, gate } = parsed.data;
    return { name, points, ...(gate && { gate }) };
  }
  const mistakes = parsed.error.issues.map(
    ({ path, message }) => `${file}: ${path.join('.') || 'profile'}: ${message}`,
  );
  throw new ConfigError(mistakes);
}

/** What `readProfile` reads. @throws z.ZodError a profile that it would refuse */
export function profileText(
  name: string,
  points: readonly (ProfilePoint & { readonly truthAccuracy?: number })[],
): string {
  return `${JSON.stringify(profileSchema.parse({ schema: schemaName, name, points }), null, 2)}\n`;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigError([
      `${file}: is no JSON (${error instanceof Error ? error.message : String(error)})`,
    ]);
  }
}

import type { Profile } from '@framegate/control';
import { ConfigError } from '@framegate/service-kit';
import { readTextFile } from '@framegate/yaml-file';
import { z } from 'zod';

const profileSchema = z.object({
  name: z.string().min(1),
  points: z
    .array(
      z.object({
        framesPerSecond: z.number().positive(),
        width: z.int().positive(),
        quality: z.number().min(1).max(100),
        model: z.string().min(1),
        accuracy: z.number().min(0).max(1),
        bytesPerFrame: z.number().positive(),
        serviceMs: z.number().positive(),
      }),
    )
    .min(1),
});

/** Reads a profile (JSON) from disk. @throws ConfigError with every mistake */
export function readProfile(file: string): Profile {
  const parsed = profileSchema.safeParse(parseJson(readTextFile(file, 'profile'), file));
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map(
    ({ path, message }) => `${file}: ${path.join('.') || 'profile'}: ${message}`,
  );
  throw new ConfigError(mistakes);
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

import { parseArgs } from 'node:util';
import { profileNames } from '@framegate/load-generator';
import { describeMistakes } from '@framegate/yaml-file';
import { z } from 'zod';

const size = z
  .string()
  .regex(/^\d{2,5}x\d{2,5}$/, 'expected WIDTHxHEIGHT as 1280x720')
  .transform((text) => {
    const [width = 0, height = 0] = text.split('x').map(Number);
    return { width, height };
  })
  .refine(
    ({ width, height }) => width >= 16 && width <= 7680 && height >= 16 && height <= 4320,
    'lies outside of 16x16 to 7680x4320',
  );
const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

export const loadOptionsSchema = z.object({
  as: z.enum(['edge', 'mjpeg', 'rtsp', 'inference', 'delay']).default('edge'),
  cameras: count(1, 100_000).default(50),
  fps: z.coerce.number().positive().max(240).default(10),
  seconds: z.coerce.number().positive().max(86_400).default(30),
  size: size.default({ width: 1280, height: 720 }),
  quality: count(1, 100).default(80),
  /** One of the names, or a file of recorded arrivals. */
  profile: z.string().min(1).default(profileNames[0]),
  spacing: z.enum(['even', 'poisson']).default('poisson'),
  motion: z.coerce.number().min(0).max(1).default(1),
  seed: count(0, 2 ** 31).default(1),
  bus: z.enum(['memory', 'kafka']).default('kafka'),
  site: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'expected lower-case letters, digits and -')
    .default('load'),
  partitions: count(1, 1000).default(4),
  processes: count(1, 64).default(1),
  'service-ms': z.coerce.number().min(0).max(60_000).default(50),
  'delay-ms': z.coerce.number().min(0).max(60_000).default(25),
  /** A video whose pictures are sent, in place of the scene. */
  clip: z.string().min(1).optional(),
  host: z.string().min(1).default('127.0.0.1'),
  /** Of the cameras; each process takes the next one, 0 a free one. */
  port: count(0, 65_535).default(0),
  /** How long cameras wait to be read before they begin. */
  'wait-seconds': z.coerce.number().min(0).max(3600).default(30),
  /** After which a frame that a broker did not acknowledge has failed. */
  'patience-seconds': z.coerce.number().positive().max(3600).default(10),
  'metrics-port': count(0, 65_535).optional(),
  json: z.string().optional(),
  html: z.string().optional(),
});
export type LoadOptions = z.output<typeof loadOptionsSchema>;

/** All mistakes at once. */
export function readLoadOptions(args: string[]): LoadOptions | { readonly mistakes: readonly string[] } {
  const names = Object.keys(loadOptionsSchema.shape);
  const flags = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  let values: Record<string, unknown>;
  try {
    ({ values } = parseArgs({ args, options: flags }));
  } catch (error) {
    return { mistakes: [`load: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const parsed = loadOptionsSchema.safeParse(values);
  if (!parsed.success)
    return {
      mistakes: describeMistakes(parsed.error, values).map(({ at, message }) => `load: --${at} ${message}`),
    };
  const options = parsed.data;
  if (options.bus === 'memory' && options.processes > 1)
    return { mistakes: ['load: --processes needs --bus kafka: processes share no memory'] };
  return options;
}

import { nameSchema } from '@framegate/contracts';
import { z } from 'zod';
import { cocoClasses } from '@framegate/detection';
import { describePolygonMistake } from './polygon.ts';
import { describeSourceMistake } from './source.ts';

/** What an operator may set of a camera, with its bounds. */
export const settings = {
  framesPerSecond: z
    .number()
    .min(0.1)
    .max(60)
    .describe('Live frames a second at most, while there is motion'),
  width: z.int().min(64).max(7680).describe('Width of the pictures that are sent, pixels'),
  quality: z.int().min(1).max(100).describe('JPEG quality of the pictures that are sent'),
  classes: z.array(z.enum(cocoClasses)).describe('Classes to report; empty: all that the model knows'),
  objectiveMs: z.int().min(10).max(60_000).describe('How old a detection may be when it arrives'),
  sensitivity: z
    .number()
    .min(0)
    .max(100)
    .describe(
      'How little a change counts as motion. At 50 (default) 7 of 255 brightness levels over 16x40 pixels of a 720p picture; each 25 more halves the least contrast, each 25 less doubles it (28 levels at 0, 1.75 at 100)',
    ),
  keepAliveSeconds: z
    .number()
    .min(0)
    .max(3600)
    .describe(
      'A frame leaves at least this often, so that silence is never mistaken for death; 0: never without motion; default 10',
    ),
  preRollSeconds: z
    .number()
    .min(0)
    .max(30)
    .describe('Seconds before the motion that are sent with it; default 0.5'),
  postRollSeconds: z
    .number()
    .min(0)
    .max(60)
    .describe('Seconds after the last motion that are still sent; default 2'),
  watching: z
    .enum(['packets', 'frames'])
    .describe(
      'packets: while nothing moves only key frames are decoded, where the packets of the camera show motion; frames: all are',
    ),
  model: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]*$/, 'expected the name of a model, such as yolox-nano-416')
    .describe('Detector to use while nothing is scarce'),
};

const coordinate = z.number().meta({ minimum: 0, maximum: 1 });
const polygonSchema = z
  .array(z.tuple([coordinate, coordinate]))
  .max(100)
  .check((context) => {
    const mistake = describePolygonMistake(context.value);
    if (mistake !== undefined)
      context.issues.push({ code: 'custom', message: mistake, input: context.value });
  })
  .meta({ minItems: 3 })
  .describe(
    'Corners [x, y] along the outline, as fractions of the width and height, so that any resolution fits',
  );

/** Named areas of a picture; each polygon is checked. */
export const areasSchema = z.array(
  z.strictObject({ name: z.string().min(1).max(80), polygon: polygonSchema }),
);

const urlSchema = z.string().check((context) => {
  const mistake = describeSourceMistake(context.value);
  if (mistake !== undefined) context.issues.push({ code: 'custom', message: mistake, input: context.value });
});

const cameraSchema = z.strictObject({
  id: nameSchema.describe('Name of the camera within its site'),
  source: urlSchema.describe('Address of the full picture: rtsp, http(s), a file, /dev/videoN or scene:NAME'),
  watch: urlSchema.optional().describe('Address of a smaller picture of the same view, watched for motion'),
  motionMasks: areasSchema.optional().describe('Areas where motion is ignored'),
  privacyMasks: areasSchema.optional().describe('Areas that are blacked out and never leave the site'),
  zones: areasSchema.optional().describe('Named areas that detections are assigned to'),
  ...z.object(settings).partial().shape,
});

/** The site file as a person writes it. `docs/site.schema.json` is made from it. */
export const siteFileSchema = z
  .strictObject({
    schema: z.literal('framegate.site/1').optional().describe('Version of this format'),
    site: nameSchema.describe('Name of the site'),
    timezone: z
      .string()
      .refine(isTimezone, 'is unknown: expected an IANA time zone, such as Europe/Berlin')
      .optional(),
    defaults: z
      .strictObject(settings)
      .partial()
      .optional()
      .describe('What holds for each camera that says nothing else'),
    cameras: z.array(cameraSchema).min(1),
  })
  .meta({ title: 'Framegate site file' });

export type SiteFile = z.output<typeof siteFileSchema>;

/** What holds where neither the camera nor `defaults` says anything. */
export const builtInDefaults: z.output<z.ZodObject<typeof settings>> = {
  framesPerSecond: 10,
  width: 1280,
  quality: 80,
  classes: [],
  objectiveMs: 500,
  sensitivity: 50,
  keepAliveSeconds: 10,
  preRollSeconds: 0.5,
  postRollSeconds: 2,
  watching: 'frames',
  model: 'yolox-nano-416',
};

/** JSON Schema of the site file, for editors. */
export function siteJsonSchema(): z.core.JSONSchema.JSONSchema {
  return z.toJSONSchema(siteFileSchema, { io: 'input' });
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }).format(0);
    return true;
  } catch {
    return false;
  }
}

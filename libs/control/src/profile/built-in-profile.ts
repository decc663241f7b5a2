import type { Profile, ProfilePoint } from './profile.ts';

const framesPerSecond = [1, 2, 3, 5, 7, 10, 15];
const widths = [320, 480, 640, 960, 1280];
const qualities = [50, 65, 80];

/**
 * What is assumed of a camera that nobody measured: smooth, saturating curves with large pictures (120 KB at
 * 1280 px and quality 80), so that a budget made from them is rather kept than broken. The controller learns the
 * true bytes and service times while it runs; the accuracies stay assumptions until `framegate profile` measured.
 *
 * @param model the one model that is assumed, with the service time of a frame in ms
 */
export function builtInProfile(model = 'street-nano', serviceMs = 40): Profile {
  const points: ProfilePoint[] = [];
  for (const rate of framesPerSecond)
    for (const width of widths)
      for (const quality of qualities)
        points.push({
          framesPerSecond: rate,
          width,
          quality,
          model,
          accuracy: assumedAccuracy({ framesPerSecond: rate, width, quality }),
          bytesPerFrame: Math.round(assumedBytes({ width, quality })),
          serviceMs,
        });
  return { name: 'built-in', points };
}

type Picture = Pick<ProfilePoint, 'width' | 'quality'>;

/** Share of what 15 frames/s at 1280 px and quality 80 find. */
export function assumedAccuracy({
  framesPerSecond: rate,
  width,
  quality,
}: Picture & Pick<ProfilePoint, 'framesPerSecond'>): number {
  return saturating(rate, 0.6, 15) * saturating(width, 160, 1280) * saturating(quality, 6, 80);
}

/** Of one JPEG. */
export function assumedBytes({ width, quality }: Picture): number {
  return 120_000 * (width / 1280) ** 1.5 * (quality / 80) ** 1.3;
}

/** Michaelis-Menten curve, 1 at `top`. */
function saturating(value: number, half: number, top: number): number {
  return (value * (top + half)) / ((value + half) * top);
}

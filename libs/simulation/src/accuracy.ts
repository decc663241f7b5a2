import type { Profile, ProfilePoint, Rung } from '@framegate/control';
import { jpegBytes } from './calibration.ts';
import type { CameraModel, Ladder, ModelFigures, Scenario } from './scenario.ts';

/**
 * What a setting finds of what the best one would (0..1). Shapes as AWStream (Zhang et al., SIGCOMM 2018) and
 * Chameleon (Jiang et al., SIGCOMM 2018) report them: small objects need pixels, fast ones need frames.
 */
export function accuracyOf(
  camera: CameraModel,
  models: readonly ModelFigures[],
  rung: Rung,
  best: Rung,
): number {
  return Math.min(1, rawAccuracy(camera, models, rung) / rawAccuracy(camera, models, best));
}

function rawAccuracy({ objects }: CameraModel, models: readonly ModelFigures[], rung: Rung): number {
  const inputWidth = models.find(({ model }) => model === rung.model)?.inputWidth ?? 1;
  // Neither the picture nor the model's input can show more than it has.
  const seenWidth = 1 / Math.hypot(1 / rung.width, 1 / inputWidth);
  const bySize = 1 - Math.exp((-objects.size * seenWidth) / 12);
  const byQuality = 1 - 0.35 * Math.exp(-rung.quality / 18);
  // A result is on average half a frame interval behind what it shows.
  const byRate = 1 / (1 + objects.speed / (2 * rung.framesPerSecond));
  return bySize * byQuality * byRate * (0.7 + 0.3 * recallOf(rung.motionSensitivity));
}

/** Share of the frames with motion that the gate lets pass: a deaf gate misses the small and faint. Assumed. */
export function recallOf(motionSensitivity: number): number {
  return motionSensitivity >= 50 ? 1 : 1 - 0.4 * (1 - motionSensitivity / 50) ** 2;
}

/** Share of the frames without motion that it lets pass all the same (`pnpm bench gate`: up to 0.2 %). */
export function falseAlarmsOf(motionSensitivity: number): number {
  return 0.002 * (motionSensitivity / 50) ** 2;
}

/** The highest step of every lever. */
export function topRung(ladder: Ladder): Rung {
  return {
    framesPerSecond: ladder.framesPerSecond.at(-1) ?? 1,
    width: ladder.widths.at(-1) ?? 320,
    quality: ladder.qualities.at(-1) ?? 75,
    motionSensitivity: 50,
    model: ladder.models.at(-1) ?? '',
  };
}

/** The lowest step of every lever. */
export function floorRung(ladder: Ladder): Rung {
  return {
    framesPerSecond: ladder.framesPerSecond[0] ?? 1,
    width: ladder.widths[0] ?? 320,
    quality: ladder.qualities[0] ?? 75,
    motionSensitivity: 50,
    model: ladder.models[0] ?? '',
  };
}

/** What `framegate profile` would measure for this camera: the Pareto set of its settings, cheapest first. */
export function profileOf(scenario: Pick<Scenario, 'ladder' | 'cloud'>, camera: CameraModel): Profile {
  const { ladder, cloud } = scenario;
  const points = ladder.models.flatMap((model) =>
    ladder.widths.flatMap((width) =>
      ladder.qualities.flatMap((quality) =>
        ladder.framesPerSecond.map((framesPerSecond): ProfilePoint => {
          const rung = { framesPerSecond, width, quality, model, motionSensitivity: 50 };
          return {
            framesPerSecond,
            width,
            quality,
            model,
            accuracy: accuracyOf(camera, cloud.models, rung, topRung(ladder)),
            bytesPerFrame: jpegBytes(width, quality),
            serviceMs: cloud.models.find((one) => one.model === model)?.serviceMs ?? Number.NaN,
          };
        }),
      ),
    ),
  );
  return { name: `simulated:${camera.cameraId}`, points: paretoSet(points) };
}

/**
 * Points that no other beats in bytes a second and service a second without losing accuracy or results a second:
 * more results are worth something by themselves, which accuracy alone does not know.
 */
function paretoSet(points: readonly ProfilePoint[]): ProfilePoint[] {
  const costs = points.map((point) => ({
    point,
    bytes: point.bytesPerFrame * point.framesPerSecond,
    service: point.serviceMs * point.framesPerSecond,
  }));
  const isBeaten = (own: (typeof costs)[number]): boolean =>
    costs.some(
      (other) =>
        other !== own &&
        other.bytes <= own.bytes &&
        other.service <= own.service &&
        other.point.accuracy >= own.point.accuracy &&
        other.point.framesPerSecond >= own.point.framesPerSecond &&
        (other.bytes < own.bytes || other.service < own.service || other.point.accuracy > own.point.accuracy),
    );
  return costs
    .filter((own) => !isBeaten(own))
    .toSorted((a, b) => a.bytes - b.bytes)
    .map(({ point }) => point);
}

import { quantileOf } from '@framegate/control';
import type { ControlSnapshot } from './control-loop.ts';

/** The controller's view as `/v1/status` tells it; what was not measured is null. */
export function controlStatus(snapshot: ControlSnapshot | null) {
  if (!snapshot) return { leading: false as const };
  const { token, operator, observation, slos, settings, profiles } = snapshot;
  const seen = new Map(observation?.cameras.map((camera) => [camera.cameraId, camera]));
  const cameras = [...settings.values()].map((config) => {
    const camera = seen.get(config.cameraId);
    return {
      cameraId: config.cameraId,
      state: camera?.state ?? 'unknown',
      settings: {
        framesPerSecond: config.framesPerSecond,
        width: config.width,
        quality: config.quality,
        motionSensitivity: config.motionSensitivity,
        model: config.model,
      },
      profile: profiles.get(config.cameraId) ?? null,
      version: config.version,
      obeyedVersion: camera?.configVersion ?? null,
      reason: config.reason,
      objectiveMs: orNull(camera?.objectiveMs),
      p95Ms: orNull(quantileOf(camera?.latenciesMs ?? [], 0.95)),
      due: camera?.due ?? 0,
      onTime: camera?.onTime ?? 0,
      telemetryAgeMs: orNull(camera?.telemetryAgeMs),
    };
  });
  const promised = slos.map(({ name, sli, objective, target, scope }) => ({
    name,
    sli,
    objective,
    target,
    scope,
  }));
  const inference = observation?.inference ?? [];
  return { leading: true as const, token, ...operator, slos: promised, cameras, inference };
}

function orNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

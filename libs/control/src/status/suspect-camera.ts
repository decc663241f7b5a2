import type { CameraObservation } from '../observation/observation.ts';
import type { SliMemory } from '../slo/sli-samples.ts';
import { silentAfterMs } from '../slo/sli-samples.ts';
import { show } from './usual.ts';
import type { Suspicion } from './suspicion.ts';

/** Cameras that break their availability though their site is heard of: it is they, and not the way. */
export function suspectCameras(
  breaking: readonly CameraObservation[],
  memory: Readonly<Record<string, SliMemory>>,
  explainsMs: number,
): Suspicion[] {
  return breaking.flatMap(({ cameraId, state, captured, telemetryAgeMs }) => {
    const usual = memory[cameraId]?.usualRate ?? Number.NaN;
    const isHeard = telemetryAgeMs <= silentAfterMs;
    const isAtFault = state === 'offline' || captured === 0 || captured < usual / 2;
    if (!isHeard || !isAtFault) return [];
    const frames = Number.isFinite(captured) ? `${show(captured)} frames/s` : 'no frames';
    const usually = Number.isFinite(usual) ? `, usually ${show(usual)}` : '';
    const text = `${cameraId} is ${state} with ${frames}${usually}`;
    const evidence = [{ signal: 'captured', value: captured, usual, text }];
    return [{ cause: 'camera' as const, at: cameraId, explainsMs, evidence }];
  });
}

import type { Blame, CameraObservation, Observation } from '@framegate/control';
import { createStatusInference, defaultDeclaration, inferStatus, quantileOf } from '@framegate/control';
import type { Disturbance, Scenario } from '@framegate/simulation';
import { createSimulation } from '@framegate/simulation';

/** One second of a run: how the promise stood, by the design's own definition, and what was blamed. */
export interface TrialSecond {
  readonly second: number;
  /** Cameras with due frames whose p95 over 2 s exceeds the objective or that have no result. */
  readonly violations: number;
  /** Cameras that gave no picture. */
  readonly dark: number;
  /** Frames due and on time, by site. */
  readonly sites: Readonly<Record<string, { readonly due: number; readonly onTime: number }>>;
  readonly blames: readonly Blame[];
}

const declaration = {
  ...defaultDeclaration(2),
  slos: defaultDeclaration(2).slos.map((slo) => (slo.sli === 'latency' ? { ...slo, objective: 400 } : slo)),
};

/** Simulates and infers side by side; nobody acts on what is inferred. */
export function runTrial(
  scenario: Scenario,
  seed: number,
  disturbances: readonly Disturbance[],
): TrialSecond[] {
  const simulation = createSimulation({ scenario, seed, disturbances });
  const before = new Map<string, readonly number[]>();
  const seconds: TrialSecond[] = [];
  let state = createStatusInference(declaration);
  for (let seen = simulation.advance(); seen; seen = simulation.advance()) {
    const inferred = inferStatus(state, seen);
    state = inferred.state;
    seconds.push({
      second: seconds.length + 1,
      ...stand(seen, before),
      blames: inferred.status.blames,
    });
  }
  return seconds;
}

function stand(seen: Observation, before: Map<string, readonly number[]>) {
  const sum = (of: (camera: CameraObservation) => number): number =>
    seen.cameras.reduce((total, camera) => total + (of(camera) || 0), 0);
  const violations = sum((camera) => (isViolated(camera, before.get(camera.cameraId) ?? []) ? 1 : 0));
  for (const { cameraId, latenciesMs } of seen.cameras) before.set(cameraId, latenciesMs);
  return {
    violations,
    dark: sum(({ state, captured, telemetryAgeMs }) =>
      state === 'offline' || captured === 0 || telemetryAgeMs > 3000 ? 1 : 0,
    ),
    sites: framesBySite(seen.cameras),
  };
}

function framesBySite(cameras: readonly CameraObservation[]): TrialSecond['sites'] {
  const sites: Record<string, { due: number; onTime: number }> = {};
  for (const { site, due, onTime } of cameras) {
    const frames = (sites[site] ??= { due: 0, onTime: 0 });
    frames.due += due || 0;
    frames.onTime += onTime || 0;
  }
  return sites;
}

function isViolated(
  { due, latenciesMs, objectiveMs }: CameraObservation,
  before: readonly number[],
): boolean {
  if (!(due > 0)) return false;
  if (latenciesMs.length === 0) return true;
  return quantileOf([...before, ...latenciesMs], 0.95) > objectiveMs;
}

import type { Declaration } from '../declaration/declaration.ts';
import type { History } from './history.ts';
import { emptyHistory, remember } from './history.ts';
import type { CameraObservation, Observation } from '../observation/observation.ts';
import { rankBlames } from './rank-blames.ts';
import { signalsOf } from './signals.ts';
import type { SloMemory } from '../slo/slo-status.ts';
import { judgeSlos, noSloMemory } from '../slo/slo-status.ts';
import type { Blame, SloStatus, Status } from './status.ts';
import { suspectCameras } from './suspect-camera.ts';
import { suspectEdge } from './suspect-edge.ts';
import { suspectInference } from './suspect-inference.ts';
import { suspectNetwork } from './suspect-network.ts';
import { tidy } from '../observation/tidy-observation.ts';

/** What is carried from second to second: plain data, bounded by the cameras and sites of the last minutes. */
export interface InferenceState {
  readonly declaration: Declaration;
  readonly slos: SloMemory;
  readonly history: History;
  readonly cameras: readonly CameraObservation[];
}

export function createStatusInference(declaration: Declaration): InferenceState {
  return { declaration, slos: noSloMemory, history: emptyHistory, cameras: [] };
}

/**
 * Status & Causes Inference (after Sidi, Balouek, Jonglez, UCC 2025): how each SLO stands, and while one is in danger
 * what is to blame. Takes one observation a second; pure. Numbers that make no sense (NaN, negative) count as not
 * measured, a camera or site told of twice counts once, one that vanished counts as silent.
 */
export function inferStatus(
  state: InferenceState,
  observation: Observation,
): { readonly state: InferenceState; readonly status: Status } {
  const tidied = tidy(observation, state.cameras);
  const { memory, slos } = judgeSlos(state.declaration, state.slos, tidied.cameras);
  const broken = slos.filter((slo) => slo.state !== 'kept');
  const siteOf = new Map(tidied.cameras.map(({ cameraId, site }) => [cameraId, site]));
  const troubled = new Set(broken.flatMap(({ cameras }) => cameras.map((id) => siteOf.get(id) ?? '')));
  const history = remember(state.history, signalsOf(tidied), (site) => troubled.has(site));
  const next = { declaration: state.declaration, slos: memory, history, cameras: tidied.cameras };
  return { state: next, status: { atUs: tidied.atUs, slos, blames: blame(next, broken, [...troubled]) } };
}

function blame(
  { declaration, history, cameras, slos: { cameras: memory } }: InferenceState,
  broken: readonly SloStatus[],
  troubled: readonly string[],
): Blame[] {
  if (broken.length === 0) return [];
  const objectiveMs = Math.min(...cameras.map((camera) => camera.objectiveMs).filter((ms) => ms > 0), 60_000);
  const sliOf = new Map(declaration.slos.map(({ name, sli }) => [name, sli]));
  const absent = new Set(
    broken.flatMap(({ slo, cameras: ids }) => (sliOf.get(slo) === 'availability' ? ids : [])),
  );
  const isLate = broken.some(({ slo }) => sliOf.get(slo) !== 'availability');
  const suspicions = [
    ...suspectCameras(
      cameras.filter(({ cameraId }) => absent.has(cameraId)),
      memory,
      objectiveMs,
    ),
    ...suspectNetwork(history, troubled),
    ...(isLate ? troubled.flatMap((site) => suspectEdge(history, site)) : []),
    ...(isLate ? suspectInference(history, troubled, objectiveMs) : []),
  ];
  return rankBlames(suspicions, objectiveMs);
}

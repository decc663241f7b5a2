import type { Detection, Outcome } from '@framegate/contracts';
import { latencyMs } from '@framegate/contracts';
import { quantileOf } from '../observation/latency-histogram.ts';

/** How the latency promise was kept. `onTimeShare` is NaN while nothing was due. */
export interface SloSummary {
  readonly due: number;
  readonly onTime: number;
  readonly onTimeShare: number;
  readonly violationSeconds: number;
}

export type CameraAccount = Readonly<Omit<SloSummary, 'onTimeShare'>>;

/**
 * Keeps account of the latency objective from detections and outcomes.
 *
 * Every live frame that was published is due. It is on time when analysed within its objective, or when it was
 * superseded and a newer frame of its camera had its result within the objective of the superseded one's capture.
 * A violation-second is a (camera, second) with due frames whose trailing 2 s p95 exceeds the objective
 * or that has no result.
 */
export interface SloAccount {
  detection(detection: Detection): void;
  outcome(outcome: Outcome): void;
  /** The same of each camera. */
  byCamera(): ReadonlyMap<string, CameraAccount>;
  /** Settles what is older than all objectives; call it each second. */
  summary(nowUs: number): SloSummary;
}

interface Waiting {
  readonly capturedAtUs: number;
  readonly deadlineUs: number;
}

interface Result {
  readonly capturedAtUs: number;
  readonly emittedAtUs: number;
}

/** Frames captured in one second: how many were due, and their results. */
interface Second {
  due: number;
  latenciesMs: number[];
  readonly objectiveMs: number;
  lastToldUs: number;
  violated: boolean;
}

interface Camera {
  due: number;
  onTime: number;
  violationSeconds: number;
  /** Not on time so far. Their topic may be read later than that of the result that decides. */
  superseded: Waiting[];
  results: Result[];
  seconds: Map<number, Second>;
}

const usPerSecond = 1e6;
/** A second is judged, and a record forgotten, when nothing was told of it for so long. */
const settleUs = 5 * usPerSecond;

export function createSloAccount(): SloAccount {
  const cameras = new Map<string, Camera>();

  const cameraOf = (cameraId: string): Camera => {
    let camera = cameras.get(cameraId);
    if (!camera) cameras.set(cameraId, (camera = newCamera()));
    return camera;
  };
  const secondOf = (camera: Camera, atUs: number, toldUs: number, objectiveMs: number): Second => {
    const second = Math.floor(atUs / usPerSecond);
    const found = camera.seconds.get(second) ?? {
      due: 0,
      latenciesMs: [],
      objectiveMs,
      lastToldUs: toldUs,
      violated: false,
    };
    camera.seconds.set(second, found);
    found.lastToldUs = Math.max(found.lastToldUs, toldUs);
    return found;
  };

  return {
    detection(detection) {
      if (detection.kind !== 'live') return;
      const camera = cameraOf(detection.cameraId);
      const { captured, emitted } = detection.timesUs;
      const ms = latencyMs(detection);
      if (ms <= detection.objectiveMs) camera.onTime += 1;
      secondOf(camera, captured, emitted, detection.objectiveMs).latenciesMs.push(ms);
      const result = { capturedAtUs: captured, emittedAtUs: emitted };
      camera.results.push(result);
      const open = camera.superseded.filter((frame) => frame.capturedAtUs !== captured);
      camera.superseded = open.filter((frame) => !standsFor(result, frame));
      camera.onTime += open.length - camera.superseded.length;
    },
    outcome(outcome) {
      if (outcome.kind !== 'live') return;
      const camera = cameraOf(outcome.cameraId);
      const { capturedAtUs, objectiveMs } = outcome;
      camera.due += 1;
      secondOf(camera, capturedAtUs, outcome.atUs, objectiveMs).due += 1;
      if (outcome.outcome !== 'superseded') return;
      const frame = { capturedAtUs, deadlineUs: capturedAtUs + objectiveMs * 1000 };
      if (camera.results.some((result) => standsFor(result, frame))) camera.onTime += 1;
      else camera.superseded.push(frame);
    },
    byCamera: () => cameras,
    summary(nowUs) {
      for (const camera of cameras.values()) {
        camera.superseded = camera.superseded.filter((frame) => frame.deadlineUs + settleUs > nowUs);
        camera.results = camera.results.filter((result) => result.emittedAtUs + settleUs > nowUs);
        camera.violationSeconds += settleSeconds(camera, nowUs);
      }
      const sum = (of: keyof CameraAccount): number =>
        cameras.values().reduce((total, camera) => total + camera[of], 0);
      const [due, onTime, violationSeconds] = [sum('due'), sum('onTime'), sum('violationSeconds')];
      return { due, onTime, onTimeShare: due === 0 ? Number.NaN : onTime / due, violationSeconds };
    },
  };
}

function newCamera(): Camera {
  return { due: 0, onTime: 0, violationSeconds: 0, superseded: [], results: [], seconds: new Map() };
}

/** Whether a superseded frame is on time thanks to the result of a newer one. */
function standsFor(result: Result, superseded: Waiting): boolean {
  return result.capturedAtUs > superseded.capturedAtUs && result.emittedAtUs <= superseded.deadlineUs;
}

/** Judges the seconds that are over, and forgets those whose successor, which looks back at them, is over too. */
function settleSeconds({ seconds }: Camera, nowUs: number): number {
  const isOver = (second: number): boolean => {
    const lastToldUs = Math.max((second + 1) * usPerSecond, seconds.get(second)?.lastToldUs ?? 0);
    return lastToldUs + settleUs <= nowUs;
  };
  const over = [...seconds].filter(([second]) => isOver(second));
  let violations = 0;
  for (const [second, own] of over) {
    if (own.violated || !isViolated(own, seconds.get(second - 1))) continue;
    own.violated = true;
    violations += 1;
  }
  for (const [second] of over) if (isOver(second + 1)) seconds.delete(second);
  return violations;
}

function isViolated(own: Second, before: Second | undefined): boolean {
  if (own.due === 0) return false;
  if (own.latenciesMs.length === 0) return true;
  return quantileOf([...(before?.latenciesMs ?? []), ...own.latenciesMs], 0.95) > own.objectiveMs;
}

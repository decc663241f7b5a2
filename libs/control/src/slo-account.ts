import type { Detection, Outcome } from '@framegate/contracts';
import { latencyMs } from '@framegate/contracts';
import { quantileOf } from './latency-histogram.ts';

/** How the latency promise was kept. `onTimeShare` is NaN while nothing was due. */
export interface SloSummary {
  readonly due: number;
  readonly onTime: number;
  readonly onTimeShare: number;
  readonly violationSeconds: number;
}

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
  /** Settles what is older than all objectives; call it each second. */
  summary(nowUs: number): SloSummary;
}

interface Waiting {
  readonly capturedAtUs: number;
  readonly deadlineUs: number;
}

interface Camera {
  superseded: Waiting[];
  /** By second of capture: frames due, and results of frames captured in it. */
  seconds: Map<number, { due: number; latenciesMs: number[]; objectiveMs: number }>;
}

const usPerSecond = 1e6;
/** A second is judged when no result of it can be outstanding for long: after this, absence is lateness. */
const settleUs = 5 * usPerSecond;

export function createSloAccount(): SloAccount {
  const cameras = new Map<string, Camera>();
  let due = 0;
  let onTime = 0;
  let violationSeconds = 0;

  const cameraOf = (cameraId: string): Camera => {
    let camera = cameras.get(cameraId);
    if (!camera) cameras.set(cameraId, (camera = { superseded: [], seconds: new Map() }));
    return camera;
  };
  const secondOf = (camera: Camera, atUs: number, objectiveMs: number) => {
    const second = Math.floor(atUs / usPerSecond);
    let found = camera.seconds.get(second);
    if (!found) camera.seconds.set(second, (found = { due: 0, latenciesMs: [], objectiveMs }));
    return found;
  };

  return {
    detection(detection) {
      if (detection.kind !== 'live') return;
      const camera = cameraOf(detection.cameraId);
      const { captured, emitted } = detection.timesUs;
      const ms = latencyMs(detection);
      if (ms <= detection.objectiveMs) onTime += 1;
      secondOf(camera, captured, detection.objectiveMs).latenciesMs.push(ms);
      const older = camera.superseded.filter((frame) => frame.capturedAtUs < captured);
      onTime += older.filter((frame) => emitted <= frame.deadlineUs).length;
      camera.superseded = camera.superseded.filter((frame) => frame.capturedAtUs >= captured);
    },
    outcome(outcome) {
      if (outcome.kind !== 'live') return;
      const camera = cameraOf(outcome.cameraId);
      due += 1;
      secondOf(camera, outcome.capturedAtUs, outcome.objectiveMs).due += 1;
      if (outcome.outcome === 'superseded') {
        const deadlineUs = outcome.capturedAtUs + outcome.objectiveMs * 1000;
        camera.superseded.push({ capturedAtUs: outcome.capturedAtUs, deadlineUs });
      }
    },
    summary(nowUs) {
      for (const camera of cameras.values()) {
        camera.superseded = camera.superseded.filter((frame) => frame.deadlineUs + settleUs > nowUs);
        violationSeconds += settleSeconds(camera, nowUs);
      }
      return { due, onTime, onTimeShare: due === 0 ? Number.NaN : onTime / due, violationSeconds };
    },
  };
}

/** Judges and forgets the seconds that are over; the one before the oldest kept stays for its trailing p95. */
function settleSeconds(camera: Camera, nowUs: number): number {
  let violated = 0;
  const over = [...camera.seconds.keys()].filter((second) => (second + 1) * usPerSecond + settleUs <= nowUs);
  for (const second of over.toSorted((a, b) => a - b)) {
    const own = camera.seconds.get(second);
    if (!own) continue;
    const before = camera.seconds.get(second - 1)?.latenciesMs ?? [];
    const p95 = quantileOf([...before, ...own.latenciesMs], 0.95);
    if (own.due > 0 && !(own.latenciesMs.length > 0 && p95 <= own.objectiveMs)) violated += 1;
    camera.seconds.delete(second - 1);
    own.due = 0;
  }
  return violated;
}

import type { Decision, Rung } from '@framegate/control';
import type { SimulatedLedger } from './ledger.ts';

/** What came of one run: plain data, comparable between policies of the same scenario and seed. */
export interface RunResult {
  readonly scenario: string;
  readonly policy: string;
  readonly seed: number;
  readonly durationSeconds: number;
  readonly totals: RunTotals;
  readonly cameras: readonly CameraResult[];
  readonly seconds: readonly SecondSample[];
  readonly changes: readonly RungChange[];
  readonly decisions: readonly Decision[];
  readonly ledger: SimulatedLedger;
}

export interface RunTotals {
  readonly due: number;
  readonly onTime: number;
  readonly onTimeShare: number;
  readonly analysed: number;
  readonly violationSeconds: number;
  /** (camera, second) pairs with due frames. */
  readonly dueSeconds: number;
  /** On-time results, each worth the accuracy of its setting: the utility. */
  readonly usefulFrames: number;
  /** The utility less ten frames for each violation-second: what a second of one camera is worth. */
  readonly netUtility: number;
  readonly publishedBytes: number;
  /** Changes of a camera's setting, in the first minute and after it. */
  readonly switches: number;
  readonly switchesAfterFirstMinute: number;
  /** A minute and camera, after the first minute; over all where the run has no more. */
  readonly switchesPerMinute: number;
  /** Jain's index of on-time results per frame with motion, by weight. */
  readonly jain: number;
  readonly latencyMs: { readonly p50: number; readonly p95: number; readonly p99: number };
  /** For each change of conditions, seconds until results were in time again; 0 when they always were. */
  readonly recoverySeconds: readonly number[];
  /** From the end of the last disturbance until accuracy is what it was before the first; NaN if never, or none ended. */
  readonly fullQualitySeconds: number;
  /** Mean accuracy of the settings in force. */
  readonly meanAccuracy: number;
}

export interface CameraResult {
  readonly cameraId: string;
  readonly due: number;
  readonly onTime: number;
  readonly onTimeShare: number;
  readonly usefulFrames: number;
  readonly violationSeconds: number;
  readonly motionFrames: number;
}

/** One second of a run. Latencies are of results emitted in it, true, NaN without any. */
export interface SecondSample {
  readonly second: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly results: number;
  readonly publishedBytes: number;
  /** Cameras whose promise was broken for frames captured in this second, and those with frames due. */
  readonly violations: number;
  readonly dueCameras: number;
  readonly queuedBytes: number;
  readonly mailboxDepth: number;
  readonly replicas: number;
  /** Means over the cameras' settings. */
  readonly levers: {
    readonly framesPerSecond: number;
    readonly width: number;
    readonly quality: number;
    readonly accuracy: number;
  };
}

export interface RungChange {
  readonly atSeconds: number;
  readonly cameraId: string;
  readonly from: Rung;
  readonly to: Rung;
}

import type { LeverName, SliName } from './declaration/declaration.ts';
import type { Cause } from './status/status.ts';

/** What a policy wants done. The shell, or the simulator, carries it out. */
export type Action =
  | { readonly kind: 'configure-camera'; readonly cameraId: string; readonly rung: Rung }
  | { readonly kind: 'set-batch'; readonly model: string; readonly batch: number }
  | { readonly kind: 'set-workers'; readonly model: string; readonly workers: number }
  | { readonly kind: 'set-replicas'; readonly replicas: number };

/** One setting of a camera's levers. */
export interface Rung {
  readonly framesPerSecond: number;
  readonly width: number;
  readonly quality: number;
  readonly motionSensitivity: number;
  readonly model: string;
}

export interface SubjectChange {
  readonly subjects: readonly string[];
  readonly from: string;
  readonly to: string;
}

/** The record of one change: what was seen, what it broke, what is blamed, what was moved, what came of it. */
export interface Decision {
  /** `<token>/<number>`, rising. */
  readonly id: string;
  readonly atUs: number;
  readonly loop: 'frame' | 'fast' | 'service' | 'capacity' | 'operator';
  readonly slo: string;
  readonly sli: SliName;
  readonly value: number;
  readonly objective: number;
  readonly cause: Cause | 'recovered' | 'operator' | 'silence';
  readonly at: string;
  readonly lever: LeverName;
  readonly subjects: readonly string[];
  /** Of the first subject, and of all where `changes` is absent. */
  readonly from: string;
  readonly to: string;
  /** Which subjects changed how, where one move changed them differently. */
  readonly changes?: readonly SubjectChange[];
  /** The sentence for people. */
  readonly reason: string;
}

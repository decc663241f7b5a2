import type { Rung } from '../action.ts';
import { changeText } from '../profile/setting-text.ts';

/** The numbers of a decision's sentence. */
export interface Circumstances {
  readonly p95Ms: number;
  readonly objectiveMs: number;
  readonly at: string;
  /** What is the matter, as a clause: "the uplink is narrow (412 KB/s, frames wait 300 ms)". */
  readonly cause: string;
}

/** Cameras that change alike. */
export interface Change {
  readonly cameraIds: readonly string[];
  readonly from: Rung;
  readonly to: Rung;
}

const toldChanges = 3;

/** "p95 812 ms of 500 ms at north: the uplink is narrow (412 KB/s), so 6 cameras go from 10 to 5 frames/s". */
export function moveReason(
  { p95Ms, objectiveMs, at, cause }: Circumstances,
  changes: readonly Change[],
): string {
  // Cameras of several models may change in what reads the same.
  const alike = [...Map.groupBy(changes, ({ from, to }) => changeText(from, to))].map(([text, each]) => ({
    text,
    cameraIds: each.flatMap(({ cameraIds }) => cameraIds),
  }));
  const told = alike.slice(0, toldChanges).map(({ text, cameraIds }) => `${subjectText(cameraIds)} ${text}`);
  const others = alike.slice(toldChanges).reduce((sum, { cameraIds }) => sum + cameraIds.length, 0);
  const rest = others > 0 ? `, and ${others} more in other ways` : '';
  return `${latencyText(p95Ms, objectiveMs)} at ${at}: ${cause}, so ${told.join(', ')}${rest}`;
}

export function latencyText(p95Ms: number, objectiveMs: number): string {
  const measured = Number.isFinite(p95Ms) ? `${Math.round(p95Ms)} ms` : 'unknown';
  return `p95 ${measured} of ${Math.round(objectiveMs)} ms`;
}

export function rateText(bytesPerSecond: number): string {
  if (bytesPerSecond < 1e6) return `${Math.round(bytesPerSecond / 1e3)} KB/s`;
  return `${(bytesPerSecond / 1e6).toFixed(1)} MB/s`;
}

function subjectText(cameraIds: readonly string[]): string {
  return cameraIds.length === 1 ? `${cameraIds[0]} goes` : `${cameraIds.length} cameras go`;
}

import { runFramegate } from './framegate.ts';
import type { GateRun, OnMarks } from './gate-run.ts';

/** Gates that run together: they share a process, and their results are kept and made again together. */
export const families = ['ours'] as const;
export type Family = (typeof families)[number];

export interface FamilyOptions {
  readonly curves: boolean;
  readonly python: string | null;
}

export async function startFamily(
  family: Family,
  { curves }: FamilyOptions,
  onMarks: OnMarks,
): Promise<GateRun> {
  switch (family) {
    case 'ours':
      return runFramegate(curves, onMarks);
  }
}

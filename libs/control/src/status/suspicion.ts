import type { Cause, Evidence } from './status.ts';

/** A cause that could be behind the lateness, and how many ms of it. */
export interface Suspicion {
  readonly cause: Cause;
  readonly at: string;
  readonly explainsMs: number;
  readonly evidence: readonly Evidence[];
}

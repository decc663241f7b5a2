import type { Box } from './box.ts';

/** What a head says of one anchor, before overlapping answers are removed. */
export interface Candidate {
  /** Model pixels. */
  readonly box: Box;
  readonly classIndex: number;
  /** 0..1. */
  readonly score: number;
}

import type { Box } from './box.ts';

/** An object found in an image. */
export interface Detection {
  /** Source pixels. */
  readonly box: Box;
  readonly className: string;
  /** 0..1. */
  readonly score: number;
}

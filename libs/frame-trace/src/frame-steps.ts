import type { Frame } from '@framegate/contracts';

export type FrameIdentity = Pick<Frame, 'cameraId' | 'epoch' | 'seq'>;

/** What a trace tells of a frame at the edge; times in µs by the cloud's clock. */
export interface EdgeFrame
  extends
    FrameIdentity,
    Pick<
      Frame,
      | 'kind'
      | 'capturedAtUs'
      | 'gatedAtUs'
      | 'encodedAtUs'
      | 'publishedAtUs'
      | 'objectiveMs'
      | 'configVersion'
      | 'width'
      | 'height'
      | 'score'
      | 'work'
    > {
  readonly jpeg: { readonly byteLength: number };
}

import type { Box } from '@framegate/detection';
import { createMotionGate, downscaleFactor, downscaleLuma } from '@framegate/motion-detection';
import { openSource } from '@framegate/video-source';

/** What policies may know of a clip, frame by frame. */
export interface ClipFacts {
  readonly path: string;
  readonly framesPerSecond: number;
  /** What our gate says. */
  readonly motion: readonly boolean[];
  /** Of each frame as JPEG of quality 80 at its own size, which is what leaves the site when it passes. */
  readonly jpegBytes: readonly number[];
  /** Luma at about 320 wide, for features. */
  readonly planes: readonly Plane[];
  /** Persons in each frame: what is missed is measured against them. */
  readonly persons: readonly (readonly Box[])[];
}

export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export async function readClip(
  path: string,
  framesPerSecond: number,
  onFrame: (frame: number) => void,
): Promise<Omit<ClipFacts, 'persons'>> {
  const reader = await openSource(
    { kind: 'file', path },
    { pace: 'none', now: () => performance.now() * 1000 },
  );
  const gate = createMotionGate();
  const [motion, jpegBytes, planes]: [boolean[], number[], Plane[]] = [[], [], []];
  try {
    for (let frame = await reader.read(); frame; frame = await reader.read()) {
      const luma = { ...frame.luma, width: frame.width, height: frame.height };
      motion.push(gate.process(luma, frame.mediaTimeUs).motion);
      jpegBytes.push((await frame.encodeJpeg({ quality: 80 })).bytes.length);
      planes.push(smallPlane(luma));
      frame.close();
      onFrame(motion.length);
    }
    return { path, framesPerSecond, motion, jpegBytes, planes };
  } finally {
    await reader.close();
  }
}

function smallPlane(luma: Parameters<typeof downscaleLuma>[0]): Plane {
  const factor = downscaleFactor(luma.width, 320);
  const [width, height] = [Math.floor(luma.width / factor), Math.floor(luma.height / factor)];
  const data = new Uint8Array(width * height);
  downscaleLuma(luma, factor, data);
  return { width, height, data };
}

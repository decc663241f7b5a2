import { findPython, has, need } from '@framegate/test-kit';
import { describe, expect, it } from 'vitest';
import type { Luma } from '../src/gate/clips/clip.ts';
import { clipSize } from '../src/gate/clips/clip.ts';
import { planeSize } from '../src/gate/clips/plane-cache.ts';
import { startFamily } from '../src/gate/gates/families.ts';
import type { PlaneFamily } from '../src/gate/gates/families.ts';
import type { FrameMarks, GateSetting } from '../src/gate/gates/gate-run.ts';
import type { Box } from '../src/gate/scoring/mark.ts';
import { touches } from '../src/gate/scoring/mark.ts';

const python = process.env['FRAMEGATE_PYTHON'] ?? findPython(['cv2', 'numpy']);
const withOpencv = need(
  'OpenCV for Python',
  () => python !== undefined,
  'pip install -r bench/reference/requirements.txt, and name that Python in FRAMEGATE_PYTHON',
);
const withFfmpeg = need('ffmpeg', () => has.command('ffmpeg'), 'install ffmpeg');

const small: Luma = {
  data: new Uint8Array(planeSize.width * planeSize.height),
  stride: planeSize.width,
  ...planeSize,
};
const [appears, frames] = [20, 32];

/** A bright block that crosses a grey, slightly uneven wall from frame 20 on. */
function blockAt(frame: number): Box | null {
  return frame < appears ? null : [300 + 24 * (frame - appears), 300, 80, 160];
}

const wall = new Uint8Array(clipSize.width * clipSize.height);
for (let at = 0; at < wall.length; at++) wall[at] = 90 + ((at * 7) % 31);

function picture(frame: number): Luma {
  const { width, height } = clipSize;
  const data = wall.slice();
  const block = blockAt(frame);
  if (block)
    for (let y = block[1]; y < block[1] + block[3]; y++)
      data.fill(220, y * width + block[0], y * width + block[0] + block[2]);
  return { data, stride: width, width, height };
}

async function marksOf(
  family: PlaneFamily,
): Promise<{ settings: readonly GateSetting[]; marks: FrameMarks[] }> {
  const marks: FrameMarks[] = [];
  const run = await startFamily(family, { curves: false, python: python ?? null }, (frame, found) => {
    expect(frame).toBe(marks.length);
    marks.push(found);
  });
  for (let frame = 0; frame < frames; frame++) await run.add(frame, picture(frame), small);
  await run.finish();
  return { settings: run.settings, marks };
}

/** At its own threshold. */
function isMotion(marks: FrameMarks | undefined, settings: readonly GateSetting[], index: number): boolean {
  const threshold = settings[index]?.threshold ?? Number.NaN;
  return (marks?.[index] ?? []).some(({ strength }) => strength >= threshold);
}

describe.skipIf(!withOpencv)('the gates that run in Python', () => {
  it('are quiet while nothing moves, and mark a block where it moves', async () => {
    const { settings, marks } = await marksOf('opencv');
    expect(settings.map(({ gate }) => gate)).toEqual(['frigate', 'mog2', 'knn', 'difference']);
    expect(marks).toHaveLength(frames);
    for (const [index, { gate, threshold }] of settings.entries()) {
      expect(isMotion(marks[appears - 1], settings, index), `${gate} in a still frame`).toBe(false);
      const block = blockAt(appears + 3) ?? [0, 0, 0, 0];
      const found = marks[appears + 3]?.[index]?.filter(({ strength }) => strength >= threshold) ?? [];
      expect(
        found.some(({ box }) => touches(box, block)),
        `${gate} on the block`,
      ).toBe(true);
    }
  });
});

describe.skipIf(!withFfmpeg)("FFmpeg's filters", () => {
  it('drop still frames and keep moving ones', async () => {
    const { settings, marks } = await marksOf('ffmpeg');
    expect(settings.map(({ gate }) => gate)).toEqual(['select=scene', 'mpdecimate']);
    const kept = marks.flatMap((each, frame) => (isMotion(each, settings, 1) ? [frame] : []));
    expect(kept.filter((frame) => frame > 0 && frame < appears)).toEqual([]);
    expect(kept.filter((frame) => frame > appears)).toHaveLength(frames - appears - 1);
    const scores = marks.map(([scene]) => scene?.[0]?.strength ?? 0);
    expect(scores[appears]).toBeGreaterThan(scores[appears - 1] ?? 1);
  });
});

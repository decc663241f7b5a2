import { spawnSync } from 'node:child_process';
import { findAsset } from '@framegate/assets';
import { boxArea } from '@framegate/detection';
import { has, need } from '@framegate/test-kit';
import { describe, expect, it } from 'vitest';
import { createDetector, resolveModel } from '../src/index.ts';

const model = await resolveModel('yolox-nano-416', { allowDownload: false }).catch(() => undefined);
const footage = await findAsset('vtest.avi', { allowDownload: false }).catch(() => undefined);
const ready =
  need(
    'the weights of YOLOX-nano and the footage vtest.avi',
    () => model !== undefined && footage !== undefined,
    'put them into ../shared, or into a folder and name that in FRAMEGATE_ASSETS',
  ) && need('ffmpeg', () => has.command('ffmpeg'), 'install ffmpeg');

/** The frame at 5 s: pedestrians on a street, a parked car and a parked van behind a tree. */
function frame(): Buffer {
  const from = ['-ss', '5', '-i', footage?.path ?? ''];
  const to = ['-frames:v', '1', '-f', 'image2pipe', '-c:v', 'mjpeg', '-q:v', '3', '-'];
  return spawnSync('ffmpeg', ['-v', 'error', ...from, ...to]).stdout;
}

describe.skipIf(!ready)('YOLOX-nano', () => {
  it('finds the people and vehicles of a street, whether it gets a JPEG alone or among others', async () => {
    if (model === undefined) throw new Error('expected the weights');
    const detector = await createDetector({ model, workers: 2 });
    const image = { kind: 'jpeg', bytes: frame() } as const;
    const { detections, imageWidth, imageHeight } = await detector.detect(image);
    expect([imageWidth, imageHeight]).toEqual([768, 576]);
    const people = detections.filter(({ className }) => className === 'person');
    expect(people.filter(({ score }) => score > 0.5).length).toBeGreaterThanOrEqual(5);
    for (const { box } of people) {
      expect(box[3]).toBeGreaterThan(box[2]);
      expect(boxArea(box)).toBeLessThan(0.1 * imageWidth * imageHeight);
    }
    expect(detections.map(({ className }) => className)).toContain('car');

    const together = await detector.detectBatch([image, image, image]);
    for (const outcome of together) expect(outcome).toMatchObject({ detections });
    await detector.close();
  });
});

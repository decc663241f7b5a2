import type { DetectResult, ImageInput } from '@framegate/object-detector';
import { DetectError } from '@framegate/object-detector';
import { describe, expect, it } from 'vitest';
import { groupRequests, maxFramesPerRequest } from './group-requests.ts';

function imageOf(id: number): ImageInput {
  return { kind: 'jpeg', bytes: new Uint8Array([id]) };
}

const idOf = (image: ImageInput): number => (image.kind === 'jpeg' ? (image.bytes[0] ?? -1) : -1);

/** Answers with the image's number as its width; refuses number 9. */
function scriptedDetector() {
  const requests: { ids: number[]; finish: () => void }[] = [];
  const resultOf = (id: number): DetectResult => {
    const nothing = { detections: [], imageHeight: 0, decodeMs: 0, inferenceMs: 0, startedAtMs: 0 };
    return { ...nothing, imageWidth: id };
  };
  const detectBatch = async (images: readonly ImageInput[]) => {
    const ids = images.map(idOf);
    const { promise, resolve } = Promise.withResolvers<void>();
    requests.push({ ids, finish: resolve });
    await promise;
    return ids.map((id) => (id === 9 ? new DetectError('BAD_IMAGE', 'no picture') : resultOf(id)));
  };
  return { requests, detectBatch };
}

describe('grouped requests', () => {
  it('ask at once while a worker is free, and then give what has gathered, shared out and bounded', async () => {
    const detector = scriptedDetector();
    const detect = groupRequests(detector, 2, {});
    const answers = Array.from({ length: 14 }, (_, id) => detect(imageOf(id + 20)));
    expect(detector.requests.map(({ ids }) => ids)).toEqual([[20], [21]]);
    detector.requests[0]?.finish();
    expect((await answers[0])?.imageWidth).toBe(20);
    await expect.poll(() => detector.requests[2]?.ids).toEqual([22, 23, 24, 25]);
    detector.requests[2]?.finish();
    await answers[5];
    await expect.poll(() => detector.requests[3]?.ids).toEqual([26, 27, 28, 29]);
    detector.requests[3]?.finish();
    await expect.poll(() => detector.requests[4]?.ids).toEqual([30, 31]);
    expect(Math.max(...detector.requests.map(({ ids }) => ids.length))).toBe(maxFramesPerRequest);
  });

  it('give each image its own answer, a refusal too', async () => {
    const detector = scriptedDetector();
    const detect = groupRequests(detector, 1, {});
    const [first, second, third] = [detect(imageOf(1)), detect(imageOf(9)), detect(imageOf(3))];
    detector.requests[0]?.finish();
    await first;
    await expect.poll(() => detector.requests[1]?.ids).toEqual([9, 3]);
    detector.requests[1]?.finish();
    await expect(second).rejects.toThrow('no picture');
    expect((await third)?.imageWidth).toBe(3);
  });

  it('refuse all of a request that failed as a whole, and go on', async () => {
    let calls = 0;
    const failing = {
      detectBatch: async () => {
        calls += 1;
        throw new DetectError('WORKER_CRASHED', 'gone');
      },
    };
    const detect = groupRequests(failing, 1, {});
    await expect(detect(imageOf(1))).rejects.toThrow('gone');
    await expect(detect(imageOf(2))).rejects.toThrow('gone');
    expect(calls).toBe(2);
  });
});

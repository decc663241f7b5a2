import { PartitionProgress } from '@framegate/message-bus';
import { describe, expect, it } from 'vitest';
import { OffsetCommitter } from './offset-committer.ts';

const LATER = 1e9;

function settledUpTo(last: bigint, partition = 0): PartitionProgress {
  const progress = new PartitionProgress('t', partition, 0n);
  for (let offset = 0n; offset <= last; offset += 1n) {
    progress.start(offset);
    progress.settle(offset);
  }
  return progress;
}

describe('OffsetCommitter', () => {
  it('commits the watermark of every partition that has settled something, in one request', async () => {
    const requests: unknown[] = [];
    const committer = new OffsetCommitter(async (offsets) => void requests.push(offsets), LATER);
    committer.note(settledUpTo(4n, 0));
    committer.note(settledUpTo(9n, 1));
    await committer.flush();
    await committer.flush();
    expect(requests).toEqual([
      [
        { topic: 't', partition: 0, offset: 5n },
        { topic: 't', partition: 1, offset: 10n },
      ],
    ]);
  });

  it('commits nothing of a partition that was revoked', async () => {
    const requests: unknown[] = [];
    const committer = new OffsetCommitter(async (offsets) => void requests.push(offsets), LATER);
    const progress = settledUpTo(4n);
    committer.note(progress);
    progress.revoke();
    await committer.flush();
    expect(requests).toEqual([]);
  });

  it('commits later what could not be committed', async () => {
    const requests: unknown[] = [];
    let isAway = true;
    const committer = new OffsetCommitter(async (offsets) => {
      if (isAway) throw new Error('away');
      requests.push(offsets);
    }, LATER);
    committer.note(settledUpTo(4n));
    await committer.flush();
    isAway = false;
    await committer.flush();
    expect(requests).toEqual([[{ topic: 't', partition: 0, offset: 5n }]]);
  });

  it('has one request under way at a time', async () => {
    let running = 0;
    let peak = 0;
    const committer = new OffsetCommitter(async () => {
      running += 1;
      peak = Math.max(peak, running);
      await Promise.resolve();
      running -= 1;
    }, LATER);
    const flushes = [0, 1, 2].map((partition) => {
      committer.note(settledUpTo(1n, partition));
      return committer.flush();
    });
    await Promise.all(flushes);
    expect(peak).toBe(1);
  });
});

import type { HistoryBatch, Sample } from '@framegate/history-store';
import { HistoryStoreError, summarize } from '@framegate/history-store';
import { createInProcessStore } from '@framegate/state-store';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startHistoryWriter } from './history-writer.ts';

const sample = (second: number): Sample[] => [
  { series: 'due', subject: '', atUs: second * 1e6, summary: summarize([1]) },
];
const writers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(writers.splice(0).map((writer) => writer.close()));
  vi.useRealTimers();
});

function start({ holder = 'a', shared = createInProcessStore(() => Date.now()) } = {}) {
  const written: number[][] = [];
  let trouble: Error | undefined;
  const writer = startHistoryWriter({
    store: {
      async write({ samples = [] }: HistoryBatch) {
        if (trouble) throw trouble;
        written.push(samples.map(({ atUs }) => atUs / 1e6));
      },
    },
    shared,
    holder,
    onTrouble: () => {},
    flushEveryMs: 5000,
  });
  writers.push(writer);
  return { writer, written, fail: (error: Error | undefined) => (trouble = error) };
}

describe('what the console keeps of a run', () => {
  it('is written in batches, and again in order when the store is back', async () => {
    vi.useFakeTimers();
    const { writer, written, fail } = start();
    for (const second of [1, 2, 3]) writer.second(sample(second));
    await vi.advanceTimersByTimeAsync(5000);
    expect(written).toEqual([[1, 2, 3]]);
    fail(new HistoryStoreError('LOCKED', 'by somebody'));
    writer.second(sample(4));
    await vi.advanceTimersByTimeAsync(10_000);
    fail(undefined);
    writer.second(sample(5));
    await vi.advanceTimersByTimeAsync(5000);
    expect(written).toEqual([[1, 2, 3], [4, 5]]); // prettier-ignore
  });

  it('waits for a store that is away within bounds, the newest of it', async () => {
    vi.useFakeTimers();
    const { writer, written, fail } = start();
    fail(new HistoryStoreError('UNAVAILABLE', 'away'));
    for (let second = 0; second < 2000; second++) writer.second(sample(second));
    await vi.advanceTimersByTimeAsync(5000);
    fail(undefined);
    await vi.advanceTimersByTimeAsync(5000);
    expect(written.map((seconds) => [seconds.length, seconds.at(-1)])).toEqual([[600, 1999]]);
  });

  it('goes on behind what the store refuses', async () => {
    vi.useFakeTimers();
    const { writer, written, fail } = start();
    fail(new HistoryStoreError('INVALID', 'of a wrong kind'));
    writer.second(sample(1));
    await vi.advanceTimersByTimeAsync(5000);
    fail(undefined);
    writer.second(sample(2));
    await vi.advanceTimersByTimeAsync(5000);
    expect(written).toEqual([[2]]);
  });

  it('is written by one of several consoles, and by the other from before the first one ended', async () => {
    vi.useFakeTimers();
    const shared = createInProcessStore(() => Date.now());
    const [first, second] = [start({ shared }), start({ shared, holder: 'b' })];
    const bothSee = async (from: number, to: number): Promise<void> => {
      for (let at = from; at < to; at++) {
        first.writer.second(sample(at));
        second.writer.second(sample(at));
        await vi.advanceTimersByTimeAsync(1000);
      }
    };
    await bothSee(0, 20);
    await first.writer.close();
    expect(second.written).toEqual([]);
    for (let at = 20; at < 30; at++) {
      second.writer.second(sample(at));
      await vi.advanceTimersByTimeAsync(1000);
    }
    const all = new Set([...first.written, ...second.written].flat());
    expect(all).toEqual(new Set(Array.from({ length: 30 }, (_, i) => i)));
  });
});

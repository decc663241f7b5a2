import { describe, expect, it } from 'vitest';
import { startWorker } from '../src/started-worker.ts';
import type { WorkerSettings } from '../src/worker-settings.ts';

const entry = new URL('./faulty-worker-fixture.ts', import.meta.url);
const settings: Omit<WorkerSettings, 'modelPath'> = {
  head: 'yolox',
  classNames: ['person'],
  input: { width: 64, height: 64, batch: 1 },
  provider: 'cpu',
  threads: 1,
  batch: 1,
  maxPixels: 1,
};
const start = (fault: string) => startWorker(entry, { ...settings, modelPath: fault });

describe('a detector thread', () => {
  it.each([
    ['throw when asked', 'a detector thread crashed: Error: out of memory'],
    ['exit when asked', 'a detector thread ended with code 4'],
  ])('that fails with "%s" refuses what it was asked, and says that it ended', async (fault, message) => {
    const worker = await start(fault);
    const request = { images: [], minScore: 0.5, classes: undefined };
    await expect(worker.ask(request, [])).rejects.toMatchObject({ code: 'WORKER_CRASHED', message });
    expect(await worker.ended).toMatchObject({ message });
  });

  it.each([
    ['throw at start', 'a detector thread crashed: Error: no such library'],
    ['exit at start', 'a detector thread ended with code 3'],
  ])('that fails with "%s" is no thread at all', async (fault, message) => {
    await expect(start(fault)).rejects.toMatchObject({ code: 'WORKER_CRASHED', message });
  });
});

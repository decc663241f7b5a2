import { describe, expect, it } from 'vitest';
import { DetectError } from './detect-error.ts';
import type { StartedWorker } from './started-worker.ts';
import { createWorkerPool } from './worker-pool.ts';

/** Workers without threads, that end when a test says so. */
function fakeWorkers() {
  const crashes: ((reason: DetectError) => void)[] = [];
  const closed: number[] = [];
  const start = async (): Promise<StartedWorker> => {
    const number = crashes.length;
    const { promise: ended, resolve } = Promise.withResolvers<DetectError>();
    crashes.push(resolve);
    return {
      ask: () => ended.then((reason) => Promise.reject(reason)),
      close: async () => void closed.push(number),
      ended,
    };
  };
  const crash = (number: number): void => crashes[number]?.(new DetectError('WORKER_CRASHED', 'gone'));
  return { start, crash, closed, started: () => crashes.length };
}

const request = { images: [], minScore: 0, classes: undefined };
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a pool of workers', () => {
  it('lends each worker to one request at a time, in the order of the requests', async () => {
    const pool = await createWorkerPool(2, fakeWorkers().start);
    const begun: string[] = [];
    const ends = new Map<string, () => void>();
    expect(pool.free).toBe(2);
    const requests = ['a', 'b', 'c', 'd'].map((name) =>
      pool.use(() => {
        begun.push(name);
        return new Promise<void>((resolve) => ends.set(name, resolve));
      }),
    );
    // Who asks only while a worker is free must see at once that there is none any more.
    expect(pool.free).toBe(0);
    await settled();
    expect(begun).toEqual(['a', 'b']);
    ends.get('b')?.();
    await settled();
    expect(begun).toEqual(['a', 'b', 'c']);
    ends.get('a')?.();
    await settled();
    for (const name of ['c', 'd']) ends.get(name)?.();
    await Promise.all(requests);
    expect(pool.free).toBe(2);
  });

  it('replaces a worker that crashed, and only the request that it had fails', async () => {
    const workers = fakeWorkers();
    const pool = await createWorkerPool(1, workers.start);
    const lost = pool.use((worker) => worker.ask(request, []));
    const next = pool.use(async () => 'answered');
    workers.crash(0);
    await expect(lost).rejects.toMatchObject({ code: 'WORKER_CRASHED' });
    expect(await next).toBe('answered');
    expect(workers.started()).toBe(2);
  });

  it('replaces a worker that crashed while it was free', async () => {
    const workers = fakeWorkers();
    const pool = await createWorkerPool(2, workers.start);
    workers.crash(1);
    await settled();
    expect(workers.started()).toBe(3);
    expect(pool.free).toBe(2);
  });

  it('tells of a crash when the worker is replaced, so that a free one is found then', async () => {
    const workers = fakeWorkers();
    const restart = Promise.withResolvers<void>();
    const start = async (): Promise<StartedWorker> => {
      if (workers.started() > 0) await restart.promise;
      return workers.start();
    };
    const pool = await createWorkerPool(1, start);
    let told = false;
    const lost = pool.use((worker) => worker.ask(request, [])).catch(() => (told = true));
    workers.crash(0);
    await settled();
    expect(told).toBe(false);
    restart.resolve();
    await lost;
    expect(pool.free).toBe(1);
  });

  it('refuses every request when no worker is left and none can be started', async () => {
    const workers = fakeWorkers();
    let starts = 0;
    const start = (): Promise<StartedWorker> =>
      (starts += 1) > 1 ? Promise.reject(new Error('no memory')) : workers.start();
    const pool = await createWorkerPool(1, start);
    const lost = pool.use((worker) => worker.ask(request, []));
    const waiting = pool.use(async () => 'answered');
    workers.crash(0);
    await expect(lost).rejects.toThrow('gone');
    await expect(waiting).rejects.toThrow('the detector has no thread left: no memory');
    await expect(pool.use(async () => 'answered')).rejects.toMatchObject({ code: 'WORKER_CRASHED' });
  });

  it('ends the workers that did start when another one does not', async () => {
    const workers = fakeWorkers();
    let starts = 0;
    const start = (): Promise<StartedWorker> =>
      (starts += 1) === 2 ? Promise.reject(new Error('no memory')) : workers.start();
    await expect(createWorkerPool(3, start)).rejects.toThrow('no memory');
    expect(workers.closed).toEqual([0, 1]);
  });

  it('lets fewer work when told so, and wakes the resting ones before it starts others', async () => {
    const workers = fakeWorkers();
    const pool = await createWorkerPool(2, workers.start);
    const ends: (() => void)[] = [];
    const work = () => pool.use(() => new Promise<void>((resolve) => ends.push(resolve)));
    const requests = [work(), work(), work()];
    await settled();
    await pool.setLimit(1);
    ends[0]?.();
    await settled();
    expect(ends.length).toBe(2);
    expect(pool.free).toBe(0);

    await pool.setLimit(3);
    await settled();
    expect(ends.length).toBe(3);
    expect(workers.started()).toBe(3);
    expect(pool.free).toBe(1);
    ends.slice(1).forEach((end) => end());
    await Promise.all(requests);
    expect(pool.free).toBe(3);
  });

  it('starts no worker twice for those who ask again while it starts, and none that is no longer wanted', async () => {
    const workers = fakeWorkers();
    const gate = Promise.withResolvers<void>();
    const start = async (): Promise<StartedWorker> => {
      if (workers.started() > 0) await gate.promise;
      return workers.start();
    };
    const pool = await createWorkerPool(1, start);
    const asked = [pool.setLimit(2), pool.setLimit(3), pool.setLimit(3), pool.setLimit(2)];
    gate.resolve();
    await Promise.all(asked);
    expect([workers.started(), pool.limit, pool.free]).toEqual([2, 2, 2]);
  });

  it('counts a worker that replaces one that crashed among those that are wanted', async () => {
    const workers = fakeWorkers();
    const restart = Promise.withResolvers<void>();
    const start = async (): Promise<StartedWorker> => {
      if (workers.started() > 1) await restart.promise;
      return workers.start();
    };
    const pool = await createWorkerPool(2, start);
    workers.crash(0);
    await settled();
    const asked = pool.setLimit(2);
    restart.resolve();
    await asked;
    expect([workers.started(), pool.limit, pool.free]).toEqual([3, 2, 2]);
  });

  it('works with as many as could be started when more do not start', async () => {
    const workers = fakeWorkers();
    const start = (): Promise<StartedWorker> =>
      workers.started() >= 2 ? Promise.reject(new Error('no memory')) : workers.start();
    const pool = await createWorkerPool(1, start);
    await expect(pool.setLimit(4)).rejects.toThrow('no memory');
    expect([pool.limit, pool.free]).toEqual([2, 2]);
  });

  it('lets running requests finish when it is closed, and refuses those that wait', async () => {
    const workers = fakeWorkers();
    const pool = await createWorkerPool(1, workers.start);
    const work = Promise.withResolvers<string>();
    const running = pool.use(() => work.promise);
    const waiting = pool.use(async () => 'answered');
    await settled();
    const closed = pool.close();
    await expect(waiting).rejects.toMatchObject({ code: 'CLOSED' });
    expect(workers.closed).toEqual([]);
    work.resolve('answered');
    expect(await running).toBe('answered');
    await closed;
    expect(workers.closed).toEqual([0]);
  });
});

import type { DecisionRecord } from '@framegate/contracts';
import { decisionEvent, detectionEvent, outcomeEvent, topicNames } from '@framegate/contracts';
import { defaultRetention, openSqliteHistory } from '@framegate/history-store';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import type { TestConsole } from './console-fixture.ts';
import { startTestConsole } from './console-fixture.ts';
import { detectionOf, frameOf, intentOf, outcomeOf } from './frames-fixture.ts';

const historySchema = z.object({
  points: z.array(z.object({ due: z.number(), onTime: z.number(), allowedLate: z.number() })),
});

let served: TestConsole;
beforeEach(async () => {
  served = await startTestConsole();
});
afterEach(() => served.close());

const read = async (path: string): Promise<unknown> => (await fetch(served.url + path)).json();

it('tells how results came in over time', async () => {
  for (const seq of [1, 2, 3]) await served.detect(frameOf(seq));
  await expect
    .poll(() => read('/v1/promise/history?seconds=60'), { timeout: 10_000 })
    .toMatchObject({
      promises: [{ objectiveMs: 500, target: 0.95, cameras: 1 }],
      stepSeconds: 1,
      points: expect.arrayContaining([expect.objectContaining({ results: 3, p95Ms: 100, objectiveMs: 500 })]),
    });
});

const slowdown: Omit<DecisionRecord, 'id' | 'atUs'> = {
  loop: 'fast',
  effect: 'applied',
  slo: 'latency',
  sli: 'latency',
  value: 800,
  objective: 500,
  cause: 'uplink',
  at: 'north',
  lever: 'frame-rate',
  subjects: ['north/a'],
  from: '10/s',
  to: '5/s',
  reason: 'the uplink is narrow',
};

it('tells each decision once, the newest first, with what each camera was moved to', async () => {
  const decision: DecisionRecord = {
    ...slowdown,
    id: '1/1',
    atUs: Date.now() * 1000,
    subjects: ['north/a', 'north/b'],
    changes: [
      { subjects: ['north/a'], from: '10/s', to: '5/s' },
      { subjects: ['north/b'], from: '10/s', to: '2/s' },
    ],
  };
  const { changes: _changes, ...plain } = decision;
  const producer = await served.bus.producer();
  for (const told of [decision, decision, { ...plain, id: '1/2' }])
    await producer.send(topicNames.decisions, decisionEvent.encode(told));
  await expect
    .poll(() => read('/v1/promise/decisions'))
    .toMatchObject({
      decisions: [
        { id: '1/2', moves: [{ subjects: ['north/a', 'north/b'], to: '5/s' }] },
        { id: '1/1', cause: 'uplink', moves: [{ to: '5/s' }, { to: '2/s' }] },
      ],
    });
});

it('still tells what was before, after the console was started again with the same history', async () => {
  const atUs = Date.now() * 1000 - 60e6;
  const decision: DecisionRecord = { ...slowdown, id: '1/7', atUs };
  const store = openSqliteHistory({ path: ':memory:' });
  const past = { store, retention: defaultRetention };
  const before = await startTestConsole({ past });
  const producer = await before.bus.producer();
  await producer.send(topicNames.decisions, decisionEvent.encode(decision));
  for (const seq of [1, 2, 3]) await before.detect(frameOf(seq));
  const tell = async (of: TestConsole, path: string): Promise<unknown> => (await fetch(of.url + path)).json();
  const measured = expect.objectContaining({ results: 3, p95Ms: 100, objectiveMs: 500, seconds: 1 });
  await expect
    .poll(() => tell(before, '/v1/promise/history?seconds=60'), { timeout: 10_000 })
    .toMatchObject({ points: expect.arrayContaining([measured]) });
  await expect
    .poll(() => tell(before, '/v1/promise/decisions'))
    .toMatchObject({ decisions: [{ id: '1/7' }] });
  await before.close();

  // Its bus is new and empty: all that is known comes from the history.
  const after = await startTestConsole({ past });
  await expect
    .poll(() => tell(after, '/v1/promise/history?seconds=60'), { timeout: 10_000 })
    .toMatchObject({ points: expect.arrayContaining([measured]) });
  await expect
    .poll(() => tell(after, '/v1/promise/history?seconds=86400'), { timeout: 10_000 })
    .toMatchObject({
      stepSeconds: 60,
      points: expect.arrayContaining([expect.objectContaining({ results: 3 })]),
    });
  expect(await tell(after, '/v1/promise/decisions')).toMatchObject({
    decisions: [{ id: '1/7', cause: 'uplink' }],
  });
  await after.close();
  await store.close();
});

it('judges the results of each camera by what is promised of that camera', async () => {
  const strict = { slo: 'doors', objectiveMs: 300, target: 0.99 };
  const of = await startTestConsole({
    promiseOf: (cameraId) =>
      cameraId === 'north/door' ? strict : { slo: undefined, objectiveMs: undefined, target: 0.9 },
  });
  const producer = await of.bus.producer();
  await Promise.all([of.want(intentOf('north/door')), of.want(intentOf('north/yard', { objectiveMs: 800 }))]);
  for (const cameraId of ['north/door', 'north/yard']) {
    for (let seq = 1; seq <= 10; seq++) {
      const frame = frameOf(Math.round(Date.now() / 100) + seq, { cameraId });
      await producer.send(
        topicNames.detections,
        detectionEvent.encode({ ...detectionOf(frame, 400), objectiveMs: 800 }),
      );
      await producer.send(topicNames.outcomes, outcomeEvent.encode(outcomeOf(frame)));
    }
  }
  const get = async (path: string): Promise<unknown> => (await fetch(of.url + path)).json();
  const promises = [
    { slo: 'doors', objectiveMs: 300, target: 0.99, cameras: 1 },
    { slo: '800 ms', objectiveMs: 800, target: 0.9, cameras: 1 },
  ];
  // 400 ms is late for the door, where 1 % of 10 may be, and on time for the yard, where 10 % of 10 may be late.
  const sums = async (slo = '') => {
    const { points } = historySchema.parse(await get(`/v1/promise/history?seconds=60${slo}`));
    const sum = (name: 'due' | 'onTime' | 'allowedLate') =>
      points.reduce((total, point) => total + point[name], 0);
    return { due: sum('due'), onTime: sum('onTime'), allowedLate: sum('allowedLate') };
  };
  await expect
    .poll(() => sums(), { timeout: 15_000 })
    .toEqual({ due: 20, onTime: 10, allowedLate: expect.closeTo(1.1) });
  expect(await sums('&slo=doors')).toEqual({ due: 10, onTime: 0, allowedLate: expect.closeTo(0.1) });
  expect(await sums('&slo=800 ms')).toEqual({ due: 10, onTime: 10, allowedLate: expect.closeTo(1) });
  expect(await get('/v1/promise/history?slo=800 ms')).toMatchObject({
    standing: { verdict: 'kept', onTimeShare: 1, objectiveMs: 800, p95Ms: 400, p95Percent: 50 },
    points: expect.arrayContaining([
      expect.objectContaining({ p95Percent: expect.closeTo(50, -0.5), violated: false }),
    ]),
  });
  // Of all cameras each counts against its own objective: 133 % for the door, 50 % for the yard.
  expect(await get('/v1/promise/history')).toMatchObject({
    standing: { verdict: 'violated', p95Percent: expect.closeTo(133, 0) },
  });
  expect(await get('/v1/promise/history?slo=none')).toMatchObject({
    points: [],
    standing: { verdict: 'idle' },
  });
  expect(await get('/v1/promise/history')).toMatchObject({ promises });
  expect(await get('/v1/cameras')).toMatchObject({
    cameras: [
      { cameraId: 'north/door', objectiveMs: 300, target: 0.99 },
      { cameraId: 'north/yard', objectiveMs: 800, target: 0.9 },
    ],
  });
  expect(await get('/v1/cameras/north/door')).toMatchObject({ declaredObjectiveMs: 300 });
  expect(await get('/v1/cameras/north/yard')).toMatchObject({ declaredObjectiveMs: null });
  await of.close();
});

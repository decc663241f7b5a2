import { describe, expect, it } from 'vitest';
import { createEventQueue } from './event-queue.ts';
import type { Frame } from './frame.ts';
import { newFrame } from './frame.ts';
import type { InferenceInstance, InstanceOptions } from './inference-instance.ts';
import { createInferenceInstance } from './inference-instance.ts';
import { createLink } from './link.ts';
import { createRandom } from './random.ts';
import { models, scenarioOf } from './scenario-parts.ts';
import { createStepFunction } from './step-function.ts';

const constant = (value: number) => createStepFunction([[0, value]]);
/** Mean wait of a queue with Poisson arrivals and constant service (Pollaczek and Khinchine). */
const waitOfMD1 = (load: number, service: number) => (load / (2 * (1 - load))) * service;

const [camera] = scenarioOf({ name: 'x', title: 'x' }).cameras;
const rung = { ...camera!.initial, model: 'large' };
function frameAt(atUs: number, number: number): Frame {
  return newFrame(
    {
      camera: number,
      cameraId: `north/${number}`,
      seq: 1,
      capturedAtUs: atUs,
      stampedAtUs: atUs,
      objectiveMs: 1e9,
      partition: 0,
      motion: true,
      gateChance: 0,
      sizeDeviation: 0,
    },
    { rung, version: 1, accuracy: 1 },
  );
}

/** One worker that is never slow, for the models of the scenarios. */
function oneWorker(
  events: InstanceOptions['events'],
  told: Pick<InstanceOptions, 'onFate' | 'onInferred'>,
): InferenceInstance {
  return createInferenceInstance({
    name: 'one',
    events,
    models,
    workers: 1,
    batch: 1,
    slowness: constant(1),
    workersLost: constant(0),
    random: createRandom(2, 'service'),
    capturedAtUs: ({ capturedAtUs }) => capturedAtUs,
    clockErrorUs: () => 0,
    weightOf: () => 1,
    ...told,
  });
}

describe('the uplink', () => {
  it.each([0.3, 0.7, 0.9])('makes messages wait as the formula for M/D/1 says at load %d', (load) => {
    const events = createEventQueue();
    const link = createLink(events, 8e6, constant(1), () => 0);
    const random = createRandom(1, 'poisson');
    const serviceUs = 10_000;
    let waitedUs = 0;
    const messages = 40_000;
    for (let i = 0, atUs = 0; i < messages; i++, atUs += random.exponential(serviceUs / load))
      events.at(atUs, () => link.send(10_000, () => void (waitedUs += events.nowUs - atUs - serviceUs)));
    events.runUntil(Infinity);
    const expected = waitOfMD1(load, serviceUs);
    expect(waitedUs / messages / expected).toBeGreaterThan(0.9);
    expect(waitedUs / messages / expected).toBeLessThan(1.1);
  });

  it('stands still while there is no capacity, and carries on with what it had left', () => {
    const events = createEventQueue();
    const cut = createStepFunction([
      [0, 1],
      [500_000, 0],
      [2_000_000, 0.5],
    ]);
    const link = createLink(events, 8e6, cut, () => 7000);
    let arrivedUs = 0;
    link.send(1_000_000, () => void (arrivedUs = events.nowUs));
    events.runUntil(1_000_000);
    expect(link.backlogBytes()).toBeCloseTo(500_000);
    events.runUntil(10_000_000);
    expect(arrivedUs).toBe(3_007_000);
  });
});

describe('an inference worker', () => {
  it.each([0.3, 0.7])(
    'makes frames of many cameras wait as M/D/1 at load %d, and holds as many as Little says',
    (load) => {
      const events = createEventQueue();
      let waitedUs = 0;
      const instance = oneWorker(events, {
        onFate: () => expect.unreachable('every camera has one frame'),
        onInferred: (frame) => void (waitedUs += frame.startedAtUs - frame.capturedAtUs),
      });
      const random = createRandom(3, 'poisson');
      const frames = 8000;
      const endUs = { value: 0 };
      for (let i = 0, atUs = 0; i < frames; i++, atUs += random.exponential(50_000 / load)) {
        events.at(atUs, () => instance.accept(frameAt(atUs, i)));
        endUs.value = atUs;
      }
      let held = 0;
      let looks = 0;
      for (let atUs = 0; atUs < endUs.value; atUs += 37_000)
        events.at(atUs, () => {
          looks += 1;
          held += instance.takeTallies().reduce((sum, { mailboxDepth }) => sum + mailboxDepth, 0);
        });
      events.runUntil(Infinity);
      const meanWaitUs = waitedUs / frames;
      expect(meanWaitUs / waitOfMD1(load, 50_000)).toBeGreaterThan(0.88);
      expect(meanWaitUs / waitOfMD1(load, 50_000)).toBeLessThan(1.12);
      const byLittle = (frames / endUs.value) * meanWaitUs;
      expect(held / looks / byLittle).toBeGreaterThan(0.93);
      expect(held / looks / byLittle).toBeLessThan(1.07);
    },
  );
});

describe('a worker that two models share', () => {
  it('starves neither, though one alone would keep it busy', () => {
    const events = createEventQueue();
    const analysed = { large: 0, medium: 0 };
    const instance = oneWorker(events, {
      onFate: () => undefined,
      onInferred: ({ rung: { model } }) => void (analysed[model === 'large' ? 'large' : 'medium'] += 1),
    });
    for (let i = 0; i < 200; i++) {
      const large = { ...frameAt(i * 50_000, i % 3), seq: i };
      events.at(i * 50_000, () => instance.accept(large));
      const medium = { ...frameAt(i * 50_000, 9), rung: { ...rung, model: 'medium' }, seq: i };
      events.at(i * 50_000 + 1, () => instance.accept(medium));
    }
    events.runUntil(10e6);
    expect(analysed.medium).toBeGreaterThan(50);
    expect(analysed.large).toBeGreaterThan(50);
  });
});

describe('virtual time', () => {
  it('runs what is planned for one moment in the order of planning', () => {
    const events = createEventQueue();
    const seen: number[] = [];
    for (const number of [1, 2, 3]) events.at(5, () => seen.push(number));
    events.at(4, () => seen.push(0));
    events.runUntil(5);
    expect(seen).toEqual([0, 1, 2, 3]);
  });
});

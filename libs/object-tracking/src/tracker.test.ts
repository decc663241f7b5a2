import type { Box } from '@framegate/detection';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Track, TrackedObject } from './track.ts';
import type { TrackEvent } from './tracker.ts';
import { createTracker, defaultTrackerOptions } from './tracker.ts';

const second = 1e6;
const person = (box: Box, score = 0.8, zones: string[] = []): TrackedObject => ({
  box,
  className: 'person',
  score,
  zones,
});
/** A walker of 1.7 m at 1.4 m/s. */
const walker = (seconds: number, height = 100, y = 100, x0 = 0): Box => [
  x0 + (1.4 / 1.7) * height * seconds,
  y,
  0.4 * height,
  height,
];

interface Step {
  readonly atS: number;
  readonly objects: readonly TrackedObject[];
}

function follow(steps: readonly Step[], options = {}): { events: TrackEvent[]; ended: Track[] } {
  const tracker = createTracker({ ...defaultTrackerOptions, ...options });
  const events = steps.flatMap(({ atS, objects }, i) => tracker.frame(`7.${i}`, atS * second, objects));
  events.push(...tracker.endAll());
  return { events, ended: events.filter(({ kind }) => kind === 'ended').map(({ track }) => track) };
}

/** Times from 0 s on with intervals between 1/10 s and 1 s. */
const irregularTimes = fc
  .array(fc.double({ min: 0.1, max: 1, noNaN: true }), { minLength: 4, maxLength: 30 })
  .map((intervals) => {
    let at = 0;
    return intervals.map((interval) => (at += interval));
  });

describe('the tracker', () => {
  it.each([10, 5, 2, 1])('follows a walker as one at %d frames a second', (rate) => {
    const steps = Array.from({ length: 10 * rate }, (_, i) => ({
      atS: i / rate,
      objects: [person(walker(i / rate))],
    }));
    const { events, ended } = follow(steps);
    expect(ended).toHaveLength(1);
    expect(ended[0]).toMatchObject({ id: '7.0.0', startUs: 0, detections: 10 * rate, className: 'person' });
    expect(events[0]).toMatchObject({ kind: 'started', track: { detections: 2 } });
    expect(events.filter(({ kind }) => kind === 'updated')).toHaveLength(10 * rate - 2);
  });

  it('follows a walker as one at any irregular rate between 1 and 10 frames a second', () => {
    fc.assert(
      fc.property(irregularTimes, fc.integer({ min: 40, max: 400 }), (times, height) => {
        const { ended } = follow(times.map((atS) => ({ atS, objects: [person(walker(atS, height))] })));
        expect(ended).toHaveLength(1);
        expect(ended[0]).toMatchObject({ detections: times.length, lastUs: times.at(-1)! * second });
      }),
    );
  });

  it('keeps two walkers apart who pass each other', () => {
    const steps = Array.from({ length: 60 }, (_, i) => {
      const t = i / 10;
      const there = person(walker(t), 0.9, ['there']);
      const back = person([500 - (1.4 / 1.7) * 100 * t, 150, 40, 100], 0.7, ['back']);
      return { atS: t, objects: i % 2 ? [there, back] : [back, there] };
    });
    const { ended } = follow(steps);
    expect(ended.map(({ zones, detections }) => [zones, detections])).toEqual([
      [['back'], 60],
      [['there'], 60],
    ]);
  });

  it('tells no thing twice and loses no detection, whatever it sees', () => {
    const object = fc.record({
      box: fc.tuple(
        fc.integer({ min: 0, max: 600 }),
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 200 }),
      ),
      className: fc.constantFrom('person', 'car', 'truck'),
      score: fc.double({ min: 0.5, max: 1, noNaN: true }),
      zones: fc.constantFrom(['yard'], []),
    });
    const step = fc.record({
      gap: fc.double({ min: 0, max: 20, noNaN: true }),
      objects: fc.array(object, { maxLength: 6 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        let atS = 0;
        const frames = steps.map(({ gap, objects }) => ({ atS: (atS += gap), objects }));
        const { events, ended } = follow(frames, { minDetections: 1 });
        const ids = (kind: TrackEvent['kind']) =>
          events.filter((e) => e.kind === kind).map(({ track }) => track.id);
        expect(new Set(ids('started')).size).toBe(ids('started').length);
        expect(ids('ended').toSorted()).toEqual(ids('started').toSorted());
        const detections = ended.reduce((sum, track) => sum + track.detections, 0);
        expect(detections).toBe(steps.reduce((sum, { objects }) => sum + objects.length, 0));
        for (const { track } of events) {
          expect(track.startUs).toBeLessThanOrEqual(track.lastUs);
          expect(track.bestAtUs).toBeGreaterThanOrEqual(track.startUs);
          expect(track.bestAtUs).toBeLessThanOrEqual(track.lastUs);
        }
      }),
    );
  });

  it('gives the same tracks the same names when it sees the same again', () => {
    const steps = Array.from({ length: 20 }, (_, i) => ({
      atS: i / 5,
      objects: [person(walker(i / 5)), person(walker(i / 5, 80, 400, 300))],
    }));
    expect(follow(steps)).toEqual(follow(steps));
  });

  it('tells of nothing that was found in a single frame', () => {
    expect(
      follow([
        { atS: 0, objects: [person(walker(0))] },
        { atS: 1, objects: [] },
      ]).events,
    ).toEqual([]);
  });

  it('goes on through weak detections, and begins nothing with them', () => {
    const scores = [0.8, 0.8, 0.3, 0.2, 0.3, 0.9];
    const steps = scores.map((score, i) => ({ atS: i / 5, objects: [person(walker(i / 5), score)] }));
    expect(follow(steps).ended).toMatchObject([{ detections: 6, bestScore: 0.9, bestAtUs: second }]);
    const weak = steps.map((step) => ({ ...step, objects: [person(walker(step.atS), 0.3)] }));
    expect(follow(weak).events).toEqual([]);
  });

  it('keeps who is hidden for a moment, and who stands still between keep-alive frames', () => {
    const hidden = [0, 0.2, 0.4, 1.4, 1.6].map((atS) => ({ atS, objects: [person(walker(atS))] }));
    hidden.splice(3, 0, { atS: 0.9, objects: [] });
    expect(follow(hidden).ended).toHaveLength(1);
    const still = [0, 1, 11, 21, 31].map((atS) => ({ atS, objects: [person([5, 5, 40, 100])] }));
    expect(follow(still).ended).toMatchObject([{ detections: 5, lastUs: 31 * second }]);
  });

  it('ends what was not seen for too long, with the frame that shows it or without any', () => {
    const tracker = createTracker();
    const see = (atS: number, objects: TrackedObject[]) => tracker.frame(`1.${atS}`, atS * second, objects);
    see(0, [person(walker(0))]);
    see(0.1, [person(walker(0.1))]);
    expect(see(15, [])).toEqual([]);
    expect(see(15.2, [])).toMatchObject([{ kind: 'ended', track: { lastUs: 0.1 * second } }]);
    see(20, [person(walker(0))]);
    see(20.1, [person(walker(0.1))]);
    expect(tracker.endSilent(35 * second)).toEqual([]);
    expect(tracker.endSilent(35.2 * second)).toHaveLength(1);
    expect(tracker.endSilent(99 * second)).toEqual([]);
  });

  it('splits what stays for longer than an hour', () => {
    const hours = Array.from({ length: 800 }, (_, i) => ({
      atS: i * 10,
      objects: [person([5, 5, 40, 100])],
    }));
    const { ended } = follow(hours);
    expect(ended.map(({ startUs, lastUs }) => lastUs - startUs <= 3600 * second)).toEqual([true, true, true]);
  });

  it('is not fooled by a detector that wavers between a car and a truck', () => {
    const classes = ['car', 'truck', 'car', 'car'];
    const steps = classes.map((className, i) => ({
      atS: i / 5,
      objects: [{ box: [10 + i, 10, 120, 60] as const, className, score: 0.7, zones: [] }],
    }));
    expect(follow(steps).ended).toMatchObject([{ className: 'car', detections: 4 }]);
  });

  it('goes on with the track of an earlier run', () => {
    const before = createTracker();
    before.frame('1.1', 0, [person(walker(0))]);
    const [started] = before.frame('1.2', 0.2 * second, [person(walker(0.2))]);
    const after = createTracker();
    after.resume(started!.track);
    expect(after.frame('1.3', 0.4 * second, [person(walker(0.4))])).toMatchObject([
      { kind: 'updated', track: { id: '1.1.0', detections: 3, startUs: 0 } },
    ]);
  });

  it('refuses a frame of the past, which belongs to a pass of its own', () => {
    const tracker = createTracker();
    tracker.frame('1.1', second, []);
    expect(() => tracker.frame('1.0', 0, [])).toThrow('frame 1.0 is of 0 µs');
  });
});

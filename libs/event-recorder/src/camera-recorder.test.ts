import { defaultTrackerOptions } from '@framegate/object-tracking';
import { describe, expect, it } from 'vitest';
import { detectionAt, t0Us, walker } from '../test/detections-fixture.ts';
import type { AppearanceChange } from './camera-recorder.ts';
import { createCameraRecorder } from './camera-recorder.ts';

const nothing = { marks: {}, open: [] };
const create = (before: Parameters<typeof createCameraRecorder>[2] = nothing) =>
  createCameraRecorder('north/gate', defaultTrackerOptions, before);
const second = (seconds: number): number => t0Us + seconds * 1e6;
const last = (changes: readonly AppearanceChange[]) => changes.at(-1)?.appearance;

describe('the recorder of a camera', () => {
  it('tells of who came, stayed and went', () => {
    const recorder = create();
    const times = [0, 0.2, 0.4, 1.3, 2];
    const changes = times.flatMap((t) => recorder.detection(detectionAt(t, [walker(t)])));
    expect(changes.map(({ kind }) => kind)).toEqual(['started', 'updated', 'updated', 'updated']);
    expect(last(changes)).toMatchObject({
      id: 'north.gate.7.1.0',
      cameraId: 'north/gate',
      className: 'person',
      startUs: second(0),
      endUs: second(2),
      open: true,
      detections: 5,
      zones: ['yard'],
      sourceWidth: 1280,
    });
    expect(recorder.endSilent(second(10))).toEqual([]);
    expect(recorder.endSilent(second(20))).toMatchObject([{ kind: 'ended', appearance: { open: false } }]);
  });

  it('follows no frame twice, in this run or in one before', () => {
    const first = create();
    const frames = [0, 0.2, 0.4].map((t) => detectionAt(t, [walker(t)]));
    const told = frames.flatMap((frame) => first.detection(frame));
    expect(frames.flatMap((frame) => first.detection(frame))).toEqual([]);

    const again = create({ marks: first.marks(), open: [last(told)!] });
    expect(frames.flatMap((frame) => again.detection(frame))).toEqual([]);
    expect(again.detection(detectionAt(0.6, [walker(0.6)]))).toMatchObject([
      { kind: 'updated', appearance: { id: 'north.gate.7.1.0', startUs: second(0), detections: 4 } },
    ]);
  });

  it('takes a camera that starts anew for new frames', () => {
    const first = create();
    first.detection(detectionAt(5, []));
    const again = create({ marks: first.marks(), open: [] });
    again.detection(detectionAt(6, [walker(0)], { epoch: 8, seq: 1 }));
    expect(again.detection(detectionAt(6.2, [walker(0.2)], { epoch: 8, seq: 2 }))).toHaveLength(1);
  });

  it('adds what came before the motion to whom it belongs', () => {
    const recorder = create();
    const live = [3, 3.2, 3.4].flatMap((t) => recorder.detection(detectionAt(t, [walker(t)])));
    const preroll = [1, 1.5, 2, 2.5].flatMap((t) =>
      recorder.detection(detectionAt(t, [walker(t)], { kind: 'preroll' })),
    );
    expect(preroll).toEqual([]);
    expect(recorder.lateRange()).toEqual({ fromUs: second(1), untilUs: second(2.5) + 1 });
    const [joined, ...others] = recorder.endLatePass([last(live)!]);
    expect(others).toEqual([]);
    expect(joined).toMatchObject({
      kind: 'joined',
      appearance: { id: last(live)!.id, startUs: second(1), endUs: second(3.4), detections: 7, open: true },
    });
    expect(recorder.lateRange()).toBeUndefined();
    // And it stays so when that goes on.
    expect(recorder.detection(detectionAt(3.6, [walker(3.6)]))).toMatchObject([
      { appearance: { startUs: second(1), detections: 8 } },
    ]);
  });

  it('tells of what waited at the site as an appearance of its own where it belongs to none', () => {
    const recorder = create();
    recorder.detection(detectionAt(1000, []));
    for (const t of [10, 10.5, 11]) recorder.detection(detectionAt(t, [walker(t)], { kind: 'backfill' }));
    // A second outage, told before the first: a pass of its own.
    for (const t of [5, 5.5]) recorder.detection(detectionAt(t, [walker(t)], { kind: 'preroll' }));
    const changes = recorder.endLatePass([]);
    expect(changes.map(({ appearance }) => [appearance.startUs, appearance.open])).toEqual([
      [second(10), false],
      [second(5), false],
    ]);
  });

  it('ends all when the picture has another size, as its boxes are other boxes then', () => {
    const recorder = create();
    for (const t of [0, 0.2]) recorder.detection(detectionAt(t, [walker(t)]));
    const small = { ...detectionAt(0.4, [walker(0.4)]), sourceWidth: 640, sourceHeight: 360 };
    expect(recorder.detection(small)).toMatchObject([{ kind: 'ended', appearance: { sourceWidth: 1280 } }]);
  });

  /** A walker at 5 frames/s whose frames have the numbers that go on, by a clock that is `offset` seconds off. */
  const walk = (from: number, offset: number) =>
    [0, 0.2, 0.4].map((t) => {
      const { seq } = detectionAt(from + t, []);
      return detectionAt(from + t + offset, [walker(from + t)], { seq });
    });

  it('goes on at once when the clock of the site steps back, and keeps who was there before apart', () => {
    const recorder = create();
    walk(0, 0).forEach((frame) => recorder.detection(frame));
    const changes = walk(0.6, -600).flatMap((frame) => recorder.detection(frame));
    expect(changes.map(({ kind, appearance }) => [kind, appearance.id, appearance.startUs])).toEqual([
      ['ended', 'north.gate.7.1.0', second(0)],
      ['started', 'north.gate.7.7.0', second(-599.4)],
      ['updated', 'north.gate.7.7.0', second(-599.4)],
    ]);
    expect(recorder.lateRange()).toBeUndefined();
  });

  it('follows somebody through a correction of the clock by less than a second', () => {
    const recorder = create();
    walk(0, 0).forEach((frame) => recorder.detection(frame));
    const changes = walk(0.6, -0.5).flatMap((frame) => recorder.detection(frame));
    expect(changes.map(({ kind }) => kind)).toEqual(['updated', 'updated', 'updated']);
    expect(last(changes)).toMatchObject({ startUs: second(0), endUs: second(0.5), detections: 6 });
  });

  it('tells what came late by its number from what a clock dates back, also after a restart', () => {
    const first = create();
    walk(5, 0).forEach((frame) => first.detection(frame));
    const again = create({ marks: first.marks(), open: [] });
    expect(again.detection(detectionAt(1, [walker(1)], { kind: 'backfill' }))).toEqual([]);
    expect(again.lateRange()).toEqual({ fromUs: second(1), untilUs: second(1) + 1 });
    walk(5.6, -600).forEach((frame) => again.detection(frame));
    expect(again.lateRange()).toEqual({ fromUs: second(1), untilUs: second(1) + 1 });
  });
});

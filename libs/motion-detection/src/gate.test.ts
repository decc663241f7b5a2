import { describe, expect, test } from 'vitest';
import {
  block,
  createNoise,
  everywhere,
  FRAME_US,
  height,
  motions,
  run,
  scene,
  START,
  width,
} from '../test/painted-scene.ts';
import { createMotionGate } from './gate.ts';

describe('the gate lets nothing pass', () => {
  test('while it settles, whatever happens', () => {
    const decisions = run(
      scene((plane, frame) => block(plane, 10 + 8 * frame, 60, 20, 50, 80)),
      9,
    );
    expect(decisions.map(({ suppressed }) => suppressed)).toEqual(decisions.map(() => 'settling'));
    expect(motions(decisions)).toBe(0);
  });

  test.each([1, 4, 9])('in sensor noise of %d levels', (noise) => {
    expect(motions(run(scene(undefined, { noise }), 120))).toBe(0);
  });

  test('when the light jumps', () => {
    const decisions = run(
      scene((plane, frame) => everywhere(plane, (level) => (frame >= START ? 0.7 * level + 10 : level))),
      80,
    );
    expect(motions(decisions)).toBe(0);
  });

  test('when the light ramps, by gain and by offset', () => {
    const ramp = scene((plane, frame) =>
      everywhere(plane, (level) => level * (1 - 0.004 * frame) + 0.5 * Math.max(0, frame - 60)),
    );
    expect(motions(run(ramp, 120))).toBe(0);
  });

  test('when a soft shadow drifts over the picture', () => {
    const shadow = scene((plane, frame) => {
      for (let y = 0, at = 0; y < height; y++)
        for (let x = 0; x < width; x++, at++) {
          const distance = Math.abs(x - 4 * (frame - START)) / 80;
          if (frame >= START && distance < 1)
            plane[at] = plane[at]! * (1 - 0.2 * (1 + Math.cos(Math.PI * distance)));
        }
    });
    expect(motions(run(shadow, 120))).toBe(0);
  });

  test('when rain falls in thin streaks, but for three frames in a hundred', () => {
    const random = createNoise(3);
    const rain = scene((plane) => {
      for (let drop = 0; drop < 150; drop++) block(plane, random() * width, random() * height, 1, 8, 30);
    });
    const decisions = run(rain, 150);
    expect(motions(decisions)).toBeLessThanOrEqual(0.03 * decisions.length);
  });

  test('when single pixels and a small lamp flicker', () => {
    const random = createNoise(5);
    const flicker = scene((plane, frame) => {
      for (let spot = 0; spot < 30; spot++) plane[Math.floor(random() * plane.length)] = 255;
      if (frame % 7 < 3) block(plane, 200, 40, 3, 3, 120);
    });
    expect(motions(run(flicker, 150))).toBe(0);
  });

  test('inside a motion mask', () => {
    const walker = scene((plane, frame) => block(plane, 20 + 2 * (frame - START), 60, 8, 20, 70));
    const motionMasks = [[[0, 0], [320, 0], [320, 100], [0, 100]]] as const; // prettier-ignore
    expect(motions(run(walker, 100, { motionMasks }))).toBe(0);
  });

  test('after the picture was replaced by another', () => {
    const switched = scene((plane, frame) => {
      if (frame >= START) everywhere(plane, (level) => 255 - level);
    });
    expect(motions(run(switched, 80))).toBe(0);
  });
});

describe('the gate sees', () => {
  const walk = (contrast: number, pixelsPerFrame: number, [w, h]: [number, number]) =>
    scene((plane, frame) => {
      if (frame >= START) block(plane, 40 + pixelsPerFrame * (frame - START), 70, w, h, contrast);
    });

  test.each([
    ['of normal contrast', 60, 2, [8, 20]],
    ['darker than the background', -50, 2, [8, 20]],
    ['of low contrast (+22)', 22, 2, [8, 20]],
    ['that is small (16x40 px of 720p)', 40, 1.5, [4, 10]],
    ['that is small and of low contrast', 22, 1.5, [4, 10]],
    ['that runs', 60, 6, [8, 20]],
    ['that drives', 50, 9, [50, 22]],
  ] as const)('an object %s within half a second, and goes on seeing it', (_, contrast, speed, [w, h]) => {
    const decisions = run(walk(contrast, speed, [w, h]), START + 30).slice(START);
    expect(decisions.findIndex(({ motion }) => motion)).toBeGreaterThanOrEqual(0);
    expect(decisions.findIndex(({ motion }) => motion)).toBeLessThanOrEqual(4);
    expect(motions(decisions)).toBeGreaterThanOrEqual(24);
  });

  test('a slow walker, 10 px a second of 720p', () => {
    const slow = scene((plane, frame) => {
      if (frame >= START) block(plane, -10 + 0.25 * (frame - START), 70, 12, 30, 50);
    });
    const decisions = run(slow, START + 100).slice(START + 20);
    expect(motions(decisions)).toBeGreaterThanOrEqual(50);
  });

  test('where it is', () => {
    const decisions = run(walk(60, 2, [8, 20]), START + 20);
    const { regions } = decisions[START + 15]!;
    expect(regions).toHaveLength(1);
    const { x, y, width: across, height: along } = regions[0]!;
    expect(x).toBeGreaterThanOrEqual(40 + 2 * 15 - 6);
    expect(x + across).toBeLessThanOrEqual(40 + 2 * 15 + 8 + 6);
    expect(y).toBeGreaterThanOrEqual(66);
    expect(y + along).toBeLessThanOrEqual(94);
  });

  test('a walker in the rain', () => {
    const random = createNoise(3);
    const rain = scene((plane, frame) => {
      if (frame >= START) block(plane, 40 + 2 * (frame - START), 70, 8, 20, 60);
      for (let drop = 0; drop < 150; drop++) block(plane, random() * width, random() * height, 1, 8, 30);
    });
    const decisions = run(rain, START + 30).slice(START);
    expect(decisions.findIndex(({ motion }) => motion)).toBeLessThanOrEqual(5);
    expect(motions(decisions)).toBeGreaterThanOrEqual(22);
  });

  test('a walker at the moment the light ramps', () => {
    const ramp = scene((plane, frame) => {
      if (frame >= START) block(plane, 40 + 2 * (frame - START), 70, 8, 20, 50);
      everywhere(plane, (level) => level * (1 - 0.006 * frame));
    });
    expect(motions(run(ramp, START + 30).slice(START))).toBeGreaterThanOrEqual(24);
  });
});

describe('something that stands still', () => {
  /** Walks in for two seconds, stands for six, walks on. */
  const visitor = scene((plane, frame) => {
    const time = frame - START;
    const walked = Math.min(time, 20) + Math.max(0, time - 80);
    if (time >= 0) block(plane, 40 + 3 * walked, 70, 8, 20, 60);
  });

  test('is motion until it stops and again when it goes, and leaves no ghost', () => {
    const decisions = run(visitor, START + 180).slice(START);
    expect(motions(decisions.slice(4, 20))).toBe(16);
    expect(motions(decisions.slice(40, 80))).toBe(0);
    expect(decisions.slice(80, 86).some(({ motion }) => motion)).toBe(true);
    // It has left the picture after 154 frames.
    expect(motions(decisions.slice(158))).toBe(0);
  });
});

describe('a running gate', () => {
  const walker = scene((plane, frame) => block(plane, 20 + 2 * (frame - START), 60, 8, 20, 70));

  test('settles anew after a reset, and when the size changes', () => {
    const gate = createMotionGate();
    const look = (frame: number, w = width, h = height) =>
      gate.process({ data: walker(frame), stride: width, width: w, height: h }, frame * FRAME_US).suppressed;
    for (let frame = 0; frame < 20; frame++) look(frame);
    expect(look(20)).not.toBe('settling');
    gate.reset('reconnect');
    expect(look(21)).toBe('settling');
    for (let frame = 22; frame < 40; frame++) look(frame);
    expect(look(40, 160, 90)).toBe('settling');
  });

  test('takes new options without forgetting the background', () => {
    const gate = createMotionGate({ sensitivity: 0 });
    const faint = scene((plane, frame) => {
      if (frame >= START) block(plane, 40 + 2 * (frame - START), 70, 8, 20, 20);
    });
    const seen: boolean[] = [];
    for (let frame = 0; frame < START + 30; frame++) {
      if (frame === START + 10) gate.configure({ sensitivity: 50 });
      const { motion, suppressed } = gate.process(
        { data: faint(frame), stride: width, width, height },
        frame * FRAME_US,
      );
      if (frame >= START) seen.push(motion);
      if (frame > 20) expect(suppressed).not.toBe('settling');
    }
    expect(seen.slice(0, 10)).not.toContain(true);
    expect(seen.slice(14, 30)).not.toContain(false);
  });

  test('decides the same for the same frames', () => {
    const again = () =>
      run(
        scene((plane, frame) => block(plane, 2 * frame, 60, 8, 20, 30)),
        60,
      );
    expect(again()).toEqual(again());
  });

  test('refuses options that make no sense, by name', () => {
    expect(() => createMotionGate({ sensitivity: 101 })).toThrow('sensitivity is 101, expected 0 to 100');
    const gate = createMotionGate({ motionMasks: [[[0, 0], [10, 10]]] }); // prettier-ignore
    expect(() => gate.process({ data: walker(0), stride: width, width, height }, 0)).toThrow(
      'motion mask 1 has 2 points, needs at least 3',
    );
  });
});

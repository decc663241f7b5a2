import { describe, expect, test } from 'vitest';
import {
  block,
  createNoise,
  everywhere,
  height,
  motions,
  run,
  scene,
  START,
  width,
} from '../test/painted-scene.ts';

/** A wave without `Math.sin`: -1..1 with period 1, the same on every machine. */
function wave(turns: number): number {
  const phase = turns - Math.floor(turns);
  return phase < 0.5 ? 16 * phase * (0.5 - phase) : -16 * (phase - 0.5) * (1 - phase);
}

/** Shows the plane from `dx`, `dy` pixels away. */
function moved(plane: Uint8Array, dx: number, dy: number): void {
  const copy = plane.slice();
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const fromX = Math.min(width - 1, Math.max(0, x + dx));
      const fromY = Math.min(height - 1, Math.max(0, y + dy));
      plane[y * width + x] = copy[fromY * width + fromX]!;
    }
}

/** The shadows of clouds that drift to the right, darker by two fifths within `edge` pixels. */
function shadows(plane: Uint8Array, frame: number, edge: number): void {
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      const along = (((x + 0.4 * y - 5 * frame) % 260) + 260) % 260;
      const inside = Math.min(1, Math.max(0, Math.min(along - 20, 150 - along) / edge));
      plane[at]! *= 1 - 0.42 * inside * inside * (3 - 2 * inside);
    }
}

/** Light that multiplies what it falls on, soft at its edges: 0 outside of `reach` around `centre`. */
function beam(plane: Uint8Array, centre: number, reach: number, strength: number): void {
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      const off = Math.abs(x - centre) / reach;
      if (off < 1) plane[at] = Math.min(255, plane[at]! * (1 + strength * (1 - off * off) * (1 - off * off)));
    }
}

describe('a camera in the wind', () => {
  const gust = (frame: number) =>
    frame < START || frame > START + 40
      ? ([0, 0] as const)
      : ([Math.round(4 * wave(frame / 7)), Math.round(3 * wave(frame / 5))] as const);

  test('is no motion when a gust shakes it after a calm, and the shift is told', () => {
    const decisions = run(
      scene((plane, frame) => moved(plane, ...gust(frame))),
      START + 60,
    );
    expect(motions(decisions)).toBe(0);
    const shaken = decisions.filter(({ shift }) => Math.abs(shift.dx) + Math.abs(shift.dy) > 0.5);
    expect(shaken.length).toBeGreaterThan(20);
    expect(shaken.some(({ causes }) => causes.includes('shake'))).toBe(true);
  });

  test('sees who walks through the gust', () => {
    const decisions = run(
      scene((plane, frame) => {
        if (frame >= START + 5) block(plane, 60 + 2 * (frame - START), 70, 8, 20, 70);
        moved(plane, ...gust(frame));
      }),
      START + 40,
    ).slice(START + 5);
    expect(decisions.findIndex(({ motion }) => motion)).toBeLessThanOrEqual(5);
    expect(motions(decisions)).toBeGreaterThanOrEqual(25);
  });

  test('that was turned for good is at rest again', () => {
    const decisions = run(
      scene((plane, frame) => moved(plane, frame < START ? 0 : 4, 0)),
      START + 70,
    );
    expect(motions(decisions)).toBe(0);
    expect(decisions.at(-1)!.shift).toEqual({ dx: 0, dy: 0 });
  });
});

describe('local light', () => {
  const night = (plane: Uint8Array) => everywhere(plane, (level) => 0.35 * level);

  test('is no motion when headlights sweep over the ground', () => {
    const decisions = run(
      scene((plane, frame) => {
        night(plane);
        beam(plane, -80 + 16 * (frame - START), 70, 1);
      }),
      START + 40,
    );
    expect(motions(decisions)).toBeLessThanOrEqual(1);
    expect(decisions.some(({ causes }) => causes.includes('soft-light'))).toBe(true);
  });

  test('hides nobody who walks in it', () => {
    const decisions = run(
      scene((plane, frame) => {
        if (frame >= START + 10) block(plane, 60 + 2 * (frame - START), 70, 10, 26, 90);
        night(plane);
        beam(plane, -80 + 6 * (frame - START), 70, 1);
      }),
      START + 50,
    ).slice(START + 10);
    expect(decisions.findIndex(({ motion }) => motion)).toBeLessThanOrEqual(5);
    expect(motions(decisions)).toBeGreaterThanOrEqual(25);
  });

  test('of clouds that drift by is no motion, and hides nobody who then comes slowly from behind a pillar', () => {
    const comes = 90;
    const decisions = run(
      scene((plane, frame) => {
        const emerged = 0.6 * (frame - comes);
        if (emerged > 0) block(plane, 140, 90, Math.min(14, emerged), 24, -40);
        shadows(plane, frame, 26);
      }),
      comes + 30,
    );
    expect(motions(decisions.slice(0, comes))).toBe(0);
    expect(decisions.some(({ causes }) => causes.includes('soft-light'))).toBe(true);
    const delay = decisions.slice(comes).findIndex(({ motion }) => motion);
    expect(delay).toBeGreaterThanOrEqual(0);
    expect(delay).toBeLessThanOrEqual(15);
  });

  test('of an exposure that hunts is no motion, and its gain is told', () => {
    const gains = [1.1, 0.91, 1.07, 0.94, 1.04, 1];
    const decisions = run(
      scene((plane, frame) => {
        const gain = gains[Math.max(0, frame - START) >> 1] ?? 1;
        if (frame >= START) everywhere(plane, (level) => gain * level);
      }),
      START + 30,
    );
    expect(motions(decisions)).toBe(0);
    const { causes, light } = decisions[START]!;
    expect(causes).toContain('global-light');
    expect(light.gain * 130 + light.offset).toBeCloseTo(143, -1);
  });
});

describe('a small walker', () => {
  const small = (plane: Uint8Array, frame: number) => {
    if (frame >= 50) block(plane, 60 + 1.2 * (frame - 50), 70, 4, 10, 35);
  };
  /** When it is first seen, and in how many frames before it comes something is. */
  const watch = (paint: (plane: Uint8Array, frame: number) => void) => {
    const decisions = run(scene(paint), 80);
    return {
      delay: decisions.slice(50).findIndex(({ motion }) => motion),
      falseFrames: motions(decisions.slice(0, 50)),
      causes: new Set(decisions.flatMap(({ causes }) => causes)),
    };
  };

  test('is seen within half a second in dense snow, in which nothing else is', () => {
    const random = createNoise(3);
    const { delay, falseFrames, causes } = watch((plane, frame) => {
      small(plane, frame);
      for (let flake = 0; flake < 400; flake++) block(plane, random() * width, random() * height, 2, 3, 60);
    });
    expect(delay).toBeGreaterThanOrEqual(0);
    expect(delay).toBeLessThanOrEqual(5);
    expect(falseFrames).toBeLessThanOrEqual(1);
    expect(causes).toContain('precipitation');
  });
});

describe('what moves without going anywhere', () => {
  test('leaves that begin to sway in a gust are motion in five frames of a hundred at most', () => {
    const decisions = run(
      scene((plane, frame) => {
        const wind = frame % 60 < 25 ? 0 : 1;
        for (let leaf = 0; leaf < 40; leaf++)
          block(plane, 200 + ((leaf * 37) % 90) + wind * 3 * wave(frame / 8 + leaf * 0.05), 20 + ((leaf * 23) % 60), 4, 3, leaf % 2 ? 22 : -22);
      }),
      300,
    ); // prettier-ignore
    expect(motions(decisions)).toBeLessThanOrEqual(0.05 * decisions.length);
  });

  test('insects that cross close to the lens are motion in five frames of a hundred at most', () => {
    const random = createNoise(9);
    const flights = Array.from({ length: 12 }, () => [random() * height, 24 + 20 * random()] as const);
    const decisions = run(
      scene((plane, frame) => {
        const flight = flights[Math.floor(frame / 20) % 12]!;
        block(plane, -20 + (frame % 20) * flight[1], flight[0], 16, 12, 90);
      }),
      240,
    );
    expect(motions(decisions)).toBeLessThanOrEqual(0.05 * decisions.length);
  });

  test('texture that blurs between key frames and snaps back is no motion', () => {
    const decisions = run(
      scene((plane, frame) => {
        const share = 1 - 0.3 * ((frame % 20) / 20);
        everywhere(plane, (level) => 115 + share * (level - 115));
      }),
      120,
    );
    expect(motions(decisions)).toBe(0);
  });
});

import { describe, expect, test } from 'vitest';
import { composeScene } from './compose-scene.ts';
import { recipes, type Recipe } from './recipe.ts';
import type { SceneSpec, TruthBox } from './scene.ts';

const spec: SceneSpec = { name: 'any', seed: 5, width: 640, height: 360, framesPerSecond: 10 };
const frames = Array.from({ length: 20 }, (_, index) => 20 + 13 * index);
const luma = spec.width * spec.height;

/** Of a figure that is hidden but for a sliver, which has no box, a few samples may be seen. */
const mostStrays = 8;

/** The same scene without figures. */
function deserted(recipe: Recipe): Recipe {
  return { ...recipe, traffic: { ...recipe.traffic, lanes: [] } };
}

/** Whether (x, y) lies in the box or at most `margin` pixels beside it. */
function isIn({ box: [left, top, width, height] }: TruthBox, x: number, y: number, margin: number): boolean {
  return x >= left - margin && x <= left + width + margin && y >= top - margin && y <= top + height + margin;
}

// In rain, snow and leaves the figures are seen through what moves; the drawing is the same.
describe.each(['street', 'plaza', 'low-contrast', 'light-step', 'shake', 'rain'])('in %s', (name) => {
  const recipe = recipes[name]!;
  const scene = composeScene(recipe, spec);
  const empty = composeScene(deserted(recipe), spec);

  test('all colour that figures bring lies inside their boxes', () => {
    for (const index of frames) {
      const boxes = scene.truth(index);
      const seen = scene.render(index).data;
      const background = empty.render(index).data;
      let strays = 0;
      // Shadows change luma alone, so the colour planes show the figures themselves.
      for (let at = luma; at < luma * 1.25; at++) {
        if (seen[at] === background[at]) continue;
        const x = ((at - luma) % (spec.width / 2)) * 2 + 1;
        const y = Math.floor((at - luma) / (spec.width / 2)) * 2 + 1;
        if (!boxes.some((box) => isIn(box, x, y, 3))) strays++;
      }
      expect(strays).toBeLessThanOrEqual(mostStrays);
    }
  });

  test('a figure that is fully visible fills its box from top to bottom and changes much of it', () => {
    const whole = frames.flatMap((index) =>
      scene
        .truth(index)
        .filter(({ visible }) => visible === 1)
        .map((object) => ({ index, object })),
    );
    expect(whole.length).toBeGreaterThan(5);
    for (const { index, object } of whole) {
      const changed = changedRows(scene.render(index).data, empty.render(index).data, object);
      expect(changed.first).toBeLessThanOrEqual(object.box[1] + 3);
      expect(changed.last).toBeGreaterThanOrEqual(object.box[1] + object.box[3] - 4);
      expect(changed.share).toBeGreaterThan(0.2);
    }
  });
});

test('boxes lie inside the frame and visible shares between 0 and 1', () => {
  const scene = composeScene(recipes['street']!, spec);
  for (const index of frames) {
    for (const { box, visible } of scene.truth(index)) {
      const [left, top, width, height] = box;
      expect(left).toBeGreaterThanOrEqual(0);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(left + width).toBeLessThanOrEqual(spec.width);
      expect(top + height).toBeLessThanOrEqual(spec.height);
      expect(visible).toBeGreaterThan(0);
      expect(visible).toBeLessThanOrEqual(1);
    }
  }
});

test('a figure that walks in becomes visible little by little', () => {
  const scene = composeScene(recipes['plaza']!, spec);
  const first = frames.flatMap((index) => scene.truth(index))[0]!;
  const shares = Array.from({ length: 200 }, (_, index) => scene.truth(index))
    .flatMap((boxes) => boxes.filter(({ id }) => id === first.id))
    .map(({ visible }) => visible);
  expect(shares[0]).toBeLessThan(0.5);
  expect(Math.max(...shares)).toBe(1);
});

test('a walker behind a car is reported as partly hidden', () => {
  const scene = composeScene(recipes['street']!, spec);
  const hidden = Array.from({ length: 700 }, (_, index) => scene.truth(index)).flatMap((boxes) =>
    boxes.filter(({ class: kind, visible, box: [left, , width] }) => {
      const isInside = left > 1 && left + width < spec.width - 1;
      return kind === 'person' && isInside && visible < 0.6;
    }),
  );
  expect(hidden.length).toBeGreaterThan(0);
});

test('walkers of normal scenes are at least 80 pixels high at 720p', () => {
  for (const name of ['street', 'plaza', 'quiet', 'low-contrast']) {
    const scene = composeScene(recipes[name]!, { ...spec, width: 1280, height: 720 });
    const people = Array.from({ length: 120 }, (_, index) => scene.truth(index * 7))
      .flat()
      .filter(({ class: kind }) => kind === 'person');
    for (const { box } of people) expect(box[3]).toBeGreaterThanOrEqual(80);
  }
});

function changedRows(
  seen: Uint8Array,
  background: Uint8Array,
  { box: [left, top, width, height] }: TruthBox,
): { first: number; last: number; share: number } {
  let first = Infinity;
  let last = -Infinity;
  let changed = 0;
  let all = 0;
  for (let y = Math.floor(top); y < Math.min(spec.height, top + height); y++) {
    for (let x = Math.floor(left); x < Math.min(spec.width, left + width); x++) {
      const at = y * spec.width + x;
      all++;
      if (seen[at] === background[at]) continue;
      changed++;
      first = Math.min(first, y);
      last = y;
    }
  }
  return { first, last, share: changed / all };
}

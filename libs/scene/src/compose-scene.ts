import { cameraFor, movedCamera } from './camera.ts';
import type { Condition, Moment } from './conditions/condition.ts';
import { Film } from './film.ts';
import { i420Bytes } from './painting/surface.ts';
import type { Recipe } from './recipe.ts';
import type { Scene, SceneSpec } from './scene.ts';
import type { Staging } from './staging.ts';
import { actorsAt } from './traffic.ts';
import { truthOf } from './truth.ts';

export function composeScene({ place, conditions, traffic }: Recipe, spec: SceneSpec): Scene {
  const { seed } = spec;
  return composeStaging(
    {
      place,
      conditions,
      screens: [],
      actorsAt: (view, seconds) => actorsAt(traffic, seed, view, seconds),
    },
    spec,
  );
}

/** A scene from its parts: the backdrop once, when first needed; then for each frame figures, weather and exposure. */
export function composeStaging(staging: Staging, spec: SceneSpec): Scene {
  const { width, height, seed } = spec;
  const camera = cameraFor(staging.place.framing, width, height);
  let film: Film | undefined;
  const momentAt = (frameIndex: number): Moment => {
    const seconds = frameIndex / spec.framesPerSecond;
    const [dx, dy] = cameraShift(staging.conditions, spec, seconds, frameIndex);
    return { seed, frameIndex, seconds, camera: movedCamera(camera, dx, dy), width, height };
  };
  const actorsIn = (seconds: number) => staging.actorsAt({ camera, width, height }, seconds);

  return {
    spec,
    render(frameIndex, into = new Uint8Array(i420Bytes(width, height))) {
      checkIndex(frameIndex);
      checkBuffer(into, spec);
      const moment = momentAt(frameIndex);
      film ??= new Film(staging, spec, camera);
      film.expose(into, moment, actorsIn(moment.seconds));
      return { width, height, data: into };
    },
    truth(frameIndex) {
      checkIndex(frameIndex);
      const moment = momentAt(frameIndex);
      const dx = moment.camera.centreX - camera.centreX;
      const screens = staging.screens.map(({ left, right }) => ({ left: left + dx, right: right + dx }));
      return truthOf(actorsIn(moment.seconds), moment.camera, seed, width, height, screens);
    },
  };
}

/** Pixels; of `shake` even numbers of them, as chroma has half the density. */
function cameraShift(
  conditions: readonly Condition[],
  { seed, height }: SceneSpec,
  seconds: number,
  frameIndex: number,
): [dx: number, dy: number] {
  for (const { shake, tremor } of conditions) {
    if (shake) {
      const [dx, dy] = shake.at(seconds, seed, frameIndex);
      return [Math.round((dx * height) / 2) * 2, Math.round((dy * height) / 2) * 2];
    }
    if (tremor) {
      const [dx, dy] = tremor.at(seconds, seed);
      return [dx * height, dy * height];
    }
  }
  return [0, 0];
}

function checkIndex(frameIndex: number): void {
  if (Number.isSafeInteger(frameIndex) && frameIndex >= 0) return;
  throw new RangeError(`frame index ${frameIndex}: expected a whole number from 0 up`);
}

function checkBuffer({ length }: Uint8Array, { width, height }: SceneSpec): void {
  const expected = i420Bytes(width, height);
  if (length === expected) return;
  throw new RangeError(
    `frame buffer of ${length} bytes: a ${width}x${height} I420 frame needs exactly ${expected}`,
  );
}

import { canvasOn } from './backdrops/backdrop.ts';
import { cameraFor, movedCamera, type Camera } from './camera.ts';
import type { Moment, Tone } from './conditions/condition.ts';
import { drawFigure } from './figures/figure.ts';
import { I420Painter } from './painting/i420-painter.ts';
import { copyWindow, i420Bytes, surfaceOn, type Surface } from './painting/surface.ts';
import type { Recipe } from './recipe.ts';
import type { Scene, SceneSpec } from './scene.ts';
import { lightMap, Sensor } from './sensor.ts';
import { actorsAt, type Actor } from './traffic.ts';
import { truthOf } from './truth.ts';

/** A scene from its parts: backdrop once; then for each frame figures, weather and exposure. */
export function composeScene(recipe: Recipe, spec: SceneSpec): Scene {
  const { width, height, seed } = spec;
  const camera = cameraFor(recipe.place.framing, width, height);
  const margin = evenUp(Math.max(0, ...recipe.conditions.map(({ shake }) => shake?.reach ?? 0)) * height);
  const backdrop = paintBackdrop(recipe, camera, spec, margin);
  const sensor = sensorFor(recipe, spec);

  const momentAt = (frameIndex: number): Moment => {
    const seconds = frameIndex / spec.framesPerSecond;
    const [dx, dy] = cameraShift(recipe, spec, seconds, frameIndex);
    return { seed, frameIndex, seconds, camera: movedCamera(camera, dx, dy), width, height };
  };
  const actorsIn = (seconds: number) => actorsAt(recipe.traffic, seed, { camera, width }, seconds);

  return {
    spec,
    render(frameIndex, into = new Uint8Array(i420Bytes(width, height))) {
      checkIndex(frameIndex);
      checkBuffer(into, spec);
      const moment = momentAt(frameIndex);
      const surface = surfaceOn(into, width, height);
      const dx = moment.camera.centreX - camera.centreX;
      const dy = moment.camera.horizonY - camera.horizonY;
      copyWindow(backdrop, margin - dx, margin - dy, surface);
      paintMoment(recipe, surface, moment, actorsIn(moment.seconds));
      sensor.expose(surface, toneAt(recipe, moment), frameIndex);
      return { width, height, data: into };
    },
    truth(frameIndex) {
      checkIndex(frameIndex);
      const moment = momentAt(frameIndex);
      return truthOf(actorsIn(moment.seconds), moment.camera, seed, width, height);
    },
  };
}

function paintBackdrop(recipe: Recipe, camera: Camera, spec: SceneSpec, margin: number): Surface {
  const width = spec.width + 2 * margin;
  const height = spec.height + 2 * margin;
  const surface = surfaceOn(new Uint8Array(i420Bytes(width, height)), width, height);
  recipe.place.backdrop(canvasOn(surface, movedCamera(camera, margin, margin), spec.height, spec.seed));
  return surface;
}

function sensorFor({ conditions }: Recipe, { seed, width, height }: SceneSpec): Sensor {
  const noiseLevels = Math.max(0, ...conditions.map((condition) => condition.noiseLevels ?? 0));
  const lights = conditions.filter((condition) => condition.light);
  if (lights.length === 0) return new Sensor(seed, noiseLevels, undefined);
  const product = (x: number, y: number) =>
    lights.reduce((share, condition) => share * (condition.light?.(x, y) ?? 1), 1);
  return new Sensor(seed, noiseLevels, lightMap(width, height, product));
}

function paintMoment(recipe: Recipe, surface: Surface, moment: Moment, actors: readonly Actor[]): void {
  const painter = new I420Painter(surface);
  for (const condition of recipe.conditions) condition.paintBehind?.(painter, moment);
  for (const actor of actors) drawFigure(painter, moment.camera, moment.seed, actor);
  for (const condition of recipe.conditions) condition.paintBefore?.(painter, moment);
}

function toneAt({ conditions }: Recipe, { seconds, seed }: Moment): Tone {
  let tone: Tone = { gain: 1, offset: 0, saturation: 1 };
  for (const condition of conditions) {
    const next = condition.tone?.(seconds, seed);
    if (!next) continue;
    tone = {
      gain: tone.gain * next.gain,
      offset: tone.offset * next.gain + next.offset,
      saturation: tone.saturation * next.saturation,
    };
  }
  return tone;
}

/** Even numbers of pixels, as chroma has half the density. */
function cameraShift(
  { conditions }: Recipe,
  { seed, height }: SceneSpec,
  seconds: number,
  frameIndex: number,
): [dx: number, dy: number] {
  const shake = conditions.find((condition) => condition.shake)?.shake;
  if (!shake) return [0, 0];
  const [dx, dy] = shake.at(seconds, seed, frameIndex);
  return [Math.round((dx * height) / 2) * 2, Math.round((dy * height) / 2) * 2];
}

function evenUp(pixels: number): number {
  return Math.ceil(pixels / 2) * 2;
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

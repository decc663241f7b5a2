import { canvasOn } from './backdrops/backdrop.ts';
import { movedCamera, type Camera } from './camera.ts';
import type { Condition, Moment, Tone } from './conditions/condition.ts';
import { drawFigure } from './figures/figure.ts';
import { ContrastPainter } from './painting/contrast-figure.ts';
import { I420Painter } from './painting/i420-painter.ts';
import { decay, withoutTexture } from './painting/key-frame-decay.ts';
import { relight } from './painting/relight.ts';
import { resampleWindow } from './painting/resample.ts';
import { copyColumns, copyWindow, i420Bytes, surfaceOn, type Surface } from './painting/surface.ts';
import type { SceneSpec } from './scene.ts';
import { lightMap, Sensor } from './sensor.ts';
import type { Staging } from './staging.ts';
import type { Actor } from './traffic.ts';

/** Pixels over which a codec averages texture away, as a share of the height. */
const decayReach = 0.004;
/** A trembling camera's lens is soft by this many pixels, or sampling between pixels would change the texture. */
const lensReach = 1;

/** Turns moments into pictures. Holds the backdrop, painted once, and buffers that are used again. */
export class Film {
  readonly #staging: Staging;
  readonly #camera: Camera;
  readonly #sensor: Sensor;
  /** By how much the backdrop is larger than the frame on each side, pixels. */
  readonly #margin: number;
  readonly #backdrop: Surface;
  /** The whole world of a trembling camera, before it is sampled. */
  readonly #world: Surface | undefined;
  /** Holds what stands before the figures, as wide as what they are painted on. */
  readonly #foreground: Surface | undefined;
  readonly #blurred: Uint8ClampedArray | undefined;
  #contrastPainter: ContrastPainter | undefined;

  constructor(staging: Staging, spec: SceneSpec, camera: Camera) {
    const { conditions } = staging;
    this.#staging = staging;
    this.#camera = camera;
    this.#sensor = sensorFor(conditions, spec);
    this.#margin = marginFor(conditions, spec.height);
    this.#backdrop = blankSurface(spec.width + 2 * this.#margin, spec.height + 2 * this.#margin);
    const wideCamera = movedCamera(camera, this.#margin, this.#margin);
    staging.place.backdrop(canvasOn(this.#backdrop, wideCamera, spec.height, spec.seed));
    const { width, height } = this.#backdrop;
    this.#world = conditions.some(({ tremor }) => tremor) ? blankSurface(width, height) : undefined;
    if (this.#world) this.#backdrop.y.set(withoutTexture(this.#backdrop, lensReach));
    if (staging.screens.length > 0) {
      this.#foreground = this.#world ? blankSurface(width, height) : blankSurface(spec.width, spec.height);
    }
    const reach = Math.max(1, Math.round(decayReach * spec.height));
    const isPulsing = conditions.some(({ pulsing }) => pulsing);
    this.#blurred = isPulsing ? withoutTexture(this.#backdrop, reach) : undefined;
  }

  expose(into: Uint8Array, moment: Moment, actors: readonly Actor[]): void {
    const { conditions } = this.#staging;
    const surface = surfaceOn(into, moment.width, moment.height);
    this.#paintWorld(surface, moment, actors);
    const painter = new I420Painter(surface);
    for (const condition of conditions) condition.paintBefore?.(painter, moment);
    for (const { movingLight } of conditions) if (movingLight) relight(surface, movingLight(moment));
    this.#sensor.expose(surface, toneAt(conditions, moment), noiseIndexAt(conditions, moment));
    this.#paintContrasts(surface, moment, actors);
    for (const condition of conditions) condition.paintOnSensor?.(surface.y, moment);
  }

  /** Backdrop and figures, with what moves behind the figures. */
  #paintWorld(surface: Surface, moment: Moment, actors: readonly Actor[]): void {
    const margin = this.#margin;
    const dx = moment.camera.centreX - this.#camera.centreX;
    const dy = moment.camera.horizonY - this.#camera.horizonY;
    if (this.#world) {
      const camera = movedCamera(this.#camera, margin, margin);
      copyWindow(this.#backdrop, 0, 0, this.#world);
      this.#paintFigures(this.#world, { ...moment, camera }, actors);
      resampleWindow(this.#world, margin - dx, margin - dy, surface);
      return;
    }
    copyWindow(this.#backdrop, margin - dx, margin - dy, surface);
    this.#decay(surface, moment);
    this.#paintFigures(surface, moment, actors);
  }

  /** What stands before the figures is kept aside while they are painted. */
  #paintFigures(surface: Surface, moment: Moment, actors: readonly Actor[]): void {
    const painter = new I420Painter(surface);
    for (const condition of this.#staging.conditions) condition.paintBehind?.(painter, moment);
    const solid = actors.filter(({ contrastLevels }) => contrastLevels === undefined);
    if (solid.length === 0) return;
    const margin = this.#world ? this.#margin : 0;
    const { screens } = this.#staging;
    const copyScreens = (source: Surface, target: Surface) => {
      for (const { left, right } of screens) copyColumns(source, left + margin, right + margin, target);
    };
    if (this.#foreground) copyScreens(surface, this.#foreground);
    for (const actor of solid) drawFigure(painter, moment.camera, moment.seed, actor);
    if (this.#foreground) copyScreens(this.#foreground, surface);
  }

  #decay(surface: Surface, { seconds, seed }: Moment): void {
    const groups = this.#staging.conditions.find(({ pulsing }) => pulsing)?.pulsing?.groupsAt(seconds, seed);
    if (groups === undefined || !this.#blurred) return;
    const group = Math.floor(groups);
    decay(surface.y, this.#blurred, surface.width, seed, group, groups - group);
  }

  #paintContrasts(surface: Surface, moment: Moment, actors: readonly Actor[]): void {
    const dx = moment.camera.centreX - this.#camera.centreX;
    const screens = this.#staging.screens.map(({ left, right }) => ({ left: left + dx, right: right + dx }));
    for (const actor of actors) {
      if (actor.contrastLevels === undefined) continue;
      this.#contrastPainter ??= new ContrastPainter(moment.width, moment.height);
      this.#contrastPainter.paint(surface.y, moment.camera, moment.seed, actor, screens);
    }
  }
}

function blankSurface(width: number, height: number): Surface {
  return surfaceOn(new Uint8Array(i420Bytes(width, height)), width, height);
}

/** Even, with a pixel more than a trembling camera reaches, as sampling looks at the next one. */
function marginFor(conditions: readonly Condition[], height: number): number {
  const shake = Math.max(0, ...conditions.map((condition) => condition.shake?.reach ?? 0)) * height;
  const tremor = Math.max(0, ...conditions.map((condition) => condition.tremor?.reach ?? 0)) * height;
  return Math.ceil((shake + (tremor > 0 ? tremor + 4 : 0)) / 2) * 2;
}

function sensorFor(conditions: readonly Condition[], { seed, width, height }: SceneSpec): Sensor {
  const noiseLevels = Math.max(0, ...conditions.map((condition) => condition.noiseLevels ?? 0));
  const lights = conditions.filter((condition) => condition.light);
  if (lights.length === 0) return new Sensor(seed, noiseLevels, undefined);
  const product = (x: number, y: number) =>
    lights.reduce((share, condition) => share * (condition.light?.(x, y) ?? 1), 1);
  return new Sensor(seed, noiseLevels, lightMap(width, height, product));
}

function toneAt(conditions: readonly Condition[], { seconds, seed }: Moment): Tone {
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

/** Each frame has noise of its own, unless a codec holds it until the next key frame. */
function noiseIndexAt(conditions: readonly Condition[], { seconds, seed, frameIndex }: Moment): number {
  const pulsing = conditions.find((condition) => condition.pulsing)?.pulsing;
  return pulsing ? Math.floor(pulsing.groupsAt(seconds, seed)) : frameIndex;
}

import type { Box } from './box.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * How an image lies in a model's input: scaled to `content`, at the top left, the rest padded with 114.
 * Source: `preproc` in YOLOX, yolox/data/data_augment.py (Apache-2.0).
 */
export interface Letterbox {
  readonly source: Size;
  /** The scaled image, whole pixels. Its two scales may differ by the rounding. */
  readonly content: Size;
  readonly model: Size;
}

/** The largest content of the source's aspect ratio that fits the model; small sources are enlarged. */
export function fitLetterbox(source: Size, model: Size): Letterbox {
  const scale = Math.min(model.width / source.width, model.height / source.height);
  const fit = (length: number, limit: number): number =>
    Math.min(limit, Math.max(1, Math.round(length * scale)));
  return {
    source,
    content: { width: fit(source.width, model.width), height: fit(source.height, model.height) },
    model,
  };
}

/** Source pixels to model pixels. */
export function toModelBox([x, y, width, height]: Box, { source, content }: Letterbox): Box {
  const scaleX = content.width / source.width;
  const scaleY = content.height / source.height;
  return [x * scaleX, y * scaleY, width * scaleX, height * scaleY];
}

/** Model pixels to source pixels. */
export function toSourceBox([x, y, width, height]: Box, { source, content }: Letterbox): Box {
  const scaleX = source.width / content.width;
  const scaleY = source.height / content.height;
  return [x * scaleX, y * scaleY, width * scaleX, height * scaleY];
}

import { SoftwareScaleContext } from 'node-av/lib';
import type { Frame } from 'node-av/lib';
import { AVCOL_RANGE_JPEG, AVCOL_SPC_SMPTE170M, SWS_AREA } from 'node-av/constants';
import type { AVPixelFormat } from 'node-av/constants';
import { check, newFrame } from './ffmpeg.ts';

export interface PictureForm {
  readonly width: number;
  readonly height: number;
  readonly format: AVPixelFormat;
}

/** Sizes and formats kept ready at once: a JPEG, its lower rungs, a detector's input. */
const keptForms = 6;

/** Scales and converts pictures with swscale (area averaging); what comes out is BT.601 full range, as JPEG has it. */
export class PictureConverter {
  readonly #kept = new Map<string, { scaler: SoftwareScaleContext; target: Frame }>();

  /** The picture in that form; overwritten by the next call with the same form. */
  convert(source: Frame, form: PictureForm): Frame {
    const { scaler, target } = this.#ready(form);
    check(scaler.scaleFrameSync(target, source), 'scale a picture');
    return target;
  }

  close(): void {
    for (const { scaler, target } of this.#kept.values()) {
      scaler.freeContext();
      target.free();
    }
    this.#kept.clear();
  }

  #ready(form: PictureForm): { scaler: SoftwareScaleContext; target: Frame } {
    const key = `${form.width}x${form.height} ${form.format}`;
    const kept = this.#kept.get(key);
    if (kept) return kept;
    if (this.#kept.size >= keptForms) this.close();
    const made = { scaler: newScaler(), target: newPicture(form) };
    this.#kept.set(key, made);
    return made;
  }
}

/** Not initialised on purpose: swscale then follows the size, range and colours of each frame it gets. */
function newScaler(): SoftwareScaleContext {
  const scaler = new SoftwareScaleContext();
  scaler.allocContext();
  check(scaler.setOption('sws_flags', SWS_AREA), 'set up scaling');
  return scaler;
}

/** An empty picture without padding between rows. */
function newPicture({ width, height, format }: PictureForm): Frame {
  const frame = newFrame();
  frame.width = width;
  frame.height = height;
  frame.format = format;
  frame.colorRange = AVCOL_RANGE_JPEG;
  frame.colorSpace = AVCOL_SPC_SMPTE170M;
  check(frame.getBuffer(1), 'allocate a picture');
  return frame;
}

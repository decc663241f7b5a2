import type { Random } from './random.ts';

/**
 * What the stages cost, in one place. Sources: README (table of figures), docs/decisions/0002 (JPEG encoder),
 * DESIGN of the gate and the mailbox bench (50 ms worker). Decision 0007 says which are measured and which assumed.
 */
export const calibration = {
  /** Node-av, synchronous calls in a worker, one 720p frame (`pnpm bench decode`). */
  decodeMsAt720p: 4,
  /** Of a small luma plane, whatever the source's size (`pnpm bench gate`). */
  gateMs: 0.4,
  /** `pnpm bench jpeg`: 3.6 ms at 720p and 1.4 ms at 360p, quality 75; linear in pixels between them. */
  encode: { msAt720p: 3.6, msAt360p: 1.4 },
  /** The same bench: factors against quality 75, for time and for bytes. */
  encodeTimeByQuality: [
    [40, 0.83],
    [60, 0.89],
    [75, 1],
    [90, 1.47],
  ],
  bytesByQuality: [
    [20, 0.36],
    [40, 0.55],
    [60, 0.739],
    [75, 1],
    [90, 1.7],
  ],
  /** 85,881 bytes at 720p and 27,106 at 360p: a power of the pixels. */
  jpeg: { bytesAt720p: 85_881, pixelExponent: 0.832 },
  /** Scatter (standard deviation of the logarithm): between frames of a camera, and between cameras. Assumed. */
  bytesScatter: { frames: 0.08, cameras: 0.18 },
  /** Headers of one message (`encodeFrame`), bytes. */
  messageOverheadBytes: 700,
  /** A telemetry message or a probe of the broker, bytes. */
  smallMessageBytes: 1500,
  /** Uniform, as a share, of any service time. */
  serviceJitter: 0.05,
  /** A second frame in a batch saves this share of its time. Assumed: CPU inference gains little. */
  batchSaving: 0.15,
  /** Received until in the mailbox, and inferred until emitted, ms (`pnpm bench overhead`: p50 3.6 ms in all). */
  transportMs: 1.8,
  emitMs: 1.2,
} as const;

const aspect = 9 / 16;
const pixelsAt720p = 1280 * 720;

export function decodeMs(sourceWidth: number): number {
  return calibration.decodeMsAt720p * (pixelsOf(sourceWidth) / pixelsAt720p);
}

export function encodeMs(width: number, quality: number): number {
  const { msAt720p, msAt360p } = calibration.encode;
  const slope = (msAt720p - msAt360p) / (pixelsAt720p * 0.75);
  const base = msAt720p - slope * (pixelsAt720p - pixelsOf(width));
  return base * interpolate(calibration.encodeTimeByQuality, quality);
}

/** Mean bytes of one JPEG. */
export function jpegBytes(width: number, quality: number): number {
  const { bytesAt720p, pixelExponent } = calibration.jpeg;
  return (
    bytesAt720p *
    (pixelsOf(width) / pixelsAt720p) ** pixelExponent *
    interpolate(calibration.bytesByQuality, quality)
  );
}

/** What a frame takes on the bus, its message included; both deviations are normal. */
export function frameBytes(
  { width, quality }: { readonly width: number; readonly quality: number },
  ofFrame: number,
  ofCamera: number,
): number {
  const { frames, cameras } = calibration.bytesScatter;
  const scatter = frames * ofFrame + cameras * ofCamera - (frames ** 2 + cameras ** 2) / 2;
  return Math.round(jpegBytes(width, quality) * Math.exp(scatter)) + calibration.messageOverheadBytes;
}

/** A batch of `frames` on a model that takes `serviceMs` for one. */
export function batchServiceMs(serviceMs: number, frames: number): number {
  return serviceMs * (1 + (frames - 1) * (1 - calibration.batchSaving));
}

export function jittered(ms: number, random: Random): number {
  return ms * (1 + calibration.serviceJitter * (2 * random.uniform() - 1));
}

function pixelsOf(width: number): number {
  return width * width * aspect;
}

/** Linear between the points, constant beyond them. */
function interpolate(points: readonly (readonly [number, number])[], x: number): number {
  let [beforeX, beforeY] = points[0] ?? [0, 0];
  for (const [pointX, pointY] of points) {
    if (x <= pointX) {
      const span = pointX - beforeX;
      return span === 0 ? pointY : beforeY + ((pointY - beforeY) * (x - beforeX)) / span;
    }
    [beforeX, beforeY] = [pointX, pointY];
  }
  return beforeY;
}

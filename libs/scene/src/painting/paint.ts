/** A colour in full-range BT.601, 0..255 each, and how much of what lies behind it covers, 0..1. */
export interface Paint {
  readonly y: number;
  readonly u: number;
  readonly v: number;
  readonly opacity: number;
}

/** Red, green, blue 0..255 (the JPEG conversion, ITU-T T.871). */
export function rgb(red: number, green: number, blue: number, opacity = 1): Paint {
  const y = 0.299 * red + 0.587 * green + 0.114 * blue;
  return { y, u: 128 + (blue - y) / 1.772, v: 128 + (red - y) / 1.402, opacity };
}

/** The same colour, lighter (above 1) or darker (below 1). */
export function shaded(paint: Paint, factor: number): Paint {
  const chroma = Math.min(1, factor);
  return {
    y: paint.y * factor,
    u: 128 + (paint.u - 128) * chroma,
    v: 128 + (paint.v - 128) * chroma,
    opacity: paint.opacity,
  };
}

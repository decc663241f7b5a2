/** Mean distance of the chroma from grey, levels: below is black and white, above is colour, between is as before. */
const [grey, colourful] = [0.75, 2];

export interface InfraredSwitch {
  /** Whether the camera has changed between colour and black and white since the last picture. */
  switched(saturation: number): boolean;
}

/**
 * Notices when a camera goes from day to infrared or back: it turns its filter and its lamp, and takes the colour
 * away. Whatever looks different then is not motion.
 */
export function createInfraredSwitch(): InfraredSwitch {
  let isColour: boolean | undefined;
  return {
    switched(saturation) {
      const before = isColour;
      if (saturation < grey) isColour = false;
      else if (saturation > colourful) isColour = true;
      return before !== undefined && before !== isColour;
    },
  };
}

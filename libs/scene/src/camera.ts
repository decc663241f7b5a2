/** A pinhole camera above flat ground, looking level; lengths in pixels unless said. */
export interface Camera {
  readonly centreX: number;
  readonly horizonY: number;
  readonly focal: number;
  readonly heightMetres: number;
}

/** How a scene is framed, as shares of the frame's height. */
export interface Framing {
  readonly horizon: number;
  readonly focal: number;
  readonly heightMetres: number;
}

export function cameraFor(framing: Framing, width: number, height: number): Camera {
  return {
    centreX: width / 2,
    horizonY: framing.horizon * height,
    focal: framing.focal * height,
    heightMetres: framing.heightMetres,
  };
}

export function movedCamera(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, centreX: camera.centreX + dx, horizonY: camera.horizonY + dy };
}

/** Pixels that one metre spans at `depth` metres. */
export function scaleAt(camera: Camera, depth: number): number {
  return camera.focal / depth;
}

export function screenX(camera: Camera, x: number, depth: number): number {
  return camera.centreX + x * scaleAt(camera, depth);
}

/** Row of a point `up` metres above the ground. */
export function screenY(camera: Camera, up: number, depth: number): number {
  return camera.horizonY + (camera.heightMetres - up) * scaleAt(camera, depth);
}

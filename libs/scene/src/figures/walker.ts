import { scaleAt, screenX, screenY, type Camera } from '../camera.ts';
import type { Painter } from '../painting/painter.ts';
import { shaded, type Paint } from '../painting/paint.ts';
import { cosine, sine } from '../wave.ts';
import { armPose, legPose, strideMetres, type BodyPoint } from './gait.ts';
import type { WalkerLook } from './walker-look.ts';

/** Where a figure stands (metres: to the right of the axis, away from the camera) and how it moves. */
export interface Pose {
  readonly x: number;
  readonly depth: number;
  /** Direction of motion in radians: 0 to the right, half pi away from the camera. */
  readonly heading: number;
  /** Metres since the figure came. */
  readonly travelled: number;
}

/** The average body that a look scales, metres. */
const body = {
  height: 1.75,
  thigh: 0.43,
  shin: 0.42,
  ankle: 0.07,
  hipToShoulder: 0.5,
  shoulderToHead: 0.21,
  hipHalfWidth: 0.085,
  shoulderHalfWidth: 0.175,
  upperArm: 0.29,
  lowerArm: 0.26,
};

/** Puts body points on the screen for one person in one frame. */
interface Skeleton {
  /** `side`: metres to the person's left. */
  x(forward: number, side: number): number;
  y(up: number): number;
  /** Pixels of a length in body metres. */
  pixels(metres: number): number;
  /** Whether the person's left side is the one away from the camera. */
  readonly leftIsFar: boolean;
  readonly facesCamera: boolean;
}

/** An articulated person at the given pose, far limbs first. */
export function drawWalker(painter: Painter, camera: Camera, look: WalkerLook, pose: Pose): void {
  const skeleton = skeletonOf(camera, look, pose);
  const stretch = look.heightMetres / body.height;
  const phase = (pose.travelled / (strideMetres * stretch)) * 2 * Math.PI;
  const legs = [
    legPose(phase, body.thigh, body.shin),
    legPose(phase + Math.PI, body.thigh, body.shin),
  ] as const;
  const hip = body.ankle - Math.min(legs[0][1].up, legs[1][1].up);
  const far = skeleton.leftIsFar ? 1 : -1;
  const farPhase = skeleton.leftIsFar ? phase : phase + Math.PI;

  drawGroundShade(painter, skeleton);
  drawArm(painter, skeleton, look, hip, far, farPhase + Math.PI, 0.78);
  drawLeg(painter, skeleton, look, hip, far, legs[skeleton.leftIsFar ? 0 : 1], 0.8);
  drawLeg(painter, skeleton, look, hip, -far, legs[skeleton.leftIsFar ? 1 : 0], 1);
  if (look.bag && !skeleton.facesCamera) drawTorso(painter, skeleton, look, hip);
  drawBag(painter, skeleton, look, hip);
  if (!look.bag || skeleton.facesCamera) drawTorso(painter, skeleton, look, hip);
  drawHead(painter, skeleton, look, hip);
  drawArm(painter, skeleton, look, hip, -far, farPhase, 1);
}

function skeletonOf(camera: Camera, look: WalkerLook, pose: Pose): Skeleton {
  const along = cosine(pose.heading);
  const away = sine(pose.heading);
  const scale = (scaleAt(camera, pose.depth) * look.heightMetres) / body.height;
  const originX = screenX(camera, pose.x, pose.depth);
  const ground = screenY(camera, 0, pose.depth);
  return {
    x: (forward, side) => originX + scale * (forward * along - side * away),
    y: (up) => ground - scale * up,
    pixels: (metres) => scale * metres,
    leftIsFar: along > 0,
    facesCamera: away < 0.25,
  };
}

function drawGroundShade(painter: Painter, skeleton: Skeleton): void {
  const metre = skeleton.pixels(1);
  painter.shade(skeleton.x(0, 0) + metre * 0.12, skeleton.y(0.01), metre * 0.5, metre * 0.1, 0.5);
}

function drawLeg(
  painter: Painter,
  skeleton: Skeleton,
  look: WalkerLook,
  hip: number,
  side: number,
  [knee, ankle]: readonly [BodyPoint, BodyPoint],
  light: number,
): void {
  const offset = side * body.hipHalfWidth;
  const hipPoint = { forward: 0, up: 0 };
  const cloth = shaded(look.trousers, light);
  const limb = (a: BodyPoint, ra: number, b: BodyPoint, rb: number, paint: Paint, relief: number) =>
    drawLimb(painter, skeleton, look.build, hip, offset, a, ra, b, rb, paint, relief);
  const toe = { forward: ankle.forward + 0.15, up: ankle.up - 0.025 };
  limb(ankle, 0.05, toe, 0.04, shaded(look.shoes, light), 12);
  limb(knee, 0.066, ankle, 0.05, cloth, 22);
  limb(hipPoint, 0.092, knee, 0.066, cloth, 22);
}

function drawArm(
  painter: Painter,
  skeleton: Skeleton,
  look: WalkerLook,
  hip: number,
  side: number,
  phase: number,
  light: number,
): void {
  const [elbow, hand] = armPose(phase, body.upperArm, body.lowerArm);
  const offset = side * (body.shoulderHalfWidth + 0.03) * look.build;
  const shoulderUp = hip + body.hipToShoulder - 0.03;
  const cloth = shaded(look.top, light);
  const limb = (a: BodyPoint, ra: number, b: BodyPoint, rb: number, paint: Paint) =>
    drawLimb(painter, skeleton, look.build, shoulderUp, offset, a, ra, b, rb, paint, 20);
  limb(hand, 0.042, hand, 0.042, shaded(look.skin, light));
  limb(elbow, 0.046, hand, 0.038, shaded(look.sleeves, light));
  limb({ forward: 0, up: 0 }, 0.064, elbow, 0.05, cloth);
}

function drawLimb(
  painter: Painter,
  skeleton: Skeleton,
  build: number,
  up: number,
  side: number,
  from: BodyPoint,
  fromRadius: number,
  to: BodyPoint,
  toRadius: number,
  paint: Paint,
  relief: number,
): void {
  painter.capsule(
    skeleton.x(from.forward, side),
    skeleton.y(up + from.up),
    skeleton.pixels(fromRadius * build),
    skeleton.x(to.forward, side),
    skeleton.y(up + to.up),
    skeleton.pixels(toRadius * build),
    paint,
    relief,
  );
}

function drawTorso(painter: Painter, skeleton: Skeleton, look: WalkerLook, hip: number): void {
  const { build } = look;
  const shoulder = hip + body.hipToShoulder - 0.06;
  const far = skeleton.leftIsFar ? 1 : -1;
  for (const side of [far, 0, -far]) {
    const shoulderX = skeleton.x(0.02, side * (body.shoulderHalfWidth - 0.04) * build);
    const hipX = skeleton.x(0, side * body.hipHalfWidth * build);
    const top = skeleton.pixels(0.115 * build);
    const bottom = skeleton.pixels((look.hem > 0 ? 0.13 : 0.105) * build);
    painter.capsule(shoulderX, skeleton.y(shoulder), top, hipX, skeleton.y(hip), bottom, look.top, 24);
    if (look.hem > 0) {
      painter.capsule(
        hipX,
        skeleton.y(hip),
        bottom,
        hipX,
        skeleton.y(hip - look.hem),
        bottom * 1.12,
        look.top,
        24,
      );
    }
  }
}

function drawBag(painter: Painter, skeleton: Skeleton, look: WalkerLook, hip: number): void {
  if (!look.bag) return;
  const x = skeleton.x(-0.17, 0);
  const radius = skeleton.pixels(0.11);
  painter.capsule(x, skeleton.y(hip + 0.38), radius, x, skeleton.y(hip + 0.16), radius * 1.1, look.bag, 26);
}

function drawHead(painter: Painter, skeleton: Skeleton, look: WalkerLook, hip: number): void {
  const neck = hip + body.hipToShoulder;
  const head = neck + body.shoulderToHead;
  const at = (forward: number, up: number, radius: number, paint: Paint) =>
    painter.capsule(
      skeleton.x(forward, 0),
      skeleton.y(up),
      skeleton.pixels(radius),
      skeleton.x(forward, 0),
      skeleton.y(up - 0.03),
      skeleton.pixels(radius * 0.92),
      paint,
      18,
    );
  const face = () => at(0.035, head, 0.095, look.skin);
  const hair = () => {
    at(-0.005, head + 0.035, 0.105, look.hair);
    if (look.longHair) at(-0.06, head - 0.08, 0.075, look.hair);
  };
  at(0.02, neck + 0.05, 0.055, shaded(look.skin, 0.85));
  if (skeleton.facesCamera) hair();
  face();
  if (skeleton.facesCamera)
    painter.capsule(
      skeleton.x(-0.03, 0),
      skeleton.y(head + 0.07),
      skeleton.pixels(0.06),
      skeleton.x(0.06, 0),
      skeleton.y(head + 0.085),
      skeleton.pixels(0.035),
      look.hair,
      10,
    );
  else hair();
}

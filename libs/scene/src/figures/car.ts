import { scaleAt, screenX, screenY, type Camera } from '../camera.ts';
import type { Painter } from '../painting/painter.ts';
import { rgb, shaded, type Paint } from '../painting/paint.ts';
import { cosine } from '../wave.ts';
import type { CarLook, CarShape } from './car-look.ts';
import type { Pose } from './walker.ts';

const tyre = rgb(26, 26, 28);
const rim = rgb(178, 180, 184);
const hub = rgb(96, 98, 102);
const glass = rgb(58, 72, 84);
const brightGlass = rgb(120, 142, 156);
const seam = rgb(20, 20, 22, 0.45);
const headlight = rgb(252, 248, 220);
const tailLight = rgb(190, 24, 24);
const bumper = rgb(50, 50, 54);

/** The near side of one car in one frame: points of its outline to pixels. */
interface Side {
  /** `inward`: metres from the near side towards the far side. */
  x(along: number, inward: number): number;
  y(up: number, inward: number): number;
  readonly scale: number;
}

/** A car that drives across the view: top surfaces first, then the side that faces the camera. */
export function drawCar(painter: Painter, camera: Camera, look: CarLook, pose: Pose): void {
  const { shape, colour } = look;
  const side = sideOf(camera, shape, pose);
  drawGroundShade(painter, side, shape);
  drawTop(painter, side, shape, colour);
  painter.polygon(outline(side, shape.body), colour, -34);
  drawSill(painter, side, shape);
  for (const window of shape.sideWindows) painter.polygon(outline(side, window), glass, 46);
  drawSeams(painter, side, shape, colour);
  drawLights(painter, side, shape);
  for (const wheel of shape.wheels) drawWheel(painter, side, wheel, shape.wheelRadius, pose.travelled);
}

function sideOf(camera: Camera, shape: CarShape, pose: Pose): Side {
  const direction = cosine(pose.heading) < 0 ? -1 : 1;
  const near = pose.depth - shape.widthMetres / 2;
  return {
    x: (along, inward) => screenX(camera, pose.x + direction * along, near + inward),
    y: (up, inward) => screenY(camera, up, near + inward),
    scale: scaleAt(camera, near),
  };
}

function outline(side: Side, points: CarShape['body'], inward = 0): number[] {
  return points.flatMap(([along, up]) => [side.x(along, inward), side.y(up, inward)]);
}

function drawGroundShade(painter: Painter, side: Side, shape: CarShape): void {
  const length = shape.body[shape.body.length - 1]![0] - shape.body[0]![0];
  const middle = shape.widthMetres / 2;
  const radiusY = (side.y(0, 0) - side.y(0, shape.widthMetres)) * 0.75;
  painter.shade(side.x(0, middle), side.y(0, middle), length * side.scale * 0.56, radiusY, 0.65);
}

/** Bonnet, windscreen, roof, rear: the outline's upper edges drawn out to the far side. */
function drawTop(painter: Painter, side: Side, shape: CarShape, colour: Paint): void {
  for (let index = 0; index + 1 < shape.body.length; index++) {
    const edge = [shape.body[index]!, shape.body[index + 1]!] as const;
    const near = outline(side, edge);
    const far = outline(side, [edge[1], edge[0]], shape.widthMetres);
    const flatness = Math.abs(edge[1][0] - edge[0][0]) / (Math.abs(edge[1][1] - edge[0][1]) + 0.4);
    const isGlass = shape.glassSegments.includes(index);
    const paint = isGlass ? brightGlass : shaded(colour, 0.8 + 0.14 * Math.min(3, flatness));
    painter.polygon([...near, ...far], paint, isGlass ? -30 : 8);
  }
}

function drawSill(painter: Painter, side: Side, shape: CarShape): void {
  const rear = shape.body[0]!;
  const front = shape.body[shape.body.length - 1]!;
  const strip = [rear, [rear[0], rear[1] + 0.14], [front[0], front[1] + 0.14], front] as const;
  painter.polygon(outline(side, strip), bumper, -10);
}

function drawSeams(painter: Painter, side: Side, shape: CarShape, colour: Paint): void {
  const line = (along0: number, up0: number, along1: number, up1: number, paint: Paint, width: number) => {
    const radius = side.scale * width;
    painter.capsule(
      side.x(along0, 0),
      side.y(up0, 0),
      radius,
      side.x(along1, 0),
      side.y(up1, 0),
      radius,
      paint,
    );
  };
  for (const window of shape.sideWindows) {
    const [first, , , last] = window;
    if (!first || !last) continue;
    line(last[0], 0.46, last[0] + 0.02, last[1], seam, 0.012);
    line(first[0] + 0.08, last[1] - 0.13, first[0] + 0.25, last[1] - 0.13, shaded(colour, 0.6), 0.018);
  }
  const rear = shape.body[1]!;
  const front = shape.body[shape.body.length - 2]!;
  line(rear[0] + 0.15, 0.74, front[0] - 0.35, 0.7, shaded(colour, 1.2), 0.014);
}

function drawLights(painter: Painter, side: Side, shape: CarShape): void {
  const rear = shape.body[1]!;
  const front = shape.body[shape.body.length - 2]!;
  const lamp = (along: number, up: number, reach: number, paint: Paint) => {
    const radius = side.scale * 0.055;
    painter.capsule(
      side.x(along, 0),
      side.y(up, 0),
      radius,
      side.x(along + reach, 0),
      side.y(up, 0),
      radius,
      paint,
    );
  };
  lamp(front[0] - 0.07, front[1] + 0.08, -0.14, headlight);
  lamp(rear[0] + 0.07, rear[1] + 0.12, 0.08, tailLight);
}

function drawWheel(painter: Painter, side: Side, along: number, radius: number, travelled: number): void {
  const x = side.x(along, 0);
  const y = side.y(radius, 0);
  const disc = (share: number, paint: Paint, relief: number) => {
    const pixels = side.scale * radius * share;
    painter.capsule(x, y, pixels, x, y, pixels, paint, relief);
  };
  disc(1.14, rgb(14, 14, 16), 0);
  disc(1, tyre, 10);
  disc(0.64, rim, 24);
  const turn = travelled / radius;
  for (let spoke = 0; spoke < 5; spoke++) {
    const angle = turn + (spoke * 2 * Math.PI) / 5;
    const reach = side.scale * radius * 0.42;
    const width = side.scale * radius * 0.1;
    painter.capsule(
      x,
      y,
      width,
      x + reach * cosine(angle),
      y + reach * cosine(angle - Math.PI / 2),
      width,
      hub,
    );
  }
  disc(0.14, tyre, 0);
}
